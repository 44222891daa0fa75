"""The words of a query, the filters that keys write into it, and tags as they are typed."""

import pytest

from studyllm.errors import InputError
from studyllm.glossary import Query, tags_of, written


def test_words_and_filters() -> None:
    query = Query.of('Self  注意力 deck:"Language Models" in:训练 tag:exam is:due is:leech')
    assert query.words == ("self", "注意力")
    assert query.phrase == "self 注意力"
    assert (query.decks, query.sections, query.tags) == (("language models",), ("训练",), ("exam",))
    assert (query.states, query.leech, query.unknown) == (("due",), True, ())


@pytest.mark.parametrize("text", ["", "   ", "deck:", 'deck:""', '"', "is: tag:"])
def test_what_is_not_finished_asks_for_nothing(text: str) -> None:
    assert Query.of(text) == Query()


def test_a_url_is_a_word() -> None:
    assert Query.of("http://x deckx:y").words == ("http://x", "deckx:y")


@pytest.mark.parametrize(
    ("text", "field", "value", "after"),
    [
        ("", "is", "due", "is:due"),
        ("注意", "is", "due", "is:due 注意"),
        ("is:due 注意", "is", "due", "注意"),
        ("is：due 注意", "is", "due", "注意"),
        ("is:due 注意", "deck", "Language Models", 'deck:"Language Models" is:due 注意'),
        ('deck:"Language Models" is:due 注意', "deck", "Language Models", "is:due 注意"),
    ],
)
def test_a_filter_is_written_and_taken_away(text: str, field: str, value: str, after: str) -> None:
    assert written(text, field, value) == after


def test_tags() -> None:
    assert tags_of("exam, #hard、-old") == (("exam", "hard"), ("old",))
    assert tags_of("") == ((), ())
    with pytest.raises(InputError):
        tags_of("x" * 61)
