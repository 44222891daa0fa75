"""What an import tells while it reads, and what it lets the language model read, also while it follows notes."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

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
    more = "".join(f"- Tool {n}: thing number {n} of the smithy\n" for n in range(12))
    out, err = imported("--json", write(tmp_path / "notes", "forge.md", FORGE + more))
    assert json.loads(out)["added"] == 13
    assert "The model reads 0 of 17 lines; --quick skips it" in err
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
