"""`studyllm card make` and `card drop`: what becomes a card, against what the importer chose."""

from dataclasses import replace
from pathlib import Path

import pytest

from studyllm.cards import Card, Deck, Kind, Source
from studyllm.cli.choosing import _say
from studyllm.library import Plan
from studyllm.library.steps import Change, Step
from studyllm.schedule import New
from studyllm.store import Store, StudyCard
from tests.cli.shell import NOTES, lines, run, terms


@pytest.fixture
def note(home: Path, tmp_path: Path) -> Path:
    made = tmp_path / "notes" / "电路.md"
    made.parent.mkdir()
    made.write_text(NOTES + "\n上课时老师用水流打比方。\n")
    run("import", str(made.parent))
    return made


def answer_of(term: str) -> str:
    (card,) = (card for card in lines(run("cards", "--json")) if card["term"] == term)
    return str(card["answer"])


def test_a_card_is_dropped_stays_away_and_is_taken_back(note: Path) -> None:
    before = run("cards", "--json")
    assert "1 card dropped" in run("card", "drop", "1")
    assert terms() == ["电容", "电感"]
    note.write_text(note.read_text() + "\n结束。\n")
    run("import")
    assert terms() == ["电容", "电感"]
    assert "left out, as you chose" in run("import", "--offered")
    run("undo")
    run("import")
    assert run("cards", "--json") == before


def test_all_of_a_form_is_dropped_in_a_note_and_in_the_deck(note: Path) -> None:
    (note.parent / "光.md").write_text("# 光\n\n- **折射**：光进入另一种介质时方向改变。\n")
    run("import")
    run("card", "drop", "3", "--like=note")
    assert sorted(terms()) == ["折射", "电容", "电阻"]
    run("card", "drop", "4", "--like=deck")
    assert terms() == ["电阻", "电容"]


def test_a_card_is_made_of_a_line(note: Path) -> None:
    place = f"{note}:{note.read_text().split(chr(10)).index('上课时老师用水流打比方。') + 1}"
    assert "--front" in run("card", "make", place, ok=False)
    made = run("card", "make", place, "--front", "老师用什么打比方？")
    assert "1 added" in made
    number = next(
        card["id"] for card in lines(run("cards", "--json")) if card["term"] == "老师用什么打比方？"
    )
    assert f"card {number}" in made
    assert "老师用什么打比方？" in terms()
    run("card", "drop", "1")
    assert "1 returned" in run("card", "make", f"{note}:3")
    assert "“电阻” is a card already" in run("card", "make", f"{note}:3")
    assert "no card changed" in run("card", "make", f"{note}:3", "--like")
    assert run("undo").startswith("Taken back: choice of what becomes a card in "), (
        "not: import (4 unchanged)"
    )


def test_a_card_made_by_hand_takes_none_away(home: Path, tmp_path: Path) -> None:
    note = tmp_path / "ports.md"
    note.write_text(
        "# Net\n\n#### What is to be known of ports?\n\nHTTP 80\nHTTPS 443\n\nSSH is 22 by habit.\n"
    )
    run("import", "--quick", str(note))
    before = terms()
    assert "1 added" in run("card", "make", f"{note}:5", "--front", "Port of HTTP?")
    assert terms() == [*before, "Port of HTTP?"]


def test_a_card_made_of_one_of_several_lines_has_that_line_alone(home: Path, tmp_path: Path) -> None:
    note = tmp_path / "salt.md"
    note.write_text("# Salt\n\nMined since the bronze age\nTaxed until 1945\nKept meat through winter\n")
    run("import", "--quick", str(note))
    run("card", "make", f"{note}:4", "--front", "Until when was it taxed?")
    assert answer_of("Until when was it taxed?") == "Taxed until 1945"
    run("import", "--quick", str(note))
    assert answer_of("Until when was it taxed?") == "Taxed until 1945"


def test_an_entry_made_a_card_leaves_the_answer_that_it_stood_in(home: Path, tmp_path: Path) -> None:
    note = tmp_path / "bees.md"
    note.write_text(
        "# Bees\n\n## Propolis\n\nA resin that seals gaps.\nIt is brown\nRoyal jelly: food of queens\n"
    )
    run("import", "--quick", str(note))
    assert "food of queens" in answer_of("Propolis")
    run("card", "make", f"{note}:7", "--front", "Royal jelly")
    assert answer_of("Royal jelly") == "food of queens"
    assert answer_of("Propolis") == "A resin that seals gaps.\nIt is brown"
    run("undo")
    assert "food of queens" in answer_of("Propolis")


def test_what_nobody_asked_for_is_said_first(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = Card(Kind.TERM, "GIL", "one thread at a time", Source("/n/py.md", 3, 9), prompt="GIL")
    new = replace(old, term="kwargs", prompt="What does **kwargs collect?", source=Source("/n/py.md", 5, 5))
    stored = StudyCard(1, "code", old, New(), gone=False)
    for step, told in (
        (Step(Change.AMBIGUOUS, stored, None, candidates=(new,)), "ambiguous “GIL” may now be"),
        (Step(Change.GONE, stored, None), "“GIL” is no card any more, its schedule is kept"),
    ):
        _say(Plan(Deck("code"), (step,), 0, (), (), (), 0), new)
        first, *rest = capsys.readouterr().out.splitlines()
        assert first.startswith(told)
        assert any("undo" in one for one in rest)
        if step.candidates:
            assert rest[0] == "“What does **kwargs collect?” is no card before that is decided."


def test_one_text_answers_several_questions(note: Path) -> None:
    place = f"{note}:{note.read_text().split(chr(10)).index('上课时老师用水流打比方。') + 1}"
    for front in ("老师用什么打比方？", "水流说明什么？"):
        assert "1 added" in run("card", "make", place, "--another", "--front", front)
        assert f"“{front}” is a card already" in run("card", "make", place, "--another", "--front", front)
    assert {"老师用什么打比方？", "水流说明什么？"} <= set(terms())
    assert "several cards of your own" in run("card", "make", place, "--front", "谁打的比方？", ok=False)


def test_a_card_that_was_made_of_a_line_gets_another_front(store: Store, note: Path) -> None:
    place = f"{note}:{note.read_text().split(chr(10)).index('上课时老师用水流打比方。') + 1}"
    run("card", "make", place, "--front", "老师用什么打比方？")
    (made,) = (card for card in store.cards() if card.card.term == "老师用什么打比方？")
    run("card", "tag", str(made.id), "水")
    before = run("cards", "--json")
    assert "1 renamed" in run("card", "make", place, "--front", "电流像什么？")
    renamed = store.card(made.id)
    assert (renamed.card.term, renamed.card.answer, renamed.tags) == (
        "电流像什么？",
        made.card.answer,
        ("水",),
    )
    note.write_text(note.read_text() + "\n结束。\n")
    run("import")
    assert store.card(made.id).card.term == "电流像什么？"
    assert len(terms()) == 4
    run("undo")
    run("import")
    assert run("cards", "--json") == before


def test_a_card_that_was_made_as_the_importer_reads_it_gets_another_front(
    store: Store, home: Path, tmp_path: Path
) -> None:
    note = tmp_path / "bees.md"
    note.write_text("# Bees\n\n- **Drone**: a male bee\n- **Comb**: cells of wax\n")
    run("import", "--quick", str(note))
    run("card", "drop", "1")
    run("card", "make", f"{note}:3")
    (made,) = (card for card in store.cards() if card.card.term == "Drone")
    assert "1 renamed" in run("card", "make", f"{note}:3", "--front", "Which bee has no sting?")
    assert sorted(terms()) == ["Comb", "Which bee has no sting?"]
    assert store.card(made.id).card.term == "Which bee has no sting?"
    run("import", "--quick", str(note))
    assert sorted(terms()) == ["Comb", "Which bee has no sting?"]
    run("undo")
    assert sorted(terms()) == ["Comb", "Drone"]


def test_a_card_is_shown_as_it_was_made(home: Path, tmp_path: Path) -> None:
    note = tmp_path / "hive.md"
    note.write_text("# 蜂\n\n蜂王台温 34℃\n蜂路宽 8毫米\n\n" + "".join(f"line {n} of it\n" for n in range(9)))
    run("import", "--quick", str(note), ok=None)
    told = run("card", "make", f"{note}:3").splitlines()
    assert told[-1] == "    34℃"
    again = run("card", "make", f"{note}:3")
    assert "is a card already" in again
    assert again.splitlines()[-1] == "    34℃"
    told = run("card", "make", f"{note}:6-14", "--front", "What is the refrain?").splitlines()
    assert "    line 0 of it" in told
    assert told[-1] == "    …"
    assert len(told) < 12


def test_lines_from_one_to_another_become_one_card(store: Store, home: Path, tmp_path: Path) -> None:
    note = tmp_path / "lines.md"
    text = "# Staff\n\nlines of the staff\nEvery Good\nBoy Does\nFine\n\nThe spaces spell a word.\n"
    note.write_text(text)
    run("import", "--quick", str(note), ok=None)
    run("card", "make", f"{note}:3-6")
    assert answer_of("lines of the staff") == "Every Good\nBoy Does\nFine"
    run("card", "make", f"{note}:4-6", "--front", "Which words help?")
    assert answer_of("Which words help?") == "Every Good\nBoy Does\nFine"
    note.write_text(
        text.replace("# Staff\n", "# Staff\n\nMusic is written on it.\n").replace("Fine", "Fine Always")
    )
    run("import", "--quick", str(note))
    assert answer_of("Which words help?") == "Every Good\nBoy Does\nFine Always"
    (made,) = (card.card for card in store.cards() if card.card.term == "Which words help?")
    assert (made.source.line, made.source.end_line) == (6, 8)
    assert "renamed" in run("card", "make", f"{note}:6-8", "--front", "Which words?")
    assert answer_of("Which words?") == "Every Good\nBoy Does\nFine Always"
    assert "names no line" in run("card", "make", f"{note}:6-3", ok=False)
    assert "no line 99" in run("card", "make", f"{note}:6-99", ok=False)


def test_what_becomes_no_card_fails_with_the_reason(tmp_path: Path, home: Path) -> None:
    note = tmp_path / "rivers.md"
    note.write_text("# Rivers\n\n- **Delta**: land that a river lays down\n\n# Exercises\n\nWhy is it flat\n")
    deck = tmp_path / "rivers.toml"
    deck.write_text(f'name = "Rivers"\nnotes = ["{note}"]\nskip_headings = ["Exercises"]\n')
    run("import", str(deck))
    before = run("cards", "--json")
    assert "the deck leaves out its section" in run("card", "make", f"{note}:7", "--front", "Why?", ok=False)
    assert run("cards", "--json") == before


@pytest.mark.parametrize(
    ("place", "told"),
    [("电路.md", "names no line"), ("/nowhere.md:3", "belongs to no deck"), ("a.md:0", "names no")],
)
def test_a_place_that_is_none_is_refused_in_a_sentence(note: Path, place: str, told: str) -> None:
    assert told in run("card", "make", place, ok=False)


def test_a_schedule_that_a_note_carries_is_taken_over_and_agrees_with_the_log(
    home: Path, tmp_path: Path
) -> None:
    note = tmp_path / "a.md"
    note.write_text("#flashcards\n\nCapital of France::Paris <!--SR:!2036-12-20,30,290-->\n")
    run("import", str(note))
    (card,) = lines(run("cards", "--json"))
    assert card["due"].startswith("2036-12-20")
    assert "every card stands where the log says" in run("doctor")
    assert note.read_text().endswith("<!--SR:!2036-12-20,30,290-->\n")


def test_the_log_names_the_card_that_was_chosen(note: Path) -> None:
    run("card", "drop", "1")
    run("card", "make", f"{note}:3")
    dropped, made = run("log", "--all").splitlines()[-2:]
    assert "“电阻” dropped" in dropped
    assert "“电阻” made a card" in made
    assert "“电阻” made a card" in run("undo")


def test_a_front_that_the_line_begins_with_does_not_stand_in_its_answer(store: Store, tmp_path: Path) -> None:
    note = tmp_path / "n.md"
    note.write_text("# N\n\n- **Kiln**: an oven for pots\n\nslip and also a bit of water, stirred well\n")
    run("import", "--quick", str(note))
    assert "1 added" in run("card", "make", f"{note}:5", "--front", "slip")
    (made,) = (stored.card for stored in store.cards() if stored.card.term == "slip")
    assert made.answer == "and also a bit of water, stirred well"
    assert "unchanged" in run("import", "--quick", str(note))


def test_a_second_name_in_a_line_becomes_a_card_beside_the_first(home: Path, tmp_path: Path) -> None:
    note = tmp_path / "cloth.md"
    text = "- **Warp** is the set of threads along a cloth. A weft runs across it, over and under.\n"
    note.write_text(f"# Cloth\n\n{text}- **Fell** is the line where the last thread lies.\n")
    run("import", str(note))
    assert terms() == ["Warp", "Fell"]
    assert "1 added" in run("card", "make", f"{note}:3", "--front", "weft")
    assert sorted(terms()) == ["Fell", "Warp", "weft"]
    assert answer_of("weft") == "A weft runs across it, over and under."


def test_a_line_of_a_note_that_is_hardly_one_can_be_a_card_with_those_like_it(
    home: Path, tmp_path: Path
) -> None:
    note = tmp_path / "week.md"
    done = "".join(f"- [ ] {what}\n" for what in ("buy sugar", "call Jo", "paint frames", "order queens"))
    values = "- Values\n    - brood nest: 35 degrees\n    - honey: 18 percent water\n"
    note.write_text(f"# To do this week\n\n{done}\n## Jotted down\n\n{values}")
    run("import", "--quick", str(note))
    run("card", "make", f"{note}:11", "--like")
    assert {"35 degrees", "18 percent water"} <= {answer_of(term) for term in terms()}


def test_a_few_others_go_without_asking(note: Path) -> None:
    assert "2 cards dropped" in run("card", "drop", "1", "--like")


def test_a_choice_that_changes_nothing_is_no_step_to_take_back(note: Path) -> None:
    before = run("undo", "--list")
    assert "“电阻” is a card already; nothing was changed." in run("card", "make", f"{note}:3")
    assert run("undo", "--list") == before
