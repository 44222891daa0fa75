"""Questions and answers as people set them down: what asks, what answers, and what is only remarked of them."""

import pytest

from studyllm.cards import Kind
from studyllm.notes import read_note
from studyllm.notes.candidates.asking import asked_term, bare
from tests.notes.reading import cards_of, fronts_of


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("🔥Q4: What is a moraine? (important!)", "What is a moraine?"),
        ("❓ Q 7 - How do glaciers move", "How do glaciers move"),
        ("Q3 – Who keeps the seal?", "Who keeps the seal?"),
        ("Q2．氷河はなぜ動くのか", "氷河はなぜ動くのか"),
        ("3.) Wozu dient ein Pegel?", "Wozu dient ein Pegel?"),
        ("【必考】冰川为何会移动?", "冰川为何会移动?"),
        ("4) 冰斗和冰碛有何区别? 【常考】", "冰斗和冰碛有何区别?"),
        ("雪线是什么意思？#待复习", "雪线是什么意思？"),
        ("빙하는 왜 움직이나요? (중요)", "빙하는 왜 움직이나요?"),
        ("・氷河はどう動く？★", "氷河はどう動く？"),
    ],
)
def test_numbers_and_remarks_on_weight_are_no_part_of_a_question(written: str, asked: str) -> None:
    assert bare(written) == asked


@pytest.mark.parametrize(
    ("asked", "term"),
    [("빙하란?", "빙하"), ("氷河とはなにか。", "氷河"), ("什么是 冰川（glacier）？", "冰川（glacier）")],
)
def test_what_a_question_is_about(asked: str, term: str) -> None:
    assert asked_term(bare(asked)) == term


def test_marked_answers_in_items_and_beside() -> None:
    text = "# 冰川\n\n- Q：冰川从哪里来\n- A：积雪压实而成\n- Q: 冰舌是什么?\n  - A: 冰川伸出的前端\n"
    assert cards_of(text) == [("冰川从哪里来", "积雪压实而成"), ("冰舌", "冰川伸出的前端")]
    text = (
        "1. 问：冰多厚？ 答：几十米到几百米，\n个别更厚。\n\n**问：会融吗？** 答：会。\n\n"
        "【问】怎么测？【答】打孔。\n"
    )
    assert cards_of(text) == [
        ("冰多厚？", "几十米到几百米，个别更厚。"),
        ("会融吗？", "会。"),
        ("怎么测？", "打孔。"),
    ]


def test_the_answer_of_a_marked_question_is_not_asked_in_parts() -> None:
    text = "#flashcards\n\n冰川的类型\n?\n1. 山岳冰川：在山谷里\n2. 大陆冰川：盖住大陆\n"
    assert [front for front, _back in cards_of(text)] == ["冰川的类型"]
    text = "# 冰\n\n1. 怎么选冰镐?\n   - 长的：走坡\n   - 短的：攀冰\n2. 冰爪几个齿？\n   - 十二个\n"
    assert [front for front, _back in cards_of(text)] == ["怎么选冰镐?", "冰爪几个齿？"]


def test_what_asks_without_a_mark_among_questions_is_one() -> None:
    text = (
        "# 冰川\n\n### 1. 什么是冰斗？\n山坡上的半圆形洼地。\n\n### 2. 冰川什么时候后退\n融得比积得快的时候。\n\n"
        "### 3. 冰碛可以做什么？\n铺路。\n"
    )
    assert [front for front, _back in cards_of(text)] == ["冰斗", "冰川什么时候后退", "冰碛可以做什么？"]


def test_folds_and_containers() -> None:
    text = "<details open>\n<summary>冰蚀湖 (tarn)</summary>\n<p>冰川掘出的湖。</p>\n</details>\n"
    card = read_note(text, "a.md").cards[0]
    assert (card.term, card.aliases) == ("冰蚀湖", ("tarn",))
    text = (
        ':::note{title="冰盖"}\n盖住大陆的冰。\n:::\n\n!!! question "Where does it end?"\n!!! warning ""\n'
        "    Thin ice!\n"
    )
    assert fronts_of(text) == {"冰盖"}


def test_names_above_one_definition_and_a_list_in_it() -> None:
    text = (
        "Névé\nFirn\n: Schnee, der ein Jahr überdauert\n\nKees\n:   Gletscher in den Ostalpen\n\n"
        "    - mundartlich\n    - alt\n"
    )
    first, second = read_note(text, "eis.md").cards
    assert (first.term, first.aliases) == ("Firn", ("Névé",))
    assert second.answer == "Gletscher in den Ostalpen\n- mundartlich\n- alt"


def test_what_looks_like_a_mark_and_is_none() -> None:
    text = "- 换卡 #card-renewal\n\t- 打电话\n- 模板 {{ states('sensor.ice') }} 就好\n- 冰期 #card\n\t- 冷的时期\n"
    kinds = {card.term: card.kind for card in read_note(text, "日志.md").cards}
    assert "换卡" not in kinds
    assert Kind.CLOZE not in kinds.values()
    form = (
        "---\nname: Report\nabout: broken\nlabels: bug\n---\n\n## What did you expect?\n\n"
        "(please fill in)\n\n## How?\n\n1. Open\n2. Click\n"
    )
    assert not cards_of(form)


def test_options_in_the_line_of_the_question_and_words_filled_into_blanks() -> None:
    text = (
        "# 冰川测验\n\n## 选择题\n\n1. 冰舌是冰川的（ B ）。 A. 源头 B. 前端 C. 底部 D. 裂隙\n\n"
        "## 填空题\n\n1. 冰川由（积雪）压实而成。\n2. 冰川分为**山岳冰川**和**大陆冰川**。\n3. 空着的（ ）不算。\n"
    )
    assert cards_of(text) == [
        ("冰舌是冰川的（ ）。", "前端"),
        ("冰川由（ ）压实而成。", "积雪"),
        ("冰川分为（ ）和（ ）。", "山岳冰川；大陆冰川"),
    ]


def test_tables_of_the_forms_of_words() -> None:
    text = (
        "# Deutsch\n\n## Konjugation\n\n| | ich | du | er |\n|---|---|---|---|\n| heben | hebe | hebst | hebt |\n"
        "| graben | grabe | gräbst | gräbt |\n| mähen | mähe | mähst | mäht |\n\n## Artikel\n\n"
        "| Kasus | Maskulin | Feminin |\n|---|---|---|\n| Nom | der | die |\n| Akk | den | die |\n| Dat | dem | der |\n"
    )
    assert {"graben", "Artikel: Akk"} <= {front for front, _back in cards_of(text)}


def test_an_a_within_a_question_answers_nothing() -> None:
    text = "- Q: What is tRNA: DNA or a protein?\n  A: Neither of both\n- Q: 缺乏维生素A：会得什么病？\n  A: 夜盲\n"
    assert cards_of(text) == [
        ("tRNA: DNA or a protein", "Neither of both"),
        ("缺乏维生素A：会得什么病？", "夜盲"),
    ]


def test_points_and_sources_fill_no_blank() -> None:
    text = "# 冰\n\n## 填空题\n\n1. 冰川最多的洲是____。（2分）\n2. 冰斗常见于____。（P23）\n3. **冰碛**：石块。\n"
    assert {back for _front, back in cards_of(text)}.isdisjoint({"2分", "P23"})
    assert "冰碛" in fronts_of(text)


def test_entries_between_questions_stay_entries_and_a_calendar_has_words() -> None:
    text = (
        "Q: What is a fjord?\nA: A drowned valley.\n\n- Skerry - a small rocky island\n- Sound - a narrow strait\n\n"
        "Q: What is a ria?\nA: A drowned river.\n"
    )
    assert {"Skerry", "Sound"} <= fronts_of(text)
    text = "# 词\n\n- 今天 - today\n- 明天 - tomorrow\n- 周末 - weekend\n- 节日 - holiday\n"
    assert {"今天", "周末"} <= fronts_of(text)
    text = "# Heat\n\n| Symbol | Meaning |\n|---|---|\n| Q | heat that is transferred |\n| W | work that is done |\n"
    assert "Q" in fronts_of(text)
