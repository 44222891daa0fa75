"""What `make messages` finds beside `_("…")`: docstrings of commands and the `help=` of their options."""

import ast
from collections.abc import Iterator
from inspect import cleandoc
from typing import IO, Any

from babel.messages.extract import extract_python

Message = tuple[int, str | None, Any, list[str]]


def command_line(
    file: IO[bytes], keywords: dict[str, Any], comment_tags: list[str], options: dict[str, Any]
) -> Iterator[Message]:
    """Babel's extractor for `studyllm/cli`."""
    tree = ast.parse(file.read())
    file.seek(0)
    yield from extract_python(file, keywords, comment_tags, options)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and any(map(_makes_a_command, node.decorator_list)):
            if told := ast.get_docstring(node):
                yield node.lineno, None, told, []
        elif isinstance(node, ast.keyword) and node.arg == "help" and isinstance(node.value, ast.Constant):
            yield node.value.lineno, None, cleandoc(node.value.value), []


def _makes_a_command(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(called, ast.Attribute) and called.attr in ("command", "group")
