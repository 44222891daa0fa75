"""Tables of two sides, formulas that name themselves, blanks that were filled in, and fronts that need no title."""

import pytest

from studyllm.cards import Kind
from studyllm.notes import read_note
from tests.notes.reading import considered_in
from tests.notes.test_other_ways import made


@pytest.mark.parametrize(
    ("heads", "rows"),
    [
        (("soluble", "insoluble"), (("stirs in", "sinks down"), ("stays clear", "turns cloudy"), ("sugar", "a sand"))),
        (
            ("Warp", "Weft"),
            (("The warp runs along the cloth", "The weft runs across it"),
             ("is held by the beam", "is carried by a shuttle")),
        ),
        (
            ("Short staple fibres", "Long staple fibres"),
            (("are carded before spinning", "are combed before spinning"),
             ("give a soft hairy yarn", "give a smooth strong yarn")),
        ),
        (("优点", "缺点"), (("布面平整而且结实", "织造速度比较慢"), ("可以织很宽的布", "换花样很费时间"))),
    ],
)  # fmt: skip
def test_each_side_of_a_table_is_asked_with_all_that_is_said_of_it(
    heads: tuple[str, str], rows: tuple[tuple[str, str], ...]
) -> None:
    lines = [f"| {left} | {right} |" for left, right in (heads, ("---", "---"), *rows)]
    found = considered_in("# Cloth\n\n" + "\n".join(lines) + "\n")
    for at, head in enumerate(heads):
        (front,) = [one for one, said in found.items() if said == "\n".join(f"- {row[at]}" for row in rows)]
        assert front.endswith(head)
    assert not any(front.endswith(row[0]) for row in rows for front in found)


@pytest.mark.parametrize(
    ("heads", "rows"),
    [
        ("Present tense|Past tense", ("weave|wove", "spin|spun")),
        ("英文|中文", ("warp|经线", "weft|纬线")),
        ("Question|Answer", ("What question do weavers ask?|how wide", "Which knot?|the answer is a reef")),
        ("Drug|Effect", ("Prodrug of the dye|no effect at first", "Tannin|an effect on wool")),
        ("Formal|Informal", ("commence|start", "terminate|end")),
        ("Active voice|Passive voice", ("She weaves a cloth|A cloth is woven", "He spins the yarn|The yarn is spun")),
        ("Common name|Latin name", ("true flax of fields|Linum usitatissimum", "cotton of Asia|Gossypium arboreum")),
        ("概念|定义", ("概念车间|操作定义的一种", "织造|用经纬纱交织")),
    ],
)  # fmt: skip
def test_pairs_stay_rows(heads: str, rows: tuple[str, ...]) -> None:
    lines = [f"| {line.replace('|', ' | ')} |" for line in (heads, "---|---", *rows)]
    note = read_note("# Cloth\n\n" + "\n".join(lines) + "\n", "n.md")
    found = [*note.cards, *(one.card for one in note.offers)]
    assert {one.source.line for one in found if one.kind is Kind.TABLE} == {5, 6}


def test_a_formula_is_asked_by_the_name_on_its_left() -> None:
    found = considered_in(
        "# 织造\n\n- $$\n  紧度=\\frac{纱线直径}{间距}\n  $$\n- 用纱量按下式计算\n"
        "  $$\n  用纱量=长度\\times 根数 \\\\\n  \\\\\n  $$\n"
        "\n$$\n\\text{Cover factor} = \\frac{n}{\\sqrt{N}}\n$$\n\n$c = 3$\n"
    )
    assert found["紧度"] == "$\\frac{纱线直径}{间距}$"
    assert found["用纱量"] == "$长度\\times 根数$"
    assert found["Cover factor"] == "$\\frac{n}{\\sqrt{N}}$"
    assert "c" not in found


def test_blanks_are_found_in_tags_and_under_titles_in_other_languages() -> None:
    zh = '## 三 填空题\n1. 经纱和<span class="a">纬</span>纱交织成<span class="a">H<sub>2</sub>布</span>。\n'
    zh += "2. 梭子带的是<u>纬纱</u>。\n"
    found = made(zh)
    assert found["经纱和（ ）纱交织成（ ）。"] == "纬；H₂布"
    assert found["梭子带的是（ ）。"] == "纬纱"
    en = "## Fill in the blanks\n1. The shuttle carries the "
    en += "<mark>weft</mark>.\n2. The reed beats it against the **fell**.\n"
    assert made(en) == {"The shuttle carries the ….": "weft", "The reed beats it against the ….": "fell"}


def test_a_blank_is_answered_in_the_line_below() -> None:
    text = "# Loom\n\n1. The weft is carried by a ____.\n   Answer: shuttle\n"
    found = made(f"{text}2. 经纱绕在____上。\n   答案：经轴\n")
    assert found == {"The weft is carried by a ____.": "shuttle", "经纱绕在____上。": "经轴"}


def test_one_sign_is_a_word_where_its_section_says_what_it_means() -> None:
    text = "# Signs\n\n" + "".join(
        f"## {sign}\n    Meanings: {meaning}\n    Reading: {read}\n"
        for sign, meaning, read in (
            ("上", "Above", "うえ"),
            ("下", "Below", "した"),
            ("糸", "Thread", "いと"),
        )
    )
    assert {"上", "下", "糸"} <= made(text).keys()


def test_a_name_that_is_defined_stands_without_what_gathers_it() -> None:
    text = "# Fibres\n\n- Making yarn\n  - Carding\n    - Refers to combing "
    text += "fibres so that they lie one way\n      - By hand or by machine\n"
    text += "  - Twisting\n    - The process of turning fibres round one another\n      - S or Z\n"
    text += "- Sampling\n  - Row Sampling\n    - One thread of each row is taken\n    - Quick\n"
    found = made(text + "  - Block Sampling\n    - A square of the cloth is cut out\n    - Costly\n")
    assert {"Carding", "Twisting", "Row Sampling", "Block Sampling"} <= found.keys()


def test_the_last_sentence_of_a_long_paragraph_announces_its_list() -> None:
    text = "# Looms\n\nA loom holds the threads under tension while others "
    text += "are passed between them, and much has been written about\n"
    text += "how that came to be. Looms come in two kinds:\n\n* horizontal "
    text += "looms, which lie on the ground\n* upright looms, which stand\n"
    assert any(
        "upright looms" in answer and front.startswith("Looms come") for front, answer in made(text).items()
    )


def test_a_line_that_is_a_name_keeps_its_words_and_says_of_what_it_is() -> None:
    text = "# Mills\n\n" + "".join(
        f"## {town}\n\nKey dates\n\n- {first} first loom\n- {second} last loom\n\n"
        for town, first, second in (("Leeds", 1790, 1960), ("Lodz", 1820, 1995), ("Lyon", 1802, 1970))
    )
    assert {f"{town}: Key dates" for town in ("Leeds", "Lodz", "Lyon")} <= considered_in(text).keys()


def test_a_sentence_gives_a_name_to_what_stands_before_it() -> None:
    text = "# Cloth\n\nThreads wander when a loom is badly set, and "
    text += "the cloth pulls to one side. We call this **Skewing**.\n\n"
    text += "Cloth that was stretched goes back in the wash. This effect is sometimes given the name ==relaxation==.\n"
    found = considered_in(text)
    assert found["Skewing"].startswith("Threads wander")
    assert found["relaxation"].startswith("Cloth that was stretched")


def test_a_callout_asks_what_stands_in_it_or_what_follows_it() -> None:
    text = "# Dyeing\n\n> [!question]\n> Why is wool mordanted?\n> So that "
    text += "the dye holds.\n\n> [!question] What fixes indigo?\n\nAir does.\n"
    assert (
        considered_in(text).items()
        >= {"Why is wool mordanted?": "So that the dye holds.", "What fixes indigo?": "Air does."}.items()
    )


def test_parts_of_one_number_are_hidden_together() -> None:
    text = "# Cloth\n\nThe {{c1::warp}} crosses the {{c1::weft}} on "
    text += "a {{c2::loom}}.\n\n- 用 {{cloze 筘}} 打纬，用 {{cloze 综}} 开口\n"
    assert (
        considered_in(text).items()
        >= {
            "The […] crosses the […] on a loom.": "warp; weft",
            "The warp crosses the weft on a […].": "loom",
        }.items()
    )
    assert made(text)["用 […] 打纬，用 […] 开口"] == "筘; 综"


def test_rows_that_several_tables_have_say_of_what_they_are() -> None:
    text = "# Verben\n\n"
    verbs = (
        ("weben", "webe wob gewoben"),
        ("spinnen", "spinne spann gesponnen"),
        ("binden", "binde band gebunden"),
    )
    for verb, forms in verbs:
        names = (f"{verb} (Fasern)", "Präteritum", "Partizip")
        rows = [f"| {left} | {right} |" for left, right in zip(names, forms.split(), strict=True)]
        text += "\n".join(("| Form | ich |", "|---|---|", *rows)) + "\n\n"
    found = considered_in(text)
    assert found["weben: Präteritum"] == "wob"
    assert found["spinnen: Partizip"] == "gesponnen"


def test_two_gaps_in_the_same_words_are_two_cards() -> None:
    text = "# Log\n\n## Undo\n\nIt keeps {{c1::old rows}}.\n\n## Redo\n\nIt keeps {{c1::new rows}}.\n"
    assert sorted(made(text).values()) == ["new rows", "old rows"]
    assert sorted(made(text.replace("## Redo\n\n", "")).values()) == ["new rows", "old rows"]


def test_rows_that_tables_share_by_chance_keep_their_names() -> None:
    text = (
        "# Lands\n\n| Land | Town |\n|---|---|\n| France | Paris |\n| Spain | Madrid |\n| Italy | Rome |\n\n"
    )
    text += "| Land | Money |\n|---|---|\n| Germany | mark |\n| Spain | peseta |\n| Italy | lira |\n"
    assert not any(":" in front for front in considered_in(text))


def test_what_a_template_fills_in_is_hidden_from_nobody() -> None:
    text = "# Loom\n\ndate: {{date}}\n\ntitle: {{title}}\n\nThe {{weft}} crosses, {{date:YYYY}}.\n"
    assert [front for front in considered_in(text) if "[…]" in front] == ["The […] crosses, ."]


def test_a_callout_named_by_a_term_is_its_card_and_a_picture_is_none() -> None:
    text = "# Loom\n\n> [!note] Sett\n> How many threads of the warp stand in an inch of the reed.\n\n"
    assert made(text)["Sett"].startswith("How many threads")
    assert "Looms compared" not in made(f"{text}> [!note] Looms compared\n> ![](looms.png){{width=75%}}\n")


def test_a_formula_that_names_itself_is_made() -> None:
    found = made(
        "# 织造\n\n织物的结构用几个量来描述。\n\n$$\n紧度=\\frac{直径}{间距}\n$$\n\n$$\n用纱量=长度\\times 根数\n$$\n"
    )
    assert found["紧度"] == "$\\frac{直径}{间距}$"
