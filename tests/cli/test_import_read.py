"""What an import tells while it reads, and what it lets the language model read, also while it follows notes."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from studyllm import library
from studyllm.cards import Deck
from studyllm.cli import cli, progress, words
from studyllm.grading import TextGrader
from studyllm.library.lines import LineReader
from studyllm.store import Store
from studyllm.store.vectors import Vectors
from tests.cli.shell import WITHOUT_MODELS

FORGE = "# Forge\n\n- Anvil: block that iron is hammered on\n- Monday: call the farrier\n"
BELLOWS = "# Air\n\n- Bellows: blow air into the fire\n- Monday: buy charcoal\n"


class Weekdays(TextGrader):
    """Doubts lines about Mondays."""

    def __init__(self) -> None:
        self.read: list[str] = []
        """Lines, as often as they were."""

    def lines(
        self, before: Sequence[str], lines: Sequence[str], went: Callable[[int], bool]
    ) -> tuple[tuple[float, float], ...]:
        self.read += lines
        return tuple((-9.0 if "Monday" in line else 0.0, 0.0) for line in lines)


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Weekdays:
    """A language model that is there, on a terminal that stderr leads to."""
    monkeypatch.setattr("studyllm.library.lines.LEAST", 0)
    found = Weekdays()
    kept = LineReader(Vectors(tmp_path / "read.db", "lines test"), 1.0)
    monkeypatch.setattr(words, "line_reader", lambda _home, _model: kept)
    monkeypatch.setattr(words, "grader", lambda _settings: found)
    monkeypatch.setattr(progress, "writes_over", lambda _stream: True)
    return found


def imported(*args: str | Path) -> tuple[str, str]:
    """stdout and stderr."""
    done = CliRunner().invoke(cli, ["import", *map(str, args)], env=WITHOUT_MODELS, color=True)
    assert done.exit_code == 0, done.output
    return done.stdout, done.stderr


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return folder


def terms(store: Store) -> set[str]:
    return {stored.card.term for stored in store.cards()}


def test_json_on_a_terminal_tells_on_stderr_how_far_the_model_is(
    store: Store, model: Weekdays, tmp_path: Path
) -> None:
    out, err = imported("--json", write(tmp_path / "notes", "forge.md", FORGE))
    assert json.loads(out)["added"] == 1
    assert "The model reads 0 of 5 lines; --quick skips it" in err
    assert err.endswith("\r\033[K"), "nothing of it is left to stand"


def test_json_elsewhere_tells_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    for number in range(30):
        write(folder, f"{number}.md", FORGE.replace("Anvil", f"Anvil {number}"))
    out, err = imported("--json", folder)
    assert json.loads(out)["decks"] == ["notes"]
    assert err == ""


def test_many_notes_are_counted_from_the_first_one_on_and_when_they_are_read_again(
    store: Store, model: Weekdays, tmp_path: Path
) -> None:
    folder = tmp_path / "notes"
    for number in range(24):
        write(
            folder, f"{number}.md", f"# {number}\n\n- Rivet {number}: pin of {number} mm that joins plates\n"
        )
    _, err = imported(folder)
    for done in ("0 of 24 notes", "12 of 24 notes", "23 of 24 notes"):
        assert err.count(f" {done}") == 2, "by their form, then by what the model made of them"
    assert err.index("0 of 24 notes") < err.index("The model reads") < err.rindex("0 of 24 notes")


def saves(*notes: tuple[str, str]) -> Callable[..., Iterator[tuple[Deck, ...]]]:
    """A watch in which those notes are saved, one after the other, until Ctrl-C."""

    def watch(decks: Callable[[], Sequence[Deck]], _stop: object) -> Iterator[tuple[Deck, ...]]:
        for name, text in notes:
            write(decks()[0].notes[0], name, text)
            yield tuple(decks())
        raise KeyboardInterrupt

    return watch


def test_the_model_reads_new_notes_that_are_saved_while_they_are_followed(
    store: Store, model: Weekdays, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path / "notes", "forge.md", FORGE)
    monkeypatch.setattr(library, "watch", saves(("air.md", "# A"), ("air.md", BELLOWS), ("new.md", "")))
    imported("--watch", folder)
    assert terms(store) == {"Anvil", "Bellows"}
    assert model.read.count("- Monday: buy charcoal") == 1


def test_each_save_has_its_own_minute_and_quick_none(
    store: Store, model: Weekdays, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    half = "# Long\n\n" + "".join(f"- Nail {n}: {n} mm {'of iron ' * 12}\n" for n in range(40))
    notes = [(f"{n}.md", half.replace("Long", str(n)).replace("Nail", f"Nail {n}.")) for n in range(3)]
    folder = write(tmp_path / "notes", "forge.md", FORGE)
    monkeypatch.setattr(library, "watch", saves(*notes))
    imported("--watch", folder)
    assert all(f"# {number}" in model.read for number in range(3))
    model.read.clear()
    for name, _ in notes:
        (folder / name).unlink()
    monkeypatch.setattr(library, "watch", saves(("late.md", BELLOWS)))
    imported("--watch", "--quick", folder)
    assert not model.read
    assert "Monday" in terms(store)


def test_what_cannot_be_imported_while_notes_are_followed_is_no_json(
    store: Store, model: Weekdays, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path / "notes", "forge.md", FORGE)

    def emptied(decks: Callable[[], Sequence[Deck]], _stop: object) -> Iterator[tuple[Deck, ...]]:
        gone = Deck("other", (tmp_path / "nowhere",))
        yield (gone,)
        raise KeyboardInterrupt

    monkeypatch.setattr(library, "watch", emptied)
    out, err = imported("--watch", "--json", folder)
    assert [json.loads(line)["added"] for line in out.splitlines()] == [1]
    assert "other: " in err
