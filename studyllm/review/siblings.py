"""An answer that is another card's definition: found among the cards of the same note by meaning, then judged."""

from collections.abc import Sequence

from studyllm.grading import Grader, Question, Verdict, is_meaning, is_word, lexical, translations
from studyllm.verdicts import Label, State

MOST = 24
"""Cards of a note that are compared: some 25 ms each."""
_OWN = 0.5
"""Share of an answer's words that are the other definition's."""
_TRIED = 2
"""Cards that are judged, the nearest first: a second or so each."""


def answered_instead(
    grader: Grader, asked: Question, given: Verdict, siblings: Sequence[Question], answer: str
) -> int | None:
    """Which sibling an answer gives the definition of: one whose translation it is, or one of those nearer in meaning
    than what was asked, for which the answer is right, or right in part where it has nothing of what was asked. Without
    an embedding model translations alone are known."""
    for number, other in enumerate(siblings):
        if is_meaning(answer, translations(other)):
            return number
    if is_word(answer) and is_word(asked.reference):
        return None  # of a word beside a word the models know too little
    for number in _nearer(grader, asked, siblings, answer)[:_TRIED]:
        found = grader.grade(siblings[number], answer)
        if found.label is Label.CORRECT or (
            given.label is Label.INCORRECT and _half(found, siblings[number], answer)
        ):
            return number
    return None


def _half(found: Verdict, other: Question, answer: str) -> bool:
    """Whether some of a definition was said and nothing of it otherwise; where that is not sure, half of what was said
    is to stand there word for word."""
    if found.unsure and lexical.recall(answer, other.reference) < _OWN:
        return False
    states = [point.state for point in found.points]
    return found.label is Label.PARTIAL and State.HIT in states and State.CONTRADICTED not in states


def _nearer(grader: Grader, asked: Question, siblings: Sequence[Question], answer: str) -> list[int]:
    """The siblings that an answer is more like than what was asked, the likest first."""
    import numpy as np  # late: no first frame needs it

    vectors = grader.embed([answer, asked.reference, *(other.reference for other in siblings)])
    if not siblings or len(vectors) < 2 + len(siblings):
        return []
    mine, own, *others = (np.frombuffer(vector, "<f2").astype(np.float32) for vector in vectors)
    likeness = [float(mine @ other) for other in others]
    nearer = [number for number, one in enumerate(likeness) if one > float(mine @ own)]
    return sorted(nearer, key=likeness.__getitem__, reverse=True)
