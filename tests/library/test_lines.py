"""What the language model makes of notes is read in stretches, kept, and taken into account from then on."""

import math
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from studyllm.cards import Deck
from studyllm.grading import TextGrader
from studyllm.grading.note_lines import padded
from studyllm.library import bring_in, plan
from studyllm.library.lines import LineReader, line_reader, seconds
from studyllm.library.readers import Readers, Wanted
from studyllm.notes import Lines, read_note
from studyllm.store import Store
from studyllm.store.vectors import Vectors
from tests.conftest import NOW

NOTE = "# Hives\n\n- Smoker: calms the bees\n- Saturday: meet Anna at six\n- Nuc: a small colony for sale\n"


class Doubting(TextGrader):
    """A grader whose language model doubts what begins with a day; it fails from a line on."""

    def __init__(self, until: str = "") -> None:
        self.asked: list[tuple[Sequence[str], Sequence[str]]] = []
        self._until = until

    def lines(
        self, before: Sequence[str], lines: Sequence[str], went: Callable[[int], bool]
    ) -> tuple[tuple[float, float], ...]:
        self.asked.append((before, lines))
        if self._until and self._until in lines:
            return ()
        return tuple((-9.0 if "Saturday" in line else 0.0, 0.0) for line in lines)


@pytest.fixture
def reader(tmp_path: Path) -> LineReader:
    return LineReader(Vectors(tmp_path / "vectors.db", "lines test"), 1.0)


@pytest.fixture
def deck(tmp_path: Path) -> Deck:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text(NOTE, "utf-8")
    return Deck("d", (tmp_path / "notes",))


def terms(store: Store) -> set[str]:
    return {stored.card.term for stored in store.cards() if not stored.gone}


def test_a_long_note_is_read_in_stretches_each_after_the_lines_before_it(reader: LineReader) -> None:
    text = "\n".join(f"line {n} of a note about bees, {'蜂' * 20}" for n in range(300))
    model = Doubting()
    (found,) = reader.read([text], model)
    assert found is not None
    assert len(found.first) == len(found.last) == 300
    assert [line for _, lines in model.asked for line in lines] == text.split("\n")
    assert len(model.asked) > 3
    before, lines = model.asked[1]
    assert before
    assert text.split("\n")[text.split("\n").index(lines[0]) - 1] == before[-1]
    assert reader.read([text], TextGrader()) == [found], "it is kept"


def test_what_was_read_before_it_was_stopped_is_kept(reader: LineReader) -> None:
    text = "\n".join(f"line {n} {'蜂' * 40}" for n in range(100))
    assert reader.read([text], Doubting(until=text.split("\n")[-1])) == [None]
    again = Doubting()
    assert reader.read([text], again)[0] is not None
    assert len(again.asked) == 1
    other = Doubting()
    assert reader.read([NOTE], other, lambda _done, _of: False) == [None]
    assert not other.asked, "the learner left"


def test_what_is_kept_of_a_note_may_be_damaged(reader: LineReader, tmp_path: Path) -> None:
    kept = Vectors(tmp_path / "vectors.db", "lines test")
    (found,) = reader.read([NOTE], Doubting())
    kept.put({f"0\0\0{NOTE}": b"half"})
    assert reader.known([NOTE]) == [None]
    assert reader.read([NOTE], Doubting()) == [found]


def test_a_model_that_reads_no_notes_changes_nothing(reader: LineReader, tmp_path: Path) -> None:
    assert reader.read([NOTE], TextGrader()) == [None]
    assert line_reader(tmp_path, "off") is None
    assert line_reader(tmp_path, str(tmp_path / "gone.gguf")) is None


def test_a_note_that_did_not_change_is_read_thoroughly_once(
    store: Store, deck: Deck, reader: LineReader
) -> None:
    bring_in(store, plan(store, deck), NOW)
    assert terms(store) == {"Smoker", "Saturday", "Nuc"}
    model = Doubting()
    thorough = Readers(lines=lambda texts, _wanted: reader.read(texts, model), thorough=True)
    bring_in(store, plan(store, deck, readers=thorough), NOW)
    assert terms(store) == {"Smoker", "Saturday", "Nuc"}, "what is a card stays one"
    bring_in(store, plan(store, deck, readers=thorough), NOW)
    assert len(model.asked) == 1
    assert plan(store, deck).counts()["unchanged"] == 3, "what was read thoroughly is not read otherwise"


def test_a_new_deck_gets_what_the_language_model_leaves(store: Store, deck: Deck, reader: LineReader) -> None:
    thorough = Readers(lines=lambda texts, _wanted: reader.read(texts, Doubting()), thorough=True)
    bring_in(store, plan(store, deck, readers=thorough), NOW)
    assert terms(store) == {"Smoker", "Nuc"}
    known = Readers(lines=lambda texts, _wanted: reader.known(texts))
    (note,) = (path / "a.md" for path in deck.notes)
    note.write_text(NOTE + "- Propolis: resin that seals gaps\n", "utf-8")
    assert plan(store, deck, readers=known).counts()["added"] == 2, "this text nobody has read"
    note.write_text(NOTE + "\n", "utf-8")
    reader.read([NOTE + "\n"], Doubting())
    assert plan(store, deck, readers=known).counts()["added"] == 0, "what is known counts in every import"


def test_a_note_that_was_read_thoroughly_is_read_so_again_when_it_changes(
    store: Store, deck: Deck, reader: LineReader
) -> None:
    def lines(texts: Sequence[str], wanted: Wanted) -> Sequence[Lines | None]:
        return reader.read(texts, Doubting()) if wanted == "all" else reader.known(texts)

    bring_in(store, plan(store, deck, readers=Readers(lines=lines, thorough=True)), NOW)
    (folder,) = deck.notes
    (folder / "a.md").write_text(NOTE + "- Propolis: resin that seals gaps\n", "utf-8")
    (folder / "b.md").write_text(NOTE.replace("Nuc", "Drone"), "utf-8")
    bring_in(store, plan(store, deck, readers=Readers(lines=lines)), NOW)
    assert {(card.card.source.place.partition(":")[0], card.card.term) for card in store.cards()} == {
        ("a.md", "Smoker"),
        ("a.md", "Nuc"),
        ("a.md", "Propolis"),
        ("b.md", "Smoker"),
        ("b.md", "Saturday"),
        ("b.md", "Drone"),
    }


def test_a_note_that_the_model_could_not_read_again_is_read_by_the_next_import(
    store: Store, deck: Deck, reader: LineReader
) -> None:
    def by(model: TextGrader | None) -> Readers:
        return Readers(lines=reader.reading(lambda: model))

    first = Readers(lines=lambda texts, _wanted: reader.read(texts, Doubting()), thorough=True)
    bring_in(store, plan(store, deck, readers=first), NOW)
    assert terms(store) == {"Smoker", "Nuc"}
    (folder,) = deck.notes
    (folder / "a.md").write_text(NOTE.replace("at six", "at seven"), "utf-8")
    busy = plan(store, deck, readers=by(None))
    assert busy.counts()["added"] == 1, "by its form alone the line is a card"
    bring_in(store, busy, NOW)
    waiting = plan(store, deck, readers=by(Doubting()))
    assert len(waiting.reading) == 1
    assert reader.known([NOTE.replace("at six", "at seven")]) != [None], "it was read now"
    bring_in(store, waiting, NOW)
    done = plan(store, deck, readers=by(Doubting(until="- Smoker: calms the bees")))
    assert done.counts()["unchanged"] == len(terms(store)), "and is not read once more"


def test_a_preview_and_the_import_after_it_say_the_same_though_another_program_read_the_note_meanwhile(
    store: Store, deck: Deck, reader: LineReader
) -> None:
    (folder,) = deck.notes
    changed = NOTE + "\nwax melts at sixty degrees\n"

    def sure(texts: Sequence[str], wanted: Wanted) -> Sequence[Lines | None]:
        return [
            Lines(
                tuple(9.0 if "wax" in line else 0.0 for line in text.split("\n")),
                (0.0,) * len(text.split("\n")),
                1.0,
            )
            for text in texts
        ]

    bring_in(store, plan(store, deck, readers=Readers(lines=sure, thorough=True)), NOW)
    (folder / "a.md").write_text(changed, "utf-8")
    preview = plan(store, deck, readers=Readers(lines=sure))
    bring_in(store, plan(store, deck, readers=Readers(lines=lambda texts, _: [None] * len(texts))), NOW)
    after = bring_in(store, plan(store, deck, readers=Readers(lines=sure)), NOW)
    made = {step.new.term for step in preview.steps if step.new}
    assert {step.new.term for step in after.steps if step.new} == made
    assert terms(store) >= made


def test_new_notes_that_are_soon_read_are_read_unasked(
    store: Store, tmp_path: Path, deck: Deck, reader: LineReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studyllm.library.lines.LEAST", 0)
    model = Doubting()
    soon = Readers(lines=reader.reading(lambda: model, soon=2 * seconds([NOTE])))
    bring_in(store, plan(store, deck, readers=soon), NOW)
    assert terms(store) == {"Smoker", "Nuc"}
    (folder,) = deck.notes
    (folder / "marked.md").write_text("Q: What calms the bees?\nA: A smoker.\n", "utf-8")
    (folder / "long.md").write_text(NOTE.replace("Hives", "Sunday") * 2, "utf-8")
    bring_in(store, plan(store, deck, readers=soon), NOW)
    assert len(model.asked) == 1, "an author marked the one, and the other takes longer than what is left"
    (folder / "long.md").unlink()
    (folder / "short.md").write_text(NOTE.replace("Smoker", "Veil"), "utf-8")
    bring_in(store, plan(store, deck, readers=soon), NOW)
    assert len(model.asked) == 2, "there was time left for this one"


def test_a_short_note_is_judged_by_its_form_unless_it_is_asked_for(
    store: Store, deck: Deck, reader: LineReader
) -> None:
    model = Doubting()
    by_form = bring_in(
        store, plan(store, deck, readers=Readers(lines=reader.reading(lambda: model, soon=60))), NOW
    )
    assert by_form.counts()["added"] == 3
    assert not model.asked
    (folder,) = deck.notes
    long = NOTE + "".join(f"- cell {number}: holds brood of day {number}\n" for number in range(50))
    (folder / "long.md").write_text(long.replace("Hives", "Cells"), "utf-8")
    plan(store, deck, readers=Readers(lines=reader.reading(lambda: model, soon=60)))
    assert len(model.asked) == 1


def test_a_note_that_was_read_by_form_is_not_read_unasked_when_it_changes(
    store: Store, deck: Deck, reader: LineReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studyllm.library.lines.LEAST", 0)
    bring_in(store, plan(store, deck), NOW)
    (folder,) = deck.notes
    (folder / "a.md").write_text(NOTE + "- Propolis: resin that seals gaps\n", "utf-8")
    model = Doubting()
    soon = Readers(lines=reader.reading(lambda: model, soon=60))
    assert plan(store, deck, readers=soon).counts()["added"] == 1
    assert not model.asked


def test_what_a_rule_leaves_out_is_not_made_because_the_model_is_sure() -> None:
    steps = "# Tea\n\n## Steps\n\n1. Rinse: warm the pot\n2. Steep: pour and wait\n3. Serve: fill the cups\n"
    made = [card.term for card in read_note(steps, "tea.md").cards]
    sure = Lines((9.0,) * 8, (9.0,) * 8, 1.0)
    assert [card.term for card in read_note(steps, "tea.md", lines=sure).cards] == made


def test_lines_that_are_too_long_for_the_model_are_as_their_form(reader: LineReader) -> None:
    class Short(Doubting):
        def lines(
            self, before: Sequence[str], lines: Sequence[str], went: Callable[[int], bool]
        ) -> tuple[tuple[float, float], ...]:
            return padded(super().lines(before, lines, went)[:4], len(lines))

    (found,) = reader.read([NOTE], Short())
    assert found is not None
    assert found.first[3] == -9.0
    assert math.isnan(found.first[4])
    assert len(found.first) == 6
