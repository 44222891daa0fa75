"""Texts as they are shown on one line."""

import time

import pytest

from studyllm.cards import Source, file_name
from studyllm.text import one_line, shortened, trail


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a text\nof two lines", "a text of two lines"),
        ("- 46 chromosomes\n- pH about 5.0\n  at rest", "46 chromosomes; pH about 5.0 at rest"),
        ("The phases:\n1. Prophase\n2. Telophase.", "The phases: 1. Prophase; 2. Telophase."),
        (
            "School: post-revisionist\nArgument: political culture",
            "School: post-revisionist; Argument: political culture",
        ),
        ("学派：后修正派\n论点：政治文化", "学派：后修正派；论点：政治文化"),
        (
            "the train leaves\nat 12:30 from\nhttps://a.example",
            "the train leaves at 12:30 from https://a.example",
        ),
        ("- learning in which", "learning in which"),
        ("- 5", "- 5"),
        ("School: post-revisionist\nArgument: culture", "School: post-revisionist; Argument: culture"),
        ("学派：甲\n论点：乙", "学派：甲；论点：乙"),
        ("seen at\nhttps://example.org", "seen at https://example.org"),
        ("+ dative, as in aus dem Haus", "+ dative, as in aus dem Haus"),
        ("+ dative\nas in aus dem Haus", "+ dative as in aus dem Haus"),
        ("+ coal\n+ ore", "coal; ore"),
        ("* 堆\n* 栈", "堆；栈"),
        ("-\n\n", "-"),
    ],
)
def test_a_list_on_one_line_has_no_bullets(text: str, line: str) -> None:
    assert one_line(text) == line


@pytest.mark.parametrize(
    ("columns", "line"),
    [
        (40, "Spanish › Vocabulario › Verbos (yo)"),
        (34, "… › Vocabulario › Verbos (yo)"),
        (28, "… › Verbos (yo)"),
        (5, "… › Verbos (yo)"),
    ],
)
def test_the_heading_right_above_a_card_gives_way_last(columns: int, line: str) -> None:
    assert trail(("Spanish", "Vocabulario", "Verbos (yo)"), columns) == line


def test_what_is_cut_is_cut_after_that() -> None:
    assert shortened("- one\n- two\n- three", 10) == "one; two;…"


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/n/宗教改革与绝对主义 8f3a2c1d9e7b4a60b5c2d1e0f9a8b7c6.md", "宗教改革与绝对主义.md"),
        ("C:\\n\\Plan 8f3a2c1d9e7b4a60b5c2d1e0f9a8b7c6.markdown", "Plan.markdown"),
        ("/n/8f3a2c1d9e7b4a60b5c2d1e0f9a8b7c6.md", "8f3a2c1d9e7b4a60b5c2d1e0f9a8b7c6.md"),
        ("/n/commit 8f3a2c1d.md", "commit 8f3a2c1d.md"),
        ("note.md", "note.md"),
    ],
)
def test_a_name_is_shown_without_the_number_of_an_export(path: str, shown: str) -> None:
    assert file_name(path) == shown
    assert Source(path, 3, 4).place == f"{shown}:3"


def test_many_empty_lines_take_time_in_proportion() -> None:
    began = time.process_time()
    assert one_line(f"first{chr(10) * 60_000}second") == "first second"
    assert time.process_time() - began < 1
