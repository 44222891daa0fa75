"""What a review lets be heard: a bell and a voice, each only where the learner wished for it."""

from studyllm.review.asking import aloud
from studyllm.store import StudyCard
from studyllm.tui.study import Study


def asked(study: Study, card: StudyCard) -> None:
    """A card is on: what was read of the one before ends."""
    study.aloud.hush()
    if study.settings.speech:
        say(study, card, answered=False)


def answered(study: Study, card: StudyCard) -> None:
    """The card's note is on."""
    if study.settings.speech:
        say(study, card, answered=True)


def say(study: Study, card: StudyCard, *, answered: bool) -> None:
    """The question aloud, or the note."""
    study.aloud.say(*aloud(card, answered=answered))


def ring(study: Study) -> None:
    """A verdict is there, or the end."""
    if study.settings.sounds:
        study.bell()
