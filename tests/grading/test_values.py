"""Units of values: spellings and worth."""

import pytest

from studyllm.grading.values import units
from studyllm.grading.values.units import unit_at, worth


def test_units_are_what_they_are_worth() -> None:
    for text, base, times in (
        ("km", "m", 1000),
        ("毫伏", "V", 0.001),
        ("KiB", "B", 1024),
        ("斤", "g", 500),
        ("英里", "米", 1609.344),
        ("km/h", "m/s", 1 / 3.6),
        ("mg/dL", "g/L", 0.01),
    ):
        one, other = unit_at(text, 0), unit_at(base, 0)
        assert one
        assert other
        assert worth(one.name).factor == pytest.approx(worth(other.name).factor * times)
        assert worth(one.name).dimension == worth(other.name).dimension
    celsius = worth("degree_Celsius")
    assert 20 * celsius.factor + celsius.offset == pytest.approx(293.15)
    assert worth("decibel").dimension == "decibel"
    assert unit_at("km2x", 0) is None


def test_every_unit_of_the_table_is_known() -> None:
    own, base = (
        set(units._data()["own"]),
        {"meter", "gram", "second", "ampere", "mole", "kelvin", "bit", "radian"},
    )
    for name in set(dict(units._every_spelling()).values()) - base:
        found = worth(name)
        assert found.factor > 0, name
        assert (found.dimension == name) is (name in own and not units._data()["own"][name]), name
