"""Answers that begin with their mark and the first step of a list, as a list below the question: A: 1. … over 2. …."""

import re
from collections.abc import Sequence

from studyllm.notes.markdown.fences import in_code
from studyllm.notes.markdown.line_begins import ITEM_LINE, margin

_ANSWER = re.compile(
    r"[ \t]*(?:\*\*|__)?(?:[AＡ]|Ans(?:wer)?|答案?|答え?|답변?|Antwort)[ \t]?\d{0,3}(?:\*\*|__)?"
    r"[ \t]*[:：](?:\*\*|__)?[ \t\u3000]*(?=\S)(?P<first>.*)",
)
_STEP = re.compile(
    r"(?:(?P<number>\d{1,2})(?:[、．]|[.)](?!\d))|[（(](?P<bracketed>\d{1,2})[)）]|(?P<circled>[①-⑳])"
    r"|(?P<bullet>[-*+•])(?=[ \t]))[ \t\u3000]*(?=\S)(?P<text>.*)"
)
_QUESTION = re.compile(
    r"[ \t]*(?:#{1,6}[ \t]|(?:\*\*|__)"
    r"|(?:[QＱ]|问题?|Question|問|문제?|질문|Frage)[ \t]?\d{0,3}[ \t]*[:：.、]|.*[?？][*_ \t]*$)",
    re.IGNORECASE,
)
"""What may be a question: a title, a line in bold or with a mark."""
_CHOICE = re.compile(r"[ \t]*B[ \t]?\d?[ \t]*[:：.]")
"""What stands below an A that is one of several answers to choose from."""
_ABOVE = 3
"""Lines above an answer among which its question is."""


def with_steps(text: str) -> str:
    """The text, the first step of an answer as the first item of the list that the others are; below an item that asks,
    the list is nested in it."""
    lines = text.split("\n")
    code: list[bool] = []
    for at, line in enumerate(lines[:-1]):
        found = _ANSWER.match(line)
        first = _STEP.match(found["first"]) if found else None
        question = _question(lines, at) if first else None
        if first is None or question is None:
            continue
        indent, pushed_in = _place(question, first)
        steps = _steps(lines, at + 1, first, pushed_in)
        code = code or in_code(lines)
        if steps and not code[at]:
            lines[at : at + 1 + len(steps)] = [indent + step for step in (_item(first), *steps)]
    return "\n".join(lines)


def _question(lines: Sequence[str], at: int) -> str | None:
    """What stands right above a line and may be the question it answers."""
    above = next((line for line in reversed(lines[max(0, at - _ABOVE) : at]) if line.strip()), "")
    return above if _QUESTION.match(above) else None


def _place(question: str, first: re.Match[str]) -> tuple[str, int]:
    """The margin of the steps below a question, and by how many blanks their lines are pushed in at least: below an
    item, what has its sort of mark is another item where it is not."""
    outer, item = margin(question), ITEM_LINE.match(question)
    if item is None:
        return outer, 0
    bullet = item[0].strip() in "-*+"
    own = bullet == bool(first["bullet"])
    return outer + " " * (item.end() - len(outer)), len(outer) + 1 if own else 0


def _steps(lines: Sequence[str], begin: int, before: re.Match[str], pushed_in: int) -> list[str]:
    """The lines from one on that count on from a step, and what goes on with each, as items; none where another answer
    to choose from is below them, or the first does not go on with a second. What is not `pushed_in` by so many blanks
    is no step, but may be the next question."""
    found: list[str] = []
    steps = 0
    for line in lines[begin:]:
        step = _STEP.match(line.strip())
        if _CHOICE.match(line) or _ANSWER.match(line):
            return []
        if line.strip() and len(margin(line)) < pushed_in:
            break
        if step and _follows(before, step):
            before, steps = step, steps + 1
            found.append(_item(step))
        elif line.strip() and line[:1].isspace():
            found.append(f"   {line.strip()}")
        else:
            break
    return found if steps else []


def _follows(before: re.Match[str], step: re.Match[str]) -> bool:
    """Whether one mark counts on from another of its sort."""
    if step["bullet"] or before["bullet"]:
        return bool(step["bullet"] and before["bullet"])
    kinds = [one["number"] is None for one in (before, step)]
    return kinds[0] == kinds[1] and _value(step) == _value(before) + 1


def _value(step: re.Match[str]) -> int:
    """The number of a step."""
    return (
        ord(step["circled"]) - ord("①") + 1 if step["circled"] else int(step["number"] or step["bracketed"])
    )


def _item(step: re.Match[str]) -> str:
    """A step as an item of a list."""
    return f"{'-' if step['bullet'] else f'{_value(step)}.'} {step['text']}"
