"""What `make messages` collects from a module: `_("…")` and its kin, also inside f-strings, the docstrings of commands
and the `help=` of their options."""

import ast
from collections.abc import Iterator
from inspect import cleandoc
from typing import IO, Any

MARKS = {"_": "gettext", "N_": "gettext", "ngettext": "ngettext"}
Message = tuple[int, str, Any, list[str]]


def python(file: IO[bytes], keywords: Any, comment_tags: Any, options: Any) -> Iterator[Message]:
    """Babel's extractor."""
    for line, *texts in found(ast.parse(file.read())):
        yield line, "ngettext" if len(texts) > 1 else "gettext", tuple(texts), []


def found(tree: ast.AST) -> Iterator[tuple[Any, ...]]:
    """(line, text) or (line, one, many) of each text for the interface."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            texts = [arg.value for arg in node.args[:2] if isinstance(arg, ast.Constant)]
            if texts:
                yield node.lineno, *texts
        elif isinstance(node, ast.FunctionDef) and any(map(_makes_a_command, node.decorator_list)):
            if told := ast.get_docstring(node):
                yield node.lineno, told
        elif isinstance(node, ast.keyword) and node.arg == "help" and isinstance(node.value, ast.Constant):
            assert isinstance(node.value.value, str)
            yield node.value.lineno, cleandoc(node.value.value)


def _makes_a_command(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(called, ast.Attribute) and called.attr in ("command", "group")
