"""What a definition builds on, and that new cards come after it."""

from dataclasses import replace

import pytest

from studyllm.cards import Deck, Source
from studyllm.review.building import Names, after_what_they_use, builds_on
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade
from studyllm.store import Changes, Naming, Pick, Store, Want
from tests.conftest import DAY, NOW, card


def named(*said: tuple[str, str]) -> list[Naming]:
    """Cards from their terms and answers; an alias stands behind a slash."""
    found = []
    for number, (names, answer) in enumerate(said):
        term, *aliases = names.split("/")
        found.append(Naming(number, term, tuple(aliases), answer))
    return found


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("a mean of attention scores", ["attention"]),
        ("Self-Attention, then ATTENTION", ["self-attention", "attention"]),
        ("self-attention alone", ["self-attention"]),
        ("inattentional blindness", []),
        ("many attentions and softmaxes", ["attention", "softmax"]),
        ("由多个自注意力组成", ["自注意力"]),
        ("自注意力与注意力", ["自注意力", "注意力"]),
        ("the KV cache of a model", ["键值缓存"]),
        ("x", []),
    ],
)
def test_names_are_found_as_words_and_the_longest_counts(text: str, terms: list[str]) -> None:
    cards = named(
        *((term, "") for term in ("attention", "self-attention", "softmax", "注意力", "自注意力", "x")),
        ("键值缓存/KV cache", ""),
    )
    assert [cards[number].term for number in Names(cards).within(text)] == terms


def order(*said: tuple[str, str]) -> list[str]:
    cards = named(*said)
    return [cards[number].term for number in after_what_they_use(cards)]


def test_what_is_used_comes_first_and_all_else_keeps_its_order() -> None:
    assert order(
        ("transformer", "layers of attention"),
        ("token", "a piece of text"),
        ("attention", "a mean, weighted by a softmax"),
        ("loss", "what is made small"),
        ("softmax", "exponents that sum to one"),
    ) == ["softmax", "attention", "transformer", "token", "loss"]


def test_circles_are_no_hindrance() -> None:
    assert order(("chicken", "from an egg"), ("egg", "from a chicken")) == ["chicken", "egg"]
    found = order(("one", "uses two"), ("two", "uses three"), ("three", "uses one"), ("four", "uses four"))
    assert sorted(found) == ["four", "one", "three", "two"]
    assert found[-1] == "four"


def test_a_long_chain_is_followed_to_its_end() -> None:
    chain = [(f"term{n:04}", f"uses term{n + 1:04}") for n in range(2000)]
    assert order(*chain)[0] == "term1999"


@pytest.fixture
def deck(store: Store) -> Store:
    cards = (
        card("transformer", "layers of attention", line=1),
        card("attention", "weighted by a softmax", line=2, aliases=("focus",)),
        card("softmax", "sums to one", line=3),
        card("lens", "brings light into focus", line=4),
    )
    store.apply(Deck("words", new_per_day=2), Changes(added=cards), NOW)
    return store


def test_new_cards_are_asked_after_what_they_build_on(deck: Store) -> None:
    asked = [one.card.term for one in ReviewQueue(deck, DAY).queue(NOW)]
    assert asked == ["softmax", "attention"], "within today's limit"


def test_picked_by_hand_they_are_asked_so_too(deck: Store) -> None:
    queue, asked = ReviewQueue(deck, DAY, pick=Pick(Want.NEW, 3)), list[str]()
    while found := queue.next(NOW):
        asked.append(found[0].card.term)
        queue.record(found[0], Grade.GOOD, NOW)
    assert asked == ["softmax", "attention", "transformer"]


def test_a_card_names_what_it_builds_on_by_term_and_alias(deck: Store) -> None:
    assert [one.card.term for one in builds_on(deck, deck.card(1))] == ["attention"]
    assert [one.card.term for one in builds_on(deck, deck.card(4))] == ["attention"]
    assert builds_on(deck, deck.card(3)) == ()
    sides = (card("ARP", "turns an IP into a MAC", line=5), card("turns an IP into a MAC", "ARP", line=6))
    deck.apply(Deck("words", new_per_day=2), Changes(added=sides), NOW)
    assert builds_on(deck, deck.card(5)) == builds_on(deck, deck.card(6)) == (), "the other side of a pair"
    deck.suspend(2, NOW)
    assert builds_on(deck, deck.card(1)) == (), "what is put away is not named"


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("la librairie sells books", []),
        ("blood fills the LA first", ["LA"]),
        ("la lampe LAMP", []),
        ("en fait, an ACE inhibitor and a non-secret pace", ["ACE"]),
        ("it keeps a secret", ["Secret"]),
        ("the phenomenon secret ion", ["Secret", "ion"]),
    ],
)
def test_abbreviations_are_no_small_words_and_what_is_denied_is_not_used(text: str, terms: list[str]) -> None:
    cards = named(*((term, "") for term in ("LA", "en", "ACE", "Secret", "ion")))
    assert [cards[n].term for n in Names(cards).within(text)] == terms


@pytest.mark.parametrize(
    ("note", "text", "terms"),
    [
        ("cloth.md", "a yarn that a reed carries", ["Reed"]),
        ("flights.md", "a bus or reed between two halls", []),
        ("flights.md", "REED is its call sign", []),
        ("flights.md", "named after the Reed of a loom", ["Reed"]),
        ("flights.md", "two Reeds in a loom, on the warp beam", ["Reed", "Warp beam"]),
        ("flights.md", "the weft of it", ["weft"]),
        ("flights.md", "a selvedge of grass", ["Selvedge"]),
    ],
)
def test_an_ordinary_word_of_another_note_is_no_term_with_a_capital(
    note: str, text: str, terms: list[str]
) -> None:
    cards = [
        Naming(n, term, (), "", "cloth.md")
        for n, term in enumerate(("Reed", "weft", "Warp beam", "Selvedge"))
    ]
    assert [cards[n].term for n in Names(cards).within(text, note)] == terms


def test_it_is_not_asked_before_that_text(store: Store) -> None:
    said = (("shed", "where the reed waits", "bus.md"), ("Reed", "carries the yarn", "cloth.md"))
    cards = tuple(
        replace(card(term, answer, line=1), source=Source(note, 1, 1)) for term, answer, note in said
    )
    store.apply(Deck("words", new_per_day=2), Changes(added=cards), NOW)
    assert [one.card.term for one in ReviewQueue(store, DAY).queue(NOW)] == ["shed", "Reed"]
    assert builds_on(store, store.card(1)) == ()
