"""Tables of cards, histories of answers, glossaries and pages."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studyllm.grading import TextGrader
from studyllm.review.asking import question
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade, Learned, New
from studyllm.store import Store
from studyllm.verdicts import Label
from tests.cli.shell import NOTES, lines, run
from tests.conftest import DAY, NOW, fill
from tests.exchange.homes import elsewhere, first
from tests.exchange.packages import Asked, package


def write(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("quizlet.tsv", "熵\tdisorder, measured\nb\tc\n"),
        ("plain.csv", '熵,"disorder, measured"\nb,c\n'),
        ("named.csv", 'tags,back,front\nx,"disorder, measured",熵\n,c,b\n'),
        ("chinese.csv", "术语;释义\n熵;disorder, measured\nb;c\n"),
        ("bom.csv", '\ufeffterm,answer\r\n熵,"disorder, measured"\r\nb,c\r\n'),
        (
            "anki.tsv",
            "#separator:tab\n#html:true\n#tags column:1\nx\t熵\tdisorder, <b></b>measured\n\tb\tc\n",
        ),
        ("semi.csv", "#separator:Semicolon\n#columns:Front;Back\n熵;disorder, measured\nb;c\n"),
    ],
)
def test_tables_of_many_programs(store: Store, tmp_path: Path, name: str, text: str) -> None:
    assert "2 added" in run("import", "--deck", "d", write(tmp_path / name, text))
    assert [(c.card.term, c.card.answer) for c in store.cards("d")] == [
        ("熵", "disorder, measured"),
        ("b", "c"),
    ]
    assert "2 unchanged" in run("import", "--deck", "d", str(tmp_path / name))


def test_a_table_of_an_old_encoding(store: Store, tmp_path: Path) -> None:
    (tmp_path / "g.csv").write_bytes(
        "术语,释义\n熵,系统混乱程度的度量，热力学的状态函数\n电阻,导体对电流的阻碍作用\n".encode("gb18030")
    )
    run("import", str(tmp_path / "g.csv"))
    assert [card.card.term for card in store.cards("g")] == ["熵", "电阻"]


def test_rows_without_an_answer_are_left_out_and_said(store: Store, tmp_path: Path) -> None:
    assert "1 row has no term or no answer" in run("import", write(tmp_path / "a.csv", "a,b\nc,\n"))
    assert store.count() == 1


def test_a_column_of_another_name_is_kept_with_the_answer_and_not_asked_for(
    store: Store, tmp_path: Path
) -> None:
    rows = "front\tback\tnote\tguid\nla gare\tthe railway station\tf.\tx1\nle train\tthe train\t\tx2\n"
    said = run("import", "--deck", "d", write(tmp_path / "v.tsv", rows))
    assert "2 added" in said
    assert "Kept with the answers, and not asked for: note." in said
    first_card, second = (one.card for one in store.cards("d"))
    assert first_card.answer == "the railway station\nnote: f."
    assert first_card.points == ("the railway station", "+ note: f.")
    assert (second.answer, second.points) == ("the train", ())
    station, _ = store.cards("d")
    asked = question(station)
    assert TextGrader().grade(asked, "the railway station").label is Label.CORRECT
    assert "2 unchanged" in run("import", "--deck", "d", str(tmp_path / "v.tsv"))


def test_further_columns_without_a_name_are_kept_too(store: Store, tmp_path: Path) -> None:
    said = run("import", "--deck", "d", write(tmp_path / "v.csv", "a,b,tag,more of it\nc,d,tag,\n"))
    assert "not asked for: 4." in said
    assert [(one.card.answer, one.tags) for one in store.cards("d")] == [
        ("b\nmore of it", ("tag",)),
        ("d", ("tag",)),
    ]


def test_a_table_beside_the_notes_of_a_deck_leaves_them_alone(store: Store, tmp_path: Path) -> None:
    run("import", "--quick", "--deck", "d", write(tmp_path / "n.md", NOTES))
    run("import", "--deck", "d", write(tmp_path / "a.csv", "term,answer\nx,y\n"))
    run("import", "--quick")
    assert store.count("d") == 4


@pytest.mark.parametrize("kind", ["csv", "tsv"])
def test_a_table_comes_back(store: Store, tmp_path: Path, kind: str) -> None:
    run(
        "import",
        "--deck",
        "d",
        write(tmp_path / "a.csv", 'term,answer,tags\n"a, ""b""","one\ntwo",x y\n=1+1,#c,\n'),
    )
    run("export", str(tmp_path / f"out.{kind}"))
    elsewhere(tmp_path / "o", "import", str(tmp_path / f"out.{kind}"))
    with Store(tmp_path / "o" / "study.db") as other:
        assert [(c.deck, c.card.term, c.card.answer, c.tags) for c in other.cards()] == [
            (c.deck, c.card.term, c.card.answer, c.tags) for c in store.cards()
        ]


def test_the_section_of_a_card_has_a_column(store: Store, tmp_path: Path) -> None:
    (tmp_path / "n.md").write_text("# Sea\n\n## North mark\n\n- **Light**: white, quick flashes\n")
    run("import", "--quick", str(tmp_path / "n.md"))
    run("export", str(tmp_path / "out.csv"))
    assert (tmp_path / "out.csv").read_text().splitlines()[0] == "term,answer,tags,deck,section"
    elsewhere(tmp_path / "o", "import", str(tmp_path / "out.csv"))
    with Store(tmp_path / "o" / "study.db") as other:
        assert [(c.card.section, c.card.answer) for c in other.cards()] == [
            ("North mark", "white, quick flashes")
        ]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200), st.sampled_from(["csv", "tsv"]))
def test_any_text_is_a_table_or_refused_in_a_sentence(
    store: Store, tmp_path: Path, text: str, kind: str
) -> None:
    file = tmp_path / f"any.{kind}"
    file.write_text(text.encode("utf-8", "replace").decode(), encoding="utf-8")
    run("import", "--dry-run", str(file), ok=None)


def test_a_history_moves_its_cards_and_one_undo_takes_it_back(store: Store, tmp_path: Path) -> None:
    fill(store, "Entropy", "b")
    history = "card,at,grade\nentropy,2026-02-01T10:00:00Z,4\nentropy,1770026400,good\nnobody,2026-02-01,3\n"
    said = run("import", write(tmp_path / "h.csv", history))
    assert "2 answers" in said
    assert "nobody" in said
    card, other = store.cards()
    assert isinstance(card.progress, Learned)
    assert (card.progress.repetitions, card.due) == (2, date(2026, 2, 8))
    assert other.progress == New()
    assert "0 answers" in run("import", str(tmp_path / "h.csv")), "the log has them"
    assert not store.journal.differences()
    assert len(store.journal.histories()[card.id]) == 2
    assert "2 answers from elsewhere" in run("undo")
    assert store.card(card.id).progress == New()
    assert not store.journal.histories()
    assert not store.journal.differences()


def test_answers_from_elsewhere_and_from_here_are_one_history(store: Store, tmp_path: Path) -> None:
    fill(store, "a")
    ReviewQueue(store, DAY).record(first(store), Grade.GOOD, NOW)
    earlier = (NOW - timedelta(days=10)).isoformat()
    run("import", write(tmp_path / "h.csv", f"grade,card,at\n5,a,{earlier}\n"))
    (card,) = store.cards()
    assert isinstance(card.progress, Learned)
    assert (card.progress.repetitions, card.progress.interval) == (2, 6)
    assert store.journal.when() is not None
    assert [at for at, _grade in store.journal.histories()[card.id]][0:1] != []


def test_a_schedule_that_was_brought_along_is_kept(store: Store, tmp_path: Path) -> None:
    """Its own answers do not explain it: older ones are logged, newer ones move it on."""
    brought = Asked(("a", "b"), type=2, queue=2, due=400, ivl=365, factor=2500)
    run("import", str(package(tmp_path / "d.apkg", [brought])))
    run("import", write(tmp_path / "h.csv", "card,at,grade\na,2025-01-01,4\n"))
    (card,) = store.cards()
    assert isinstance(card.progress, Learned)
    assert (card.progress.interval, card.due) == (365, date(2027, 2, 5))
    assert not store.journal.differences()


def test_a_history_of_the_past_counts_before_what_was_answered_here(store: Store, tmp_path: Path) -> None:
    fill(store, "a")
    for days in (0, 1, 7):
        ReviewQueue(store, DAY).record(first(store), Grade.GOOD, NOW + timedelta(days=days))
    run("import", write(tmp_path / "h.csv", "card,at,grade\na,2026-01-05,4\n"))
    due = first(store).due
    run("schedule", "set", "words", "--retention", "0.85")
    assert first(store).due == due


def test_a_table_for_anki_has_no_row_that_is_a_remark(store: Store, tmp_path: Path) -> None:
    run("import", "--deck", "d", write(tmp_path / "a.csv", 'term,answer\n"#include","a directive"\n'))
    run("export", str(tmp_path / "out.tsv"))
    assert (tmp_path / "out.tsv").read_text().splitlines()[-1] == '"#include"\t"a directive"\t""\t"d"'


@pytest.mark.parametrize("flag", ["--as-new", "--join", "--watch", "--quick", "--explain", "--offered"])
def test_what_is_for_notes_is_refused_for_tables(store: Store, tmp_path: Path, flag: str) -> None:
    assert "are for notes" in run("import", flag, write(tmp_path / "a.csv", "a,b\n"), ok=False)
    assert store.count() == 0


def test_a_file_that_cannot_be_read_stops_those_before_it(store: Store, tmp_path: Path) -> None:
    (tmp_path / "b.apkg").write_bytes(b"no")
    run("import", write(tmp_path / "a.csv", "a,b\n"), str(tmp_path / "b.apkg"), ok=False)
    assert store.count() == 0


@pytest.mark.parametrize(
    "row", ["a,2126-01-01,3", "a,yesterday,3", "a,2026-02-01,6", "a,2026-02-01", "a,99999999999999999,1"]
)
def test_a_row_that_is_no_answer_is_named(store: Store, tmp_path: Path, row: str) -> None:
    fill(store, "a")
    assert "Line 2" in run("import", write(tmp_path / "h.csv", f"card,at,grade\n{row}\n"), ok=False)
    assert store.journal.histories() == {}


def test_what_is_seen_before_changes_nothing(store: Store, tmp_path: Path) -> None:
    fill(store, "a")
    (said,) = lines(
        run("import", "--dry-run", "--json", write(tmp_path / "h.csv", "card,at,grade\na,2026-02-01,3\n"))
    )
    assert (said["cards"], said["reviews"]) == (1, 1)
    assert store.journal.histories() == {}


def test_a_glossary_is_a_note_again(store: Store, tmp_path: Path) -> None:
    run("import", "--quick", write(tmp_path / "n.md", NOTES))
    run("export", str(tmp_path / "g.md"))
    assert "- **电阻** (Resistance): 是导体对电流的阻碍作用，单位是欧姆。" in (tmp_path / "g.md").read_text()
    elsewhere(tmp_path / "o", "import", "--quick", str(tmp_path / "g.md"))
    with Store(tmp_path / "o" / "study.db") as other:
        assert [c.card.term for c in other.cards()] == [c.card.term for c in store.cards()]


@pytest.mark.parametrize("kind", ["apkg", "csv"])
def test_a_glossary_of_cards_that_stand_in_no_note_becomes_their_note(
    store: Store, tmp_path: Path, kind: str
) -> None:
    rows = 'term,answer,deck\nx,the first letter,g\nopening a tin,"1. open it\n2. close it",g\n'
    run("import", write(tmp_path / "a.csv", rows))
    if kind == "apkg":
        run("export", str(tmp_path / "a.apkg"))
        run("import", str(tmp_path / "a.apkg"))
    ReviewQueue(store, DAY).record(first(store), Grade.GOOD, NOW)
    before = {card.id: card.progress for card in store.cards()}
    run("export", str(tmp_path / "g.md"))
    assert "added" not in run("import", "--quick", str(tmp_path / "g.md"))
    assert {card.id: card.progress for card in store.cards()} == before
    assert all(card.card.source.line for card in store.cards()), "they stand in the note from now on"
    run("undo")
    assert not any(card.card.source.line for card in store.cards())
    assert not store.journal.differences()


def test_a_glossary_of_several_decks_leaves_each_card_in_its_deck(store: Store, tmp_path: Path) -> None:
    run("import", write(tmp_path / "a.csv", "term,answer,deck\nx,the first letter,a\ny,the next of all,g\n"))
    run("export", str(tmp_path / "g.md"))
    said = run("import", "--quick", str(tmp_path / "g.md"))
    assert "added" not in said
    assert "1 card was left out: the deck a has it word for word" in said
    assert [(card.deck, card.card.term) for card in store.cards()] == [("a", "x"), ("g", "y")]
    run("import", "--quick", "--deck", "g", "--as-new", str(tmp_path / "g.md"))


def test_a_page_holds_no_markup_of_the_notes(store: Store, tmp_path: Path) -> None:
    run(
        "import",
        write(tmp_path / "a.csv", 'term,answer\n<b>x,"<script>y</script> $a < b$ ![](file:///etc/passwd)"\n'),
    )
    run("export", str(tmp_path / "g.html"))
    page = (tmp_path / "g.html").read_text()
    assert "&lt;b&gt;x" in page
    assert "<script" not in page
    assert "src=" not in page
    assert "a &lt; b" in page
