"""What a query asks of entries: filters, numbers, days, alternatives and denials; either script, and slips."""

from datetime import timedelta

import pytest

from studyllm.glossary import Index, Query
from studyllm.glossary.conditions import Answered, Rated
from tests.conftest import NOW
from tests.glossary.test_index import found, index, row

CARDS = index(
    row(1, "wren", "a small bird", deck="birds", tags=["exam"]),
    row(2, "oak", "a tree", state="due", due="2026-03-01", ease=1.3, lapses=9, interval=30, repetitions=0),
    row(3, "elm", "a tree", state="review", due="2026-03-08", ease=2.5, lapses=0, interval=21, repetitions=4),
    row(4, "owl", "a bird of the night", state="review", due="2026-03-09", interval=3, stability=2.5),
    row(5, "yew", "a tree", state="suspended", due="2026-03-02", tags=["exam", "hard"]),
    row(6, "ash", "a tree that fell", state="gone", added=NOW - timedelta(days=3)),
    row(7, "fir", "a tree of the night", deck="birds", added=NOW - timedelta(days=6, hours=4)),
)
"""On 2 March 2026."""


def all_of(made: Index, text: str) -> str:
    return " ".join(found(made, text))


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("-tree", "wren owl"),
        ("tree -night", "oak elm yew"),
        ("-is:due -is:suspended", "wren elm owl fir"),
        ("is:due or tag:exam", "wren oak yew"),
        ("tag:exam tag:hard", "yew"),
        ("tag:exam -(tag:hard or is:due)", "wren"),
        ("bird or night", "owl fir wren"),
        ("(bird or tree) night", "owl fir"),
        ("deck:birds -wren", "fir"),
        ("is:gone", "ash"),
        ("tree is:gone or tree is:due", "ash oak"),
        ("-is:gone tree", "oak elm yew fir"),
        ("prop:ease<2", "oak"),
        ("prop:ease>=2,5", "elm"),
        ("-prop:ease<2", "wren elm owl yew fir"),
        ("prop:interval>=21", "oak elm"),
        ("prop:lapses>3", "oak"),
        ("prop:reps=4", "elm"),
        ("prop:stability<3", "owl"),
        ("prop:difficulty>1", ""),
        ("prop:due<0", "oak"),
        ("prop:due=6", "elm"),
        ("due:1", "oak"),
        ("due:7", "oak elm"),
        ("due:8", "oak elm owl"),
        ("added:1", "wren oak elm owl yew"),
        ("added:6", "wren oak elm owl yew"),
        ("added:7", "wren oak elm owl yew fir"),
        ("added:7 is:gone", "ash"),
    ],
)
def test_what_passes(text: str, terms: str) -> None:
    assert sorted(all_of(CARDS, text).split()) == sorted(terms.split())


def test_the_best_of_alternatives_comes_first() -> None:
    assert all_of(CARDS, "night or owl or elm") == "elm owl fir"


def test_what_the_log_tells_is_looked_up() -> None:
    CARDS.told |= {Rated(7): {2, 4}, Answered("branch"): {3}}
    assert all_of(CARDS, "rated:7") == "oak owl"
    assert all_of(CARDS, "rated:7 -bird") == "oak"
    assert all_of(CARDS, "rated:7 or answered:branch") == "oak elm owl"


SCRIPTS = index(
    row(1, "殘差連接", "把輸入加到輸出", ["residual connection"], headings=["網絡"]),
    row(2, "残差块", "两层与一个连接"),
    row(3, "反向传播", "誤差往回傳", tags=["學習"]),
)


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("残差", "残差块 殘差連接"),
        ("殘差", "残差块 殘差連接"),
        ("输入", "殘差連接"),
        ("误差", "反向传播"),
        ("誤差", "反向传播"),
        ("連接", "殘差連接 残差块"),
        ("cclj", "殘差連接"),
        ("in:网络", "殘差連接"),
        ("tag:学习", "反向传播"),
        ("残差连接", "殘差連接"),
    ],
)
def test_simplified_and_traditional_find_each_other(typed: str, terms: str) -> None:
    assert all_of(SCRIPTS, typed) == terms


ACCENTED = index(
    row(1, "éxito", "success"),
    row(2, "cahiers de doléances", "lists of grievances under the Ancien Régime"),
    row(3, "Straße", "street", ["Łódź"]),
    row(4, "шесть й", "six"),
)


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("exito", "éxito"),
        ("ÉXITO", "éxito"),
        ("e\u0301xito", "éxito"),
        ("doleances", "cahiers de doléances"),
        ('"ancien regime"', "cahiers de doléances"),
        ("régime", "cahiers de doléances"),
        ("strasse lodz", "Straße"),
        ("шесть и", ""),
        ("-exito -six -street", "cahiers de doléances"),
    ],
)
def test_accents_are_folded(typed: str, terms: str) -> None:
    assert all_of(ACCENTED, typed) == terms


@pytest.mark.parametrize("typed", ["-", "–", "—", "‐", "‑", "−", "~", "～", "〜"])
@pytest.mark.parametrize("noted", ["-", "–", "—", "‐", "‑", "−", "~", "～", "〜"])
def test_dashes_of_all_kinds_find_each_other(typed: str, noted: str) -> None:
    made = index(row(1, "heart", f"lies behind ribs 3{noted}6"), row(2, f"T2{noted}T4", "level of the arch"))
    assert all_of(made, f"3{typed}6") == "heart"
    assert all_of(made, f"t2{typed}t4") == f"T2{noted}T4"


@pytest.mark.parametrize(("noted", "typed"), [("’", "'"), ("'", "’"), ("‘", "'"), ("ʼ", "’")])
def test_apostrophes_of_all_kinds_find_each_other(noted: str, typed: str) -> None:
    assert all_of(index(row(1, f"Hooke{noted}s law", "")), f"hooke{typed}s") == f"Hooke{noted}s law"


@pytest.mark.parametrize("noted", ['the "dry" pin', "the “dry” pin", "the „dry“ pin"])
def test_quotation_marks_in_a_note_do_not_hide_it(noted: str) -> None:
    made = index(row(1, "gate", noted))
    assert all_of(made, "“dry” pin") == all_of(made, '"dry" pin') == "gate"


SPELT = index(
    row(1, "attention", "a weighted mean"),
    row(2, "heap sort", "sorts in place"),
    row(3, "残差连接", "adds the input", ["residual connection"]),
    row(4, "causal mask", "hides the future"),
    row(5, "softmax", "a casual remark about exponents"),
    row(6, "forgotten heap", state="gone"),
    row(7, "term 9071"),
)


def alike(made: Index, text: str) -> str:
    return " ".join(made.rows[n].term for n in made.alike(Query.of(text)))


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("attension", "attention"),
        ("atention", "attention"),
        ("attenntion", "attention"),
        ("attnetion", "attention"),
        ("sttention", "attention"),
        ("attentions", "attention"),
        ("attentipn", "attention"),
        ("sotfm", "softmax"),
        ("heap srot", "heap sort"),
        ("haep sort", "heap sort"),
        ("residaul", "残差连接"),
        ("casual", "causal mask"),
        ("heap", ""),
        ("hae", ""),
        ("9072", ""),
        ("atenntion", ""),
        ("-attension", ""),
        ("attension -mean", ""),
        ("attension is:due", ""),
        ("softmix or heap", ""),
    ],
)
def test_one_slip_in_a_longer_word_finds_the_term(typed: str, terms: str) -> None:
    assert alike(SPELT, typed) == terms


def test_the_terms_that_are_spelt_so_come_first() -> None:
    query = Query.of("casual")
    assert [SPELT.rows[n].term for n in SPELT.search(query)] == ["softmax"]
    assert alike(SPELT, "casual") == "causal mask"
