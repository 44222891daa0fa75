"""What makes a verdict unsure though the models are sure: kinds of answers of which they were seen to be wrong."""

from studyllm.grading.deeds import another_duty
from studyllm.grading.gates import is_reading
from studyllm.grading.lacking import says_too_little
from studyllm.grading.one_word import ANOTHER_WORD, denies_more, in_other_letters
from studyllm.grading.paradigm import may_be_of_another_person
from studyllm.grading.signals import Shares, Signals
from studyllm.grading.verdict import Question
from studyllm.grading.vocabulary import is_guessing, is_one_word, is_word
from studyllm.grading.word_forms import may_be_form, may_be_tense


def in_doubt(
    question: Question, points: tuple[str, ...], answer: str, seen: Signals, shares: Shares, right: float
) -> bool:
    """Whether a verdict with these probabilities of its labels, `right` with that probability, is not to be sure."""
    asked, reference = question.term or question.text, question.reference
    return (
        not seen.measured
        or _is_doubtful_word(question, points, answer, shares, right)
        or may_be_of_another_person(asked, reference, answer)
        or may_be_tense(question.text, reference, answer)
        or is_reading(question, answer)  # its meaning is asked for
        or (shares[0] == max(shares) and (says_too_little(points, answer) or another_duty(reference, answer)))
    )


def _is_doubtful_word(
    question: Question, points: tuple[str, ...], answer: str, shares: Shares, right: float
) -> bool:
    """The same of a card whose answer is a word: guesses, another word, a form of it."""
    if not is_word(question.reference) and not (len(points) == 1 and is_one_word(question.reference)):
        return False
    return (
        is_guessing(answer)
        or denies_more(question, answer, shares)
        or (right < ANOTHER_WORD and in_other_letters(question, answer, shares))
        or may_be_form(question.term or question.text, question.reference, answer)
    )
