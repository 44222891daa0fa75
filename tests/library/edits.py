"""Random edits of notes as people make them, each with what must become of the cards it touches."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

BULLET = re.compile(r"^(\s*(?:[-*]|\d+\.)\s+)\*\*([^*\n]+?)\*\*(\s*[：:]\s*|\s+)(\S.*)$")
"""A bullet that begins with a bold term: lead, term, delimiter, definition."""
HEADING = re.compile(r"^(#{1,6} )(\S.*)$")


@dataclass(slots=True)
class Vault:
    """Notes in a folder: path below it to lines; the first part of a path is the deck's folder."""

    files: dict[str, list[str]]

    def write(self, folder: Path) -> None:
        for old in folder.rglob("*.md"):
            if old.relative_to(folder).as_posix() not in self.files:
                old.unlink()
        for name, lines in self.files.items():
            text = "\n".join(lines) + "\n"
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            if not (folder / name).exists() or (folder / name).read_text("utf-8") != text:
                (folder / name).write_text(text, "utf-8")

    def bullets(self) -> list[tuple[str, int]]:
        """Where bullets with a bold term and a definition stand, outside fences."""
        return [
            (name, n)
            for name, lines in self.files.items()
            for n, line in enumerate(lines)
            if BULLET.match(line) and len(line) > 24
        ]


Edit = Callable[[Vault, random.Random], str]
"""Changes the vault and says how; an empty text when there was nothing to change."""


def _at(vault: Vault, chance: random.Random) -> tuple[list[str], int, re.Match[str]] | None:
    places = vault.bullets()
    if not places:
        return None
    name, n = chance.choice(places)
    match = BULLET.match(vault.files[name][n])
    assert match
    return vault.files[name], n, match


def change_words(vault: Vault, chance: random.Random) -> str:
    found = _at(vault, chance)
    if not found:
        return ""
    lines, n, match = found
    body = match[4]
    if body.rstrip().endswith((":", "：")):
        return ""  # its last words announce a list: changing them changes what is asked
    start = chance.randrange(max(1, len(body) - 6))
    lines[n] = (
        match[1]
        + f"**{match[2]}**{match[3]}"
        + body[:start]
        + chance.choice(["其实", "about ", "通常"])
        + body[start + 2 :]
    )
    return f"words of {match[2]}"


def add_sentence(vault: Vault, chance: random.Random) -> str:
    found = _at(vault, chance)
    if not found:
        return ""
    lines, n, match = found
    if lines[n].rstrip().endswith((":", "：")):
        return ""
    lines[n] = lines[n].rstrip() + chance.choice(
        ["这一点在实践中很常见。", " It is used widely in practice.", "初学者常把它弄混。"]
    )
    return f"a sentence to {match[2]}"


def drop_sentence(vault: Vault, chance: random.Random) -> str:
    found = _at(vault, chance)
    if not found:
        return ""
    lines, n, match = found
    sentences = re.split(r"(?<=[。；])", match[4])
    if len([s for s in sentences if s]) < 2:
        return ""
    del sentences[chance.randrange(1, len(sentences))]
    lines[n] = match[1] + f"**{match[2]}**{match[3]}" + "".join(sentences)
    return f"a sentence from {match[2]}"


def reorder(vault: Vault, chance: random.Random) -> str:
    """Swaps two top-level bullets next to each other, one line each."""
    places = [
        (name, n)
        for name, n in vault.bullets()
        if n + 1 < len(vault.files[name])
        and BULLET.match(vault.files[name][n + 1])
        and not vault.files[name][n].startswith(" ")
        and not vault.files[name][n + 1].startswith(" ")
        and not (n + 2 < len(vault.files[name]) and vault.files[name][n + 2].startswith(" "))
    ]
    if not places:
        return ""
    name, n = chance.choice(places)
    lines = vault.files[name]
    lines[n], lines[n + 1] = lines[n + 1], lines[n]
    return f"order of lines {n}, {n + 1}"


def rename_heading(vault: Vault, chance: random.Random) -> str:
    places = [(f, n) for f, ls in vault.files.items() for n, line in enumerate(ls) if HEADING.match(line)]
    if not places:
        return ""
    name, n = chance.choice(places)
    match = HEADING.match(vault.files[name][n])
    assert match
    vault.files[name][n] = match[1] + chance.choice(
        [match[2] + " 详解", match[2] + "（二）", "再谈" + match[2]]
    )
    return f"heading {match[2]}"


def respell(vault: Vault, chance: random.Random) -> str:
    """A letter of the term changes, as when a typo is corrected."""
    found = _at(vault, chance)
    if not found:
        return ""
    lines, n, match = found
    term = match[2]
    if len(term) < 3 or "（" in term[:3] or "(" in term[:3] or "/" in term:
        return ""
    at = chance.randrange(2)
    lines[n] = (
        match[1]
        + "**"
        + term[:at]
        + ("x" if term[at].isascii() else "甲")
        + term[at + 1 :]
        + "**"
        + match[3]
        + match[4]
    )
    return f"spelling of {term}"


def add_alias(vault: Vault, chance: random.Random) -> str:
    found = _at(vault, chance)
    if not found:
        return ""
    lines, n, match = found
    if "（" in match[2] or "(" in match[2] or "/" in match[2]:
        return ""
    lines[n] = match[1] + f"**{match[2]}（Zqx Term）**" + match[3] + match[4]
    return f"alias for {match[2]}"


def move_to_other_file(vault: Vault, chance: random.Random) -> str:
    places = [
        (name, n)
        for name, n in vault.bullets()
        if not vault.files[name][n].startswith(" ")
        and vault.files[name][n].startswith("- ")
        and (n + 1 >= len(vault.files[name]) or not vault.files[name][n + 1].startswith(" "))
        and (
            n + 1 >= len(vault.files[name])
            or vault.files[name][n + 1].strip() == ""
            or vault.files[name][n + 1].startswith("- ")
        )
    ]
    others = list(vault.files)
    if not places or len(others) < 2:
        return ""
    name, n = chance.choice(places)
    line = vault.files[name].pop(n)
    target = chance.choice([other for other in others if other != name])
    vault.files[target] += ["", "# 新的一节", "", line] if "# 新的一节" not in vault.files[target] else [line]
    return f"{line[:20]} to {target}"


def rename_file(vault: Vault, chance: random.Random) -> str:
    name = chance.choice(list(vault.files))
    new = f"{Path(name).with_suffix('')}-{chance.randrange(100)}.md"
    if new in vault.files:
        return ""
    vault.files[new] = vault.files.pop(name)
    return f"file {name} to {new}"


def move_into_folder(vault: Vault, chance: random.Random) -> str:
    name = chance.choice(list(vault.files))
    deck, *_, own = name.split("/")
    return _renamed(vault, name, f"{deck}/folder{chance.randrange(3)}/{own}")


def rename_folder(vault: Vault, chance: random.Random) -> str:
    folders = sorted({name.rpartition("/")[0] for name in vault.files if name.count("/") > 1})
    if not folders:
        return ""
    old, new = chance.choice(folders), f"named{chance.randrange(100)}"
    for name in [name for name in vault.files if name.startswith(f"{old}/")]:
        _renamed(vault, name, f"{name.split('/')[0]}/{new}/{name.rpartition('/')[2]}")
    return f"folder {old} to {new}"


def move_to_other_deck(vault: Vault, chance: random.Random) -> str:
    name = chance.choice(list(vault.files))
    deck, _, rest = name.partition("/")
    if sum(other.startswith(f"{deck}/") for other in vault.files) < 2:
        return ""
    return _renamed(vault, name, f"{'two' if deck == 'one' else 'one'}/{rest}")


def _renamed(vault: Vault, name: str, new: str) -> str:
    if new in vault.files:
        return ""
    vault.files[new] = vault.files.pop(name)
    return f"file {name} to {new}"


def add_properties(vault: Vault, chance: random.Random) -> str:
    """What Logseq writes under a block, and Obsidian at the head of a file."""
    if chance.random() < 0.5:
        name = chance.choice(list(vault.files))
        lines = vault.files[name]
        if lines and lines[0] == "---":
            return ""
        lines[:0] = ["---", f"tags: [a{chance.randrange(9)}]", "created: 2026-01-01", "---"]
        return f"front matter of {name}"
    found = _at(vault, chance)
    if not found:
        return ""
    lines, n, match = found
    indent = " " * len(match[1].replace("\t", "    "))
    lines[n + 1 : n + 1] = [f"{indent}id:: 6650{chance.randrange(10**6)}", f"{indent}collapsed:: true"]
    return f"properties of {match[2]}"


def change_delimiter(vault: Vault, chance: random.Random) -> str:
    found = _at(vault, chance)
    if not found:
        return ""
    lines, n, match = found
    if ":" not in match[3] and "：" not in match[3]:
        return ""
    lines[n] = match[1] + f"**{match[2]}**" + chance.choice([" - ", "：", ": ", " — "]) + match[4]
    return f"delimiter of {match[2]}"


def to_table(vault: Vault, chance: random.Random) -> str:
    """Two or more colon bullets in a row become a table."""
    runs = []
    for name, lines in vault.files.items():
        n = 0
        while n < len(lines):
            end = n
            while (
                end < len(lines)
                and lines[end].startswith("- ")
                and (m := BULLET.match(lines[end]))
                and m[3].strip()
            ):
                end += 1
            if end - n >= 3 and (end >= len(lines) or not lines[end].startswith(" ")):
                runs.append((name, n, end))
            n = end + 1
    if not runs:
        return ""
    name, n, end = chance.choice(runs)
    rows = [BULLET.match(line) for line in vault.files[name][n:end]]
    table = (
        ["", "| 术语 | 含义 |", "|---|---|"]
        + [f"| {m[2]} | {m[4].replace('|', '/')} |" for m in rows if m]
        + [""]
    )
    vault.files[name][n:end] = table
    return f"lines {n}-{end} to a table"


EDITS: tuple[Edit, ...] = (
    change_words,
    add_sentence,
    drop_sentence,
    reorder,
    rename_heading,
    respell,
    add_alias,
    move_to_other_file,
    rename_file,
    move_into_folder,
    rename_folder,
    move_to_other_deck,
    add_properties,
    change_delimiter,
    to_table,
)
