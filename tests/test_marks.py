"""What is joined and counted in the texts of the interface: with the marks of the language, and a word for one."""

import ast
import re

import pytest

from studyllm import i18n
from tests.conftest import ROOT
from tests.messages import found

CODE = sorted((ROOT / "studyllm").rglob("*.py"))

_NOT_READ = ("notes", "grading", "exchange", "library/rewording.py", "store", "cli/jsonl.py")
"""Where texts are joined that are no learner's: of notes, of files in a form of their own, of SQL, of logs."""


def test_words_are_joined_with_the_marks_of_the_language() -> None:
    joined = [
        f"{file.name}:{node.lineno}"
        for file in CODE
        if not str(file.relative_to(ROOT / "studyllm")).startswith(_NOT_READ)
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "join"
        if isinstance(node.value, ast.Constant) and node.value.value in (", ", "; ", ": ")
    ]
    assert not joined, "i18n.listed, phrases and clauses know the marks of each language"


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("en", ("a, b, c", "a, c", "a; c", "a: b", "a (b)")),
        ("zh", ("a、b、c", "a，c", "a；c", "a：b", "a（b）")),
    ],
)
def test_each_language_joins_with_its_own_marks(language: str, wanted: tuple[str, ...]) -> None:
    try:
        i18n.use(language)
        some = ("a", "", "c")
        made = (i18n.listed("abc"), i18n.phrases(some), i18n.clauses(some), i18n.headed("a", "b"))
        assert (*made, i18n.aside("a", "b")) == wanted
        assert (i18n.listed(()), i18n.aside("a")) == ("", "a")
    finally:
        i18n.use("en")


# One of a thing

_COUNTS = re.compile(
    r"\{\w+(?::[^}]*)?\} (?:new |more )?(?:cards|reviews|answers|notes|rows|decks|files|days|letters|"
    r"others|layers|models)\b"
)
_NEVER_ONE = {
    "{done} of {total} cards",  # a bar, for hundreds
    "{done} of {total} notes",
    "{rows} rows · {rate:.1f} a second",
    "it holds more than {count} files",
    "{count} layers on the GPU",
    "it has {count} models: choose one with the setting server_model ({offered})",
    "a table of {count} rows; only the first {most} were read",
    "{count} cards in one file; only the first {most} were taken",
    "{count} cards under headings the deck leaves out",
    "{first}–{last} days",
    "{days} days",
    "Time as your last {count} answers took ({time}), reading the verdict aside.",
    "Due in the next {days} days: {count}",
    "bars: minutes a day, over {days} days",
    "line: cards known after {days} days",
    "{total:.0f} reviews in the next 30 days, a bar a day; {most:.0f} on the fullest",
    "Changing {count} cards…",
    "FSRS is not fitted here: that takes {needed} reviews on a later day than the last of their card, and there are "
    "{count} before the last fifth, which it is compared on.",
    "With the default weights of FSRS-6, an average memory: studyllm schedule fit makes them yours, once there are "
    "{needed} reviews on a later day than the last of their card; there are {count}.",
}


def test_what_is_counted_has_a_word_for_one() -> None:
    single = {
        texts[0]
        for file in CODE
        for _, *texts in found(ast.parse(file.read_text("utf-8")))
        if len(texts) == 1 and _COUNTS.search(texts[0]) and "\n" not in texts[0]
    }
    assert single == _NEVER_ONE, "ngettext has both forms"
