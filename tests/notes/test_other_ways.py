"""Ways of writing that strangers have, each read wrongly once: lists at the margin, sides under headings, sorts."""

from studyllm.cards import Kind
from studyllm.notes import read_note
from studyllm.notes.markdown.nesting import nested
from tests.notes.reading import fronts_of


def made(text: str) -> dict[str, str]:
    """Fronts and backs of the cards alone, without what is offered."""
    return {card.prompt: card.answer for card in read_note(text, "notes.md").cards}


NESTED = """# Weaving

- Warp
{0}- runs along the cloth
{0}- is held by the loom
- Weft
{0}- runs across the cloth

{0}- is carried by the shuttle
"""


def test_one_blank_is_enough_to_stand_below_a_bullet() -> None:
    assert made(NESTED.format(" ")) == made(NESTED.format("  "))
    assert set(made(NESTED.format(" "))) == {"Warp", "Weft"}


def test_one_bullet_pushed_in_by_a_blank_is_a_slip() -> None:
    slip = (
        "# Weaving\n\n- **Warp**: threads along the cloth\n - **Weft**: threads across the cloth\n"
        "- **Shed**: the gap\n"
    )
    assert {"Warp", "Weft", "Shed"} <= set(made(slip))


def test_code_between_lists_keeps_its_shape() -> None:
    code = ["```python", "for thread in warp:", "  - thread", "   lift(thread)", "```"]
    lines = NESTED.format(" ").split("\n") + code
    assert nested(lines)[-len(code) :] == code


def test_text_at_the_margin_below_a_bold_bullet_is_what_it_means() -> None:
    text = (
        "# 织布\n\n术语：\n- ==**经线**==\n沿着布的长度拉紧的线。\n"
        "- **==纬线==**\n 穿过经线、横着走的线。\n- **梭子**\n带着纬线来回走的工具。\n"
    )
    found = made(text)
    assert found["经线"] == "沿着布的长度拉紧的线。"
    assert found["纬线"] == "穿过经线、横着走的线。"
    assert found["梭子"] == "带着纬线来回走的工具。"
    assert "织布" not in found


def test_names_of_one_sort_before_commas_are_terms() -> None:
    text = (
        "# 织物\n\n平纹组织，经线和纬线一上一下地交错\n斜纹组织，交错的点一步步斜着走\n"
        "缎纹组织，交错的点隔得很远\n"
    )
    assert made(text)["斜纹组织"] == "交错的点一步步斜着走"
    items = "# 织物\n\n- 平纹组织，一上一下地交错\n- 斜纹组织，斜着走\n- 缎纹组织，浮线长\n"
    assert {"平纹组织", "斜纹组织"} <= set(made(items))


def test_clauses_before_commas_are_no_terms() -> None:
    text = "# 织布\n\n在准备阶段，要先把经线整好\n在织造阶段，梭子来回走\n一般来说，布越密越好\n总的来说，平纹最多\n"
    assert not {"在准备阶段", "在织造阶段", "一般来说", "总的来说"} & set(fronts_of(text))


def test_a_label_that_recurs_says_of_what() -> None:
    text = (
        "# 织机\n\n- 腰机\n  - 幅宽：三十厘米左右\n  - 动力：人的腰\n  - 产量：一天一尺\n"
        "- 提花机\n  - 幅宽：六十厘米\n  - 花纹：由花本决定\n"
    )
    found = made(text)
    assert "腰机：幅宽" in found
    assert "幅宽" not in found


def test_the_two_sides_of_a_card_stand_under_headings() -> None:
    text = (
        "# Cards\n\n### Front\n\nWhat does a **shuttle** carry?\n\n### Back\n\n"
        "The weft, from side to side.\n\n### Front\nHeddle\n\n### Back\n"
        "A loop that lifts one warp thread.\n"
    )
    found = made(text)
    assert found["What does a shuttle carry?"] == "The weft, from side to side."
    assert found["Heddle"] == "A loop that lifts one warp thread."
    assert not {"Front", "Back"} & set(fronts_of(text))


def test_the_answers_to_choose_from_are_no_cards() -> None:
    text = (
        "# Quiz\n\n**Q1. Which weave is the strongest?**\n\n| Option | Answer |\n| --- | --- |\n"
        "| a) | satin |\n| **b)** | **plain ✓** |\n| c) | twill |\n"
    )
    assert not {"a)", "b)", "c)"} & set(made(text))


def test_meanings_inside_their_terms_in_html_are_read() -> None:
    text = (
        "<dl>\n<dt>Selvage<dd>The edge that does not fray.</dd></dt>\n"
        "<dt>Nap<dd>Raised hairs on cloth.</dd></dt>\n</dl>\n"
    )
    assert made(text)["Selvage"] == "The edge that does not fray."


def test_a_rule_between_what_is_asked_and_the_answer_is_no_end() -> None:
    text = (
        "<details>\n<summary>날실과 씨실의 차이를 설명해주세요.</summary>\n\n<hr>\n\n"
        "날실은 길이 방향, 씨실은 너비 방향의 실입니다.\n\n<hr>\n</details>\n"
    )
    assert made(text)["날실과 씨실의 차이를 설명해주세요."].startswith("날실은")


def test_what_the_author_asks_or_thinks_is_no_term() -> None:
    text = "# 织布\n\n缩水率是布洗过以后变短的比例。\n\n我的问题是哪种布缩得最多。\n"
    assert not any(front.startswith("我的") for front in fronts_of(text))


def test_what_logseq_marks_is_shown_without_its_signs() -> None:
    assert made("- 经线 #card\n\t- 沿着布的^^长度^^拉紧\n")["经线"] == "沿着布的长度拉紧"


def test_a_card_has_words_on_its_back() -> None:
    assert not read_note("Q: ```\n|Q: ```\n| - ", "a.md").cards


def test_how_a_word_is_read_stands_on_the_back_and_is_not_asked_for() -> None:
    text = (
        "# 語彙\n\n布（ぬの） 布料\n織機（おりき） 织布机\n糸（いと） 线\n布地（ぬのじ） 布地\n\n## 道具\n\n"
    )
    text += "- 針【はり】缝衣针\n- 鋏【はさみ】剪刀\n- 指貫【ゆびぬき】顶针\n"
    cards = {card.prompt: card for card in read_note(text, "notes.md").cards}
    assert cards["織機"].answer == "おりき\n织布机"
    assert cards["織機"].points == ("织布机",)
    assert cards["針"].answer == "はり\n缝衣针"
    assert "布地" in cards
    assert not any("（" in front for front in cards)


def test_an_answer_beside_its_question_ends_at_the_next_entry() -> None:
    text = "# 织布\n\n平纹和斜纹怎么区别？平纹经纬>1/1\n浮线：跨过几根纱的一段\n"
    found = made(text)
    assert found["平纹和斜纹怎么区别？"] == "平纹经纬>1/1"
    assert found["浮线"] == "跨过几根纱的一段"


def test_lines_pushed_in_below_a_number_belong_to_it() -> None:
    text = (
        "# 织物\n\n一、组织\n（1）平纹：一上一下\n     手感：硬挺\n（2）斜纹：斜着走的纹路\n（3）缎纹：浮线很长\n"
        "二、整理\n 1. 烧毛  用火焰烧去绒毛\n 2. 退浆：洗去浆料\n\n坯布 vs 成品布\n- 坯布：没有整理过的布\n"
    )
    found = made(text)
    assert "坯布" not in found["退浆"]
    assert any(front.endswith("缎纹") for front in found)


def test_prose_with_commas_is_no_list_of_terms() -> None:
    text = (
        "# 旅行\n\n下了飞机，我们先去酒店休息。\n上了飞机，我就睡着了。\n坐了飞机，耳朵会疼。\n\n"
        "- 北京朋友，下周来看我\n- 上海朋友，去了国外\n- 广州朋友，在家\n"
    )
    assert not {"下了飞机", "上了飞机", "北京朋友"} & set(made(text))
    steps = "# 装机\n\n1. 安装软件，双击图标\n2. 卸载软件，右击图标\n3. 更新软件，先要备份\n"
    assert "卸载软件" not in made(steps)


def test_an_entry_pushed_in_by_a_blank_stands_beside_an_entry() -> None:
    text = (
        "# Fruit\n\n- apple: a red fruit\n - banana: a yellow fruit\n- cherry: a small fruit\n"
        " - fig: a sweet fruit\n"
    )
    assert made(text)["apple"] == "a red fruit"
    assert made(text)["fig"] == "a sweet fruit"


def test_a_remark_below_a_list_is_no_meaning_of_its_last_item() -> None:
    text = (
        "- **Cats**: animals that purr\n- **Dogs**\nBirds fly; this is a remark about birds.\n"
        "- **Fish**: live in water\n"
    )
    assert "Dogs" not in made(text)


def test_code_in_a_list_that_is_pushed_in_keeps_its_shape() -> None:
    code = ["  ```yaml", "  a:", "   - x", "    - y", "  ```"]
    lines = ["- one", " - two", "- three", " - four", *code, "- five"]
    found = nested(lines)
    assert [line.strip() for line in found] == [line.strip() for line in lines]
    moved = len(found[4]) - len(code[0])
    assert found[4:-1] == [" " * moved + line for line in code]


def test_what_stands_in_brackets_in_prose_is_no_reading() -> None:
    assert not made(
        "动漫【アニメ】是日本动画的简称，常见于网络。\n\n他在店里看到招牌【ラーメン】就走了进去。\n"
    )


def test_one_pair_of_headings_is_no_card() -> None:
    assert "The front of the shop" not in made(
        "## Front\n\nThe front of the shop\n\n## Back\n\nThe garden.\n"
    )


def test_powers_stay_powers() -> None:
    assert made("**异或**：C 语言里写作 a^^b 与 c^^d，是错误的写法。\n")["异或"].startswith(
        "C 语言里写作 a^^b"
    )


def test_a_sentence_with_readings_is_no_entry() -> None:
    text = "毎日【まいにち】日本語【にほんご】を勉強します。\n\n- 今日【きょう】は天気がいいですね。\n"
    assert not made(text)


def test_the_reading_is_no_part_of_what_a_word_is_asked_from() -> None:
    text = "# 語彙\n\n- 織機（おりき）：把经线和纬线交错起来织成布的机器\n- 糸車（いとぐるま）：把纤维纺成线的工具\n"
    kinds = frozenset({Kind.TERM, Kind.MEANING, Kind.GAP})
    cards = read_note(text, "notes.md", kinds=kinds).cards
    assert {"把经线和纬线交错起来织成布的机器"} <= {
        card.prompt for card in cards if card.kind is Kind.MEANING
    }
    assert not any("おりき" in card.prompt for card in cards)


def test_short_lines_of_an_answer_stay_lines() -> None:
    text = "Q: 经纱分几种？\nA: 两种\n粗的做帆布\n细的做丝绸，\n也做绢\n"
    assert made(text)["经纱分几种？"].splitlines() == ["两种", "粗的做帆布", "细的做丝绸，也做绢"]
    wrapped = "# Loom\n\nA frame that holds the warp while the weft is\ncarried through it by a shuttle, and\nback.\n"
    assert "\n" not in made(wrapped).get("Loom", "")


def test_a_name_set_off_in_italics_or_in_part_is_a_name() -> None:
    text = "# Loom\n\n*Shed*: the gap between raised and lowered warp threads\n\n- **Sand** reed: keeps threads apart\n"
    assert {"Shed", "Sand reed"} <= fronts_of(text + "- **Heddle** bar: lifts every second thread\n")


def test_what_a_sentence_says_something_is_called_is_its_name() -> None:
    for said, name in (
        ("Wolle wird gesponnen. Die Fäden längs nennt man *Kette*.", "Kette"),
        ("On tisse. Les fils tendus s'appellent la **chaîne**.", "chaîne"),
        ("Wool is spun. Threads that run across are called **weft**. They are soft.", "weft"),
    ):
        note = read_note(f"# Notes\n\nFirst there is wool.\n\n{said}\n", "a.md")
        found = {card.term: card.answer for card in (*note.cards, *(offer.card for offer in note.offers))}
        assert name in found
        assert name in found[name]


def test_text_pushed_in_by_a_tab_is_text_though_a_picture_stands_in_it() -> None:
    picture = "![1](C:\\loom\\pic\\1.png)"
    text = f"# 织机\n\n##### 二、两种纱\n\n\t1、经纱---沿着布长{picture}\n\n\t2、纬纱---横过布面{picture}\n"
    assert {"经纱", "纬纱"} <= fronts_of(text)
