"""What a definition says of another thing is no point of it."""

import pytest

from studyllm.cards import Card, Kind, Source
from studyllm.grading import Question, is_extra, points_told
from studyllm.grading.contrasts import without_contrasts
from studyllm.grading.scoring import with_extras
from studyllm.grading.verdict import verdict
from studyllm.verdicts import PointResult, State


@pytest.mark.parametrize(
    ("asked", "note", "own", "other"),
    [
        (
            "wrought iron",
            "soft and tough, in contrast to cast iron, which is brittle",
            "soft and tough",
            "in contrast to cast iron, which is brittle",
        ),
        (
            "stoneware",
            "fired above 1200 °C (as opposed to earthenware, which stays porous); dense",
            "fired above 1200 °C; dense",
            "as opposed to earthenware, which stays porous",
        ),
        (
            "engobe",
            "liquid clay for colour, unlike glaze, which is glass; put on raw ware",
            "liquid clay for colour; put on raw ware",
            "unlike glaze, which is glass",
        ),
        (
            "engobe",
            "liquid clay, unlike glaze, and stays matt",
            "liquid clay, and stays matt",
            "unlike glaze",
        ),
        ("斜纹", "表面有斜线，不同于平纹；较厚", "表面有斜线；较厚", "不同于平纹"),
        ("浸麻", "靠水中细菌，与露麻相反，后者靠露水", "靠水中细菌", "与露麻相反，后者靠露水"),
        ("自由民", "有土地的平民（区别于奴隶）", "有土地的平民", "区别于奴隶"),
        (
            "Engobe",
            "flüssiger Ton, im Gegensatz zur Glasur, die Glas ist",
            "flüssiger Ton",
            "im Gegensatz zur Glasur, die Glas ist",
        ),
        (
            "engobe",
            "barbotine, à ne pas confondre avec l'émail",
            "barbotine",
            "à ne pas confondre avec l'émail",
        ),
        (
            "mean",
            "sum over number, not to be confused with the median",
            "sum over number",
            "not to be confused with the median",
        ),
    ],
)
def test_the_other_thing_is_told_beside(asked: str, note: str, own: str, other: str) -> None:
    assert without_contrasts(asked, note) == (own, (other,))


@pytest.mark.parametrize(
    ("asked", "note"),
    [
        ("drag", "与运动方向相反"),
        ("拉力", "大小相等，与推力方向相反，作用在两物上"),
        ("stoneware vs earthenware", "dense, as opposed to earthenware, which is porous"),
        ("粗陶和细陶的区别", "粗陶多孔，不同于细陶"),
        ("stoneware and earthenware", "one is dense, as opposed to earthenware, which is porous"),
        ("slip", "clay, unlike glaze it does not melt"),
        ("lye", "dissolves fat, never mix with acid"),
        ("like poles", "unlike them, opposite ones attract"),
        ("a", "b ≠ c"),
        ("bisque", "fired once. Unlike raw ware, it takes up water"),
        ("flux", "lowers the melting point, which saves fuel"),
    ],
)
def test_what_is_said_of_the_thing_itself_stays(asked: str, note: str) -> None:
    assert without_contrasts(asked, note) == (note, ())


def test_the_points_of_a_card_leave_the_other_thing_out() -> None:
    note = "kneads the clay, as opposed to throwing, which shapes it; drives out the air"
    told = points_told(Card(Kind.TERM, "wedging", note, Source("clay.md", 1, 1)))
    assert [one for one in told if not is_extra(one)] == ["kneads the clay", "drives out the air"]
    listed = Card(Kind.LIST, "Ware", "a\nb", Source("clay.md", 1, 1), points=("dense, unlike brick", "thin"))
    assert points_told(listed) == ("dense", "+ unlike brick", "thin")


@pytest.mark.parametrize(("score", "state"), [(0.1, State.MISSED), (0.4, State.MISSED), (0.9, State.HIT)])
def test_what_is_said_of_the_other_thing_counts_only_beside_what_is_right(score: float, state: State) -> None:
    asked = Question("bisque", "fired once", points=("fired once", "+ unlike glaze, which is fired twice"))
    given = verdict(score, (PointResult("fired once", State.UNSURE),), confidence=0.9)
    assert with_extras(asked, "glaze, which is fired twice", given).points[1].state is state
