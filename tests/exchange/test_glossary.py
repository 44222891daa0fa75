"""A glossary that is written comes back as the cards that it was written from."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from studyllm.cards import DERIVED, Card
from studyllm.notes import read_note
from studyllm.notes.listed import MARK
from studyllm.store import Store
from tests.cli.shell import run

NOTES = """# Ports and more

| Port | Protocol | Use |
| --- | --- | --- |
| 22 | SSH | encrypted remote shell |
| 80 | HTTP | web pages |

## Words

- **tachy-**: fast
- **brady-**: slow, as in
  bradycardia
- **VLAN** (virtual LAN): a broadcast domain that switches make by *configuration* of `trunk_port`
- **a_b_c \\* d**: what is written with \\_signs\\_ and [brackets](https://example.org)
- **Dead time**: $t_0$ of a packet, see `x*y*z` in {{c1::the manual}}

## Steps of a handshake

1. Client sends SYN
2. Server answers SYN-ACK
3. Client sends ACK

## Constitution (1919)

- President elected every 7 years
  - Article 48: could rule by decree
- Universal suffrage from age 20

## 为什么是三次？

防止旧的请求
突然到达。
"""


def words(cards: Iterable[Card]) -> list[tuple[object, ...]]:
    return sorted(
        (c.term, c.answer, c.points, c.prompt, c.kind.value) for c in cards if c.kind not in DERIVED
    )


@pytest.fixture
def deck(tmp_path: Path, store: Store) -> Path:
    """A deck of the notes, asked in every way."""
    note = tmp_path / "n.md"
    note.write_text(NOTES)
    run("import", "--quick", "--deck", "d", "--directions", "term,meaning", "--cloze", str(note))
    return note


def test_a_glossary_comes_back_word_for_word(store: Store, deck: Path, tmp_path: Path) -> None:
    before = words(card.card for card in store.cards())
    assert len(before) >= 8
    assert f"{len(before)} cards were written" in run("export", str(tmp_path / "g.md"))
    back = read_note((tmp_path / "g.md").read_text(), "g.md")
    assert words(back.cards) == before
    assert not back.offers


def test_a_glossary_that_was_edited_is_read_as_it_stands() -> None:
    text = f"""{MARK}
# D

- **VLAN** (virtual LAN, VLANs)：a **broadcast** domain
- **Port 22**:
  SSH

  for a shell
Not of it, nor this **term**: is read.
- a plain item: is none
"""
    one, two = read_note(text, "g.md").cards
    assert (one.term, one.aliases, one.answer) == ("VLAN", ("virtual LAN", "VLANs"), "a broadcast domain")
    assert two.answer == "SSH\n\nfor a shell"


def test_cards_that_came_without_notes_get_the_glossary_for_their_note(
    engine: str, deck: Path, tmp_path: Path
) -> None:
    if engine != "sqlite":
        pytest.skip("two homes are two databases only where each has its file")
    run("export", str(tmp_path / "g.md"))
    table = tmp_path / "t.csv"
    run("export", str(table))
    home = tmp_path / "other"
    run("--home", str(home), "import", "--deck", "d", str(table))
    before = run("--home", str(home), "cards", "--json").count("\n")
    told = run("--home", str(home), "import", "--quick", "--deck", "d", str(tmp_path / "g.md"))
    assert run("--home", str(home), "cards", "--json").count("\n") == before, told


def test_a_card_of_a_glossary_can_be_dropped(store: Store, tmp_path: Path) -> None:
    note = tmp_path / "g.md"
    note.write_text(f"{MARK}\n# D\n\n- **VLAN**: a broadcast domain\n- **Port 22**: SSH\n")
    run("import", "--quick", str(note))
    run("card", "drop", str({card.card.term: card.id for card in store.cards()}["VLAN"]))
    assert [card.card.term for card in store.cards()] == ["Port 22"]
    run("card", "make", f"{note}:4")
    assert {card.card.term for card in store.cards()} == {"Port 22", "VLAN"}


def test_a_page_names_each_term_once_and_says_what_it_means(store: Store, deck: Path, tmp_path: Path) -> None:
    run("export", str(tmp_path / "g.html"))
    page = (tmp_path / "g.html").read_text()
    assert page.count("<dt>VLAN") == 1
    assert "<p>VLAN</p>" not in page
