"""Things of a list that an answer leaves out."""

import pytest

from studyllm.grading import Question
from studyllm.grading.lacking import lacking, says_too_little
from studyllm.grading.scoring import combine
from studyllm.grading.signals import Reading, Signals
from studyllm.verdicts import Label, State

SALTS = ("sodium", "potassium", "magnesium", "carbohydrate")


@pytest.mark.parametrize(
    ("points", "answer", "wanted"),
    [
        (SALTS, "potassium, sodium and magnesium", (False, False, False, True)),
        (SALTS, "potassium, sodium, carbs", (False, False, True, False)),
        (SALTS, "potassium, sodium, magnesium, CBH", (False,) * 4),
        (SALTS, "sodium and whatever else there is", (False,) * 4),
        (("功效：解表散寒", "功效：行气和胃", "功效：解鱼蟹毒"), "解表散寒，行气和胃", (False, False, True)),
        (("内容", "边框", "内边距"), "内容 padding 边框", (False,) * 3),
    ],
    ids=["left out", "begun alike", "abbreviated", "one alone", "Chinese", "in English"],
)
def test_what_stands_nowhere_beside_the_others(
    points: tuple[str, ...], answer: str, wanted: tuple[bool, ...]
) -> None:
    assert lacking(points, answer).points == wanted


def test_a_thing_that_stands_nowhere_is_missed_unless_the_models_are_certain() -> None:
    asked = Question("salts of a drink", ", ".join(SALTS), SALTS)
    for said, state in ((0.9, State.MISSED), (0.9999, State.HIT)):
        points = tuple((share, 1 - share, 0.0) for share in (0.99, 0.99, 0.99, said))
        seen = Signals(reading=Reading((0.9, 0.1, 0.0), points))
        found = combine(asked, "sodium, potassium, magnesium, sugars", seen)
        assert found.points[3].state is state
        assert found.label is (Label.CORRECT if state is State.HIT else Label.PARTIAL)


def test_nothing_is_left_in_an_answer_for_a_thing_however_certain_the_models_are() -> None:
    asked = Question("salts of a drink", ", ".join(SALTS), SALTS)
    seen = Signals(reading=Reading((1.0, 0.0, 0.0), ((1.0, 0.0, 0.0),) * 4))
    assert combine(asked, "sodium, potassium and magnesium", seen).label is Label.PARTIAL


def test_each_piece_of_an_answer_stands_for_one_thing_at_the_most() -> None:
    drugs = ("penicillin", "cephalosporins", "vancomycin", "rifampin", "imipenem")
    assert lacking(drugs, "penicillin vancomycin 头孢 imipenem").surely == 1
    assert lacking(drugs, "penicillin, vancomycin, 头孢, 利福平, imipenem").surely == 0
    assert lacking(("甲城、乙城、丙城、丁城",), "甲城 乙城 丙城").parts == (True,)


def test_an_abbreviation_with_a_small_letter_in_it_stands_for_a_thing() -> None:
    aims = ("open treaties", "free seas", "fewer arms", "Court of Arbitration")
    assert not lacking(aims, "open treaties, free seas, CoA").points[3]
    assert lacking(aims, "open treaties, free seas, fewer arms").points[3]


@pytest.mark.parametrize(
    ("points", "answer"),
    [
        (("frame with warp threads", "weaves cloth, stores the finished roll"), "warp frame, cloth"),
        (("grain", "highest office of the guild, minimum age 40"), "grain, 40 years"),
        (("纺纱，染色，整理布面",), "纺纱，染色"),
    ],
)
def test_a_few_bare_words_cannot_say_more_than_they_are(points: tuple[str, ...], answer: str) -> None:
    assert says_too_little(points, answer)


@pytest.mark.parametrize(
    ("points", "answer"),
    [
        (
            ("frame with warp threads", "weaves cloth, stores the finished roll"),
            "warp frame, cloth, rolls it up",
        ),
        (("frame with warp threads", "weaves cloth"), "loom thing, for fabric"),
        (
            ("grain", "highest office of the guild, minimum age 40"),
            "grain and the top post of the guild from age 40",
        ),
        (("carved by ice", "flooded by the sea"), "drowned ice valley"),
        (("red, green, blue",), "R, G, B"),
        (("纺纱，染色，整理布面",), "纺纱、染色、整理"),
        (("河口，泥沙堆积，低平",), "河口→泥沙"),
    ],
)
def test_as_many_pieces_or_a_phrase_may_say_it_all(points: tuple[str, ...], answer: str) -> None:
    assert not says_too_little(points, answer)
