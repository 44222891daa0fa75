"""Questions as messages to the models' process."""

from studyllm.cards import Kind
from studyllm.grading.verdict import Question
from studyllm.process import Message


def question_message(question: Question, points: tuple[str, ...], lang: str) -> Message:
    """A question as the child reads it, its points and language settled."""
    return {
        "text": question.text,
        "reference": question.reference,
        "points": list(points),
        "term": question.term,
        "aliases": list(question.aliases),
        "kind": str(question.kind),
        "lang": lang,
        "context": question.context,
    }


def question_from(message: Message) -> Question:
    """The question in a message."""
    return Question(
        text=str(message["text"]),
        reference=str(message["reference"]),
        points=tuple(str(p) for p in message.get("points", ())),
        term=str(message.get("term", "")),
        aliases=tuple(str(a) for a in message.get("aliases", ())),
        kind=Kind(message.get("kind", Kind.TERM)),
        lang=str(message.get("lang", "")),
        context=str(message.get("context", "")),
    )
