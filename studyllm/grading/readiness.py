"""Which help there is, in words."""

from pathlib import Path

from studyllm.grading.verdict import Help, Readiness

DOWN = "The models' process ended again and again: answers are compared word by word until the next start."


def state_of(path: Path | None) -> Help:
    """How a model begins: switched off, absent, or loading."""
    return "off" if path is None else "loading" if path.exists() else "absent"


def note_of(ready: Readiness) -> str:
    """One sentence about the help there is."""
    names = {"embedding": ready.embedding, "language": ready.language}
    if "loading" in names.values():
        return (
            "The models' process ended and is being started again."
            if ready.restarts
            else "The models are loading."
        )
    if all(state == "ready" for state in names.values()):
        return "Both models are ready."
    if ready.embedding == "ready":
        return f"Answers are compared by meaning; the language model is {ready.language}, so explanations are composed."
    if ready.language == "ready":
        return f"The embedding model is {ready.embedding}: answers are compared word by word."
    pull = " `studyllm models pull` fetches what is absent." if "absent" in names.values() else ""
    return f"No models: answers are compared word by word.{pull}"
