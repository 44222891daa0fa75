"""The interface's two languages: complete, marked as gettext finds it, chosen before anything is said."""

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from inspect import cleandoc
from pathlib import Path
from string import Formatter

import click
import pytest
from babel.messages.catalog import Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from studyllm import i18n
from studyllm.cards import Kind
from studyllm.cli import cli
from studyllm.cli.help import _CLICK, wrap
from studyllm.grading import Question, TextGrader
from studyllm.notes import reasons
from studyllm.store.messages import NUMBER, why
from studyllm.text import width
from tests.conftest import ROOT
from tests.messages import MARKS, found

CODE = sorted((ROOT / "studyllm").rglob("*.py"))
PO = ROOT / "studyllm" / "locale" / "zh" / "LC_MESSAGES" / "studyllm.po"
CHINESE = re.compile("[\u4e00-\u9fff]")


# The catalogue

with PO.open("rb") as _file:
    CATALOGUE = read_po(_file)
MESSAGES = [message for message in CATALOGUE if message.id]


def _texts(message: Message) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The English forms of a message, and its translations."""
    return _forms(message.id), _forms(message.string)


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    assert text is not None
    return (text,) if isinstance(text, str) else tuple(text)


def test_every_text_of_the_code_is_in_the_catalogue_and_nothing_else() -> None:
    marked = {texts[0] for file in CODE for _, *texts in found(ast.parse(file.read_text("utf-8")))}
    known = {_texts(message)[0][0] for message in MESSAGES}
    assert not marked - known, (
        "not in the catalogue: `make messages`, then translate what has an empty msgstr"
    )
    assert not known - marked, "not in the code any more: `make messages`"


def test_every_text_is_translated() -> None:
    empty = [message.id for message in MESSAGES if not all(_texts(message)[1])]
    assert not empty
    assert not [message.id for message in MESSAGES if message.fuzzy]
    assert not CATALOGUE.obsolete


def test_what_is_read_is_what_was_translated() -> None:
    with PO.with_suffix(".mo").open("rb") as file:
        compiled = {_texts(message)[0][0]: _texts(message)[1] for message in read_mo(file) if message.id}
    assert compiled == {_texts(message)[0][0]: _texts(message)[1] for message in MESSAGES}


def test_translations_have_the_places_of_their_texts() -> None:
    for message in MESSAGES:
        forms, told = _texts(message)
        places = [_places(form) for form in forms]
        for text in told:
            if len(forms) == 1:
                assert _places(text) == places[0], message.id
            else:
                assert _places(text) <= set.union(*places), message.id


def _places(text: str) -> set[tuple[str, str, str]]:
    return {
        (name, spec or "", how or "") for _, name, spec, how in Formatter().parse(text) if name is not None
    }


def test_chinese_has_its_own_punctuation() -> None:
    """A full-width mark after a Chinese letter; keys, code and numbers keep theirs."""
    half = re.compile("[\u4e00-\u9fff][,;:!?.](?![\\w/])")
    assert not [text for message in MESSAGES for text in _texts(message)[1] if half.search(text)]


# The code


def _calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            yield name, node


def test_marks_hold_texts_as_they_are() -> None:
    """No f-string, sum or formatted text inside `_()`: gettext looks for what stands in the code."""
    wrong = []
    for file in CODE:
        for name, call in _calls(ast.parse(file.read_text("utf-8"))):
            if name not in MARKS or not isinstance(call.func, ast.Name):
                continue
            for argument in call.args[: 2 if name == "ngettext" else 1]:
                made = isinstance(argument, ast.JoinedStr | ast.BinOp) or (
                    isinstance(argument, ast.Call) and getattr(argument.func, "attr", "") == "format"
                )
                if made or (name != "_" and not isinstance(argument, ast.Constant)):
                    wrong.append(f"{file.relative_to(ROOT)}:{call.lineno}")
    assert not wrong


SHOWN = {"notify", "Static", "Label", "Button", "Content", "styled", "assemble", "add_column", "line", "echo"}
"""Functions and widgets whose texts a learner sees."""
NAMED = {"placeholder", "title", "border_title", "tooltip"}
"""Keywords whose texts a learner sees."""
ERRORS = {"StudyError", "InputError", "StoreError", "ModelError", "StalePlan", "UsageError", "ClickException"}


def _loose(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Texts under a node that no mark holds, with their lines."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.lineno, node.value
    for child in ast.iter_child_nodes(node):
        yield from _loose(child)


def _unmarked(tree: ast.AST) -> Iterator[tuple[int, str]]:
    words = re.compile("[A-Za-z]{2,}[.,:;]? [a-z]{2,}|[A-Za-z]{2,}[.:;] $")
    for name, call in _calls(tree):
        shown: list[ast.AST] = list(call.args) if name in SHOWN | ERRORS else []
        shown += [
            keyword.value for keyword in call.keywords if keyword.arg in NAMED and name not in ("option",)
        ]
        for line, text in (one for argument in shown for one in _loose(argument)):
            if words.search(text) and "$" not in text:  # a style of Textual has a $
                yield line, text
        if name == "Binding":
            for argument in call.args[2:3]:
                if isinstance(argument, ast.Constant) and argument.value:
                    yield argument.lineno, str(argument.value)


def test_no_english_is_shown_unmarked() -> None:
    wrong = [
        f"{file.relative_to(ROOT)}:{line}: {text}"
        for file in CODE
        for line, text in _unmarked(ast.parse(file.read_text("utf-8")))
    ]
    assert not wrong


def test_what_is_shown_unmarked_would_be_found() -> None:
    source = (
        'self.notify(f"{n} cards are due")\nBinding("q", "quit", "Quit")\nraise InputError("No such file.")'
    )
    assert [line for line, _ in _unmarked(ast.parse(source))] == [1, 2, 3]


def test_all_help_can_be_translated() -> None:
    """Also what no extractor finds: a `help=` that is a name must be marked with `N_()` where it is written."""
    known = {_texts(message)[0][0] for message in MESSAGES}
    waiting, texts = [click.Context(cli)], set()
    while waiting:
        above = waiting.pop()
        texts.add(cleandoc(above.command.help or ""))
        texts |= {
            cleandoc(option.help or "") for option in above.command.params if isinstance(option, click.Option)
        }
        if isinstance(above.command, click.Group):
            for name in above.command.list_commands(above):
                command = above.command.get_command(above, name)
                assert command is not None
                waiting.append(click.Context(command, parent=above))
    assert not texts - known - {""}


def test_the_words_of_click_are_those_of_click() -> None:
    """An update of click may have other words, which would stay English."""
    source = "".join(file.read_text("utf-8") for file in Path(click.__file__).parent.glob("*.py"))
    assert not [word for word in _CLICK if f'"{word}"' not in source]


# The choice


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8", "LC_MESSAGES": "zh_SG"}, "zh"),
        ({"LANGUAGE": "fr:zh:en", "LANG": "en_US"}, "zh"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
    ],
)
def test_the_locale_chooses(environ: dict[str, str], language: str) -> None:
    assert i18n.use("auto", environ) == language == i18n.spoken()


def _run(home: Path, *command: str, lang: str, **more: str) -> subprocess.CompletedProcess[str]:
    chosen = ("LC_", "LANG", "STUDYLLM_INTERFACE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(chosen)}
    return subprocess.run(
        [sys.executable, "-m", "studyllm", *command],
        env=kept | {"LANG": lang, "STUDYLLM_HOME": str(home), "PYTHONUTF8": "1"} | more,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_a_chinese_locale_has_chinese_help_output_and_errors(home: Path) -> None:
    shown = _run(home, "--help", lang="zh_CN.UTF-8").stdout
    assert "用法：" in shown
    assert "把 Markdown 笔记" in shown
    assert "显示本帮助并退出。" in shown
    assert max(map(width, shown.splitlines())) <= 80
    assert "还没有卡片" in _run(home, "due", lang="zh_CN.UTF-8").stdout
    missing = _run(home, "card", "show", "7", lang="zh_CN.UTF-8")
    assert (missing.returncode, missing.stderr) == (
        1,
        "错误：没有 7 号卡片；用 `studyllm cards` 列出所有卡片。\n",
    )
    misused = _run(home, "answer", "x", lang="zh_CN.UTF-8")
    assert misused.returncode == 2
    assert misused.stderr.startswith("错误：")


def test_a_plain_locale_has_english(home: Path) -> None:
    shown = _run(home, "--help", lang="C").stdout
    assert "Usage: studyllm" in shown
    assert "Show this message and exit." in shown
    assert not CHINESE.search(shown)
    assert "There are no cards yet" in _run(home, "due", lang="C").stdout


def test_the_setting_overrules_the_locale(home: Path, tmp_path: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text('interface = "zh"\n', "utf-8")
    assert "用法：" in _run(home, "--help", lang="C").stdout
    assert "选项" in _run(tmp_path, "--home", str(home), "due", "--help", lang="C").stdout
    assert "Usage:" in _run(home, "--help", lang="zh_CN.UTF-8", STUDYLLM_INTERFACE="en").stdout


def test_wrong_settings_are_said_in_the_language_of_the_locale(home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text("rollover = 99\n", "utf-8")
    assert "设置 rollover 应为" in _run(home, "due", lang="zh_CN.UTF-8").stderr


def test_what_click_calls_a_number_is_in_the_language_of_the_locale(home: Path) -> None:
    told = _run(home, "log", "--last", "玄武门", lang="zh_CN.UTF-8").stderr
    assert "'玄武门'" in told
    assert "整数" in told
    assert "integer" not in told


def test_after_a_full_width_mark_a_sentence_begins_without_a_blank() -> None:
    assert i18n.in_a_row(("已写出 3 张卡片。", "", "附带 2 次复习。")) == "已写出 3 张卡片。附带 2 次复习。"
    assert i18n.in_a_row(("3 cards written.", "", "Reviews are with them.")) == (
        "3 cards written. Reviews are with them."
    )
    assert i18n.in_a_row(()) == ""


@pytest.mark.slow
def test_what_programs_read_stays_english(home: Path) -> None:
    told = json.loads(_run(home, "doctor", "--json", lang="zh_CN.UTF-8").stdout)
    assert not CHINESE.search(json.dumps(told["checks"], ensure_ascii=False))
    told = json.loads(_run(home, "stats", "--json", lang="zh_CN.UTF-8").stdout)
    assert "reviews" in told


def test_explanations_are_in_the_language_of_the_note() -> None:
    grader = TextGrader()
    chinese = Question("间隔重复", "隔一段时间再复习", kind=Kind.TERM, lang="zh")
    english = Question("spacing", "reviewing again after some time", kind=Kind.TERM, lang="en")
    told = {}
    for language in i18n.LANGUAGES:
        i18n.use(language)
        told[language] = [
            "".join(grader.explain(asked, answer, grader.grade(asked, answer)))
            for asked, answer in ((chinese, "把书放在桌上"), (english, "a walk along the river"))
        ]
    assert told["zh"] == told["en"]
    assert CHINESE.search(told["en"][0])
    assert not CHINESE.search(told["zh"][1])


def test_what_is_said_of_an_empty_answer_is_in_the_language_of_the_interface() -> None:
    asked = Question("间隔重复", "隔一段时间再复习", kind=Kind.TERM, lang="zh")
    for language, said in (("zh", "没关系，先看一遍。"), ("en", "No harm done: read it once more.")):
        i18n.use(language)
        assert "".join(TextGrader().explain(asked, "no idea", TextGrader().grade(asked, "no idea"))) == said


# What was kept in English


def test_what_was_kept_is_said_in_the_language_of_today() -> None:
    i18n.use("zh")
    assert why(NUMBER.format(before="3", after="5 {x}")) == "数字变了：3 现在是 5 {x}"
    assert why("a negation came or went") == "多了或少了一个否定"
    assert reasons.said(reasons.MORE.format(count=12)) == "还有 12 处类似的"
    assert reasons.said("something an older version said") == "something an older version said"


def test_a_chinese_letter_counts_as_two_columns_where_help_is_wrapped() -> None:
    text = "重新导入会保留每张卡片的日程：笔记改过也认得出来。不给 PATH 时，重新导入以前导入过的。"
    lines = wrap(text, 40, "  ", "  ").splitlines()
    assert all(width(line) <= 42 for line in lines)
    assert "".join(line.strip() for line in lines).replace(" ", "") == text.replace(" ", "")
    assert not any(line.strip()[0] in "，。：；" for line in lines)
