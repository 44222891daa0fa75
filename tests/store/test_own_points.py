"""Extras stay when a note is changed around them."""

from studyllm.store.own_points import own_points

OLD = "- A band: the whole myosin\n- I band: only actin\n- H zone: myosin only"
NEW = (
    "A band: all of the myosin, never shorter",
    "I band: only actin",
    "H zone: myosin only",
    "M line: in the middle",
)


def _own(*points: str) -> dict[str, object]:
    return {"answer": OLD, "points": list(points)}


def test_points_stand_as_long_as_the_note_does() -> None:
    assert own_points(_own("mine", "+ also mine"), OLD, ()) == ("mine", "+ also mine")
    assert own_points(None, OLD, ()) == ()


def test_what_was_made_an_extra_stays_one_beside_a_point_that_was_reworded_and_a_new_one() -> None:
    own = _own("A band: the whole myosin", "+ I band: only actin", "+ H zone: myosin only")
    assert own_points(own, "changed", NEW) == (NEW[0], f"+ {NEW[1]}", f"+ {NEW[2]}", NEW[3])


def test_an_extra_that_was_reworded_itself_is_known_again() -> None:
    own = _own("A band: the whole myosin", "+ I band: only actin", "H zone: myosin only")
    assert own_points(
        own, "changed", ("A band: the whole myosin", "I band: actin only", "H zone: myosin only")
    ) == (
        "A band: the whole myosin",
        "+ I band: actin only",
        "H zone: myosin only",
    )


def test_points_of_ones_own_words_end_with_the_note_that_they_stood_for() -> None:
    assert own_points(_own("what I say instead", "+ more"), "changed", NEW) == ()


def test_an_extra_marks_one_point_the_likest() -> None:
    own = {
        "answer": "raises blood pressure; lowers blood pressure",
        "points": ["raises blood pressure", "+ lowers blood pressure"],
    }
    points = ("raises blood pressure", "lowers blood pressure", "dilates")
    assert own_points(own, "changed", points) == (
        "raises blood pressure",
        "+ lowers blood pressure",
        "dilates",
    )
