"""Ways of typing that two learners' own notes had, and that lost cards or tore them."""

import pytest

from studyllm.notes import read_note
from tests.notes.test_memos import made


def test_a_cross_in_a_table_with_words_is_told() -> None:
    text = "# 染料\n\n| 名称 | 颜色 | 耐光 | 媒染 |\n|---|---|---|---|\n| 靛蓝 | 蓝 | √ | × |\n| 姜黄 | 黄 | × | × |\n"
    assert made(text) == {"靛蓝": "颜色：蓝\n耐光：√\n媒染：×", "姜黄": "颜色：黄\n耐光：×\n媒染：×"}
    marks = "# 染料\n\n| 染料 | 耐光 | 媒染 |\n|---|---|---|\n| 靛蓝 | √ | × |\n| 姜黄 | × | × |\n"
    assert not made(marks)


def test_a_bar_in_a_formula_parts_no_cells() -> None:
    text = "# Norms\n\n| Norm | Formula | Used for |\n|---|---|---|\n| L1 | $|x| + |y|$ | paths |\n| L2 | $r$ | air |\n"
    assert made(text) == {"L1": "Formula: $|x| + |y|$\nUsed for: paths", "L2": "Formula: $r$\nUsed for: air"}


def test_from_one_state_to_another_is_one_front() -> None:
    text = "# 蚕\n\n- 卵 → 幼虫：天暖了\n- 幼虫 → 蛹：吐完丝\n- 蛹 → 蛾：咬破茧\n"
    assert made(text).items() >= {"卵 → 幼虫": "天暖了", "幼虫 → 蛹": "吐完丝", "蛹 → 蛾": "咬破茧"}.items()
    defined = made("# 蚕\n\n- 蛹 → 特点：不吃不动\n- 蛾 → 特点：不再进食\n- 卵 → 特点：怕热\n")
    assert not any("→" in front for front in defined)


def test_the_first_time_needs_to_say_of_what() -> None:
    text = "# 蚕的蜕皮\n\n第一次：出壳后三天，身体变白\n第二次：再过三天，开始大量吃叶\n第三次：眠一天，皮从头裂开\n"
    assert {"蚕的蜕皮：第一次", "蚕的蜕皮：第二次", "蚕的蜕皮：第三次"} <= set(made(text))


def test_a_word_of_japanese_with_its_sort_is_an_entry() -> None:
    text = "# 単語\n\n1. 紡ぐ（つむぐ）【他動】纺\n2. 染める（そめる）【他动】染\n3. 粗い（あらい）【イ形】粗糙的\n"
    assert made(text) == {
        "紡ぐ": "つむぐ\n纺（他動）",
        "染める": "そめる\n染（他动）",
        "粗い": "あらい\n粗糙的（イ形）",
    }
    borrowed = "# 外来語\n\nボタン（botão）扣子\nレース（lace）花边\nデニム（denim）牛仔布\n"
    assert made(borrowed) == {"ボタン": "扣子", "レース": "花边", "デニム": "牛仔布"}


def test_laws_by_number_are_asked_under_their_heading() -> None:
    text = "# 编织密度\n\n性质1　经线越密布越硬\n性质2　纬线越密布越厚\n"
    assert made(text) == {"编织密度：性质1": "经线越密布越硬", "编织密度：性质2": "纬线越密布越厚"}


def test_what_a_blog_writes_below_its_post_is_left_out() -> None:
    text = "# 丝\n\n缫丝：把茧煮软后抽出丝\n并丝：几根合成一根\n\n转载请注明出处 | 上一篇：棉 | 访问量 512\n"
    found = read_note(text, "a.md")
    assert not any("转载" in card.prompt + card.answer for card in found.cards)
    assert {card.prompt for card in found.cards} == {"缫丝", "并丝"}


def test_who_said_something_is_no_front() -> None:
    assert "老师说" not in made(
        "# 丝\n\n老师说：生丝要先脱胶再染\n\n脱胶：用碱水煮去丝胶\n捻丝：加捻使丝结实\n"
    )


def test_a_word_with_its_gender_and_plural_has_an_example_behind() -> None:
    text = (
        "## Tejidos\n\nel hilo (m, pl. los hilos) = thread — *El hilo es rojo.*\n"
        "la tela (f, pl. las telas) = cloth — *La tela es fina.*\nla seda (f) = silk\n"
    )
    assert {front: back.split(" ")[0] for front, back in made(text).items()} == {
        "el hilo": "thread",
        "la tela": "cloth",
        "la seda (f)": "silk",
    }


def test_two_words_in_a_line_have_a_meaning_each() -> None:
    text = "# Pares\n\n- coser = sew / descoser = unpick\n- teñir = dye / desteñir = fade\n- ir = go / venir = come\n"
    assert made(text).items() >= {"coser": "sew", "descoser": "unpick", "desteñir": "fade"}.items()


@pytest.mark.parametrize(
    "lines",
    [
        ("E101 broken warp thread", "E207 shuttle out of its box", "W330 tension too low"),
        ("- SiO₂ quartz", "- Al₂O₃ corundum", "- CO₃²⁻ carbonate"),
    ],
)
def test_codes_and_formulas_have_names(lines: tuple[str, ...]) -> None:
    bare = [line.removeprefix("- ").split(" ", 1) for line in lines]
    assert made("# Loom\n\n" + "\n".join(lines) + "\n").items() >= dict(bare).items()


def test_numbers_of_what_is_counted_are_no_codes() -> None:
    assert not {"12", "40"} & set(made("# Loom\n\n12 shafts\n40 heddles\n95 threads an inch\n"))


def test_what_letters_stand_for_begins_with_any_letter() -> None:
    [card] = read_note(
        "# Yarn\n\nc: count of the yarn\nl: length in metres\nm: mass in grams\n", "a.md"
    ).cards
    assert card.answer.split("\n") == ["c: count of the yarn", "l: length in metres", "m: mass in grams"]


def test_the_number_of_a_slide_is_no_title() -> None:
    text = (
        "Slide 1\nWeaving\nA course\n\nSlide 2\nWhy two sets of threads?\n• One holds, one crosses\n• Both are needed\n"
        "\nSlide 3\nParts of a loom\n1. Heddle\n2. Reed\n3. Shuttle\n"
    )
    assert made(text) == {
        "Why two sets of threads?": "- One holds, one crosses\n- Both are needed",
        "Parts of a loom": "1. Heddle\n2. Reed\n3. Shuttle",
    }
    pages = "P1\n---\n织机的部件\n\n- 综\n- 筘\n- 梭\n\nP2 纱线\n---\n纱线：纤维捻成的线\n"
    assert {"织机的部件", "纱线"} <= set(made(pages))


def test_numbered_titles_divide_a_note_without_headings() -> None:
    text = (
        "Weaving\n\n1. Threads\n\n1.1 Warp\n\nThe threads that are held under tension on the loom.\n\n1.2 Weft\n\n"
        "The thread that is drawn over and under them.\n\n2. Felting\n\nFibres are matted by heat and rubbing.\n"
    )
    assert {front: back.split(" ")[1] for front, back in made(text).items()} == {
        "Warp": "threads",
        "Weft": "thread",
        "Felting": "are",
    }
    contents = "Weaving\n\n1.1 Warp\n1.2 Weft\n1.3 Felt\n1.4 Knots\n\nAll of it is told in the book.\n"
    assert not made(contents)


def test_dated_lines_stay_apart_whatever_their_length() -> None:
    line = "1801 提花机问世"
    text = f"# 织机\n\n**1733年** 飞梭\n**1764年** 珍妮机\n**1785年** 动力织机\n{line}\n1846 缝纫机\n1895 自动换梭\n"
    longer = text.replace("飞梭", "约翰·凯伊发明飞梭，一个人就能织宽布，织布的速度快了一倍，纱却不够用了")
    assert set(made(text)) == set(made(longer))
    assert all("\n" not in back for back in made(longer).values())


def test_a_short_line_ends_where_it_ends() -> None:
    text = (
        "# 丝\n\n特点：轻、软、亮\n遇到强碱会发脆变黄，所以洗的时候只能用中性的洗涤剂，也不能在太阳下晒干\n"
    )
    [answer] = made(text).values()
    assert answer.splitlines()[0] == "轻、软、亮"


def test_lines_below_a_title_are_its_list() -> None:
    text = "# 织物\n\n三种基本组织\n  平纹 交错最多\n  斜纹 有斜线\n  缎纹 浮线最长\n\n别的\n"
    assert made(text)["三种基本组织"].count("\n- ") == 2
    verse = (
        "# Song\n\nThe weaver sat at his loom\n  and threw the shuttle through\n  and sang a song of blue\n"
    )
    assert not any(back.startswith("- ") for back in made(verse).values())


def test_blanks_rule_a_table_below_its_head() -> None:
    text = (
        "# Looms\n\nLoom    Shafts  Sheds  For\nInkle   none    one    bands\nRigid   one     two    cloth\n"
    )
    assert made(text) == {
        "Inkle": "Shafts: none\nSheds: one\nFor: bands",
        "Rigid": "Shafts: one\nSheds: two\nFor: cloth",
    }
    spaced = "# Looms\n\nThe loom   has  two   beams\nand a  reed   that  beats\nand so  on    it   goes\n"
    assert not any("has: " in back for back in made(spaced).values())


def test_a_list_that_a_blank_line_ends_owns_nothing_below() -> None:
    text = "# 丝\n\n## 脱胶\n\n三个条件（都要）：\n- 碱\n- 热\n\n怎么看？\n- 轻：脱净\n- 涩：没有\n\n原理：胶溶于碱\n"
    note = read_note(text, "a.md")
    fronts = {card.term for card in (*note.cards, *(offer.card for offer in note.offers))}
    assert "脱胶：原理" in fronts
    assert not any(front.startswith("三个条件：") for front in fronts)


def test_a_heading_of_two_things_asks_one_for_no_more_than_its_paragraph() -> None:
    text = (
        "# 缫丝与并丝\n\n缫丝是一根的问题，让茧里的丝抽得匀；\n并丝是几根的问题，让几根丝不会散开。\n\n"
        "捻度 = 每米的捻数\n\n支数：每克的米数\n断头：抽丝时丝断了\n"
    )
    assert "捻度" not in made(text)["缫丝"]


def test_the_box_of_a_task_is_no_part_of_a_cloze() -> None:
    assert made("# 丝\n\n- [ ] {{脱胶}}：去掉丝胶\n") == {"[…]：去掉丝胶": "脱胶"}


def test_a_name_before_a_full_stop_is_an_entry_where_the_whole_list_is_so() -> None:
    text = (
        "# Knots\n\n(1) Bowline. A loop that does not slip under load.\n"
        "(2) Sheet bend (weaver's knot). Joins two ropes of different size.\n"
        "(3) Clove hitch. Ties a rope to a post for a while.\n"
    )
    assert made(text)["Bowline"] == "A loop that does not slip under load."
    assert {"Sheet bend", "Clove hitch"} <= set(made(text))
    chinese = "# 绳结\n\n1. 称人结。受力不会滑动的绳圈。\n2. 平结。接两根粗绳子。\n3. 丁香结。把绳子暂时系在桩上。\n"
    assert (
        made(chinese).items() >= {"称人结": "受力不会滑动的绳圈。", "丁香结": "把绳子暂时系在桩上。"}.items()
    )
    steps = chinese.replace("绳结", "打结的步骤", 1)
    assert not {"称人结", "平结", "丁香结"} & set(made(steps))
    told = "# Trip\n\n- We left early. The harbour was still quiet then.\n- It rained. Nobody minded the rain much.\n"
    assert not {"We left early", "It rained"} & set(
        made(told + "- We came back. The ropes were wet by then.\n")
    )


@pytest.mark.parametrize(
    "items",
    [
        ("Mr. Brown arrives at nine", "Mrs. Green brings her own dessert", "Dr. White has a vegetarian meal"),
        (
            "St. Petersburg is a city in Russia",
            "Mt. Everest is the highest one",
            "Ft. Knox is where gold lies",
        ),
        (
            "Monday. Went to the harbour with Anna.",
            "Tuesday. Read a book on ships.",
            "Friday. Cooked for all.",
        ),
        (
            "Smith J. The origin of rope. Nature 2001.",
            "Brown K. On knots. Science 2003.",
            "Lee H. Hemp. Cell 2010.",
        ),
    ],
)
def test_abbreviations_days_and_authors_are_no_names_before_a_full_stop(items: tuple[str, ...]) -> None:
    text = "# Harbour\n\n" + "".join(f"- {item}\n" for item in items)
    assert not {item.partition(".")[0] for item in items} & set(made(text))


def test_letters_pushed_in_below_a_sentence_are_a_list() -> None:
    text = (
        "# Rope fibres\n\nRopes are made of two sorts.\n    a) natural\n        - hemp: from the stalk of a plant\n"
        "        - sisal: from the leaves of an agave\n    b) synthetic\n        - nylon: stretches before it breaks\n"
        "        - aramid: hardly stretches\n"
    )
    backs = {front.rpartition(" ")[2]: answer for front, answer in made(text).items()}
    assert backs["sisal"] == "from the leaves of an agave"
    assert backs["nylon"] == "stretches before it breaks"


def told(text: str) -> dict[str, str]:
    """Fronts and backs of what is made or offered."""
    found = read_note(text, "notes.md")
    offered = {offer.card.prompt: offer.card.answer for offer in found.offers}
    return offered | {card.prompt: card.answer for card in found.cards}


def test_names_that_a_blank_sets_off_are_entries_where_several_are() -> None:
    text = "# 帆船\n\n帆的部位\n前缘 迎风的一边\n后缘 5米长，风由此离开\n帆角 缆绳系在这里 例：主帆有三个\n"
    expected = {"前缘": "迎风的一边", "后缘": "5米长，风由此离开", "帆角": "缆绳系在这里 例：主帆有三个"}
    assert told(text).items() >= expected.items()
    among_others = "# 风\n\n顺风：从船尾来\n逆风：从船头来\n侧风 从旁边来的风\n阵风 忽然加强的风\n"
    assert {"顺风", "逆风", "侧风", "阵风"} <= set(told(among_others))
    codes = "# 旗语\n\n代码：\n- 101 需要医生\n- 204 正在拖网\n- 317 船上有火\n"
    assert made(codes).items() >= {"101": "需要医生", "317": "船上有火"}.items()


@pytest.mark.parametrize(
    "lines",
    [
        "孤帆远影尽 唯见大江流\n潮平两岸宽 风正一帆高\n海上生明月 天涯共此时\n",
        "早上 去码头看船\n中午 在船上吃饭\n下午 学打绳结三次\n",
        "感觉很累 不想出海\n明天再说 先睡一觉\n考试不难 就是很多\n",
        "绳索 20元\n浮标 35元\n手套 18元\n",
        "北京南 08:00 出发\n济南西 09:32 到达\n南京南 12:10 到达\n",
        "昨夜雨疏风骤 浓睡不消残酒\n试问卷帘人 却道海棠依旧\n知否知否 应是绿肥红瘦\n",
        "缆绳 两根\n浮标 三个\n手套 一双\n".replace("两根", "白的")
        .replace("三个", "红的")
        .replace("一双", "皮的"),
    ],
)
def test_verse_talk_and_lists_to_buy_are_no_entries(lines: str) -> None:
    assert not {line.split()[0] for line in lines.splitlines()} & set(made(f"# 帆船\n\n{lines}"))


def test_a_date_is_the_front_of_a_dated_line_whatever_signs_follow() -> None:
    text = "# Ropes\n\n500 BC  Ropes of hemp → ships in China\n60 BC  Iron hook: the first anchor chain\n"
    assert made(text + "12 AD  Rope walk – a long shed\n") == {
        "500 BC": "Ropes of hemp → ships in China",
        "60 BC": "Iron hook: the first anchor chain",
        "12 AD": "Rope walk – a long shed",
    }


def test_a_minus_beside_a_plus_is_what_a_test_shows() -> None:
    text = "# Fibres\n\n| Fibre | floats | burns |\n|---|---|---|\n| hemp | + | – |\n| nylon | – | + |\n"
    found = read_note(text, "a.md")
    answers = {card.term: card.answer for card in [*found.cards, *(offer.card for offer in found.offers)]}
    assert "burns: –" in answers["hemp"]
    assert "floats: –" in answers["nylon"]


def test_first_letters_in_bold_belong_to_their_words() -> None:
    text = "# Sails\n\n1. **M**ainsail – on the main mast\n2. **J**ib – before the mast\n3. **G**enoa – a big jib\n"
    assert made(text).items() >= {"Mainsail": "on the main mast", "Jib": "before the mast"}.items()


def test_a_comment_behind_a_command_says_what_it_does() -> None:
    text = "# shell\n\n`ls -a` # hidden files too\n`wc -l` # counts lines\n`sort -u` # without doubles\n"
    assert made(text) == {"ls -a": "hidden files too", "wc -l": "counts lines", "sort -u": "without doubles"}


def test_what_a_phone_calls_inbox_is_read_like_any_note() -> None:
    text = "bowline = a loop that holds\nsheet bend = joins two ropes\nclove hitch = ties to a post\n"
    assert len(read_note(text, "inbox/Inbox.md").cards) == len(read_note(text, "ropes.md").cards) == 3
