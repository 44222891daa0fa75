"""Forms of a word by person: another form is another answer."""

import pytest

from studyllm.grading import Question
from studyllm.grading.paradigm import forms_by_person, forms_of, may_be_of_another_person
from studyllm.grading.scoring import combine
from tests.grading.test_scoring import RIGHT

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


TEJER = ("tejo", "tejes", "teje", "tejemos", "tejéis", "tejen")


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("tejo tejes teje tejemos tejeis tejen", (True,) * 6),
        ("coso coses cose cosemos coséis cosen", (False,) * 6),
        ("tejo, coses, teje, tejemos, tejéis, tejen", (True, False, True, True, True, True)),
        ("tejen tejéis tejemos teje tejes tejo", (True,) * 6),
        ("tejo y tejen", (True, None, None, None, None, True)),
        ("coso", (None,) * 6),
    ],
)
def test_forms_of_another_word_are_none_of_this_one(answer: str, found: tuple[bool | None, ...]) -> None:
    assert forms_of("tejer", TEJER, answer) == found


def test_what_is_no_form_of_the_word_is_left_to_the_models() -> None:
    assert forms_of("cloth", ("wool", "linen", "cotton", "silk"), "flax") == ()
    assert forms_of("weaving", ("warp", "weft"), "threads") == ()
    assert forms_of("mix", ("product", "price", "place", "promotion"), "goods, cost, shop, ads") == ()
    assert forms_of("the parts of a loom", ("beam", "batten", "breast", "bench"), "the beam") == ()


@pytest.mark.parametrize(
    ("reference", "answer", "doubted"),
    [
        ("flöge", "flog", True),
        ("flögt", "flögen", True),
        ("flögen", "wir flögen", False),
        ("flöge", "es bewegt sich in der Luft", False),
    ],
)
def test_a_form_is_asked_for_by_its_person(reference: str, answer: str, doubted: bool) -> None:
    asked = "Konjunktiv von fliegen: wir"
    assert may_be_of_another_person(asked, reference, answer) is doubted
    assert not may_be_of_another_person("fliegen", reference, answer)
    assert combine(Question(asked, reference), answer, RIGHT).unsure or not doubted
