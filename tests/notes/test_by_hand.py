"""What a learner makes a card of by hand."""

import pytest

from studyllm.notes import at_line, opened_by
from studyllm.notes.by_hand import text_of_range
from studyllm.notes.line_parts import parts, readings_of, titled


@pytest.mark.parametrize(
    ("line", "front"),
    [
        ("How many frames has a hive? ten", "How many frames has a hive?"),
        ("蜂王住哪里？巢脾上", "蜂王住哪里？"),
        ("propolis: resin that seals gaps", "propolis"),
        ("the bees came back late", ""),
        ("Who came?", ""),
        ("- Q: Where is wax made? in glands", "Where is wax made?"),
        ("see https://bees.example/x?y=1 for more", ""),
    ],
)
def test_a_front_is_suggested_by_what_a_line_opens_with(line: str, front: str) -> None:
    assert opened_by(line) == front


@pytest.mark.parametrize(
    ("line", "front", "rest"),
    [
        ("蜂王台温 34℃", "蜂王台温", "34℃"),
        ("- 幼虫期　六天，由工蜂饲喂", "幼虫期", "六天，由工蜂饲喂"),
        ("smoke, noise = alarm", "smoke, noise", "alarm"),
        ("分蜂群＝老蜂王带走的一群", "分蜂群", "老蜂王带走的一群"),
        ("🐝 take **care** of 照料", "take care of", "照料"),
        ("🐝 take **care** of（后接名词）", "take care of", "（后接名词）"),
        ("育虫期（工蜂、雄蜂）孵化后第3天起", "育虫期（工蜂、雄蜂）", "孵化后第3天起"),
        ("育虫期（工蜂）的3个阶段", "", ""),
        ("mRNA 加帽", "", ""),
        ("第三章 采蜜", "", ""),
        ("## 采蜜 概述", "", ""),
        ("蜂群：由蜂王、工蜂 和雄蜂组成", "", ""),
        ("if a == b", "", ""),
        ("the bees came back late", "", ""),
    ],
)
def test_a_line_of_two_parts_is_an_entry_by_itself(line: str, front: str, rest: str) -> None:
    assert parts(line) == (front, rest)


def _terms(text: str, line: int) -> set[str]:
    found, _back = at_line(text, "n.md", line)
    assert found, "else nothing is passed over"
    return {card.term for card in readings_of(found, text.split("\n"), line)}


def test_what_stands_below_a_line_of_two_parts_is_not_its_answer() -> None:
    assert _terms("# Hive\n\nsmoke, noise = alarm\nbrood scent = calm\n", 3) == set()
    assert _terms("# 蜂\n\n王台\n培育蜂王的巢房，比工蜂房大。\n", 3) == {"王台"}
    assert _terms("# 蜂\n\n王台 (queen cell)\n培育蜂王的巢房，比工蜂房大。\n", 3) == {"王台"}
    sealed = "# 蜂\n\n封盖期 12天（到出房为止）\n卵期 3天（三型蜂相同）\n"
    assert "封盖期 12天" in {card.term for card in at_line(sealed, "n.md", 3)[0]}, "else the case is none"
    assert "封盖期 12天" not in _terms(sealed, 3)
    assert "Worker bee (工蜂)" not in _terms("# Bees\n\n- Worker bee = 工蜂\n- Drone = 雄蜂\n", 3)


def test_a_bold_word_in_a_phrase_with_a_picture_is_not_what_is_asked() -> None:
    assert _terms("# Verbs\n\n🐝 take **care** of（后接名词）\n🐝 get **used** to\n", 3) == set()
    assert _terms("# 蜂\n\n🐝 在巢里，**蜂胶**是工蜂采来填缝的树脂。\n", 3) == {"蜂胶"}


def test_a_range_of_lines_is_answered_by_all_but_its_front() -> None:
    poem = ["Every Good", "Boy Does Fine"]
    assert text_of_range("Every Good", poem) == "Boy Does Fine"
    assert text_of_range("What helps with the lines?", poem) == "Every Good\nBoy Does Fine"
    steps = ["## Swarm:", "", "  - the queen leaves", "  - half the bees go along"]
    assert titled(steps[0]) == "Swarm"
    assert text_of_range("Swarm", steps) == "- the queen leaves\n- half the bees go along"
