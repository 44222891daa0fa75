"""The note beside the verdict: rendered, harmless, editable in the learner's own editor."""

import asyncio
import sys
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Static

from studyllm import library
from studyllm.cards import Deck, Source
from studyllm.store import Store, StudyCard
from studyllm.tui import StudyApp
from studyllm.tui.pictures import can_draw, shower, shown_by
from studyllm.tui.widgets.note import NoteView
from tests.conftest import NOW, card, fill
from tests.notes.hostile import DISPLAYED
from tests.tui.app import SlowGrader, note, opened, press, shown, submit
from tests.tui.review.state import last, review


def with_note(store: Store, folder: Path, text: str) -> Path:
    path = folder / "note.md"
    path.write_text(text, "utf-8")
    library.bring_in(store, library.plan(store, Deck("words", (path,))), NOW)
    return path


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
        content = pilot.app.screen.query_one("NoteView .said", Static).visual
        assert str(content) == " • 残差（Residual）：把输入加到 x^2 上的连接方式。"
        assert "@click" not in repr(content)


async def test_the_note_of_the_card_before_is_never_seen(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path
) -> None:
    fill(store, "residual", "softmax")
    async with opened(home, grader) as pilot:
        beside = pilot.app.screen.query_one("#beside")
        await submit(pilot, "what residual means")
        assert beside.visible
        await press(pilot, "4")
        assert not beside.visible
        await submit(pilot, "what softmax means")
        assert beside.visible
        assert "residual" not in note(pilot)


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
            assert isinstance(pilot.app, StudyApp)
            pilot.app.show_picture = show
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
        for said in DISPLAYED.values():
            path.write_text(f"residual\n\n{said}\n", "utf-8", errors="replace")
            placed = card("residual", path=str(path), line=1)
            placed = replace(placed, source=Source(str(path), 1, 40))
            await view.show(StudyCard(1, "words", placed, asked.progress))
            await pilot.pause()
            assert "The note" in note(pilot)


async def test_the_note_is_laid_out_anew_when_the_screen_or_the_theme_is_another(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path
) -> None:
    with_note(store, tmp_path, f"- **residual**: `x` {'the input is added to the output again. ' * 9}\n")
    async with opened(home, grader, size=(100, 30)) as pilot:
        await submit(pilot, "")
        body = pilot.app.screen.query_one("NoteView .said", Static)
        looks = [repr(body.visual)]
        await pilot.resize_terminal(60, 20)
        await pilot.pause(0.2)
        looks.append(repr(body.visual))
        assert all(len(line) <= 60 for line in str(body.visual).splitlines())
        pilot.app.theme = "textual-light"
        for _step in range(20):  # more resizes while it is being laid out
            await asyncio.sleep(0)
            pilot.app.screen.query_one(NoteView).on_resize()
        await pilot.pause(0.2)
        assert len({*looks, repr(body.visual)}) == 3


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
        assert "in two ways" in shown(pilot, "#readiness"), "where it covers nothing"
        assert not pilot.app._notifications, "no box"
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
        assert "no editor no-such-editor" in shown(pilot, "#readiness")
        path.unlink()
        await press(pilot, "e")
        assert "not there any more" in shown(pilot, "#readiness")
        assert review(pilot).stage == "graded"


async def test_the_note_is_not_there_before_a_verdict(home: Path, store: Store, grader: SlowGrader) -> None:
    fill(store, "residual")
    async with opened(home, grader) as pilot:
        assert not pilot.app.screen.query(NoteView)


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
