"""The keys of the review, and when each does something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from textual.binding import ActiveBinding, Binding, BindingType

from studyllm.i18n import N_
from studyllm.tui.keymap import key_name

if TYPE_CHECKING:
    from studyllm.review.session import ReviewSession

STORY = N_(
    "Type what you remember and press Enter. The verdict comes first, the explanation and the note follow. "
    "Enter again takes the suggested grade; where the verdict is unsure there is none, and you decide: 0 to 2 is "
    "not recalled, 3 to 5 is. The letter before a point says that it was said after all, or was not."
)
"""What the help says of the whole."""

Stage = Literal["opening", "asking", "weighing", "judging", "graded", "saving", "done"]
"""What the screen shows."""
ANSWERED: tuple[Stage, ...] = ("weighing", "judging", "graded")
"""Stages in which an answer was submitted and may go on."""
STORIES: Mapping[Stage, str] = {
    "asking": N_(
        "A card is asked. Type what you remember, in your own words, and press Enter. With nothing typed, Enter shows "
        "the note. What you typed is kept when you skip the card or leave."
    ),
    "weighing": N_(
        "How sure are you of your answer? Say it before the verdict: 1 is a guess, 2 fairly sure, 3 sure. What you "
        "type goes on with your answer."
    ),
    "judging": N_("Your answer is being read. What you type goes on with your answer, and it is read anew."),
    "graded": N_(
        "Compare your answer with the note, then grade yourself: Enter takes the marked grade, 0 to 5 choose another. "
        "0 to 2 is not recalled, 3 to 5 is; under each grade stands when the card comes back (by SM-2 a 3 does so the "
        "same day, until you give it a 4). With none marked, the verdict is unsure and you decide. The letter before a "
        "point says that it was said after all, or was not. A verdict is by meaning, with the language model where it "
        "is ready, unless another way stands beside it."
    ),
    "done": N_(
        "The session is over, and all of it is saved. The list has what went wrong: the arrows choose, Enter shows the "
        "card's note."
    ),
}
"""What the help says first, of what the screen shows."""
ONLY_IN: Mapping[str, tuple[Stage, ...]] = {
    "hint": ("asking",),
    "skip": ("asking",),
    "write_on": ("weighing",),
    "pause": ("asking", "weighing", "judging"),
    "suspend": ("asking", "weighing", "judging", "graded"),
    "bury": ("asking", "weighing", "judging", "graded"),
    "knew": ("graded",),
    "point": ("graded",),
    "builds_on": ("graded",),
    "say": ("asking", "judging", "graded"),
    "follow_up": ("graded",),
    "edit_note": ("graded",),
    "edit_points": ("graded",),
    "scroll": ("graded",),
    "take_back": ("asking", "weighing", "judging", "graded", "saving", "done"),
}
"""Keys that do nothing, and are not named in the footer, but in those stages."""
LEAVING = frozenset({"skip", "suspend", "bury", "take_back"})
"""What leaves the card that is asked: a letter typed after it belongs to the next answer."""
_ROWS = "asdfghjl", "zxcv", "wr"
POINT_KEYS = "".join(_ROWS)
"""Of the points: the home row, without the key that says "I knew it", then those beside it."""
_FIRST_POINT = "review.point_1"

BINDINGS: list[BindingType] = [
    Binding(
        "f7",
        "hint",
        N_("Hint"),
        priority=True,
        tooltip=N_("One point of the answer; the best grade is then 4"),
    ),
    Binding("f8", "skip", N_("Skip"), tooltip=N_("Ask the others first")),
    Binding("f9", "pause", N_("Pause"), tooltip=N_("Hide the card and stop the clock")),
    Binding("k", "knew", N_("I knew it"), tooltip=N_("Overrule the verdict: recalled, grade 4")),
    Binding(
        POINT_KEYS[0],
        "point(0)",
        N_("Overrule"),
        id=_FIRST_POINT,
        tooltip=N_("Point a was said after all, or was not; likewise the letters before the others"),
    ),
    *(
        Binding(key, f"point({number})", show=False, id=f"review.point_{number + 1}")
        for number, key in enumerate(POINT_KEYS[1:], 1)
    ),
    Binding(
        "f3,question_mark",
        "follow_up",
        N_("Ask"),
        key_display="F3",
        tooltip=N_("Ask about the card; the answer comes from your note"),
    ),
    Binding(
        "b",
        "builds_on",
        N_("Builds on"),
        show=False,
        tooltip=N_("The note of what the card builds on; b again comes back"),
    ),
    Binding(
        "ctrl+t",
        "say",
        N_("Say it"),
        show=False,
        tooltip=N_("Read aloud: the question, after the verdict the note"),
    ),
    Binding("e", "edit_note", N_("Edit"), tooltip=N_("Open the note's line in your editor")),
    Binding(
        "f6",
        "edit_points",
        N_("Points"),
        show=False,
        tooltip=N_("Edit what an answer to this card must say"),
    ),
    Binding("f4", "suspend", N_("Never ask"), show=False, tooltip=N_("Never ask this card (suspend)")),
    Binding("f5", "bury", N_("Not today"), show=False, tooltip=N_("Not today (bury)")),
    Binding(
        "f2,u",
        "take_back",
        N_("Undo"),
        key_display="F2",
        tooltip=N_(
            "Take back an answer without a grade, else the last thing done to a card, of today or earlier"
        ),
    ),
    Binding("up", "scroll(-1)", N_("Scroll up"), show=False, id="review.scroll_up"),
    Binding("down", "scroll(1)", N_("Scroll down"), show=False, id="review.scroll_down"),
    Binding("pageup", "scroll(-8)", N_("Scroll up"), show=False, id="review.page_up"),
    Binding("pagedown,space", "scroll(8)", N_("Scroll down"), show=False, id="review.page_down"),
    Binding("escape", "leave", N_("Decks"), tooltip=N_("Back to the decks; what you typed is kept")),
]


def works(action: str, parameters: tuple[object, ...], stage: Stage, session: ReviewSession | None) -> bool:
    """Whether a key does something now: at that stage, with the card and the verdict of the session."""
    verdict, card = (session.verdict, session.card) if session else (None, None)
    if action == "point" and (verdict is None or parameters[0] not in range(len(verdict.points))):
        return False
    if action == "edit_note" and card is not None and not card.card.source.line:
        return False  # it stands in no note
    return stage in ONLY_IN.get(action, (stage,))


def named_points(
    active: dict[str, ActiveBinding], app: object, session: ReviewSession | None
) -> dict[str, ActiveBinding]:
    """The keys that work now, those of the points under the letters that stand before these."""
    verdict = session and session.verdict
    shown = _letters(point_keys(app)[: len(verdict.points) if verdict else 0])
    return {
        key: one._replace(binding=replace(one.binding, key_display=shown))
        if one.binding.id == _FIRST_POINT
        else one
        for key, one in active.items()
    }


def _letters(keys: Sequence[str]) -> str:
    """The keys of points in short: from where to where they stand on a row of the keyboard; the learner's own each."""
    if list(keys) != list(POINT_KEYS[: len(keys)]):
        return " ".join(keys)
    left, parts = len(keys), list[str]()
    for row in _ROWS:
        here, left = row[: max(left, 0)], left - len(row)
        parts += [f"{here[0]}-{here[-1]}"] if len(here) > 2 else list(here)
    return " ".join(parts)


def point_keys(app: object) -> tuple[str, ...]:
    """The keys of the first points, as the learner has them."""
    return tuple(key_name(app, f"review.point_{number}", key) for number, key in enumerate(POINT_KEYS, 1))
