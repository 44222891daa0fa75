"""The words of a query, the filters that keys write into it, and tags as they are typed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyllm.errors import InputError
from studyllm.glossary import Query, tags_of, written
from studyllm.glossary.conditions import (
    Answered,
    Either,
    Every,
    Measured,
    Named,
    Not,
    Part,
    Rated,
    Within,
    Word,
)


def test_words_and_filters() -> None:
    query = Query.of('Self  注意力 deck:"Language Models" in:训练 tag:exam is:due is:leech')
    assert query.words == ("self", "注意力")
    assert query.phrase == "self 注意力"
    assert query.filters == (
        Named("deck", "language models"),
        Named("in", "训练"),
        Named("tag", "exam"),
        Named("is", "due"),
        Named("is", "leech"),
    )
    assert not query.problem


@pytest.mark.parametrize("text", ["", "   ", "deck:", 'deck:""', '"', "is: tag:", "-", "prop:", "()"])
def test_what_is_not_finished_asks_for_nothing(text: str) -> None:
    assert Query.of(text) == Query()


def test_a_url_is_a_word() -> None:
    assert Query.of("http://x deckx:y").words == ("http://x", "deckx:y")


A, B, C = map(Word, "abc")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a b", (A, B)),
        ("a or b", (Either((A, B)),)),
        ("a OR b c", (Either((A, Every((B, C)))),)),
        ("(a or b) c", (Either((A, B)), C)),
        ("a or", (A,)),
        ("or", (Word("or"),)),
        ("or a", (Word("or"), A)),
        ("order", (Word("order"),)),
        ("-a b", (Not(A), B)),
        ("a -(b or c)", (A, Not(Either((B, C))))),
        ("-tag:x", (Not(Named("tag", "x")),)),
        ("--a", (Word("--a"),)),
        ("a-b", (Word("a-b"),)),
        ('"-a or (b"', (Word("-a or (b"),)),
        ("“heap sort", (Word("heap sort"),)),
        ("f(x) (a)", (Word("f(x)"), A)),
        ("（a or b） －c", (Either((A, B)), Not(C))),
        ("deck:x deck:y", (Either((Named("deck", "x"), Named("deck", "y"))),)),
        ("is:due is:new is:leech", (Either((Named("is", "due"), Named("is", "new"))), Named("is", "leech"))),
        ("tag:x tag:y", (Named("tag", "x"), Named("tag", "y"))),
        ("prop:ease<2", (Measured("ease", "<", 2),)),
        ("prop:ivl≥21", (Measured("interval", "≥", 21),)),
        ("prop：stability>=2，5", (Measured("stability", ">=", 2.5),)),
        ("prop:due=-1", (Measured("due", "=", -1),)),
        ("due:7 added:30", (Within("due", 7), Within("added", 30))),
        ("rated:7 rated:7:1 rated:30:<3", (Rated(7), Rated(7, "=", 1), Rated(30, "<", 3))),
        ('answered:"The light"', (Answered("the light"),)),
        ("DECK:X", (Named("deck", "x"),)),
        ("殘差", (Word("残差"),)),
    ],
)
def test_what_a_text_asks_for(text: str, parts: tuple[Part, ...]) -> None:
    assert Query.of(text) == Query(parts)


NOTHING = (Either(()),)
"""What no card passes."""


@pytest.mark.parametrize(
    ("text", "rest", "problem"),
    [
        ("a)", (A,), "without its"),
        ("(a", (A,), "not closed"),
        ("is:du a", NOTHING, "there is no du"),
        ("prop:ease", NOTHING, "prop:ease<2"),
        ("prop:weight<2", NOTHING, "there are ease"),
        ("prop:ease<", NOTHING, "prop:ease<2"),
        ("due:soon a", NOTHING, "as in due:7"),
        ("added:0", NOTHING, "as in added:7"),
        ("rated:7:9", NOTHING, "rated:7:<3"),
        pytest.param("(" * 500 + "a", None, "more than a query can hold", id="deep"),
        pytest.param("a or " * 500, None, "more than a query can hold", id="long"),
        pytest.param("-(" * 500, (), "more than a query can hold", id="denials"),
    ],
)
def test_what_cannot_be_read_is_said_and_passed_over_but_a_filter_lets_nothing_pass(
    text: str, rest: tuple[Part, ...] | None, problem: str
) -> None:
    query = Query.of(text)
    assert problem in query.problem
    assert rest is None or query.parts == rest


@settings(max_examples=300, deadline=None)
@given(st.text("ab()- \"'or:<=>≤1自（”\x1b\x00𠀀", max_size=40))
def test_nothing_that_is_typed_is_an_error(text: str) -> None:
    query = Query.of(text)
    assert query == Query.of(text)
    assert isinstance(query.phrase, str)
    written(text, "is", "due")


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("a b", (("a", "b"),)),
        ("a or b", (("a",), ("b",))),
        ("(a or b) c", (("a", "c"), ("b", "c"))),
        ("a -b is:due", (("a",),)),
        ("is:due", ()),
    ],
)
def test_the_words_an_entry_may_be_found_by(text: str, readings: tuple[tuple[str, ...], ...]) -> None:
    assert Query.of(text).readings == readings


@pytest.mark.parametrize(
    ("text", "field", "value", "after"),
    [
        ("", "is", "due", "is:due"),
        ("注意", "is", "due", "is:due 注意"),
        ("is:due 注意", "is", "due", "注意"),
        ("is：due 注意", "is", "due", "注意"),
        ("is:due 注意", "deck", "Language Models", 'deck:"Language Models" is:due 注意'),
        ('deck:"Language Models" is:due 注意', "deck", "Language Models", "is:due 注意"),
        ("a or b", "deck", "x", "deck:x (a or b)"),
        ("-is:due a", "is", "due", "is:due -is:due a"),
        ("(is:due or a) b", "is", "due", "is:due (is:due or a) b"),
        ("b is:due", "is", "due", "b"),
        ("", "deck", "f(x)", 'deck:"f(x)"'),
    ],
)
def test_a_filter_is_written_and_taken_away(text: str, field: str, value: str, after: str) -> None:
    assert written(text, field, value) == after


def test_tags() -> None:
    assert tags_of("exam, #hard、-old") == (("exam", "hard"), ("old",))
    assert tags_of("") == ((), ())
    with pytest.raises(InputError):
        tags_of("x" * 61)


def test_what_has_nothing_after_it_is_a_problem_unless_it_is_still_being_typed() -> None:
    typing = Query.of("prop:ease<3 is:")
    assert (typing.problem, typing.unfinished) == ("", "is: has nothing after it.")
    assert Query.of("is: prop:ease<3").problem == "is: has nothing after it."
    assert not Query.of("prop:ease<3 is:new").unfinished


def test_a_word_that_looks_like_a_filter_is_named() -> None:
    assert Query.of("prop:ease<2 or gene foo:").unknown.endswith("“foo:” is not a filter.")
    assert Query.of("foo:bar").unknown
    assert Query.of("科室：循环").unknown.endswith("“科室:” is not a filter.")
    for text in ("std::vector", "https://a.b", '"foo:bar"', "12:30", "deck:a"):
        assert not Query.of(text).unknown, text


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("chapter", "in"),
        ("Section", "in"),
        ("标签", "tag"),
        ("status", "is"),
        ("tags", "tag"),
        ("ratd", "rated"),
        ("answerd", "answered"),
    ],
)
def test_a_word_that_looks_like_a_filter_names_the_one_that_is_meant(name: str, field: str) -> None:
    assert Query.of(f"{name}:x").unknown.endswith(f"“{name}:” is not a filter, but “{field}:” is.")
