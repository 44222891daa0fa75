"""`studyllm stats` as text, JSON and pictures, and the deck that ships."""

import json
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from studyllm import library
from studyllm.cli.main import cli
from studyllm.config import Settings
from studyllm.grading import TextGrader
from studyllm.library.sample import sample_deck
from studyllm.review.asking import question
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade
from studyllm.store import Store
from tests.conftest import NOW, ROOT, fill
from tests.tui.year import live

AT = ("--at", NOW.isoformat())


@pytest.fixture
def lived(store: Store, home: Path) -> Store:
    fill(store, "<softmax>", "residual", *(f"term {number}" for number in range(20)), deck="[b]&")
    live(store, Settings(home, time_zone="UTC").day, NOW, days=60)
    return store


def stats(*args: str, ok: bool = True) -> str:
    done = CliRunner().invoke(cli, ["stats", *AT, *args], env={"TZ": "UTC", "LANG": "C", "LANGUAGE": "en"})
    assert (done.exit_code == 0) is ok, done.output
    return done.output


def test_json_says_what_the_log_says(lived: Store) -> None:
    found = json.loads(stats("--json"))
    reviews = sum(1 for entry in lived.journal.entries() if entry.review)
    assert (found["reviews"], found["cards"], len(found["forecast"])) == (reviews, 22, 30)
    assert sum(day["reviews"] for day in found["days"]) == reviews
    assert sum(hour["reviews"] for hour in found["hours"]) == reviews
    both = found["young"]["reviews"] + found["mature"]["reviews"]
    assert both == sum(month["reviews"] for month in found["retention_by_month"])
    assert found["hardest"]
    assert found["missed_points"]
    assert found["overruled"]
    assert json.loads(stats("--json", "--period", "week"))["reviews"] < reviews
    assert json.loads(stats("--json", "--deck", "[b]&"))["reviews"] == reviews
    assert "There is no deck" in stats("--deck", "none", ok=False)


def test_what_was_taken_back_does_not_count(lived: Store, home: Path) -> None:
    before = json.loads(stats("--json"))
    queue = ReviewQueue(lived, Settings(home, time_zone="UTC").day)
    card = lived.card(1)
    verdict = TextGrader().grade(question(card), "softmax")
    at = NOW - timedelta(seconds=1)
    queue.record(card, Grade.WRONG, at, answer="softmax", verdict=verdict, seconds=9)
    assert json.loads(stats("--json")) != before
    lived.journal.undo(NOW)
    assert json.loads(stats("--json")) == before


def test_text_has_every_chart(lived: Store) -> None:
    text = stats()
    for title in (
        "Retention by age",
        "Due in the next 30 days",
        "Workload",
        "Hours of the day",
        "A year of reviews",
    ):
        assert f"\n{title}\n" in text
    assert "[b]&: 22 cards" in text
    assert "█" in text


def test_the_figures_of_what_is_known_and_kept_are_in_the_json_and_the_text(lived: Store) -> None:
    found = json.loads(stats("--json"))
    assert 0 < found["known"]["cards"] <= found["known"]["seen"] <= 22
    assert sum(sum(counts) for counts in found["grades"].values()) == found["reviews"]
    assert found["true_retention"][-1]["both"]["share"] == found["retention"]
    assert sum(each["cards"] for each in found["intervals"]["classes"]) == found["known"]["seen"]
    assert [each["confidence"] for each in found["confidence"]] == [1, 2, 3]
    assert f"you know about {round(found['known']['cards'])} of the" in stats()


def test_calibration_has_a_picture_once_the_learner_was_asked(
    lived: Store, home: Path, tmp_path: Path
) -> None:
    queue = ReviewQueue(lived, Settings(home, time_zone="UTC").day)
    queue.record(lived.card(1), Grade.GOOD, NOW - timedelta(seconds=1), answer="it", confidence=3)
    stats("--svg", str(tmp_path / "pictures"))
    drawn = (tmp_path / "pictures" / "confidence.svg").read_text("utf-8")
    assert "When you are sure you are right 100% of the time." in drawn
    assert "When you are sure you are right 100% of the time." in stats()


def test_pictures_are_whole_and_ask_for_nothing(lived: Store, tmp_path: Path) -> None:
    folder, other = tmp_path / "pictures", tmp_path / "other.txt"
    folder.mkdir()
    other.write_text("mine")
    (folder / "hours.svg").symlink_to(other)
    written = stats("--svg", str(folder)).split()
    assert sorted(Path(path).name for path in written) == [
        "eases.svg",
        "forecast.svg",
        "grades.svg",
        "heat-map.svg",
        "hours.svg",
        "intervals.svg",
        "minutes.svg",
        "retention-by-day.svg",
        "retention.svg",
        "workload.svg",
    ]
    assert other.read_text() == "mine", "a link is replaced, not followed"
    assert sorted(path.name for path in folder.iterdir()) == sorted(Path(path).name for path in written)
    for path in written:
        text = Path(path).read_text("utf-8")
        assert ElementTree.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"
        assert text.count("http") == 1, "only the name of the format"
        assert "<script" not in text
        assert "@" not in text
    assert stats("--svg", str(other / "below"), ok=False).count("\n") <= 2


def test_the_sample_deck_is_found_in_a_clone_and_beside_an_installed_package(
    tmp_path: Path, store: Store
) -> None:
    assert sample_deck() == ROOT / "decks" / "studyllm.toml"
    nowhere, data = tmp_path / "site-packages", tmp_path / "data"
    assert sample_deck(nowhere, data) is None
    for name in ("decks", "notes"):
        (data / "share" / "studyllm" / name).mkdir(parents=True)
        for file in (ROOT / name).iterdir():
            (data / "share" / "studyllm" / name / file.name).write_bytes(file.read_bytes())
    path = sample_deck(nowhere, data)
    assert path == data / "share" / "studyllm" / "decks" / "studyllm.toml"
    (deck,) = library.decks_for(store, (path,))
    library.bring_in(store, library.plan(store, deck), NOW)
    assert store.count() > 100
