"""What an answer need not say: examples, remarks, who found it, the answer to another question."""

import pytest

from studyllm.grading import Question, with_extras_marked
from studyllm.grading.asides import BRACKETED, is_aside, without_examples
from studyllm.grading.scoring import points_of


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("Halo effect", "First described by Edward Thorndike in 1920"),
        ("光环效应", "最早由桑代克于1920年提出"),
        ("织机", "考频：每年都考"),
        ("浸麻", "为什么要用活水：死水会发臭"),
        ("Loom", "e.g. a table loom"),
        ("Webstuhl", "z. B. ein Tischwebstuhl"),
        ("métier", "par exemple un métier à bras"),
        ("Selvedge", "i.e. the edge that does not fray"),
        ("水力织机的优点", "缺点是离不开河"),
        ("Advantages of the power loom", "but its drawbacks are noise and lint"),
    ],
)
def test_it_is_told_beside_the_answer(asked: str, part: str) -> None:
    assert is_aside(asked, part)
    assert with_extras_marked(("what it is", part), asked) == ("what it is", f"+ {part}")


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("Who described the halo effect?", "First described by Edward Thorndike in 1920"),
        ("光环效应的提出者", "由桑代克提出"),
        ("为什么浸麻要用活水", "为什么要用活水：死水会发臭"),
        ("Weft", "carried by a shuttle"),
        ("水力织机的优缺点", "缺点是离不开河"),
        ("水力织机的优点", "不足一成的断经"),
        ("Drawbacks of the power loom", "drawbacks: noise and lint"),
        ("经纱", "由机架拉紧"),
    ],
)
def test_it_is_the_answer(asked: str, part: str) -> None:
    assert not is_aside(asked, part)


@pytest.mark.parametrize(
    ("asked", "reference", "points"),
    [
        ("Warp", "The threads along the cloth. e.g. linen, cotton", ("The threads along the cloth",)),
        ("退化", "叶、茎、根部体积变小", ("叶、茎、根部体积变小",)),
        ("甲类染料", "茜草、红花 → 偏红、不耐晒、价高", ("茜草、红花 → 偏红、不耐晒、价高",)),
        ("Law", r"$a \uparrow \;\Rightarrow\; b \uparrow$", (r"$a \uparrow \Rightarrow b \uparrow$",)),
        (
            "织物",
            "经纱（纵向）+ 纬纱（横向）\n- 平纹：一上一下",
            ("经纱（纵向）+ 纬纱（横向）", "平纹：一上一下"),
        ),
        ("毛病", "断经很多，跳纱多，布边松，色不匀", ("断经很多", "跳纱多", "布边松", "色不匀")),
    ],
)
def test_points_are_what_is_asked_for(asked: str, reference: str, points: tuple[str, ...]) -> None:
    assert points_of(Question(asked, reference)) == points


@pytest.mark.parametrize(
    ("asked", "reference", "points"),
    [
        ("Shock", "too little blood flow; identified by low blood pressure", 2),
        ("哪位科学家发现了青霉素", "由弗莱明发现。它抑制细菌", 2),
        (
            "Which scientist described the halo effect?",
            "Described by Thorndike in 1920. It colours judgements",
            2,
        ),
        ("acid", "a proton donor; for example vinegar; it turns litmus red", 2),
        ("炎症的五大表现", "红、肿、热、痛、功能障碍", 5),
        ("心衰的症状", "头晕、乏力、心率增快", 3),
        ("民用工业", "（一）创办军事工业。（二）创办民用工业。（三）筹建海军。", 3),
    ],
)
def test_what_answers_is_kept(asked: str, reference: str, points: int) -> None:
    assert len(points_of(Question(asked, reference))) == points


@pytest.mark.parametrize(
    "said", ["such as", "for example", "for instance,", "e.g.", "e.g.,", "e. g.", "eg", "eg."]
)
def test_an_example_is_known_by_the_same_words_wherever_it_stands(said: str) -> None:
    assert is_aside("What is a metal?", f"{said} copper")
    assert without_examples(f"It conducts heat, {said} copper and tin.") == "It conducts heat"
    assert BRACKETED.search(f"It conducts heat ({said} copper).")


@pytest.mark.parametrize("word", ["EGFR binds a ligand", "eggs are laid", "forexample"])
def test_a_word_that_only_begins_alike_is_no_example(word: str) -> None:
    assert not is_aside("What happens?", word)
    assert not BRACKETED.search(f"({word})")
