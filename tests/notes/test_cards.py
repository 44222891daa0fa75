"""Notes become the right cards: a folder of fixtures, and the gold files where they are at hand."""

from datetime import date
from pathlib import Path

import pytest

from studyllm.cards import Carried, Kind
from studyllm.choices import Choice, Choices
from studyllm.notes import MAX_CARDS, MAX_LINES, Known, read_note
from studyllm.notes.reasons import LEFT
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
    text = "# 图论\n\n- **路径**：依次相连的边的序列。\n- **回路**：首尾相连的路径。\n"
    rows = {
        "环": "起点和终点相同的路径",
        "树": "没有环的连通图",
        "度": "与顶点相连的边数",
        "权": "边上的数值",
    }
    text += "\n## 术语表\n\n| 术语 | 含义 |\n| --- | --- |\n" + "".join(
        f"| {k} | {v} |\n" for k, v in rows.items()
    )
    assert {card.kind for card in read_note(text, "a.md").cards} >= {Kind.TERM, Kind.TABLE}
    assert {card.kind for card in read_note(text, "a.md", kinds=frozenset([Kind.TERM])).cards} == {Kind.TERM}


def test_what_is_in_doubt_is_offered_with_its_line_and_why() -> None:
    text = "# 语音\n\n今天讲到这里。\n\n- 音高：声音的高低\n- 下次带上课本\n"
    note = read_note(text, "a.md")
    found = {offer.card.term: offer for offer in note.offers}
    assert not {card.term for card in note.cards} & set(found)
    assert all(offer.reason and 0 <= offer.score < 1 for offer in note.offers)


def test_what_was_a_card_stays_one_in_doubt() -> None:
    text = "# 语音\n\n今天讲到这里。\n\n- 音高：声音的高低，由振动的快慢决定\n- 下次带上课本\n"
    kept = read_note(text, "a.md", known=Known.of([("音高", "")]))
    assert "音高" in {card.term for card in kept.cards}


@pytest.mark.parametrize("note", FIXTURES, ids=lambda path: path.stem)
def test_a_note_read_again_gives_the_cards_it_gave(note: Path) -> None:
    text = note.read_text("utf-8")
    first = read_note(text, note.name)
    again = read_note(text, note.name, known=Known.of((card.term, card.answer) for card in first.cards))
    assert again.cards == first.cards


def test_the_learners_choice_comes_before_the_score() -> None:
    text = "# 力学\n\n- **惯性**：物体保持运动状态的性质。\n- **动量**：质量与速度的乘积。\n"
    (first, second) = read_note(text, "a.md").cards
    without = read_note(text, "a.md", choices=Choices((Choice(False, "a.md", front=first.term),)))
    assert [card.term for card in without.cards] == [second.term]
    assert (first.term, LEFT) in [(offer.card.term, offer.reason) for offer in without.offers]
    whole_form = Choices((Choice(False, form=first.rule),))
    assert not read_note(text, "a.md", choices=whole_form).cards
    but_one = whole_form.chosen(Choice(True, "a.md", front=second.term))
    assert [card.term for card in read_note(text, "a.md", choices=but_one).cards] == [second.term]
    elsewhere = Choices((Choice(False, "b.md", form=first.rule),))
    assert len(read_note(text, "a.md", choices=elsewhere).cards) == 2


def test_what_was_left_out_is_offered_beside_what_may_stand_in_its_place() -> None:
    text = (
        "# 海岸\n\n潮间带是指大潮的高潮线与低潮线之间的地带。潮差是相邻高潮与低潮的水位之差，一天里有两次。\n"
    )
    first = next(card for card in read_note(text, "a.md").cards if card.term == "潮间带")
    without = read_note(text, "a.md", choices=Choices((Choice(False, "a.md", front=first.term),)))
    offered = {offer.card.term: offer.reason for offer in without.offers}
    assert offered["潮间带"] == LEFT
    assert {"潮差", "海岸"} & {*offered, *(card.term for card in without.cards)}


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


@pytest.mark.slow
def test_a_note_too_long_to_be_read_is_cut_with_a_sentence() -> None:
    text = "- **Word**: what it means\n\n" + "line\n\n" * MAX_LINES + "- **Lost**: what it means\n"
    note = read_note(text, "a.md")
    assert [card.term for card in note.cards] == ["Word"]
    assert (2 * MAX_LINES + 1, True) in [(s.line, str(MAX_LINES) in s.reason) for s in note.skipped]


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


def test_schedules_that_a_note_carries_are_read_with_their_cards() -> None:
    text = (
        "#flashcards\n\nCapital of France::Paris <!--SR:!2026-12-20,30,290-->\n\n"
        "tele:::far\n<!--SR:!2026-12-01,4,270!2000-01-01,1,250-->\n\n"
        "What is inertia?\n?\nThe tendency to keep moving.\n<!--SR:!2027-01-05,12,3-->\n\n"
        "The ==mitochondrion== makes ==ATP==.\n<!--SR:!2026-11-30,3,230!2026-99-10,9,250-->\n"
    )
    found = {card.prompt: card.carried for card in read_note(text, "a.md").cards}
    assert found == {
        "Capital of France": Carried(date(2026, 12, 20), 30, 2.9),
        "tele": Carried(date(2026, 12, 1), 4, 2.7),
        "far": None,
        "inertia": Carried(date(2027, 1, 5), 12, 2.5),
        "The […] makes ATP.": Carried(date(2026, 11, 30), 3, 2.3),
        "The mitochondrion makes […].": None,
    }
