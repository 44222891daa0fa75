"""An answer that is another card's definition: found among the cards of the same note by meaning, then judged."""

from collections.abc import Sequence

from studyllm.grading import Grader, Question
from studyllm.verdicts import Label

MOST = 24
"""Cards of a note that are compared: some 25 ms each."""


def answered_instead(
    grader: Grader, asked: Question, siblings: Sequence[Question], answer: str
) -> int | None:
    """Which sibling an answer gives the definition of: the one nearest in meaning, nearer than what was asked, if the
    answer is right there; None without an embedding model."""
    import numpy as np  # late: no first frame needs it

    vectors = grader.embed([answer, asked.reference, *(other.reference for other in siblings)])
    if not siblings or len(vectors) < 2 + len(siblings):
        return None
    mine, own, *others = (np.frombuffer(vector, "<f2").astype(np.float32) for vector in vectors)
    likeness = [float(mine @ other) for other in others]
    best = max(range(len(likeness)), key=likeness.__getitem__)
    if likeness[best] <= float(mine @ own):
        return None
    return best if grader.grade(siblings[best], answer).label is Label.CORRECT else None
