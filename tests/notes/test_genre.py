"""Which files are no notes to learn from, and which only look so."""

from studyllm.notes import read_note
from studyllm.notes.choice.genre import genre
from studyllm.notes.markdown.parse import parse


def kind_of(text: str, path: str = "notes.md") -> float:
    document = parse(text)
    return genre(path, text, document.blocks, document.title)


def test_a_list_of_things_to_tick_off_is_a_plan() -> None:
    plan = "# Week 3\n\n" + "".join(f"- [ ] Lecture {n}\n" for n in range(10))
    assert kind_of(plan) >= 0.6
    answered = "".join(f"- [ ] What is {n}?\n\n  It is so.\n\n  And so.\n\n" for n in range(10))
    assert kind_of(f"# Week 3\n\n{answered}") < 0.6


def test_a_title_says_that_a_file_is_a_plan() -> None:
    assert kind_of("# 考研复习计划\n\n## 六月\n\n- 数学：线性代数\n") >= 0.6
    assert kind_of("# 查询计划\n\n- **全表扫描**：逐行读取\n") < 0.6


def test_notes_with_a_licence_or_a_linked_picture_are_notes() -> None:
    assert kind_of("# 执业兽医\n\n- **骨膜**：包在骨外的膜\n", "vet-licence-notes.md") == 0
    assert (
        kind_of("# Markt\n\n[![image.png](a/image.png)](a/image.png)\n\n- **Preis**: was zu zahlen ist\n")
        < 0.6
    )
    assert kind_of("MIT License\n", "LICENSE-MIT") >= 1


def test_contents_and_a_conclusion_make_no_paper() -> None:
    text = "# Reliability\n\n## Contents\n\n## Conclusion\n\n- **Availability**: ready when asked\n"
    assert kind_of(text) < 0.7


def test_a_board_of_tasks_is_none() -> None:
    assert kind_of("---\n\nkanban-plugin: basic\n\n---\n\n## Doing\n\n- read\n") >= 0.6


def test_steps_of_a_method_make_no_guide_and_the_self_no_diary() -> None:
    steps = "".join(
        f"## Step {n}: {name}\n\nit is done\n\n" for n, name in enumerate(("wedge", "throw", "glaze"), 1)
    )
    assert kind_of(f"# Pots\n\n{steps}") < 0.6
    self_ = "".join(f"- {name}：与自我、本我、超我有关\n" for name in ("本我", "自我", "超我"))
    assert kind_of(f"# 人格\n\n{self_}") < 0.6
    assert kind_of("# 冬天\n\n" + "我去了海边，我很冷。" * 6) >= 0.6


def test_a_day_of_a_diary_is_no_front() -> None:
    text = "# Sat 28 Nov\n\n- woke up late\n- wove a hand\n- read of looms\n"
    assert not read_note(text, "2026-11-28.md").cards
