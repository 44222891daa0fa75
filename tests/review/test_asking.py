"""What may be shown of a card before its answer."""

from dataclasses import replace
from pathlib import Path

import pytest

from studyllm import library, messages
from studyllm.cards import Deck, Kind
from studyllm.review.asking import stands
from studyllm.store import Store
from studyllm.text import holds
from tests.conftest import NOW, fill
from tests.quiz.cards import study

PROCESS = study(
    1,
    "进程",
    "进程",
    aliases=("Process",),
    headings=("操作系统", "进程与线程", "Processes"),
    path="/n/进程.md",
)


def test_a_card_that_asks_for_its_term_does_not_say_where_it_stands_by_name() -> None:
    for kind in (Kind.MEANING, Kind.GAP):
        asked = replace(PROCESS, card=replace(PROCESS.card, kind=kind))
        assert stands(asked) == (("deck", "操作系统"), "")
    assert stands(PROCESS) == (("deck", "操作系统", "进程与线程", "Processes"), "进程.md:1")


def test_a_card_that_asks_for_its_term_does_not_say_what_that_is_about() -> None:
    asked = study(
        4,
        "Femoral vein: course",
        "Femoral vein: course",
        kind=Kind.MEANING,
        headings=("Leg", "1.2 Femoral vein"),
        path="/n/femoral vein.md",
    )
    assert stands(asked) == (("deck", "Leg"), "")


def test_a_heading_that_shares_a_common_word_with_the_term_is_shown() -> None:
    asked = study(5, "血压调节", "血压调节", kind=Kind.MEANING, headings=("循环", "心率与血压"))
    assert stands(asked)[0] == ("deck", "循环", "心率与血压")
    asked = study(6, "动脉血压", "动脉血压", kind=Kind.MEANING, headings=("循环", "血压"))
    assert stands(asked)[0] == ("deck", "循环")


def test_what_was_hidden_in_a_sentence_is_not_in_the_heading() -> None:
    card = study(2, "x", "RAM", kind=Kind.CLOZE, headings=("Memory", "What ram is"))
    assert stands(card)[0] == ("deck", "Memory")


@pytest.mark.parametrize(
    ("whole", "part", "held"),
    [
        ("The Cell Membrane", "cell", True),
        ("Cells", "cell", True),
        ("Cellars", "cell", False),
        ("ＣＰＵ调度", "CPU", True),
        ("进程与线程", "线程", True),
        ("C and C++", "c", False),
        ("C", "c", True),
        ("anything", "", False),
    ],
)
def test_a_text_holds_another_as_words(whole: str, part: str, held: bool) -> None:
    assert holds(whole, part) is held


TABLES = """# Historiography

| Historian | School | Argument |
|---|---|---|
| Alfred Cobban | revisionist | officials and lawyers led it |
| François Furet | post-revisionist | it was about ideas and political culture |

| 术语 | 定义 | 例子 |
|---|---|---|
| 电阻 | 导体对电流的阻碍作用 | 灯丝 |
| 电容 | 储存电荷的能力 | 平行板 |

| Rope | Fibres | Use |
|---|---|---|
| cordage | hemp, sisal, manila | mooring |

| Depot | Max. crates | Doors |
|---|---|---|
| north yard | 40 | three wide ones |

| Español | English |
|---|---|
| el techo | the roof |
| la llave | the key: of a door |
"""


def test_a_row_of_a_table_names_the_columns_that_are_asked_for(store: Store, tmp_path: Path) -> None:
    note = tmp_path / "n.md"
    note.write_text(TABLES)
    library.bring_in(store, library.plan(store, Deck("n", (note,))), NOW)
    told = {one.card.term: messages.wanted(one) for one in store.cards()}
    assert told["Alfred Cobban"] == "Asked for: School, Argument."
    assert told["电阻"] == "Asked for: the meaning, 例子."
    assert told["cordage"] == "Asked for: Fibres, Use.", "a cell of three things is named once"
    assert told["north yard"] == "Asked for: Max. crates, Doors."
    assert told["la llave"] == "", "one cell is the answer"


@pytest.mark.parametrize(
    ("points", "told"),
    [
        (("warp", "weft", "selvage"), "Name all 3, in any order."),
        (("warp", "weft"), "Name both, in any order."),
        (
            ("course: along the femur", "supply: the knee", "injury: drop foot"),
            "Say all 3 points, in any order.",
        ),
        (("It swells in water.", "It burns slowly."), "Say both points, in any order."),
        (("经线", "纬线", "布边"), "Name all 3, in any order."),
        (("起点：髂骨", "止点：胫骨", "作用：屈膝"), "Say all 3 points, in any order."),
    ],
)
def test_names_are_asked_for_only_where_the_points_are_names(points: tuple[str, ...], told: str) -> None:
    answer = "\n".join(f"- {one}" for one in points)
    assert messages.wanted(study(3, "x", answer, kind=Kind.LIST, points=points)) == told


def test_a_list_of_one_point_asks_for_no_number(store: Store) -> None:
    fill(store, "tide")
    stored = store.card(1)
    for kind in (Kind.LIST, Kind.SEQUENCE):
        told = [
            messages.wanted(
                replace(stored, card=replace(stored.card, kind=kind, answer=answer, points=points))
            )
            for answer, points in (("- ebb", ("ebb",)), ("- ebb\n- flow\n- slack", ("ebb", "flow", "slack")))
        ]
        assert told[0] == ""
        assert "3" in told[1]
