"""What was done and was not (已经预见 for 没有预见), and what must be done and only may be (可以 for 应当)."""

import re
from collections.abc import Sequence

from studyllm.text import CJK

_NOT_DONE = re.compile(rf"(?:没有?|未(?:能|曾)?)(?P<deed>[{CJK}]{{2}})")
_NO_DEED = re.compile(r"[的了着过和与或及在就都也很更最一其这那]")
"""What a deed of two letters has none of."""
_HEDGED = re.compile(r"[没未不非]|如果|若|假如|否则|无法|是否")
_SHALL, _MAY = re.compile(r"应(?:当|该)(?!是)|必须|须(?!知)"), re.compile(r"可以|得以")
_MUST = re.compile(r"\b(?:must|shall|(?:is|are) (?:required|obliged) to|ha(?:s|ve) to)\b", re.I)
_MIGHT = re.compile(r"\b(?:may|might|(?:is|are) (?:allowed|free) to)\b", re.I)
_DUTIES = ((_SHALL, _MAY), (_MAY, _SHALL), (_MUST, _MIGHT), (_MIGHT, _MUST))
"""What is a duty and what is left open, in either order."""
_CLAUSE = re.compile(r"[，,。；;.\n]")
_NEGATED = re.compile(r"[不没未勿]|\b(?:not|never|no)\b|n['’]t\b", re.I)


def done_after_all(point: str, points: Sequence[str], parts: Sequence[str]) -> str:
    """The part of an answer in which that was done of which the point says that it was not; nothing where another case
    of the note is that it was."""
    for found in _NOT_DONE.finditer(point):
        deed = found["deed"]
        done = re.compile(rf"已经?(?:能够?)?{deed}|{deed}(?:到了?|了)")
        other = re.compile(rf"(?<![没未不无有能曾应当该须]){deed}")
        if _NO_DEED.search(deed) or any(map(other.search, points)):
            continue
        there = [part for part in parts if deed in part]
        said = [done.search(part) for part in there]
        if there and all(one and not _HEDGED.search(one.string[: one.end()]) for one in said):
            return there[0]
    return ""


def another_duty(reference: str, answer: str) -> bool:
    """Whether an answer leaves open what the note has as a duty, or the other way round: 可以从轻 for 应当从轻. Only
    where the note has it in no clause the answer's way, and the answer in none the note's."""
    for own, other in _DUTIES:
        if not own.search(reference) or other.search(reference) or own.search(answer):
            continue
        acts = _acts(own, reference)
        if acts & _acts(other, answer):
            return True
    return False


def _acts(duty: re.Pattern[str], text: str) -> set[str]:
    """Pairs of Chinese letters, or the beginnings of words, that stand behind a duty in its clause."""
    found: set[str] = set()
    for clause in _CLAUSE.split(text):
        said = duty.search(clause)
        if said is None or _NEGATED.search(clause):
            continue
        behind = clause[said.end() :]
        han = re.findall(f"[{CJK}]+", behind)
        found |= {run[at : at + 2] for run in han for at in range(len(run) - 1)}
        found |= {word[:5].casefold() for word in re.findall(r"[A-Za-z]{4,}", behind)}
    return found
