"""Rows as `studyllm grade --out` writes them."""

import json
from typing import Any


def row(answer: str, verdict: str = "incorrect", **more: Any) -> bytes:
    """A line of a results file about what spacing is."""
    score = {"correct": 0.9, "partial": 0.4, "incorrect": 0.1}[verdict]
    state = {"correct": "hit", "partial": "hit", "incorrect": "missed"}[verdict]
    known = {
        "id": None,
        "line": 1,
        "question": "What is spacing?",
        "term": "spacing",
        "reference": "Reviewing again after some time.",
        "answer": answer,
        "score": score,
        "verdict": verdict,
        "grade": 0,
        "points": [{"text": "reviewing again", "state": state}],
        "confidence": 0.95,
        "sure": True,
        "unsure": False,
        "by": ["text"],
        "reason": "",
    }
    return json.dumps(known | more).encode() + b"\n"


def points(**states: str) -> list[dict[str, str]]:
    """Points by their names."""
    return [{"text": text, "state": state} for text, state in states.items()]
