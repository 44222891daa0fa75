"""`--plain`: what is said and what the commands do. That it is the app's review is tests/test_same_review.py."""

import os
import pty
import signal
import subprocess
import sys
from contextlib import suppress
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest

from studyllm import i18n
from studyllm.cards import Algorithm, Scheduling
from studyllm.cli.commands import AFTER, BEFORE
from studyllm.cli.plain import PlainReview
from studyllm.cli.prompts import Terminal
from studyllm.config import Settings, default_home
from studyllm.grading import TextGrader, Verdict
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade
from studyllm.schedule.compare import replay
from studyllm.speech import Speaker
from studyllm.store import Store
from studyllm.verdicts import Confidence, State
from tests.conftest import DAY, NOW, fill
from tests.graders import Says, judged
from tests.voices import FakeVoice, is_running

ENVIRON = {"STUDYLLM_LANGUAGE_MODEL": "off", "STUDYLLM_EMBEDDING_MODEL": "off", "STUDYLLM_INTERFACE": "en"}


def review(store: Store, *lines: str, verdict: Verdict | None = None) -> list[str]:
    """The lines that a review says when these are typed, then Ctrl-D; with a verdict, that one on every answer."""
    grader = TextGrader() if verdict is None else Says(verdict)
    source, target = StringIO("".join(f"{line}\n" for line in lines)), StringIO()
    settings = Settings(default_home(), time_zone="UTC")
    PlainReview(store, grader, settings, Terminal(source, target), lambda: NOW).run()
    assert not set(target.getvalue()) & set("\x1b\r\t\x07\u202e│─╭▸✓✗○")
    return target.getvalue().splitlines()


def process(*lines: str, args: tuple[str, ...] = ("review", "--plain"), **env: str) -> list[str]:
    """The same in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "studyllm", *args],
        input="".join(f"{line}\n" for line in lines).encode(),
        capture_output=True,
        env={**os.environ, **ENVIRON, **env},
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode().splitlines()


def reviews(store: Store) -> list[tuple[str | None, str | None, int, int]]:
    """Term, answer, grade and hints of what was graded and stands."""
    return [
        (e.term, e.review.answer, e.review.chosen, e.review.detail.hints)
        for e in store.journal.entries()
        if e.review and not e.undone
    ]


def test_a_card_is_asked_answered_and_graded(store: Store) -> None:
    fill(store, "residual")
    said = review(store, "what residual means", "")
    assert said[2:8] == [
        "1 to go",
        "words › a",
        "Question: residual",
        "Answer:",
        "Verdict: correct (100% sure, word by word)",
        "Point 1, said: what residual means (you: what residual means)",
    ]
    assert "The note: what residual means" in said
    assert "a.md:1" in said
    assert said[-4:] == [
        "Grade 0 to 5, Enter takes 5:",
        "Saved: residual: grade 5, again in 1 day",
        "Nothing is due: all done for today.",
        "1 answered, 1 recalled; it is saved.",
    ]
    assert reviews(store) == [("residual", "what residual means", 5, 0)]


def test_the_end_of_the_input_says_what_is_kept(store: Store) -> None:
    fill(store, "residual", "softmax")
    assert review(store)[-2:] == [
        "residual was not graded; it is asked again.",
        "0 answered, 0 recalled; all of them are saved.",
    ]
    said = review(store, "no idea", "1", "half an answer")
    [missed] = [one for one in said if one.startswith("Saved: residual")]
    assert missed.endswith("again in 10 min, then 1 day; sooner if nothing else is left")
    assert said[-3:] == [
        "softmax was not graded; it is asked again.",
        "1 answered, 0 recalled; it is saved.",
        "Worth another look: residual",
    ]
    assert reviews(store) == [("residual", "no idea", 1, 0)]


def test_an_answer_of_several_lines(store: Store) -> None:
    fill(store, "residual")
    review(store, "one\\", "two\\", "three", "3")
    assert reviews(store) == [("residual", "one\ntwo\nthree", 3, 0)]


def test_a_hint_is_counted_and_costs_the_top_grade(store: Store) -> None:
    fill(store, "residual")
    said = review(store, ":hint", ":hint", ":hint", "what residual means", "5", "")
    assert [line for line in said if line.startswith("Hint")] == [
        "Hint 1 of 2: what…",
        "Hint 2 of 2: what residual…",
    ]
    assert "No hint is left. Enter with nothing typed shows the note." in said
    assert "A grade is a number from 0 to 4; 5 is none." in said
    assert reviews(store) == [("residual", "what residual means", 4, 2)]


def test_in_doubt_enter_takes_no_grade(store: Store) -> None:
    fill(store, "residual")
    said = review(store, "an answer", "", "", "3", verdict=judged(State.HIT, State.UNSURE))
    assert "Verdict: Not sure (30%): partly right? (word by word)" in said
    assert "Point 2, not sure: point 1" in said
    assert said.count("Grade 0 to 5:") == 3
    assert reviews(store) == [("residual", "an answer", 3, 0)]


def test_without_an_answer_enter_takes_no_grade_either(store: Store) -> None:
    fill(store, "residual")
    assert review(store, "", "", "2").count("Grade 0 to 5:") == 2
    assert reviews(store) == [("residual", None, 2, 0)]


def test_a_point_was_said_after_all_or_was_not(store: Store) -> None:
    fill(store, "residual")
    verdict = judged(State.CONTRADICTED, State.HIT, State.MISSED, extra=(2,))
    said = review(store, "an answer", "p 9", "p 1", ":p 2", "p2", "P 1", "p 1", "", verdict=verdict)
    after = said[said.index("Grade 0 to 5:") :]
    assert "Point 1, contradicted: point 0 (you: words 0)" in said
    assert "Point 3, missed: point 2 (extra, not needed)" in said
    assert after[1] == ":p NUMBER - point NUMBER was said after all, or was not"
    assert after[3:6] == [
        "Point 1, said: point 0 (you: words 0)",
        "Verdict: correct (as you see it)",
        "Grade 0 to 5, Enter takes 5:",
    ]
    assert after[6:8] == ["Point 2, missed: point 1", "Verdict: partly correct (as you see it)"]
    assert "Verdict: Not sure (30%): partly right? (word by word)" in after, "all as it was"
    assert reviews(store) == [("residual", "an answer", 5, 0)]


def test_commands_at_the_prompts(store: Store) -> None:
    fill(store, "one", "two")
    said = review(
        store,
        ":help",
        ":skip",
        "/bury",
        "：undo",
        ":suspend",
        ":undo",
        ":nonsense",
        " :odd",
        ":help",
        ":knew",
        ":quit",
    )
    assert [line.removeprefix("Question: ") for line in said if line.startswith("Question: ")] == [
        *("one", "two", "one", "two", "one", "two", "one"),
    ]
    listed = [line.split(" - ")[0] for line in said if line.startswith(":")]
    assert listed == [
        *(":hint", ":skip", ":say", ":bury", ":suspend", ":undo", ":help", ":quit"),
        *(
            ":knew",
            ":p NUMBER",
            ":when",
            ":note",
            ":b NUMBER",
            ":ask QUESTION",
            ":say",
            ":bury",
            ":suspend",
            ":undo",
            ":help",
            ":quit",
        ),
    ]
    assert "There is no command nonsense here; :help lists them. A space first makes it an answer." in said
    assert reviews(store) == [("two", ":odd", 4, 0)]


def test_the_note_and_a_question_after_the_answer(store: Store, tmp_path: Path) -> None:
    note = tmp_path / "a.md"
    note.write_text(
        "# Nets\n\n- **residual**: adds the input to the output, which helps much.\n\n"
        "Alas, \x1b[31mgradients need short ways.\n"
    )
    subprocess.run(
        [sys.executable, "-m", "studyllm", "import", "--quick", str(note)], check=True, capture_output=True
    )
    said = review(store, ":ask what", "", ":note", ":ask", ":ask what do gradients need", "3")
    assert "There is no command ask here; :help lists them. A space first makes it an answer." in said
    assert "# Nets" in said
    assert ":ask QUESTION - a question about the card, answered from the note" in said
    (reply,) = [line for line in said if line.startswith("Reply: ")]
    assert "gradients need short ways" in reply


def test_a_leech_asks_for_attention(store: Store) -> None:
    fill(store, "residual")
    queue, now = (
        ReviewQueue(store, Settings(default_home(), time_zone="UTC").day),
        NOW - timedelta(days=100),
    )
    grades = [Grade.GOOD, *[Grade.WRONG, Grade.GOOD, Grade.GOOD] * (Scheduling().leech - 1)]
    for grade in grades:
        queue.record(store.card(1), grade, now, confidence=None if grade.recalled else Confidence.SURE)
        now += timedelta(days=3)
    said = review(store, "no idea", "0", "s")
    assert "residual: not recalled 8 times" in said
    assert len([line for line in said if line.endswith(": - (you were sure)")]) == 5
    assert store.card(1).suspended


def test_the_decks_are_offered(store: Store) -> None:
    fill(store, "residual", deck="神经网络")
    fill(store, "mitosis", deck="biology")
    said = process("7", "2", args=("--plain",))
    assert said[:2] == ["1: biology, 1 new", "2: 神经网络, 1 new"]
    assert "There is no deck 7." in said
    assert "Question: residual" in said
    assert process(":quit", args=("--plain",))[-1] == "Number of a deck, Enter for all of them:"
    assert "Question: mitosis" in process("", args=("--plain",))


def test_an_empty_home_says_how_to_begin(home: Path) -> None:
    assert process() == ["There are no cards yet; `studyllm import FOLDER` makes some of your notes."]


@pytest.mark.slow
def test_the_setting_is_as_good_as_the_flag(store: Store, home: Path) -> None:
    fill(store, "residual")
    (home / "config.toml").write_text("plain = true\n")
    assert "Question: residual" in process(args=("review",))
    assert "Question: residual" in process(args=(), STUDYLLM_PLAIN="1")
    assert process(args=("review", "--no-plain"))[0].startswith("No terminal here")


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is not to be had on Windows")
def test_ctrl_c_at_a_terminal_says_what_is_kept(store: Store) -> None:
    fill(store, "residual")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "studyllm", "review", "--plain"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, **ENVIRON},
        start_new_session=True,
    )
    os.close(theirs)
    said = b""
    while b"Answer: " not in said:
        said += os.read(ours, 4096)
    process.send_signal(signal.SIGINT)
    with suppress(OSError):  # a terminal whose program ended cannot be read: its end, on Linux
        while more := os.read(ours, 4096):
            said += more
    os.close(ours)
    assert process.wait(60) == 130
    lines = said.decode().replace("\r", "").splitlines()
    assert lines[-3:] == [
        "residual was not graded; it is asked again.",
        "0 answered, 0 recalled; all of them are saved.",
        "Error: Stopped. What was saved before is kept; what was under way changed nothing.",
    ]
    assert b"\x1b" not in said


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_commands_are_one_word_each_in_every_language(language: str) -> None:
    i18n.use(language)
    try:
        names = [i18n._(one.name) for one in (*BEFORE, *AFTER)]
    finally:
        i18n.use("en")
    assert len(set(names)) == len({one.name for one in (*BEFORE, *AFTER)})
    assert not any(name.split() != [name] for name in names)


def test_say_reads_the_question_and_after_the_answer_the_note(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store, "volt")
    fake = FakeVoice(tmp_path / "programs", seconds=60)
    monkeypatch.setenv("PATH", str(tmp_path / "programs"))
    source, target = StringIO(":say\nwhat volt means\n:quit\n"), StringIO()
    review = PlainReview(
        store, TextGrader(), Settings(tmp_path, speech=True), Terminal(source, target), lambda: NOW
    )
    review.speaker = Recording(fake)
    review.run()
    assert [said for _, said, _ in fake.said] == ["volt", "volt", "what volt means"]
    assert not any(is_running(pid) for _, _, pid in fake.said)


class Recording(Speaker):
    """Waits until what is to be read has arrived."""

    def __init__(self, fake: FakeVoice) -> None:
        super().__init__()
        self._fake, self._count = fake, 0

    def say(self, text: str, lang: str) -> bool:
        begun = super().say(text, lang)
        self._count += 1
        self._fake.waited(self._count)
        return begun


def test_what_stands_before_an_undo_is_named(store: Store) -> None:
    fill(store, "residual", "softmax")
    review(store, "an answer", "1")
    fsrs = Scheduling(algorithm=Algorithm.FSRS)
    moved = {card: replay(told, DAY, fsrs, card=card) for card, told in store.journal.histories().items()}
    store.reschedule("words", fsrs, moved, NOW)
    said = review(store, ":undo", ":q")
    assert any("After it came: scheduling of words changed. Take that back first" in line for line in said)
    assert not any(line.startswith("no command") for line in said)


def test_when_a_card_comes_back_is_said_once_and_when_it_is_asked_for(store: Store) -> None:
    fill(store, "one", "two", "three")
    said = review(store, "what one means", "5", "what two means", ":when", "5", "what three means", "5")
    told = [line for line in said if line.startswith("Next time: 0 blank")]
    assert len(told) == 2
    at = said.index(told[0])
    assert said[at + 1] == "From now on :when says it."
    assert any(line.startswith(":when - ") for line in (one.line for one in AFTER))
