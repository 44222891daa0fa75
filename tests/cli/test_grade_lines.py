"""A line of `studyllm grade --jsonl`: what it may hold, and what is said of one that is wrong."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest

from studyllm.cards import USUAL, Kind
from studyllm.cli.grading import rows
from studyllm.cli.jsonl import LONGEST_ID, LONGEST_LINE, LONGEST_TEXT
from studyllm.grading import Question, TextGrader
from tests.cli.answers import OHM, Noting, asked, grade, line
from tests.cli.shell import lines, run

# What a line may hold


def test_grading_any_question_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    answers = [OHM["answer"], "", "A kind of cheese."]
    file.write_bytes(b"".join(line(id=n, answer=a) for n, a in enumerate(answers)))
    graded = lines(run("grade", "--jsonl", str(file), "--explain"))
    assert [g["id"] for g in graded] == [0, 1, 2]
    assert graded[0]["verdict"] == "correct"
    assert graded[1]["score"] == 0
    assert graded[0]["score"] > graded[2]["score"]
    assert all({"points", "explanation", "ms", "grade"} <= set(g) for g in graded)


def test_what_is_known_of_the_question_reaches_the_grader() -> None:
    told = {
        "term": "resistance",
        "aliases": ["电阻", " "],
        "kind": "list",
        "context": "Circuits",
        "lang": "zh",
    }
    assert asked(**told, points=["opposes", "", "current"]) == Question(
        OHM["question"],
        OHM["reference"],
        ("opposes", "current"),
        term="resistance",
        aliases=("电阻",),
        kind=Kind.LIST,
        lang="zh",
        context="Circuits",
    )


def test_what_may_be_left_out_may_be_null() -> None:
    names = ("id", "term", "aliases", "kind", "context", "lang", "points", "references")
    assert asked(**dict.fromkeys(names)) == asked() == Question(OHM["question"], OHM["reference"])


@pytest.mark.parametrize("kind", sorted(USUAL))
def test_kinds(kind: Kind) -> None:
    assert asked(kind=kind.value).kind is kind


@pytest.mark.parametrize("lang", ["mixed", "de", "", None, "ZH", 1, ["zh"], {"en": 1}])
def test_any_other_language_is_that_of_the_text(lang: object) -> None:
    assert asked(lang=lang).lang == ""


def test_all_references_are_asked_about_in_the_same_words() -> None:
    grader = Noting()
    others = ["Opposing current.", OHM["reference"], "", *map(str, range(9))]
    list(
        rows(grader, BytesIO(line(references=others, points=["opposes"], term="R", kind="table", lang="en")))
    )
    assert [q.reference for q in grader.asked] == [OHM["reference"], "Opposing current.", "0", "1", "2"]
    assert [q.points for q in grader.asked] == [("opposes",), (), (), (), ()]
    assert {(q.term, q.kind, q.lang) for q in grader.asked} == {("R", Kind.TABLE, "en")}


def test_the_best_of_several_references_counts_and_points_are_taken() -> None:
    question = {"question": "What does ohm measure?", "reference": "The unit of resistance"}
    answer = {"answer": "how strongly a part opposes current"}
    more = {"references": ["How strongly a part opposes the current"], "points": ["unit", "resistance"]}
    [one, several], _said, _code = grade(line(**question, **answer) + line(**question, **answer, **more))
    assert several["score"] > one["score"]


def test_nonsense_is_not_recalled_however_long() -> None:
    item = {"question": "注意力", "reference": "用查询和键的相似度对值加权求和。"}
    answers = ["今天天气很好我们去公园玩吧" * 40, "abc " * 1500, "不知道" * 2000, "公园" * 40_000]
    found, _said, _code = grade(b"".join(line(**item, answer=a) for a in answers))
    assert {row["verdict"] for row in found} == {"incorrect"}


def test_byte_order_marks_blank_lines_and_line_ends() -> None:
    mark = b"\xef\xbb\xbf"
    one, two = line(id=1)[:-1] + b"\r\n", mark + line(id=2)[:-1]
    found, _said, code = grade(mark + one + b"\n \t\r\n" + mark + b"\n" + b"{\n" + two)
    assert [(row["id"], row.get("line")) for row in found] == [(1, None), (None, 5), (2, None)]
    assert code == 1
    assert grade(mark) == grade(b"") == ([], "", 0)


# What is wrong with a line


def test_bad_lines_do_not_end_it() -> None:
    bad = (b"not json\n", '{"id": "gbk", "question": "电阻"}\n'.encode("gbk"), line(id="x", answer=7))
    found, said, code = grade(line(id=0) + bad[0] + line(id=1) + b"\n" + bad[1] + bad[2] + line(id=2))
    assert [row["id"] for row in found] == [0, None, 1, None, "x", 2]
    assert [row for row in found if "error" in row] == [
        {"id": None, "line": 2, "error": "The line is not a JSON object."},
        {"id": None, "line": 5, "error": "The line is not UTF-8 text."},
        {"id": "x", "line": 6, "error": "answer is not a text."},
    ]
    assert (said, code) == ("Error: 3 of 6 lines could not be graded.\n", 1)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"question": None}, "question is missing."),
        ({"question": 3}, "question is not a text."),
        ({"reference": ["a"]}, "reference is not a text."),
        ({"reference": ""}, "reference is empty."),
        ({"reference": " \u200b\n"}, "reference is empty."),
        ({"reference": "x" * (LONGEST_TEXT + 1)}, "reference is longer than 20000 characters."),
        ({"answer": None}, "answer is missing."),
        ({"answer": {"text": "a"}}, "answer is not a text."),
        ({"points": "one"}, "points is not a list of texts."),
        ({"points": [1]}, "points is not a list of texts."),
        ({"points": ["p"] * 13}, "points are more than 12, or one is longer than 300 characters."),
        ({"points": ["p" * 301]}, "points are more than 12, or one is longer than 300 characters."),
        ({"references": {"a": 1}}, "references is not a list of texts."),
        ({"references": ["a", None]}, "references is not a list of texts."),
        ({"aliases": "R"}, "aliases is not a list of texts."),
        ({"aliases": [["R"]]}, "aliases is not a list of texts."),
        ({"term": ["R"]}, "term is not a text."),
        ({"context": 1}, "context is not a text."),
        ({"kind": "essay"}, "kind is not one of term, list, table, cloze, sequence."),
        ({"kind": ["term"]}, "kind is not one of term, list, table, cloze, sequence."),
    ],
)
def test_what_is_wrong_is_one_sentence(fields: Mapping[str, object], sentence: str) -> None:
    [row], _said, code = grade(line(**{"id": "it", **fields}))
    assert (row, code) == ({"id": "it", "line": 1, "error": sentence}, 1)


@pytest.mark.parametrize(
    "name", [True, 1.5, [1], {"a": 1}, "x" * (LONGEST_ID + 1), 10**LONGEST_ID], ids=lambda name: str(name)[:9]
)
def test_an_id_that_is_none_is_not_repeated(name: object) -> None:
    [row], _said, _code = grade(line(id=name))
    assert row["id"] is None
    assert row["error"].startswith("id is ")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 200_000,
        '{"a":' * 100_000,
        '{"question": "q", "reference": "r", "answer": "a", "id": NaN}',
        '{"question": "q", "reference": "r", "answer": Infinity}',
        '{"question": "q", "reference": "r", "answer": 1e999}',
        '{"question": "q", "reference": "r", "answer": "a", "id": ' + "9" * 5000 + "}",
        '"text"',
        "null",
        "\0",
        '{"question": "q", "reference": "r", "answer": "a"} {}',
    ],
    ids=[
        "lists",
        "objects",
        "id NaN",
        "infinity",
        "too great",
        "too many digits",
        "text",
        "null",
        "nul",
        "two objects",
    ],
)
def test_odd_json_is_an_error_row(text: str) -> None:
    found, said, code = grade(text.encode() + b"\n" + line(id="next"))
    assert [("error" in row, row["id"]) for row in found] == [(True, None), (False, "next")]
    assert (said, code) == ("Error: 1 of 2 lines could not be graded.\n", 1)


def test_a_name_given_twice_counts_as_it_was_given_last() -> None:
    [row], _said, code = grade(b'{"id": 1, "answer": [], "id": 2, ' + line()[1:])
    assert (row["id"], code) == (2, 0)


def test_a_line_without_end_is_never_held_whole() -> None:
    class Source(BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            assert size is not None
            assert 0 <= size <= LONGEST_LINE + 1
            return super().readline(size)

    fits = line(id="fits", more="x" * LONGEST_LINE)
    fits = fits.replace(b"x" * (len(fits) - LONGEST_LINE - 1), b"", 1)
    source = Source(line(more="x" * 3 * LONGEST_LINE) + b" " * LONGEST_LINE + line() + fits + line(id="next"))
    found = list(rows(TextGrader(), source))
    long = "The line is longer than 1000000 bytes."
    assert [row.get("error") for row in found] == [long, long, None, None]
    assert [row["id"] for row in found] == [None, None, "fits", "next"]


def test_a_model_that_fails_on_one_answer_is_not_the_end() -> None:
    source = BytesIO(line(id=1) + line(id=2, answer="fail") + line(id=3))
    found = list(rows(Noting(), source, explain=True))
    assert [row["id"] for row in found] == [1, 2, 3]
    assert found[1] == {"id": 2, "line": 2, "error": "The model is gone."}
