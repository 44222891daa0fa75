"""Forms of a word by person: another form is another answer."""

import pytest

from studyllm.grading.paradigm import form_of_person, forms_by_person, forms_of

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
    ("reference", "answer", "right"),
    [
        ("flöge", "flog", False),
        ("flögt", "flögen", False),
        ("flögen", "wir flögen", None),
        ("geflogen", "gefloggen", True),
        ("voló", "volo", None),
        ("flöge", "es bewegt sich in der Luft", None),
    ],
)
def test_a_form_is_asked_for_by_its_person(reference: str, answer: str, right: bool | None) -> None:
    assert form_of_person("Konjunktiv von fliegen: wir", reference, answer) is right
    assert form_of_person("fliegen", reference, answer) is None
