"""One setting written into `config.toml`; all else in it stays as it is, remarks included."""

import json
import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from studyllm.errors import InputError
from studyllm.i18n import _
from studyllm.private import appearing, private_folder


@dataclass(frozen=True, slots=True)
class Change:
    """A new content that was checked, and is not yet in its place."""

    path: Path
    text: str

    def write(self) -> None:
        """Puts it in its place, whole or not at all. Raises InputError."""
        try:
            private_folder(self.path.parent)
            with appearing(self.path) as out:
                out.write(self.text.encode("utf-8"))
        except OSError as error:
            said = _("{path} cannot be written: {reason}.")
            raise InputError(said.format(path=self.path, reason=error.strerror)) from error


def with_setting(path: Path, name: str, value: str | bool) -> Change:
    """The file with a setting that is a text, true or false. Raises InputError where it cannot be written, or is
    written so that a person has to do it."""
    path = path.resolve()
    by_hand = _("{path}: write {line} into it by hand. Nothing was changed.")
    line = f"{name} = {json.dumps(value, ensure_ascii=False)}"
    try:
        folder = next(one for one in (path.parent, *path.parent.parents) if one.exists())
        if not os.access(folder, os.W_OK):
            raise PermissionError
        before = path.read_bytes().decode("utf-8-sig") if path.exists() else ""
        had = tomllib.loads(before)
        text = _replaced(before, name, line)
        if tomllib.loads(text) != had | {name: value}:
            raise ValueError
    except (OSError, ValueError) as error:
        raise InputError(by_hand.format(path=path, line=line)) from error
    return Change(path, text)


def _replaced(text: str, name: str, line: str) -> str:
    """The text with that line for the setting; at the top where there was none."""
    end = "\r\n" if "\r\n" in text else "\n"
    value = r"""("(?:[^"\\\r\n]|\\.)*"|'[^'\r\n]*'|true\b|false\b)"""
    old = re.compile(rf"^[ \t]*(?:{name}|\"{name}\"|'{name}')[ \t]*=[ \t]*{value}", re.MULTILINE)
    if old.search(text):
        return old.sub(lambda _: line, text, count=1)
    return line + end + text
