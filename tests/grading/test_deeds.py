"""What was done and was not, and what must be done and only may be."""

import pytest

from studyllm.grading.deeds import another_duty, done_after_all
from studyllm.grading.opposites import turned


@pytest.mark.parametrize(
    ("point", "answer"),
    [
        ("应当预料而没有预料", "已经预料，但以为能躲开"),
        ("契约尚未登记", "已经登记"),
        ("尚未交付的货", "货交付了"),
        ("本应察觉 + 因粗心没有察觉", "察觉到了，只是不信"),
    ],
)
def test_what_was_done_after_all_is_contradicted(point: str, answer: str) -> None:
    assert turned((point,), answer)[0]


@pytest.mark.parametrize(
    ("point", "points", "answer"),
    [
        ("没有造成延误的", ("没有造成延误的", "免运费", "造成延误的", "减运费"), "造成了延误的减运费"),
        ("应当预料而没有预料", ("应当预料而没有预料",), "该预料却没预料到"),
        ("应当预料而没有预料", ("应当预料而没有预料",), "应当预料"),
        ("契约尚未登记", ("契约尚未登记",), "如果已经登记就不算"),
        ("契约尚未登记", ("契约尚未登记",), "还没登记"),
        ("没有的东西", ("没有的东西",), "的东西了"),
    ],
)
def test_another_case_or_a_denial_contradicts_nothing(
    point: str, points: tuple[str, ...], answer: str
) -> None:
    assert not done_after_all(point, points, answer.split("，"))


@pytest.mark.parametrize(
    ("note", "answer"),
    [
        ("逾期的，应当支付违约金", "逾期可以支付违约金"),
        ("可以减收租金", "应当减收租金"),
        ("承租人必须通知出租人", "承租人可以通知出租人"),
        ("The tenant must notify the landlord", "tenant may notify the landlord"),
        ("The judge may reduce the rent", "the judge shall reduce the rent"),
    ],
)
def test_a_duty_is_no_choice(note: str, answer: str) -> None:
    assert another_duty(note, answer)


@pytest.mark.parametrize(
    ("note", "answer"),
    [
        ("逾期的，应当支付违约金", "应支付违约金，逾期应当支付违约金"),
        ("轻者可以减租；重者应当减租", "轻者应当减租"),
        ("应当支付违约金", "可以解除合同"),
        ("可以减收租金", "应该是减收租金"),
        ("不应当支付违约金", "可以支付违约金"),
        ("The tenant must notify the landlord", "tenant has to notify the landlord"),
        ("The tenant must notify the landlord", "they may leave"),
    ],
)
def test_the_same_duty_or_another_act_is_none(note: str, answer: str) -> None:
    assert not another_duty(note, answer)
