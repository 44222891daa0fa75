"""What is shown of each point, and of the learner's words for it."""

from dataclasses import replace

import pytest

from studyllm.cards import Kind
from studyllm.grading import Question
from studyllm.grading.listing import begun
from studyllm.grading.points import split_points
from studyllm.grading.results import hangs_on_doubt
from studyllm.grading.scoring import combine
from studyllm.grading.signals import Reading, Shares, Signals
from studyllm.verdicts import Label, PointResult, State

SAID, MISSED = (0.97, 0.02, 0.01), (0.02, 0.96, 0.02)


def read(whole: Shares, *points: Shares) -> Signals:
    """What a language model alone sees."""
    return Signals(reading=Reading(whole, points))


OATH = Question(
    "20 June",
    "Tennis Court Oath – deputies swear not to part before France has a constitution",
    term="20 June",
)


def test_the_name_of_what_is_asked_is_not_nothing() -> None:
    found = combine(OATH, "tennis court oath", read((0.02, 0.08, 0.9), MISSED))
    assert (found.label, found.grade, found.unsure) == (Label.PARTIAL, 2, True)
    assert [point.state for point in found.points] == [State.PARTLY]


def test_a_name_that_is_denied_or_in_the_question_says_nothing() -> None:
    denied = combine(OATH, "not the tennis court oath", read((0.02, 0.08, 0.9), MISSED))
    asked = Question("Tennis Court Oath", OATH.reference, term="Tennis Court Oath")
    again = combine(asked, "the tennis court oath in june", read((0.02, 0.08, 0.9), MISSED))
    for found in (denied, again):
        assert (found.label, found.points[0].state) == (Label.INCORRECT, State.MISSED)


def test_half_of_a_point_is_not_missed_and_does_not_make_a_card_recalled() -> None:
    asked = Question(
        "François Furet",
        "School: post-revisionist\nArgument: political culture and language",
        points=("School: post-revisionist", "Argument: political culture and language"),
    )
    found = combine(asked, "post-revisionist, political culture", read((0.02, 0.95, 0.03), SAID, MISSED))
    assert [point.state for point in found.points] == [State.HIT, State.PARTLY]
    assert found.grade == 2


def test_an_amount_is_a_point_of_its_own() -> None:
    assert split_points("everyone who was neither noble nor clergy, roughly 97 % of the people") == (
        "everyone who was neither noble nor clergy",
        "roughly 97 % of the people",
    )
    assert split_points("第三等级以外没有特权的人，约 97%") == ("第三等级以外没有特权的人", "约 97%")
    assert len(split_points("a town with walls, roughly speaking")) == 1


def test_words_that_stand_for_all_points_are_quoted_under_none() -> None:
    layers = ("physical", "data link", "network", "transport")
    asked = Question("OSI model", "\n".join(layers), points=layers, kind=Kind.SEQUENCE)
    found = combine(asked, "physical data link network transport", read((0.97, 0.02, 0.01), *[SAID] * 4))
    assert [(point.state, point.evidence) for point in found.points] == [(State.HIT, "")] * 4
    apart = combine(asked, "physical, data link, network, transport", read((0.97, 0.02, 0.01), *[SAID] * 4))
    assert [point.evidence for point in apart.points if point.evidence] in ([], list(layers))


def test_who_cannot_tell_calls_nothing_wrong_but_what_is_evident() -> None:
    asked = Question("Consideration", "must be sufficient but need not be adequate", term="Consideration")
    torn = read((0.34, 0.33, 0.33), (0.2, 0.2, 0.6))
    found = combine(asked, "each side gives something, of a fair value or not", torn)
    assert found.confidence < 0.5
    assert [point.state for point in found.points] == [State.UNSURE]
    clear = combine(asked, "it has to be adequate", read((0.01, 0.01, 0.98), (0.01, 0.01, 0.98)))
    assert [point.state for point in clear.points] == [State.CONTRADICTED]
    year = Question("Bastille", "stormed in 1789, the first year of the Revolution", term="Bastille")
    wrong = combine(year, "stormed in 1798, the first year of the Revolution", torn)
    assert State.CONTRADICTED in [point.state for point in wrong.points]


def test_of_what_is_wrong_no_words_are_quoted_that_say_another_point() -> None:
    points = ("产生时间：心室舒张期开始", "主要原因：动脉瓣关闭", "听诊特点：音调高，持续时间短")
    asked = Question("第二心音", "\n".join(points), points=points, term="第二心音", kind=Kind.TABLE)
    signals = read((0.02, 0.95, 0.03), SAID, (0.01, 0.01, 0.98), SAID)
    found = combine(asked, "心室舒张期开始，房室瓣关闭，音调高，持续时间短。", signals)
    assert [point.state for point in found.points] == [State.HIT, State.CONTRADICTED, State.HIT]
    assert found.points[1].evidence == "房室瓣关闭"


def test_a_quotation_is_not_cut_inside_of_a_word_that_ends_like_another_point() -> None:
    points = ("ADC", "DAC", "a filter")
    asked = Question("the chain", "ADC → DAC → a filter", points=points, kind=Kind.SEQUENCE)
    wrong = (0.01, 0.01, 0.98)
    seen = replace(read((0.02, 0.95, 0.03), SAID, wrong, SAID), whole=0.9, points=(0.9,) * 3, where=(0, 1, 3))
    found = combine(asked, "ADC → XADC → MADC → a filter", seen)
    assert found.points[1].state is State.CONTRADICTED
    assert found.points[1].evidence == "XADC → MADC"


def test_what_the_model_that_reads_best_half_doubts_is_not_called_wrong() -> None:
    asked = Question(
        "res ipsa loquitur", "the thing speaks for itself; negligence is inferred from the accident"
    )
    points = "the thing speaks for itself", "negligence is inferred from the accident"
    asked = replace(asked, points=points)
    answer = "whoever had it under control was careless"
    for share, accused in ((0.59, False), (0.9, True)):
        wrong = (0.02, 0.98 - share, share)
        found = combine(asked, answer, read((0.01, 0.02, 0.97), wrong, wrong))
        assert {point.state is State.CONTRADICTED for point in found.points} == {accused}


def test_the_words_that_are_quoted_are_not_about_something_else_where_others_have_its_own() -> None:
    asked = Question("第三心音", "快速充盈期末；血流减速", points=("快速充盈期末", "血流减速"))
    seen = replace(read((0.97, 0.02, 0.01), SAID, SAID), whole=0.9, points=(0.9, 0.9), where=(1, 2))
    found = combine(asked, "心房压低，充盈晚，因为有效不应期长，血流减速", seen)
    assert found.points[0].evidence == "充盈晚"


def test_only_what_is_read_clearly_is_told_as_a_fact() -> None:
    asked = Question(
        "heap", "a complete binary tree\nthe maximum is quick", points=("a complete binary tree", "quick")
    )
    clear, likely = (0.003, 0.007, 0.99), (0.03, 0.07, 0.9)
    for reading, certain in ((clear, True), (likely, False)):
        found = combine(asked, "a complete binary tree, slow at it", read((0.01, 0.94, 0.05), SAID, reading))
        assert (found.points[1].state, found.points[1].certain) == (State.CONTRADICTED, certain)


def whole(asked: str, reference: str) -> Question:
    """A question whose reference is one point."""
    return Question(asked, reference, points=(reference,), term=asked)


FORT = whole("1590", "Odawara castle, besieged for 3 months, surrendered without a storm")
ALL_WRONG = Signals(
    whole=0.8,
    asked=0.8,
    says=-4,
    denies=4,
    said=(-4,),
    denied=(4,),
    reading=Reading((0.0001, 0.0009, 0.999), ((0.001, 0.001, 0.998),)),
)


@pytest.mark.parametrize(
    ("answer", "label", "unsure"),
    [
        ("odawara castle, besieged for 8 months", Label.PARTIAL, True),
        ("Osaka, besieged for 8 months", Label.INCORRECT, False),
        ("not Odawara castle, besieged for 8 months", Label.INCORRECT, False),
    ],
)
def test_what_is_wrong_beside_half_of_a_point_is_not_surely_all_wrong(
    answer: str, label: Label, unsure: bool
) -> None:
    found = combine(FORT, answer, ALL_WRONG)
    assert (found.label, found.unsure) == (label, unsure)
    assert found.points[0].state is State.CONTRADICTED


def test_one_name_of_several_makes_doubtful_and_pairs_do_not() -> None:
    played = whole("1853", "Verdi, La Traviata, Venice")
    named, other = (combine(played, one, ALL_WRONG) for one in ("Verdi, Nabucco", "Puccini, Tosca"))
    assert (named.label, named.unsure) == (Label.INCORRECT, True)
    assert (other.label, other.unsure) == (Label.INCORRECT, False)
    dyes = whole("dyes", "madder: red colour, woad: blue colour")
    assert combine(dyes, "madder: blue colour, woad: red colour", ALL_WRONG).label is Label.INCORRECT


def test_a_comma_within_a_number_parts_nothing() -> None:
    pump = "up to 12,000 litres an hour, drawn from deep springs"
    assert not begun(pump, "", "up to 9,000 litres an hour")
    assert begun(pump, "", "up to 9,000 litres, drawn from deep springs")


@pytest.mark.parametrize(
    ("states", "hangs"),
    [
        ((State.HIT, State.UNSURE), True),
        ((State.MISSED, State.UNSURE), True),
        ((State.CONTRADICTED, State.UNSURE, State.MISSED), True),
        ((State.HIT, State.MISSED, State.UNSURE), False),
        ((State.HIT, State.MISSED), False),
        ((State.PARTLY, State.UNSURE), False),
    ],
)
def test_what_is_partly_correct_by_a_doubtful_point_alone_hangs_on_it(
    states: tuple[State, ...], *, hangs: bool
) -> None:
    points = tuple(PointResult(str(number), state) for number, state in enumerate(states))
    assert hangs_on_doubt(Label.PARTIAL, points) is hangs
    assert not hangs_on_doubt(Label.CORRECT, points)
