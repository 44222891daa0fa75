"""A verdict as text."""

from studyllm.grading import Verdict
from studyllm.tui.widgets.verdict import headline, points
from studyllm.verdicts import Label, PointResult, State


def test_the_learner_s_words_stand_on_the_line_of_their_point() -> None:
    """Also where they went over two lines of the answer."""
    told = PointResult("the input is added", State.HIT, "- it adds\n  the input,\n" + "again " * 20)
    other = PointResult("to the output", State.MISSED)
    first, second = str(points(Verdict(Label.PARTIAL, 0.5, 3, (told, other)))).split("\n")
    assert first.startswith("✓ the input is added  you: it adds the input, again again")
    assert first.endswith("…")
    assert second.startswith("○ to the output")


def test_how_it_was_judged_stands_beside_a_verdict_only_where_it_is_not_the_usual() -> None:
    def told(*by: str) -> str:
        return str(headline(Verdict(Label.PARTIAL, 0.5, 3, by=by, confidence=0.54)))

    assert told("text", "cross-encoder", "language model") == "? Not sure (54%): partly right?"
    assert told("text", "cross-encoder") == "? Not sure (54%): partly right?"
    assert told("text").endswith("word by word")
