"""Notes whose authors lay text out with marks that mean something else to Markdown."""

from studyllm.notes.candidates.joining import about
from studyllm.notes.markdown.quoted import out_of_quotes
from tests.notes.test_other_ways import made


def test_sections_that_are_set_in_quotes_are_read_as_if_they_stood_at_the_margin() -> None:
    found = made(
        "# Weaving\n\n> ## Terms\n>> ```Warp```: threads along the cloth\n>> ```Weft```: threads across it\n\n"
        "> ## Tools\n>> ```Reed```: a comb that beats the weft\n>>> It sits in the batten\n\n"
        ">> |Part|Use|\n>> |:--|:--|\n>> |Heddle|lifts a warp thread|\n>> |Shuttle|carries the weft|\n"
    )
    assert found["Warp"] == "threads along the cloth"
    assert found["Heddle"] == "lifts a warp thread"
    assert found["Reed"] == "a comb that beats the weft It sits in the batten"


def test_what_others_said_stays_a_quote() -> None:
    text = "# Weaving\n\n> Cloth is a kind of memory: it keeps what was done to it.\n\n"
    text += "- **Warp**: threads along the cloth\n- **Weft**: threads across it\n"
    assert made(text).keys() == {"Warp", "Weft"}


def test_a_line_with_code_between_three_backticks_opens_no_block() -> None:
    found = made("# Loom\n\n```warp```: threads along the cloth\n\n- ```weft```: threads across the cloth\n")
    assert found == {"warp": "threads along the cloth", "weft": "threads across the cloth"}


def test_entries_behind_dots_between_fences_are_text() -> None:
    text = "# 織物\n\n```\n・経糸（たていと）\n　布の長さの方向に通る糸のこと\n・緯糸（よこいと）\n"
    found = made(f"{text}　経糸と交わる方向の糸のこと\n・綾織\n　斜めの線が現れる織り方のこと\n```\n")
    assert found["経糸"].endswith("布の長さの方向に通る糸のこと")
    assert found["綾織"] == "斜めの線が現れる織り方のこと"


def test_bullets_of_word_that_lost_their_font_make_a_list() -> None:
    found = made(
        "## 织机\n\n自动织机**优点：**\n§ 速度快\n§ 布面平整\n§ 省人工\n\n## 织机的缺点\n\nØ 价格贵\nØ 噪声大\n"
    )
    assert {"- 速度快\n- 布面平整\n- 省人工", "- 价格贵\n- 噪声大"} <= set(found.values())
    assert not any("**" in front for front in found)
    law = "# BGB\n\n§ 12 Namensrecht\n§ 14 Unternehmer\n"
    assert not any("- 12" in answer for answer in made(law).values())


def test_each_name_that_an_item_gives_is_a_card_of_its_sentence() -> None:
    text = "# 织物\n\n1. **沿布长方向的纱线**叫做**经纱**。与它交织的纱线叫做**纬纱**，由梭子带过。"
    text += "把纱线分开，这叫做**开口**。\n2. 两组纱线**交织的规律**叫做**组织**。\n"
    found = made(text + "3. 一个循环里的根数，叫做**循环数**。\n")
    assert found["经纱"] == "沿布长方向的纱线叫做经纱。"
    assert found["纬纱"].startswith("与它交织的纱线叫做纬纱")
    assert found["开口"].startswith("把纱线分开")


def test_a_name_that_its_sentence_defines_needs_no_heading_before_it() -> None:
    text = "# Cloth\n\n## Measuring\n\n**Range** is the widest minus the narrowest width.\n\n"
    found = made(
        text + "**Sett** is the number of threads in an inch.\n\n**Scope** is the set of all widths.\n"
    )
    assert {"Range", "Scope"} <= found.keys()


def test_a_chinese_definition_may_begin_with_a_foreign_word() -> None:
    text = "# 织机\n\n## 提花\n\nJacquard 机是 CNC 织机的前身，用穿孔卡片控制每一根经纱的升降。\n\n"
    assert any("穿孔卡片" in answer for answer in made(text).values())


def test_code_before_a_chinese_meaning_is_no_type() -> None:
    text = (
        "# 织法\n\n- `平纹`：`一上一下`，两根纱线交替浮沉的组织\n- `斜纹`：`二上一下`，浮点逐根错开的组织\n"
    )
    assert made(text).keys() == {"平纹", "斜纹"}


def test_pages_of_a_book_belong_to_no_front_and_no_answer() -> None:
    text = "## 织造\n\n> 1、什么是开口？P3.1 织机的运动\n\n- 把经纱分成两层，形成梭口 P12\n\n"
    text += "> 2、打纬有什么作用？P3.4 打纬\n\n"
    found = made(f"{text}- 把纬纱推向织口，使它贴紧 P15~P16\n\n- **经纱**：沿布长方向的纱线（P21）\n")
    assert "把经纱分成两层，形成梭口" in found.values()
    assert any(front.startswith("打纬有什么作用") and "P3" not in front for front in found)
    assert found["经纱"] == "沿布长方向的纱线"


def test_a_gene_is_no_page() -> None:
    found = made("# 肿瘤\n\n- **抑癌基因**：最有名的一个是 P53\n- **癌基因**：促进细胞分裂的基因\n")
    assert found["抑癌基因"] == "最有名的一个是 P53"


def test_numbered_lists_of_logseq_and_its_clozes_by_number() -> None:
    text = "- ## 織布\n\t- 打緯用 {{c1 筘::工具}}\n\t  logseq.order-list-type:: number\n"
    found = made(f"{text}\t- 開口用 {{{{c2 綜框}}}}\n\t  logseq.order-list-type:: number\n")
    assert found == {"打緯用 […]": "筘", "開口用 […]": "綜框"}


def test_a_column_of_circled_numbers_names_nothing() -> None:
    text = (
        "# 织物\n\n| # | 组织 | 特点 |\n|---|---|---|\n| ① | 平纹 | 交织点最多 |\n| ② | 斜纹 | 有斜向纹路 |\n"
    )
    assert made(f"{text}| ③ | 缎纹 | 浮线最长 |\n").keys() == {"平纹", "斜纹", "缎纹"}


def test_each_side_of_pros_and_cons_is_asked_of_the_thing() -> None:
    assert about("剑杆织机的优缺点", "优点") == "剑杆织机的优点"
    assert about("Air-jet looms: pros and cons", "Advantages", "quick") == "Air-jet looms: Advantages"


def test_a_list_of_dates_before_a_comma() -> None:
    text = "# 纺织史\n\n- 公元前 27世纪左右，传说中开始养蚕；\n- 后来逐渐传开；\n- 公元前 5世纪末，提花织物出现；\n"
    found = made(f"{text}- 公元 105年，造纸用上了破布；\n- 公元 552年，蚕种传到拜占庭；\n")
    assert found["公元前 27世纪左右"].startswith("传说中开始养蚕")
    assert "公元前 5世纪末" in found


def test_a_bullet_alone_over_a_list_is_read() -> None:
    assert (
        made("# Cell\n\n• Nucleus\n  - holds the DNA of the cell\n")["Nucleus"] == "holds the DNA of the cell"
    )


def test_only_custom_makes_a_page_of_a_number() -> None:
    found = made(
        "# OS\n\n- **Deadlock**: P1 waits for P2; P2 waits for P1\n- **死锁**：P1 等待 P2；P2 等待 P1\n"
    )
    assert set(found.values()) == {"P1 waits for P2; P2 waits for P1", "P1 等待 P2；P2 等待 P1"}
    genes = "# 基因\n\n- **甲**：细胞周期抑制基因 P16\n- **乙**：阻断周期的基因 P21\n- **丙**：最有名的抑癌基因 P53\n"
    assert made(genes)["丙"] == "最有名的抑癌基因 P53"
    pages = "# 织造\n\n- **开口**：把经纱分成两层 P12\n- **引纬**：把纬纱送过梭口 P13～P15\n"
    pages += "- **打纬**：把纬纱推向织口 P16\n"
    assert made(pages)["打纬"] == "把纬纱推向织口"
    code = "# 问候\n\n```python\nprint('好')  # 问好；P1.2 进程\n```\n\n- **问候**：见面说的话\n"
    assert made(code).keys() == {"问候"}


def test_quoted_code_and_callouts_are_left_as_they_are() -> None:
    sections = (
        "> ## Terms\n>> **Reed**: a comb that beats\n>>> it sits in the batten\n>>> and swings\n\n> ## Use\n"
    )
    found = made(f"{sections}> **Shell**: lines of it\n> ```python\n> >>> 1+1\n> # two\n> ```\n")
    assert found["Reed"] == "a comb that beats it sits in the batten and swings"
    boxed = ["> [!note] Box", "> ## A", "> ## B", "", "> Cloth is a kind of memory."]
    assert out_of_quotes(boxed) == boxed
    assert out_of_quotes(["> ## A", "> ```sh", "> >>> 1", "> # x", "> ```", "> ## B"]) == [
        *("## A", "```sh", ">>> 1", "# x", "```", "## B")
    ]


def test_powers_and_diameters_stay_as_they_are() -> None:
    assert "2**10" in made("# Numbers\n\n- 2**10 = **1024** in ten bits\n- 2**20 = **1048576** in twenty\n")
    assert "20 mm" not in made("# Shafts\n\nØ 20 mm: the thin shaft\nØ 40 mm: the thick shaft\n")


def test_words_over_their_translation_are_cards_in_either_direction() -> None:
    assert made("# 単語\n\n## 猫\n\ncat\n\n## 犬\n\ndog\n\n## 鳥\n\nbird\n") == {
        "猫": "cat",
        "犬": "dog",
        "鳥": "bird",
    }


def test_a_title_with_two_names_is_the_card_that_its_sentence_defines() -> None:
    text = (
        "# 织机\n\n## 喷气织机（AJL）\n\nAJL 是用压缩空气引纬的无梭织机。\n\n- 速度快：\n  - 一分钟上千纬\n"
    )
    assert "喷气织机" in made(text)
    assert "AJL" not in made(text)
