"""Forms of a word by person: another form is another answer."""

import pytest

from studyllm.grading.paradigm import forms_by_person

WOB = ("ich: wob", "du: wobst", "er/sie/es: wob", "wir: woben")


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("ich wob, du wobst, er wob, wir woben", (True, True, True, True)),
        ("ich webe, du wobst, sie wob", (False, True, True, None)),
        ("wob wobst wob woben", (True, True, True, True)),
        ("wob webst wob woben", (True, False, True, True)),
        ("wobst and woben", (None, True, None, True)),
        ("ich webte du webtest er webte wir webten", (False, False, False, False)),
    ],
)
def test_each_form_is_compared_with_its_own(answer: str, found: tuple[bool | None, ...]) -> None:
    assert forms_by_person(WOB, answer) == found


def test_other_cells_are_no_forms() -> None:
    assert forms_by_person(("colour: red", "size: small", "use: cloth"), "red, small") == ()
    assert forms_by_person(("ich: wob", "du: wobst"), "wob") == ()
