"""A point said the other way round in a word is contradicted, and only where that is evident."""

import pytest

from studyllm.cards import Kind
from studyllm.grading import Question, TextGrader
from studyllm.grading.opposites import turned
from studyllm.verdicts import Label, State

OPPOSITE = """
稳定吗：不稳定 | 平均nlogn，空间logn，稳定 | 稳定
稳定性：稳定 | O(n)，不稳定的 | 不稳定的
可靠吗：是 | 可靠吗：否 | 可靠吗:否
面向连接吗：是 | 不面向连接，快 | 不面向连接
面向连接吗：否 | 面向连接 | 面向连接
是 | 不是 | 不是
否 | 是 | 是
有序 | 无序 | 无序
unstable | stable | stable
no preemption | mutual exclusion, hold and wait, preemption, circular wait | preemption
Km 越小亲和力越大 | Vmax一半时的底物浓度，越大亲和力越大 | 越大亲和力越大
越大越安全 | 与毒性有关，越小越安全 | 越小越安全
使肾素分泌增多 | 血压高，肾素分泌减少 | 肾素分泌减少
LD50 与 ED50 的比值，越大越安全 | ED50/LD50，越大越安全 | ed50/ld50
LD50 与 ED50 的比值，越大越安全 | ED50比LD50，越大越安全 | ed50比ld50
表中元素个数与哈希表长度之比 | 哈希表长度与元素个数之比 | 哈希表长度与元素个数之比
ratio of mass to volume | ratio of volume to mass | ratio of volume to mass
A ∩ B = ∅ | A ∪ B = ∅ | A ∪ B = ∅
∀x ∃y x < y | ∃x ∀y x<y | ∃x ∀y x<y
"""

THE_SAME = """
稳定吗：不稳定 | 平均nlogn，不稳定
稳定吗：不稳定 | 不稳定，不是稳定
A ∩ B = ∅ | A∩B=∅
可靠吗：是 | 否
面向连接吗：是 | 面向连接
是 | 是的
有序 | 有顺序
频率越高波长越短 | 频率越低波长越长
Km 越小亲和力越大 | 亲和力越大 Km 越小
血压降低 | 血压升高时用它
血压降低 | 血压不升高
LD50 与 ED50 的比值 | LD50/ED50
LD50 与 ED50 的比值 | ED50 比 LD50 小
TCP/UDP | UDP/TCP
可用动产、不动产 | 动产、不动产均可
 | 是
"""


def _rows(text: str) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in row.split("|")) for row in text.strip("\n").splitlines()]


@pytest.mark.parametrize(("point", "answer", "part"), _rows(OPPOSITE))
def test_the_opposite_is_found_where_it_stands(point: str, answer: str, part: str) -> None:
    assert turned((point,), answer) == (part,)


@pytest.mark.parametrize(("point", "answer"), _rows(THE_SAME))
def test_what_is_not_evidently_the_opposite_is_left_to_the_models(point: str, answer: str) -> None:
    assert turned((point, "别的"), answer) == ("", "")


def test_a_cell_that_is_turned_round_is_wrong_and_the_answer_not_correct() -> None:
    question = Question("快速排序", "平均：O(n log n)\n稳定吗：不稳定", kind=Kind.TABLE)
    given = TextGrader().grade(question, "平均 O(n log n)，稳定")
    assert given.label is not Label.CORRECT
    assert [point.state for point in given.points] == [State.HIT, State.CONTRADICTED]
    assert given.points[1].evidence == "稳定"


def test_a_yes_for_a_no_is_wrong() -> None:
    assert TextGrader().grade(Question("面向连接的吗", "是"), "不是").label is Label.INCORRECT


HOLES = ("主动脉裂孔T12", "食管裂孔T10", "腔静脉孔T8")


def test_a_number_that_stands_beside_another_name_is_wrong() -> None:
    swapped = turned(HOLES, "主动脉裂孔T10，食管裂孔T12，腔静脉孔T8")
    assert swapped == ("主动脉裂孔t10", "食管裂孔t12", "")
    assert turned(("HTTP 80", "HTTPS 443"), "HTTPS: 80; HTTP: 443") == ("http: 443", "https: 80")
    found = TextGrader().grade(
        Question("膈的裂孔", "，".join(HOLES), HOLES), "主动脉裂孔T10，食管裂孔T12，腔静脉孔T8"
    )
    assert [point.state for point in found.points][:2] == [State.CONTRADICTED] * 2
    assert found.label is not Label.CORRECT


@pytest.mark.parametrize(
    "answer",
    [
        "主动脉裂孔T12，食管裂孔T10，腔静脉孔T8",
        "T12主动脉裂孔；T10食管裂孔；T8腔静脉孔",
        "主动脉裂孔、食管裂孔T10",
        "食管裂孔和腔静脉孔在T8",
        "主动脉裂孔第12胸椎",
    ],
)
def test_a_number_beside_its_own_name_or_beside_several_is_not(answer: str) -> None:
    assert turned(HOLES, answer) == ("", "", "")


PTERION = "额、顶、颞、蝶骨交界处"


@pytest.mark.parametrize(
    ("answer", "wrong"),
    [
        ("额顶颞枕四骨交界，骨质薄", "额顶颞枕"),
        ("额、顶、颞、枕骨交界", "额、顶、颞、枕"),
        ("额顶颞蝶四骨交界", ""),
        ("蝶、颞、顶、额骨交界", ""),
        ("额顶颞三骨交界", ""),
        ("在太阳穴，额骨和顶骨之间", ""),
    ],
)
def test_another_letter_in_a_series_of_letters_is_wrong(answer: str, wrong: str) -> None:
    assert turned((PTERION, "骨质薄"), answer) == (wrong, "")


@pytest.mark.parametrize(
    ("point", "answer", "part"),
    [
        ("开淡紫色小花", "春天开花，开橙黄色花", "橙黄色花"),
        ("深红色果实", "深蓝色果实", "深蓝色果实"),
        ("a red lamp at the port side", "a green lamp is required", "green lamp"),
    ],
)
def test_a_thing_of_another_colour(point: str, answer: str, part: str) -> None:
    assert turned((point,), answer) == (part,)


@pytest.mark.parametrize(
    ("point", "answer"),
    [
        ("开淡紫色小花", "开紫色的花，不是黄色花"),
        ("加酸后变为红色溶液", "由蓝色溶液变为红色"),
        ("开橙色花", "开橘色花"),
        ("桃红色花", "粉色花"),
        ("树皮褐色", "棕色树皮"),
        ("the gray stone", "a grey stone"),
        ("a purple sail", "a violet sail"),
        ("litmus turns red with acid", "blue with base"),
        ("a black hole", "a white dwarf"),
    ],
)
def test_a_colour_that_may_be_meant(point: str, answer: str) -> None:
    assert turned((point,), answer) == ("",)


def test_a_cell_with_the_value_of_another_row_is_contradicted_beside_right_ones() -> None:
    row = ("音：宫", "色：黄", "数：五", "方：中")
    assert turned(row, "音宫 色黄 数五 方东") == ("", "", "", "方东")
    assert turned(row, "音宫，色黄，数五，方位居中") == ("", "", "", "")
    assert turned(row, "色彩丰富，方法很多") == ("", "", "", ""), "nothing is said as in a table"


def test_a_yes_or_no_of_a_row_is_turned_round_behind_but_and_and() -> None:
    row = ("rivalrous: yes", "excludable: no")
    assert turned(row, "rivalrous and excludable") == ("", "excludable")
    assert turned(row, "rivalrous but not excludable") == ("", "")
    assert turned(row, "it's not rivalrous and not excludable") == ("not rivalrous", "")


@pytest.mark.parametrize(
    ("answer", "wrong"),
    [
        ("由大到小，要酶", True),
        ("由大到小，需要酶", True),
        ("由大到小，不需要酶", False),
        ("由大到小，无酶", False),
        ("由大到小，要点是快", False),
    ],
)
def test_a_cross_is_contradicted_by_who_says_that_it_needs_the_thing(answer: str, *, wrong: bool) -> None:
    said = turned(("方向：由大到小", "酶：×"), answer)
    assert bool(said[1]) is wrong
    assert not said[0]


def test_a_tick_is_contradicted_by_who_says_that_it_does_not_have_the_thing() -> None:
    assert turned(("Reed: √", "Sheds: two"), "does not need a reed, two sheds")[0] == ""
    assert turned(("Reed: √", "Sheds: two"), "no reed, two sheds")[0]
    assert turned(("Reed: ×", "Sheds: two"), "has reed, two sheds")[0]
    assert not any(turned(("Reed: ×", "Sheds: two"), "no reed, two sheds"))
