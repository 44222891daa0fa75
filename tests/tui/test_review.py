"""The keys of the review: what each does to the card, to the log and to what is on screen."""

import sys
from contextlib import nullcontext
from pathlib import Path

import pytest
from textual.events import Paste
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.widgets import Markdown, OptionList, Static, TextArea

from studyllm import library
from studyllm.cards import Deck, Scheduling
from studyllm.drill import calibration, hints
from studyllm.schedule import Grade, Learned, New
from studyllm.store import Changes, Review, Store
from studyllm.tui.answer import AnswerArea
from studyllm.tui.grades import GradeBar
from studyllm.tui.help import HelpScreen
from studyllm.tui.home import HomeScreen
from studyllm.tui.leech import LeechScreen
from studyllm.tui.note import NoteScreen, NoteView
from studyllm.tui.pause import PauseScreen
from studyllm.tui.pictures import can_draw, shower, shown_by
from studyllm.tui.points import PointsScreen
from studyllm.tui.review import ReviewScreen
from studyllm.tui.stopwatch import Stopwatch
from tests.conftest import NOW, card, fill
from tests.notes.test_display import HOSTILE
from tests.tui.test_app import SlowGrader, grader, note, opened, settle, shown, submit
from tests.tui.test_schedule import answered

__all__ = ["grader"]


def review(pilot: Pilot[None]) -> ReviewScreen:
    assert isinstance(pilot.app.screen, ReviewScreen)
    return pilot.app.screen


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def last(store: Store) -> Review:
    reviews = [entry.review for entry in store.log() if entry.review and not entry.undone]
    assert reviews[-1] is not None
    return reviews[-1]


def with_points(store: Store, *points: str) -> None:
    made = card("residual", "。".join(points))
    store.apply(Deck("words"), Changes(added=(made,)), NOW)
    store.set_points(store.card(1), list(points), NOW)


def with_note(store: Store, folder: Path, text: str) -> Path:
    path = folder / "note.md"
    path.write_text(text, "utf-8")
    library.bring_in(store, library.plan(store, Deck("words", (path,))), NOW)
    return path


# Before the answer


async def test_the_question_says_where_it_stands(home: Path, store: Store, grader: SlowGrader) -> None:
    made = card("residual", path="/notes/nets.md", line=12, headings=("Networks", "[b]Blocks"))
    store.apply(Deck("words"), Changes(added=(made,)), NOW)
    async with opened(home, grader) as pilot:
        assert shown(pilot, "#where") == "words › Networks › [b]Blocks"
        assert shown(pilot, "#place") == "nets.md:12  1 to go"


async def test_hints_come_one_at_a_time_and_cost_the_top_grade(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    with_points(store, "the input is kept", "it is added to the output", "gradients pass")
    async with opened(home, grader) as pilot:
        await press(pilot, "f7")
        assert shown(pilot, "#hint") == "→ the input is kept"
        await press(pilot, "f7", "f7")
        assert shown(pilot, "#hint").count("→") == 2, "the last point is left to the learner"
        await submit(pilot, store.card(1).card.answer)
        bar = pilot.app.screen.query_one(GradeBar)
        assert bar.marked is Grade.GOOD
        await press(pilot, "right", "5")
        assert store.card(1).progress == New(), "5 is not to be had"
        await press(pilot, "enter")
    found = last(store)
    assert (found.chosen, found.suggested) == (4, 5)
    assert found.detail is not None
    assert found.detail["hints"] == 2
    assert calibration(store).answers == 0, "a capped grade does not teach the grader"


def test_the_only_point_is_hinted_by_its_beginning(store: Store) -> None:
    fill(store, "residual")
    assert hints(store.card(1)) == ("what r…", "what residua…")


async def test_a_skipped_card_comes_after_the_others_with_its_hint_and_its_draft(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual", "softmax")
    async with opened(home, grader) as pilot:
        await press(pilot, "f7", *"half", "f8")
        assert shown(pilot, "#prompt") == "softmax"
        await submit(pilot, "what softmax means")
        await press(pilot, "enter")
        assert shown(pilot, "#prompt") == "residual"
        assert pilot.app.screen.query_one(AnswerArea).text == "half"
        assert "→" in shown(pilot, "#hint")
        await press(pilot, "f8")
        assert shown(pilot, "#prompt") == "residual", "there is no other"


async def test_a_pause_hides_the_card_and_stops_the_clock(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual")
    time = 100.0
    async with opened(home, grader) as pilot:
        screen = review(pilot)
        screen.stopwatch = Stopwatch(lambda: time)
        screen.stopwatch.start()
        time += 5
        await press(pilot, *"half", "f9")
        assert isinstance(pilot.app.screen, PauseScreen)
        assert pilot.app.screen.styles.background.a == 1.0
        time += 1000
        await press(pilot, "enter")
        assert pilot.app.screen.query_one(AnswerArea).text == "half"
        time += 2
        await press(pilot, "enter", "4")
    assert (last(store).detail or {})["seconds"] == 7.0


async def test_pasted_text_is_cleaned_and_keeps_its_lines(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual")
    async with opened(home, grader) as pilot:
        area = pilot.app.screen.query_one(AnswerArea)
        pilot.app.post_message(Paste("one\r\n\x1b[31mtwo\u202e\x00"))
        await settle(pilot)
        assert area.text == "one\ntwo"


async def test_the_terminals_cursor_stands_where_an_input_method_writes(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual")
    async with opened(home, grader) as pilot:
        area = pilot.app.screen.query_one(AnswerArea)
        await settle(pilot)
        assert pilot.app.cursor_position == area.content_region.offset, "before the first key"
        await press(pilot, "f7")
        assert pilot.app.cursor_position == area.content_region.offset, "and where a hint has moved it"
        await press(pilot, "a")
        before = pilot.app.cursor_position
        await press(pilot, *"残差")
        assert pilot.app.cursor_position == before + Offset(4, 0)
        assert area.content_region.contains_point(pilot.app.cursor_position)


@pytest.mark.parametrize("key", ["f3", "f6", "k", "e"])
async def test_what_would_give_the_answer_away_waits_for_it(
    home: Path, store: Store, grader: SlowGrader, key: str
) -> None:
    fill(store, "residual")
    async with opened(home, grader) as pilot:
        await press(pilot, key)
        assert review(pilot).stage == "asking"
        named = {found.binding.action for found in pilot.app.screen.active_bindings.values()}
        assert not named & {"follow_up", "edit_points", "knew", "edit_note"}
    assert store.card(1).progress == New()


# After the answer


async def test_i_knew_it_overrules_the_verdict(home: Path, store: Store, grader: SlowGrader) -> None:
    fill(store, "residual")
    async with opened(home, grader) as pilot:
        await submit(pilot, "something else entirely")
        await press(pilot, "k")
        assert "you overruled the verdict" in str(
            pilot.app.screen.query_one(OptionList).get_option_at_index(0).prompt
        )
    assert last(store).chosen == 4
    assert (last(store).suggested or 0) < 3


async def test_f4_never_asks_again_and_u_takes_it_back(home: Path, store: Store, grader: SlowGrader) -> None:
    fill(store, "residual", "softmax")
    async with opened(home, grader) as pilot:
        await press(pilot, "f4")
        assert shown(pilot, "#prompt") == "softmax"
        assert store.card(1).suspended
        await press(pilot, "f2")
        assert shown(pilot, "#prompt") == "residual"
    assert not store.card(1).suspended


async def test_undo_brings_back_what_was_typed(home: Path, store: Store, grader: SlowGrader) -> None:
    fill(store, "residual")
    async with opened(home, grader) as pilot:
        await submit(pilot, "what I typed")
        await press(pilot, "4", "u")
        assert shown(pilot, "#prompt") == "residual"
        assert pilot.app.screen.query_one(AnswerArea).text == "what I typed"
        assert not review(pilot).sitting.count


async def test_the_arrows_scroll_a_long_note(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path
) -> None:
    said = "\n".join(f"  line {number} of it\n" for number in range(40))
    with_note(store, tmp_path, f"- **residual**: the input is added to the output again.\n\n{said}")
    async with opened(home, grader) as pilot:
        await submit(pilot, "")
        assert pilot.app.screen.query_one("#result").scroll_offset.y == 0
        await press(pilot, "pagedown", "down")
        assert pilot.app.screen.query_one("#result").scroll_offset.y == 9
        await press(pilot, "pageup", "up")
        assert pilot.app.screen.query_one("#result").scroll_offset.y == 0


# The note


async def test_the_note_is_rendered_and_nothing_in_it_can_be_followed(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path
) -> None:
    with_note(
        store, tmp_path, "- **残差（Residual）**：把输入[加](https://example.org)到 $x^2$ 上的连接方式。\n"
    )
    async with opened(home, grader) as pilot:
        await submit(pilot, "")
        assert note(pilot) == (
            "The note (note.md:1)\n- **残差（Residual）**：把输入[加](https://example.org)到 x^2 上的连接方式。"
        )
        (paragraph,) = pilot.app.screen.query("NoteView MarkdownParagraph").results(Static)
        content = paragraph.visual
        assert str(content) == "残差（Residual）：把输入加到 x^2 上的连接方式。"
        assert "@click" not in repr(content)


async def test_without_the_note_the_stored_answer_is_shown(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path
) -> None:
    with_note(store, tmp_path, "- **residual**: the input is added to the output again.\n").unlink()
    async with opened(home, grader) as pilot:
        await submit(pilot, "")
        assert "the note no longer has it" in note(pilot)
        assert "the input is added to the output again" in note(pilot)


@pytest.mark.filterwarnings("ignore:Image.Image.getdata")  # which textual-image calls
async def test_pictures_are_drawn_where_the_terminal_can(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path
) -> None:
    from PIL import Image
    from textual_image.widget import HalfcellImage

    Image.new("RGB", (40, 20), "red").save(tmp_path / "net.png")
    (tmp_path / "broken.png").write_bytes(b"no image")
    with_note(
        store,
        tmp_path,
        "- **residual**: the input ![](net.png) ![](broken.png) is added to the output again.\n",
    )
    for show, drawn in ((None, 0), (shown_by(HalfcellImage), 1)):
        async with opened(home, grader) as pilot:
            pilot.app.show_picture = show  # type: ignore[attr-defined]
            await submit(pilot, "")
            assert "🖼 net.png" in note(pilot)
            assert len(pilot.app.screen.query(HalfcellImage)) == drawn
            assert all(0 < image.region.height <= 14 for image in pilot.app.screen.query(HalfcellImage))


def test_only_a_terminal_that_may_draw_is_asked() -> None:
    assert can_draw({"TERM": "xterm-kitty"})
    assert can_draw({"WEZTERM_PANE": "0", "TERM": "xterm-256color"})
    assert not can_draw({"TERM": "xterm-256color"})
    assert not can_draw({"TERM": "xterm-kitty", "TMUX": "/tmp/x"})
    assert shower({"TERM": "xterm-256color"}) is None


async def test_hostile_notes_can_be_laid_out(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path
) -> None:
    fill(store, "residual")
    path = tmp_path / "hostile.md"
    async with opened(home, grader) as pilot:
        await submit(pilot, "")
        view = pilot.app.screen.query_one(NoteView)
        asked = store.card(1)
        for said in HOSTILE.values():
            path.write_text(f"residual\n\n{said}\n", "utf-8", errors="replace")
            placed = card("residual", path=str(path), line=1)
            source = type(placed.source)(str(path), 1, 40)
            await view.show(
                type(asked)(1, "words", type(placed)(**_with(placed, source=source)), asked.progress)
            )
            await pilot.pause()
            assert "The note" in note(pilot)


def _with(placed: object, **changes: object) -> dict[str, object]:
    return {name: getattr(placed, name) for name in placed.__dataclass_fields__} | changes  # type: ignore[attr-defined]


async def test_wide_screens_have_the_note_beside_the_verdict(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual")
    for size, beside in (((80, 24), False), ((120, 40), True)):
        async with opened(home, grader, size=size) as pilot:
            await submit(pilot, "what")
            verdict, placed = pilot.app.screen.query_one("#verdict"), pilot.app.screen.query_one("#beside")
            assert (placed.region.x >= verdict.region.right) is beside


# The editor


@pytest.fixture
def editing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An editor that runs a script; a test's terminal cannot be lent, so the app only pretends to."""
    script = tmp_path / "edit.py"
    monkeypatch.setenv("EDITOR", f"'{sys.executable}' '{script}'")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setattr("studyllm.tui.app.StudyApp.suspend", lambda self: nullcontext())
    return script


_CHANGE = (
    "import sys, pathlib\np = pathlib.Path(sys.argv[1])\np.write_text(p.read_text().replace({!r}, {!r}))\n"
)
SAID = "# t\n\n- **residual**: the input is added to the output again.\n- **softmax**: scores become probabilities.\n"


async def test_the_edited_note_is_imported_and_the_answer_judged_again(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path, editing: Path
) -> None:
    with_note(store, tmp_path, SAID)
    editing.write_text(_CHANGE.format("added to the output again", "multiplied with a gate"))
    async with opened(home, grader) as pilot:
        await submit(pilot, "the input is multiplied with a gate")
        before = shown(pilot, "#headline")
        await press(pilot, "e")
        assert "multiplied with a gate" in note(pilot)
        assert shown(pilot, "#yours") == "the input is multiplied with a gate"
        assert shown(pilot, "#headline") != before
        await press(pilot, "4")
        assert shown(pilot, "#prompt") == "softmax"
    assert "multiplied" in store.card(1).card.answer
    assert last(store).chosen == 4


async def test_a_card_that_was_edited_away_is_left(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path, editing: Path
) -> None:
    with_note(store, tmp_path, SAID)
    editing.write_text(_CHANGE.format("- **residual**: the input is added to the output again.\n", ""))
    async with opened(home, grader) as pilot:
        await submit(pilot, "no")
        await press(pilot, "e")
        assert shown(pilot, "#prompt") == "softmax"
    assert store.card(1).gone


async def test_an_edit_that_can_be_read_in_two_ways_is_said(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path, editing: Path
) -> None:
    with_note(store, tmp_path, SAID)
    two = "- **shortcut**: the input is added to the output now.\n- **bypass**: the input is added to the output too."
    editing.write_text(_CHANGE.format("- **residual**: the input is added to the output again.", two))
    async with opened(home, grader) as pilot:
        await submit(pilot, "no")
        await press(pilot, "e")
        assert any("in two ways" in str(notice.message) for notice in pilot.app._notifications)
        assert shown(pilot, "#prompt") == "residual", "it stays as it was until that is decided"
    assert not store.card(1).gone


async def test_without_a_note_or_an_editor_the_card_stays(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = with_note(store, tmp_path, SAID)
    monkeypatch.setenv("VISUAL", "no-such-editor")
    async with opened(home, grader) as pilot:
        await submit(pilot, "no")
        await press(pilot, "e")
        path.unlink()
        await press(pilot, "e")
        said = [str(notice.message) for notice in pilot.app._notifications]
        assert any("no editor no-such-editor" in one for one in said)
        assert any("not there any more" in one for one in said)
        assert review(pilot).stage == "graded"


# The end, and what opens over a card


async def test_the_summary_lists_what_is_worth_another_look(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual", "softmax", "dropout")
    store.reschedule("words", Scheduling(relearning_steps=()), {}, NOW)
    async with opened(home, grader) as pilot:
        for answer, grade in (("what residual means", "5"), ("no [b]idea", "1"), ("what dropout means", "4")):
            await submit(pilot, answer)
            await press(pilot, grade)
        assert "3 answered, 2 recalled (67%), in less than a minute" in shown(pilot, "#done")
        mistakes = pilot.app.screen.query_one(OptionList)
        assert mistakes.option_count == 1
        assert str(mistakes.get_option_at_index(0).prompt).startswith("1 softmax")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, NoteScreen)
        said = "\n".join(str(part.content) for part in pilot.app.screen.query(Static))
        assert "no [b]idea" in said
        assert "○ what softmax means" in said
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, HomeScreen)


@pytest.mark.parametrize(
    ("key", "suspended", "progress"), [("enter", False, Learned), ("s", True, Learned), ("r", False, New)]
)
async def test_every_way_on_from_a_leech(
    home: Path, store: Store, grader: SlowGrader, key: str, suspended: bool, progress: type
) -> None:
    fill(store, "residual")
    store.reschedule("words", Scheduling(leech=2, relearning_steps=()), {}, NOW)
    for days_ago, grade in ((9, 4), (8, 1), (7, 4)):
        answered(store, 1, grade, days_ago)
    async with opened(home, grader) as pilot:
        await submit(pilot, "something [else]")
        await press(pilot, "1")
        assert isinstance(pilot.app.screen, LeechScreen)
        said = "\n".join(str(part.content) for part in pilot.app.screen.query(Static))
        assert "forgotten 2 times" in said
        assert "something [else]" in said
        await press(pilot, key)
        assert isinstance(pilot.app.screen, ReviewScreen)
    assert store.card(1).suspended is suspended
    assert isinstance(store.card(1).progress, progress)


async def test_points_can_be_left_as_they_were_and_are_limited(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual")
    async with opened(home, grader) as pilot:
        await submit(pilot, "what")
        await press(pilot, "f6")
        pilot.app.screen.query_one("#lines", TextArea).text = "\n".join(f"point {n}" for n in range(500))
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, PointsScreen), "too many"
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ReviewScreen)
    assert store.card(1).own_points == ()


async def test_help_names_the_keys_of_the_screen_below(home: Path, store: Store, grader: SlowGrader) -> None:
    fill(store, "residual")
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "f1")
        assert isinstance(pilot.app.screen, HelpScreen)
        home_keys = "\n".join(str(part.content) for part in pilot.app.screen.query(Static))
        assert "Import notes" in home_keys
        assert "One point of the answer" not in home_keys
        await press(pilot, "q", "a", "f1")
        review_keys = "\n".join(str(part.content) for part in pilot.app.screen.query(Static))
        for binding in (*ReviewScreen.BINDINGS, *AnswerArea.BINDINGS):
            assert (binding.tooltip or binding.description) in review_keys  # type: ignore[union-attr]
        assert "F7" in review_keys
        await press(pilot, "f1")
        assert isinstance(pilot.app.screen, ReviewScreen)


async def test_the_markdown_widget_is_not_loaded_before_a_verdict(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual")
    async with opened(home, grader) as pilot:
        assert not pilot.app.screen.query(NoteView)
        assert not pilot.app.screen.query(Markdown)
