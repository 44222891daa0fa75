"""Anki's packages, in and out; `test_oracle.py` asks Anki itself."""

import json
import sqlite3
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from studyllm.cards import Algorithm, Kind
from studyllm.exchange.anki import wire
from studyllm.exchange.anki.templates import cloze, filled, sides
from studyllm.exchange.markup import text
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade, Learned, New
from studyllm.store import Store
from tests.cli.shell import lines, run
from tests.conftest import DAY, NOW, fill
from tests.exchange.homes import elsewhere, first
from tests.exchange.packages import CLOZE, Asked, day, package

LEARNT = Asked(
    ("What is <b>entropy</b>?", "A measure<br>of disorder: \\(S = k \\ln W\\)"),
    deck="Physics::Heat",
    tags=" hard exam::2 ",
    type=2,
    queue=2,
    due=100,
    ivl=30,
    factor=2300,
    lapses=1,
    reviews=(
        (day(1), 3, 1, 2500, 0),
        (day(2), 1, -600, 2300, 1),
        (day(3), 4, 30, 2300, 1),
        (day(4), 0, 9, 0, 4),
    ),
)
PICTURED = Asked(
    ("熵", '定义 <img src="a b.png"> [sound:x.mp3]<table><tr><td>列</td></tr><tr><td>1</td></tr></table>')
)
PNG = b"\x89PNG-1"


@pytest.mark.parametrize("new", [False, True])
def test_cards_come_with_their_day_their_reviews_and_their_pictures(
    store: Store, home: Path, tmp_path: Path, new: bool
) -> None:
    file = package(tmp_path / "deck.apkg", [LEARNT, PICTURED], {"a b.png": PNG}, new=new)
    said = run("import", str(file))
    assert "Physics::Heat: 1 added" in said
    assert "3 reviews" in said
    heat = first(store, "Physics::Heat")
    assert heat.card.prompt == "What is entropy?"
    assert heat.card.answer == "A measure\nof disorder: $S = k \\ln W$"
    assert heat.tags == ("exam/2", "hard")
    stands = heat.progress
    assert isinstance(stands, Learned)
    assert (stands.due, stands.interval, stands.ease, stands.lapses) == (date(2026, 4, 11), 30, 2.3, 1)
    grades = [entry.review.chosen for entry in store.journal.entries() if entry.review]
    assert grades == [Grade.GOOD, Grade.WRONG, Grade.PERFECT], "what was done by hand is no answer"
    (kept,) = (home / "imported" / "deck").iterdir()
    assert kept.name.startswith("a_b-")
    assert kept.read_bytes() == PNG
    word = first(store, "Default")
    assert word.progress == New()
    assert word.card.answer == f"定义 ![]({kept.name}) 🔊 x.mp3\n\n| 列 |\n| --- |\n| 1 |"
    assert not home.stat().st_mode & 0o077
    assert not store.journal.differences()


def test_importing_again_adds_nothing_and_takes_over_new_texts(store: Store, tmp_path: Path) -> None:
    run("import", str(package(tmp_path / "deck.apkg", [LEARNT])))
    ReviewQueue(store, DAY).record(first(store), Grade.GOOD, NOW)
    stands = first(store).progress
    changed = Asked(
        (LEARNT.fields[0], "A measure of disorder in a system"), deck=LEARNT.deck, type=2, queue=2, due=1
    )
    assert "1 changed" in run("import", str(package(tmp_path / "deck.apkg", [changed], new=True)))
    (card,) = store.cards()
    assert card.card.answer.endswith("in a system")
    assert card.progress == stands, "what was learnt here since stays"
    assert "1 unchanged" in run("import", str(tmp_path / "deck.apkg"))


def test_undo_takes_the_whole_import_back_and_goes_on_before_it(store: Store, tmp_path: Path) -> None:
    fill(store, "a")
    ReviewQueue(store, DAY).record(first(store), Grade.GOOD, NOW)
    run("import", str(package(tmp_path / "deck.apkg", [LEARNT])))
    assert "import" in run("undo")
    assert [card.card.term for card in store.cards()] == ["a"]
    assert "grade 4 for a" in run("undo")


def test_one_undo_takes_back_a_package_of_several_decks_with_their_reviews(
    store: Store, tmp_path: Path
) -> None:
    known = Asked(("a", "b"), deck="F", type=2, due=50, ivl=20, data=json.dumps({"s": 21.5, "d": 4.25}))
    run("import", str(package(tmp_path / "d.apkg", [LEARNT, known, PICTURED])))
    assert store.schedulings()["F"].algorithm is Algorithm.FSRS
    run("undo")
    assert store.count() == 0
    assert store.schedulings()["F"].algorithm is Algorithm.SM2
    assert store.journal.histories() == {}
    assert not store.journal.differences()
    assert "1 returned" in run("import", str(tmp_path / "d.apkg"))
    assert not store.journal.differences()


def test_answers_given_elsewhere_since_come_with_a_second_import(store: Store, tmp_path: Path) -> None:
    run("import", str(package(tmp_path / "d.apkg", [LEARNT])))
    stands = first(store).progress
    later = replace(LEARNT, reviews=(*LEARNT.reviews, (day(40), 3, 60, 2300, 1)))
    said = run("import", str(package(tmp_path / "d.apkg", [later])))
    assert "1 new answer to cards that were here" in said
    now = first(store).progress
    assert isinstance(now, Learned)
    assert isinstance(stands, Learned)
    assert now.interval > stands.interval
    assert now.reviewed == datetime(2026, 2, 10, 12, tzinfo=UTC)
    assert "answer" not in run("import", str(tmp_path / "d.apkg"))
    assert not store.journal.differences()


def test_a_package_of_our_own_changes_no_card_of_a_note(store: Store, tmp_path: Path) -> None:
    note = tmp_path / "n.md"
    note.write_text("# N\n\n- **Term**: what it is.\n- **Other**: another thing.\n")
    run("import", "--quick", "--deck", "d", str(note))
    ReviewQueue(store, DAY).record(first(store), Grade.GOOD, NOW)
    before = list(store.cards())
    run("export", str(tmp_path / "out.apkg"))
    assert "2 unchanged" in run("import", str(tmp_path / "out.apkg"))
    assert list(store.cards()) == before
    assert len(store.journal.histories()[before[0].id]) == 1
    elsewhere(tmp_path / "o", "import", str(tmp_path / "out.apkg"))
    with Store(tmp_path / "o" / "study.db") as other:
        assert [card.card.answer for card in other.cards()] == ["what it is.", "another thing."]


def test_pictures_that_do_not_lie_with_the_notes_stay_where_they_are(store: Store, tmp_path: Path) -> None:
    secret = tmp_path / "secret" / "id.png"
    secret.parent.mkdir()
    secret.write_bytes(PNG)
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "a.csv").write_text(f"term,answer\nx,![x]({secret})\ny,![[{secret}]]\n")
    run("import", str(tmp_path / "t" / "a.csv"))
    run("export", str(tmp_path / "out.apkg"))
    with zipfile.ZipFile(tmp_path / "out.apkg") as packed:
        assert packed.read("media") == b"{}"


def test_imported_text_is_exported_as_it_is(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("term,answer\nx,2*3*4 __main__ costs $5 or $10\ny,# of items [a](b)\n")
    run("import", str(tmp_path / "a.csv"))
    run("export", str(tmp_path / "out.apkg"))
    backs = [
        row[0].split("\x1f")[1] for row in _opened(tmp_path / "out.apkg").execute("SELECT flds FROM notes")
    ]
    assert backs == ["<p>2*3*4 __main__ costs $5 or $10</p>", "<p># of items [a](b)</p>"]


def test_a_card_from_elsewhere_can_be_dropped(store: Store, tmp_path: Path) -> None:
    run("import", str(package(tmp_path / "d.apkg", [PICTURED])))
    run("card", "drop", str(first(store).id))
    assert store.count() == 0
    run("undo")
    assert store.count() == 1


def test_a_dry_run_changes_nothing(store: Store, home: Path, tmp_path: Path) -> None:
    file = package(tmp_path / "deck.apkg", [PICTURED], {"a b.png": PNG})
    assert "(dry run): 1 added." in run("import", "--dry-run", str(file))
    assert store.count() == 0
    assert not (home / "imported").exists()


def test_all_decks_go_into_one_where_that_is_wished(store: Store, tmp_path: Path) -> None:
    (said,) = lines(
        run("import", "--json", "--deck", "mine", str(package(tmp_path / "d.apkg", [LEARNT, PICTURED])))
    )
    assert said["decks"] == ["mine"]
    assert (said["added"], said["reviews"]) == (2, 3)
    assert store.count("mine") == 2


def test_what_fsrs_knows_comes_along(store: Store, tmp_path: Path) -> None:
    known = Asked(
        ("a", "b"), type=2, queue=-1, due=50, ivl=20, factor=550, data=json.dumps({"s": 21.5, "d": 4.25})
    )
    run("import", str(package(tmp_path / "d.apkg", [known], new=True)))
    (card,) = store.cards()
    assert isinstance(card.progress, Learned)
    assert card.progress.memory is not None
    assert (card.progress.memory.stability, card.progress.memory.difficulty) == (21.5, 4.25)
    assert card.suspended
    assert store.schedulings()["Default"].algorithm is Algorithm.FSRS


def test_hidden_parts_are_asked_one_by_one(store: Store, tmp_path: Path) -> None:
    fields = ("{{c1::Water}} boils at {{c2::100 °C::how hot?}}", "")
    cards = [Asked(fields, kind=CLOZE), Asked(fields, kind=CLOZE, template=1)]
    run("import", str(package(tmp_path / "d.apkg", cards)))
    assert [(c.card.kind, c.card.prompt, c.card.answer) for c in store.cards()] == [
        (Kind.CLOZE, "[…] boils at 100 °C", "Water"),
        (Kind.CLOZE, "Water boils at […] (how hot?)", "100 °C"),
    ]


def test_an_empty_side_is_left_out_and_said(store: Store, tmp_path: Path) -> None:
    said = run("import", str(package(tmp_path / "d.apkg", [Asked(("", "b")), Asked(("a", "b"))])))
    assert "1 card is empty on one side" in said
    assert store.count() == 1


def test_a_package_holds_cards_schedules_and_reviews(store: Store, tmp_path: Path) -> None:
    fill(store, "Entropie 熵", "b", "c")
    queue = ReviewQueue(store, DAY)
    first, second, _third = store.cards()
    queue.record(first, Grade.GOOD, NOW)
    queue.record(store.card(first.id), Grade.WRONG, NOW + timedelta(days=1))
    store.suspend(second.id, NOW)
    run("export", str(tmp_path / "out.apkg"))
    connection = _opened(tmp_path / "out.apkg")
    (crt,) = connection.execute("SELECT crt FROM col").fetchone()
    assert [row[0].split("\x1f")[0] for row in connection.execute("SELECT flds FROM notes ORDER BY id")] == [
        "<p>Entropie 熵</p>",
        "<p>b</p>",
        "<p>c</p>",
    ]
    kind, queue_, due = connection.execute("SELECT type, queue, due FROM cards ORDER BY id").fetchone()
    assert (kind, queue_) == (2, 2)
    assert datetime.fromtimestamp(crt, UTC).date() + timedelta(days=due) == store.card(first.id).due
    assert connection.execute("SELECT queue FROM cards ORDER BY id").fetchall()[1] == (-1,)
    log = connection.execute("SELECT id, ease FROM revlog ORDER BY id").fetchall()
    assert log == [(int(NOW.timestamp() * 1000), 3), (int((NOW + timedelta(days=1)).timestamp() * 1000), 1)]


def test_a_package_without_schedules_is_all_new(store: Store, tmp_path: Path) -> None:
    fill(store, "a")
    ReviewQueue(store, DAY).record(first(store), Grade.GOOD, NOW)
    run("export", "--no-schedule", str(tmp_path / "out.apkg"))
    connection = _opened(tmp_path / "out.apkg")
    assert connection.execute("SELECT type, ivl FROM cards").fetchall() == [(0, 0)]
    assert connection.execute("SELECT count(*) FROM revlog").fetchone() == (0,)


def test_the_same_cards_give_the_same_bytes_and_keep_their_guid_through_edits(
    store: Store, tmp_path: Path
) -> None:
    note = tmp_path / "n.md"
    note.write_text("# N\n\n- **Term**: what it is.\n")
    run("import", "--quick", str(note))
    for name in ("1.apkg", "2.apkg"):
        run("export", str(tmp_path / name))
    assert (tmp_path / "1.apkg").read_bytes() == (tmp_path / "2.apkg").read_bytes()
    note.write_text("# N\n\n- **Term (T)**: what it is now, and why.\n")
    run("import", "--quick", str(note))
    run("export", str(tmp_path / "3.apkg"))
    guids = [_opened(tmp_path / f"{n}.apkg").execute("SELECT guid FROM notes").fetchall() for n in (1, 3)]
    assert guids[0] == guids[1]


def test_tables_formulas_and_pictures_of_a_note_go_with_its_card(store: Store, tmp_path: Path) -> None:
    (tmp_path / "p.png").write_bytes(PNG)
    note = tmp_path / "n.md"
    note.write_text(
        "# N\n\n## What is energy?\n\nIt is $E = mc^2$ <script>x</script>.\n\n"
        "![](p.png)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    )
    run("import", "--quick", str(note))
    run("export", str(tmp_path / "out.apkg"))
    fields = "".join(row[0] for row in _opened(tmp_path / "out.apkg").execute("SELECT flds FROM notes"))
    assert r"\(E = mc^2\)" in fields
    assert "<td>1</td>" in fields
    assert "<script" not in fields
    with zipfile.ZipFile(tmp_path / "out.apkg") as packed:
        (name,) = json.loads(packed.read("media")).values()
        assert packed.read("0") == PNG
    assert f'src="{name}"' in fields


def test_what_is_written_is_read_again(store: Store, home: Path, tmp_path: Path) -> None:
    fill(store, "a", "b")
    ReviewQueue(store, DAY).record(first(store), Grade.GOOD, NOW)
    run("export", str(tmp_path / "out.apkg"))
    before = [(card.card.term, card.due) for card in store.cards()]
    elsewhere(tmp_path / "other", "import", str(tmp_path / "out.apkg"))
    with Store(tmp_path / "other" / "study.db") as other:
        assert [(card.card.term, card.due) for card in other.cards()] == before
        assert not other.journal.differences()


def test_templates_fill_fields_and_leave_sections_out() -> None:
    template = "{{#Hint}}({{hint:Hint}}){{/Hint}}{{^Hint}}none{{/Hint}} {{text:Front}}"
    assert filled(template, {"Front": "{{Back}}", "Hint": " "}) == "none {{Back}}"
    assert filled(template, {"Front": "x", "Hint": "h"}) == "(h) x"
    assert sides(
        "{{Front}} {{type:Back}}", "{{FrontSide}}<hr id='answer'>{{Back}}", {"Front": "f", "Back": "b"}
    ) == ("f ", "b")
    assert cloze("{{c1::a {{c2::b}}}} {{c1::c::hint}}", 1) == ("[…] […] (hint)", "c; a b")


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("a &lt; b &amp; c", "a < b & c"),
        ("[latex]x &lt; 1[/latex] [$]y[/$]", "$$x < 1$$ $y$"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("x<script>alert(1)</script><style>y</style>", "x"),
        ("<div>a</div><div>b</div>", "a\n\nb"),
        ("\x1b[31mred", "red"),
    ],
)
def test_html_becomes_text(html: str, said: str) -> None:
    assert text(html) == said or text(html).endswith(said)


def test_tags_within_tags_without_end_are_text() -> None:
    assert text("<div>" * 5000 + "x").strip() == "x"


def test_messages_that_are_cut_off_are_errors() -> None:
    for raw in (b"\x0a\x05ab", b"\xff" * 12, b"\x0b", b"\x0d\x01"):
        with pytest.raises(ValueError, match=r"."):
            list(wire.fields(raw))


def _opened(file: Path) -> sqlite3.Connection:
    with zipfile.ZipFile(file) as packed:
        packed.extract("collection.anki2", file.parent / file.stem)
    return sqlite3.connect(file.parent / file.stem / "collection.anki2")
