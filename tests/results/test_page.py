"""The page and the table: all of it is data."""

import csv
import io
import re
from html.parser import HTMLParser
from itertools import count

import pytest

from studyllm import i18n
from studyllm.results import page as module
from studyllm.results.figures import Figures, figures
from studyllm.results.page import page
from studyllm.results.rows import read
from studyllm.results.table import guarded, write
from tests.results.rows import row

HOSTILE = "<script>alert(1)</script></style><img src=x onerror=alert(1)>\" style='x' {{ 7*7 }} \u202e\x1b[31m"


def of(*rows: bytes) -> Figures:
    return figures(read(rows), lambda texts: [0] * len(texts))


class Tags(HTMLParser):
    """Tags that are open, and all tags and attributes that were seen."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes |= {name for name, _value in attrs}
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def every_field(text: str) -> bytes:
    states = ("hit", "missed", "contradicted", "unsure")
    points = [{"text": f"{text}{state}", "state": state, "extra": state == "hit"} for state in states]
    return row(
        text, question=text, term=text, reference=text, id=text, points=points, unsure=True, confidence=0.3
    )


def test_nothing_in_the_answers_becomes_markup() -> None:
    calm, wild = (
        Tags("".join(page(of(every_field(text), every_field(f"{text}!"), row("", reason=text)), text)))
        for text in ("calm", HOSTILE)
    )
    assert wild.open == calm.open == []
    assert (wild.seen, wild.attributes) == (calm.seen, calm.attributes)
    assert {"script", "img"} & wild.seen == set()
    assert "<script>alert(1)</script>" in wild.text
    assert "{{ 7*7 }}" in wild.text
    assert not re.search("[\x1b\u202e]", wild.text)


def test_a_page_needs_no_other_file() -> None:
    made = "".join(page(of(every_field("x")), "x"))
    assert not re.search(r'(src|href)="(?!#q\d)|url\(|@import|//', made)


def test_a_page_says_what_was_found() -> None:
    answers = [row(f"more memory {number}", unsure=True, confidence=0.2) for number in range(3)]
    text = Tags("".join(page(of(*answers, row("right", "correct"), b"{}\n"), "class.jsonl"))).text
    for said in (
        "Answers graded: class.jsonl",
        "4 answers · 1 question · 75% unsure · 1 line is no row",
        "What is spacing?",
        "Reviewing again after some time.",
        "correct 1",
        "not correct 3",
        "missed 3",
        "more memory 0",
        "3 times",
    ):
        assert said in text


def test_a_page_without_answers_or_with_too_many_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Tags("".join(page(of(), "x"))).open == []
    monkeypatch.setattr(module, "SECTIONS", 2)
    made = "".join(
        page(of(*(row("x", question=f"q{n}", unsure=True, confidence=n / 10) for n in range(5))), "x")
    )
    assert "3 more questions have no sections here" in made
    assert made.count('<h2 id="q') == 2


def test_a_page_names_its_language() -> None:
    i18n.use("zh")
    assert '<html lang="zh">' in "".join(page(of(row("x")), "x"))


# The table


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "\n=1", "＝1+1", "\u200b=1", "\x00=1"]
)
def test_what_would_begin_a_formula_gets_an_apostrophe(text: str) -> None:
    assert guarded(text).startswith("'")


@pytest.mark.parametrize("text", ["", "1=1", "a-b", "电阻 = 电压 / 电流", "'quoted'"])
def test_other_cells_stay(text: str) -> None:
    assert guarded(text) == text


def test_the_table_has_a_row_a_question() -> None:
    numbers = count(1)
    answers = [
        row('=HYPERLINK("http://x")', unsure=True, confidence=0.2, line=next(numbers)) for _ in range(3)
    ]
    file = io.StringIO()
    write(of(*answers, row('a,b\n"c"', question="=cmd|'/c calc'!A0", reference='a,b\n"c"')), file)
    first, second = csv.DictReader(io.StringIO(file.getvalue()))
    assert (first["answers"], first["incorrect"], first["unsure"]) == ("3", "3", "3")
    assert (first["missed_1"], first["missed_1_times"]) == ("reviewing again", "3")
    assert first["most_doubtful"] == first["commonest_wrong"] == '\'=HYPERLINK("http://x")'
    assert first["most_doubtful_ids"] == "1 2 3"
    assert second["question"].startswith("'=")
    assert second["reference"] == 'a,b\n"c"'
