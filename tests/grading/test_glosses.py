"""A word's gloss, and what stands behind it: examples, warnings, remarks."""

import pytest

from studyllm.cards import Card, Kind, Source
from studyllm.grading import TextGrader, is_extra, points_told
from studyllm.grading.glosses import glossed
from studyllm.review.asking import question
from studyllm.schedule import New
from studyllm.store import StudyCard
from studyllm.verdicts import Label


def made(term: str, answer: str, **more: object) -> Card:
    return Card(Kind.TERM, term, answer, Source("words.md", 1, 1), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("word", "note", "gloss"),
    [
        ("la rodilla", "knee — Me duele la rodilla.", "knee"),
        ("le marteau", "hammer – Passe-moi ton marteau, s'il te plaît.", "hammer"),
        ("der Hobel", "plane. Der Hobel ist stumpf.", "plane"),
        ("la scie", "saw ≠ la soie (silk)", "saw"),
        ("librería", "bookshop (false friend: not library)", "bookshop"),
        ("bald", 'soon, not "without hair"', "soon"),
        ("un tas de", "a lot of (un tas de sable)", "a lot of"),
        ("pour que", "subj. (Il parle fort pour que tu entendes)", "subj"),
        ("la vis", "screw (metal)", "screw"),
        ("刨", "plane — 木匠在刨木头。", "plane"),
        ("scarce", "adj. 稀少的 Water is scarce here.", "adj. 稀少的"),
        ("resume", "v. 重新开始；继续  → resume work 复工", "v. 重新开始；继续"),
        ("reluctant", "adj. 不情愿的（be reluctant to do）", "adj. 不情愿的"),
        ("curious", "好奇的 I am curious. 我很好奇。", "好奇的"),
        ("diligent", "adj. 勤奋的  n. diligence", "adj. 勤奋的"),
        ("linger", "stay — The smell lingered for days.", "stay"),
    ],
)
def test_what_stands_behind_a_gloss_need_not_be_said(word: str, note: str, gloss: str) -> None:
    told, *beside = glossed(word, note)
    assert told == gloss
    assert beside
    assert all(map(is_extra, beside))


@pytest.mark.parametrize(
    ("term", "note"),
    [
        ("Type II kiln", "continuous, fired from the side (brick, tile)"),
        ("kiln", "oven. A kiln is lined with firebrick."),
        ("Cato", "De agri cultura, 1 book (complete)"),
        ("HMAC", "带密钥的摘要 HMAC = H(K, m)"),
        ("quicklime", "calcium oxide ⚠ not on wet skin"),
        ("la Fronde", "revolt. It lasted five years."),
        ("glaze", "glass; clay and flux\nmelts in the kiln"),
        ("status 503", "服务不可用 (Service Unavailable)"),
        ("supply", "quantity offered; rises with the price"),
        ("hard paste", "kaolin and feldspar, fired at 1400 °C"),
        ("fluxing", "melting. Potters rely on fluxing to close the pores."),
        ("fluxing", "melting — Fluxing closes the pores."),
        ("tissue", "covers some parts of the body (e.g. the gut)"),
        ("釉", "玻璃质的薄层。釉里有铜就发绿。"),
        ("需求曲線", "市場上全體消費者願意購買的數量與價格之間的關係。需求曲線可由個人曲線相加求得。"),
        ("how is it fired?", "slowly — It takes two days."),
    ],
)
def test_facts_behind_a_short_definition_are_points(term: str, note: str) -> None:
    assert glossed(term, note) == ()


def test_lines_below_a_gloss_that_only_use_the_word_or_name_its_like_are_beside() -> None:
    told = points_told(made("deter", "v. 阻止，吓住\n近：discourage\nGuards deter thieves.\n反：encourage"))
    assert told[0] == "v. 阻止，吓住"
    assert [is_extra(one) for one in told] == [False, True, True, True]


def test_the_gloss_alone_is_surely_right() -> None:
    card = made("le clou", "nail — Il a planté un clou.", headings=("Unité 3",))
    asked = question(StudyCard(1, "words", card, New()))
    given = TextGrader().grade(asked, "nail")
    assert given.label is Label.CORRECT
    assert not given.unsure
    assert [one.extra for one in given.points] == [False, True]
