"""Notes, settings, decks and lines of JSON."""

import json
from io import BytesIO
from pathlib import Path

from studyllm.cards import Kind
from studyllm.cli.grading import rows
from studyllm.config import load as load_settings
from studyllm.config import load_deck
from studyllm.errors import InputError
from studyllm.grading import Question, TextGrader
from studyllm.notes import display, read_note
from studyllm.notes.files import load
from tests.conftest import ROOT


class Notes:
    """The bytes of a note: loaded, read into cards, and each card shown."""

    name = "notes"
    words = (
        b"**", b"*", b"__", b"`", b"```\n", b"~~~", b"$$", b"$", b"\\(", b"# ", b"## ", b"- ", b"* ", b"1. ", b"> ",
        b"> [!note]", b"|", b"\n|---|---|\n", b":::", b"::", b"?\n", b"==", b"{{c1::", b"}}", b"[[", b"]]", b"![",
        b"](",
        b"<!--SR:!2026-12-20,30,290-->", b"<!--", b"-->", b"<details>", b"</details>", b"---\n", b"\n\n", b": ",
        "：".encode(), "是".encode(), "（".encode(), "）".encode(), "、".encode(), b" - ", b" is ", b"[^1]: ", b"[^1]",
        b"&#0;", b"\\", b"#card", b"Q: ", b"A: ", b"tags: [flashcards]\n", b"<b>", b"- [ ] ", "——".encode(),
    )  # fmt: skip

    def __init__(self, folder: Path) -> None:
        self._file = folder / "note.md"
        here = (*(ROOT / "tests/notes/fixtures").glob("*.md"), *(ROOT / "notes").glob("*.md"))
        self.seeds = [file.read_bytes()[:6000] for file in here]

    def run(self, data: bytes) -> None:
        self._file.write_bytes(data)
        try:
            loaded = load(self._file)
        except InputError:
            return
        note = read_note(loaded.text, str(self._file), kinds=frozenset(Kind))
        for card in note.cards[:5]:
            display.shown(display.excerpt(loaded.text, card.source))
            display.markdown().parse(card.answer)
            TextGrader().grade(Question(card.prompt, card.answer, card.points, kind=card.kind), card.term)


_KEYS = (
    "algorithm retention weights learning_steps relearning_steps exam spread leech notes exclude kinds new_per_day "
    "reviews_per_day name skip_headings language threads rollover time_zone plain gpu_layers embedding_model "
    "language_model theme interface motion device schedule answer_timer"
)
_SETTINGS = (
    '"fsrs"', '"sm2"', '""', '"a"', "[]", '["."]', "[1, 2]", "[1e400]", "{a = 1}", "true", "0x7f", "-1", "0", "0.9",
    "7", "1979-05-27T07:32:00Z", "1979-05-27", "07:32:00", "inf", "nan", "1_000", "9" * 30, '"\\u0000"',
    '"\\u001b]0;x"',
    '"balance"', '"zh"', '"auto"', '"off"', '"../.."', '"/dev/zero"', '"~nobody"', '"Asia/Shanghai"',
    '["term", "list"]',
    '["**/*"]', '["["]', '"""\na\n"""',
)  # fmt: skip


class Settings:
    """The bytes of config.toml and of a deck file."""

    name = "settings"
    words = (
        *(f"\n{name} = {value}\n".encode() for name in _KEYS.split() for value in _SETTINGS),
        *(f"{value}".encode() for value in _SETTINGS),
        *(f"{name} = ".encode() for name in _KEYS.split()), b"[schedule]\n", b"[[", b"]]", b"]", b"'''", b", ", b".",
    )  # fmt: skip

    def __init__(self, folder: Path) -> None:
        self._home, self._deck = folder / "home", folder / "deck.toml"
        self._home.mkdir(exist_ok=True)
        deck = b'name = "a"\nnotes = ["."]\nkinds = ["term"]\nnew_per_day = 5\nexclude = ["*.x"]\n'
        schedule = (
            b'[schedule]\nalgorithm = "fsrs"\nretention = 0.9\nweights = []\nexam = 2030-06-01\nleech = 8\n'
        )
        config = (
            b'time_zone = "Asia/Shanghai"\nrollover = 4\nthreads = 2\nplain = false\ninterface = "zh"\n'
            b'embedding_model = "default"\nlanguage_model = "off"\ngpu_layers = "auto"\nmotion = "off"\n'
        )
        self.seeds = [deck, deck + schedule, config, (ROOT / "decks/studyllm.toml").read_bytes()]

    def run(self, data: bytes) -> None:
        (self._home / "config.toml").write_bytes(data)
        self._deck.write_bytes(data)
        for load_it in (lambda: load_settings(self._home, {}), lambda: load_deck(self._deck)):
            try:
                load_it()
            except InputError as error:
                _is_a_sentence(str(error))


def _is_a_sentence(said: str) -> None:
    assert said
    assert "\n" not in said


class Lines:
    """What `studyllm grade` reads, graded without models and explained."""

    name = "lines"
    words = (
        b'"id": ', b'"question": ', b'"reference": ', b'"references": [', b'"answer": ', b'"points": [',
        b'"kind": "list"',
        b'"kind": "cloze"', b'"term": ', b'"aliases": ', b'"lang": "zh"', b'"context": ', b"null", b"true", b"1e400",
        b"[", b"]",
        b"{", b"}", b'""', b'"\\ud83d"', b'"\\u0000"', b"\\n", b'"12 km"', b'"not "', b"\xef\xbb\xbf",
        '"不是"'.encode(), '"一、二"'.encode(), b'"$x^2$"', b", ",
    )  # fmt: skip

    def __init__(self, folder: Path) -> None:
        asked = (
            {"question": "What is a token?", "reference": "A piece of text, 4 letters on average.", "answer": "text"},
            {"question": "注意力", "reference": "按相关性加权求和。", "answer": "加权", "points": ["加权", "求和"]},
            {"question": "layers", "reference": "attention, MLP", "answer": "MLP and attention", "kind": "list"},
            {"question": "steps", "reference": "1. a\n2. b", "answer": "b, a", "kind": "sequence", "id": 7},
            {"question": "size", "reference": "12 km", "references": ["12000 m"], "answer": "7 miles", "term": "size"},
            {"question": "a [...] b", "reference": "word", "answer": "words", "kind": "cloze", "aliases": ["w"]},
        )  # fmt: skip
        self.seeds = [json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in asked]
        self._grader = TextGrader()

    def run(self, data: bytes) -> None:
        for row in rows(self._grader, BytesIO(data), explain=True):
            json.dumps(row, ensure_ascii=False).encode()
