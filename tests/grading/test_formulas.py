"""Another formula for the same quantity contradicts the note's."""

import pytest

from studyllm.grading.formulas import another_formula


@pytest.mark.parametrize(
    ("point", "part", "other"),
    [
        (r"$\nu$: $N-1$", "ν=n-k", True),
        (r"$\nu$: $N-1$", "ν = n - 1", False),
        ("v = u + at", "v=at+u", False),
        ("v = u + at", "v = u - at", True),
        ("v = u + at", "s = ut", False),
        (r"$a = \frac{F}{m}$", "a = f/m", False),
        ("pH: 7", "ph: 8", False),
        ("U: the voltage", "u: the current", False),
    ],
)
def test_it_is_another_one(point: str, part: str, other: bool) -> None:
    assert bool(another_formula(point, [part])) == other
