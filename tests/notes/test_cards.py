"""Notes become the right cards: a folder of fixtures, and the gold files where they are at hand."""

from pathlib import Path

import pytest

from studyllm.cards import Kind
from studyllm.notes import MAX_CARDS, read_note
from tests.notes import score
from tests.notes.dump import dump

FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("*.md"))
needs_gold = pytest.mark.skipif(not (score.DATA / "gold").is_dir(), reason=f"no gold files in {score.DATA}")


@pytest.mark.parametrize("note", FIXTURES, ids=lambda path: path.stem)
def test_fixture(note: Path) -> None:
    found = dump(read_note(note.read_text("utf-8"), note.name))
    assert found == note.with_suffix(".cards").read_text("utf-8")


@needs_gold
def test_every_required_card_of_the_real_notes() -> None:
    result = score.score("llm-notes")
    assert not result.missed
    assert not result.negatives


@needs_gold
@pytest.mark.parametrize("name", ["git-terms", "immunology-names"])
def test_nearly_every_card_of_other_notes(name: str) -> None:
    result = score.score(name)
    assert result.recall >= 0.95, result.missed
    assert not result.negatives


@needs_gold
def test_few_cards_from_what_is_no_notes() -> None:
    assert [(name, len(cards)) for name, allowed, cards in score.few() if len(cards) > allowed] == []


@needs_gold
@pytest.mark.parametrize("name", ["few-actions-readme", "few-contributing", "few-tool-readme"])
def test_few_cards_whatever_the_file_is_called(name: str) -> None:
    text = (score.DATA / "notes" / f"{name}.md").read_text("utf-8")
    assert len(read_note(text, "notes.md").cards) <= 2


@needs_gold
def test_no_two_prompts_alike() -> None:
    for name in score.names():
        text = (score.DATA / "notes" / f"{name}.md").read_text("utf-8")
        prompts = [card.prompt for card in read_note(text, name).cards]
        assert len(prompts) == len(set(prompts))


def test_kinds_are_chosen() -> None:
    text = "# 图论\n\n- **路径**：边的序列\n\n图的类型包括：\n\n- 有向图\n- 无向图\n"
    assert {card.kind for card in read_note(text, "a.md").cards} == {Kind.TERM, Kind.LIST}
    assert {card.kind for card in read_note(text, "a.md", kinds=frozenset([Kind.TERM])).cards} == {Kind.TERM}


def test_line_numbers_count_the_front_matter_and_crlf() -> None:
    text = "---\r\ntitle: x: [broken\r\n---\r\n\r\n- **Cusp**: a pointed end\r\n"
    note = read_note(text, "a.md")
    assert [(card.term, card.source.line, card.answer) for card in note.cards] == [
        ("Cusp", 5, "a pointed end")
    ]
    assert note.title == "x: [broken"


def test_the_front_matter_title_stands_in_for_headings() -> None:
    note = read_note("---\ntitle: 'Knots'\n---\n\n- **Bight**: a loop of rope\n", "a.md")
    assert note.cards[0].headings == ("Knots",)


def test_a_cap_on_cards_is_told() -> None:
    text = "# Words\n\n" + "".join(f"- **Word{n}**: meaning number {n}\n" for n in range(MAX_CARDS + 5))
    note = read_note(text, "a.md")
    assert len(note.cards) == MAX_CARDS
    assert any("1005 cards" in one.reason for one in note.skipped)


def test_a_cap_on_table_rows_is_told() -> None:
    rows = "".join(f"| word{n} | what {n} means here |\n" for n in range(600))
    note = read_note("| Term | Meaning |\n| --- | --- |\n" + rows, "a.md")
    assert len(note.cards) == 500
    assert any("600 rows" in one.reason for one in note.skipped)


def test_terminal_escapes_never_come_out() -> None:
    note = read_note(
        "- **Te\x1b[31mrm**: a mean\x07ing &#27;[0m with\u202e tricks\n- **Cusp**: line kept\n", "a.md"
    )
    shown = "".join(card.prompt + card.answer for card in note.cards)
    assert not any(char in shown for char in "\x1b\x07\u202e")
    assert [card.source.line for card in note.cards] == [1, 2]


def test_the_whole_file_can_be_skipped() -> None:
    note = read_note("<!-- study: skip -->\n\n- **Cusp**: a pointed end\n", "a.md")
    assert not note.cards
