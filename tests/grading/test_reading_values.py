"""Values as they are read: numbers, units and relations in any form of writing."""

import subprocess
import sys

import pytest

from studyllm.grading.values import ValueKind, read, units
from studyllm.grading.values.units import unit_at, worth


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("１２３４．５ｋｇ", 1234.5, 1234.5, "kilogram"),
        ("−39 °C", -39, -39, "degree_Celsius"),
        ("零下三十九摄氏度", -39, -39, "degree_Celsius"),
        ("minus 40 degrees", -40, -40, "degree"),
        ("1.6×10⁻¹⁹ C", 1.6e-19, 1.6e-19, "coulomb"),
        (r"$6.626 \times 10^{-34}$ J·s", 6.626e-34, 6.626e-34, "joule*second"),
        ("10 的 -23 次方", 1e-23, 1e-23, ""),
        ("1e-5", 1e-5, 1e-5, ""),
        ("1½ 小时", 1.5, 1.5, "hour"),
        ("一个半小时", 1.5, 1.5, "hour"),
        ("one and a half hours", 1.5, 1.5, "hour"),
        ("half an hour", 0.5, 0.5, "hour"),
        ("23 小时 45 分", 23.75, 23.75, "hour"),
        ("twenty-five", 25, 25, ""),
        ("three quarters", 0.75, 0.75, ""),
        ("a dozen eggs", 12, 12, ""),
        ("一百二十", 120, 120, ""),
        ("两千零六", 2006, 2006, ""),
        ("一点五", 1.5, 1.5, ""),
        ("三分之二", 2 / 3, 2 / 3, ""),
        ("百分之二十一", 21, 21, "percent"),
        ("千分之三", 3, 3, "permille"),
        ("1.4 亿", 1.4e8, 1.4e8, ""),
        ("299 792 458 m/s", 299792458, 299792458, "meter/second"),
        ("1,5 V", 1.5, 1.5, "volt"),
        ("4,096 字节", 4096, 4096, "byte"),
        ("4 KiB", 4, 4, "kibibyte"),
        ("140 毫米汞柱", 140, 140, "millimeter_Hg"),
        ("6 毫摩尔每升", 6, 6, "millimole/liter"),
        ("8.314 J mol⁻¹ K⁻¹", 8.314, 8.314, "joule*mole**-1*kelvin**-1"),
        ("72 次/分", 72, 72, "1/minute"),
        ("3–5 mg", 3, 5, "milligram"),
        ("between 3 and 5", 3, 5, ""),
        ("3 到 5 天", 3, 5, "day"),
        ("-1 到 1", -1, 1, ""),
        ("7±2", 5, 9, ""),
        ("$5.99", 5.99, 5.99, "USD"),
        ("第二十三届", 23, 23, ""),
        ("一又四分之一", 1.25, 1.25, ""),
        ("两拍半", 2.5, 2.5, ""),
        ("2π rad", 6.283185307, 6.283185307, "radian"),
        ("two and a half million km", 2.5e6, 2.5e6, "kilometer"),
        ("25 个基点", 25, 25, "permyriad"),
        ("a sixteenth", 1 / 16, 1 / 16, ""),
        ("one person in 25", 0.04, 0.04, ""),
        ("一百个里有四个", 0.04, 0.04, ""),
        ("20 mililitres", 20, 20, "milliliter"),
        ("from -2 up to +8 °C", -2, 8, "degree_Celsius"),
        ("不低于 3 且不高于 5 V", 3, 5, "volt"),
        ("6e-3 joule seconds", 6e-3, 6e-3, "joule*second"),
    ],
)
def test_a_number_is_read(text: str, low: float, high: float, unit: str) -> None:
    (value,) = read(text)
    assert value.low == pytest.approx(low)
    assert value.high == pytest.approx(high)
    assert value.unit == unit


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("≥ 18", "≥"),
        ("不低于 18", "≥"),
        ("18 or over", "≥"),
        ("18 岁以上", "≥"),
        ("at most 5", "≤"),
        ("不得超过 5", "≤"),
        ("五年以下", "≤"),
        ("顶多三回", "≤"),
        ("never above 5", "≤"),
        ("至少要提前 5 天", "≥"),
        ("p < 0.05", "<"),
        ("未满十八周岁", "<"),
        ("more than 3", ">"),
        (r"x \neq 0", "≠"),
        ("x = 0", "="),
        ("18", ""),
    ],
)
def test_a_relation_is_read(text: str, relation: str) -> None:
    assert read(text)[-1].relation == relation


@pytest.mark.parametrize(
    ("text", "kind", "form"),
    [
        ("1868年", ValueKind.DATE, "1868:1868:0:0"),
        ("公元前221年", ValueKind.DATE, "-221:-221:0:0"),
        ("490 BC", ValueKind.DATE, "-490:-490:0:0"),
        ("July 20, 1969", ValueKind.DATE, "1969:1969:7:20"),
        ("1911年10月10日", ValueKind.DATE, "1911:1911:10:10"),
        ("18世纪60年代", ValueKind.DATE, "1760:1769:0:0"),
        ("nineteenth century", ValueKind.DATE, "1801:1900:0:0"),
        ("the 1990s", ValueKind.DATE, "1990:1999:0:0"),
        ("53年4月", ValueKind.DATE, "53:53:4:0"),
        ("June of '63", ValueKind.DATE, "63:63:6:0"),
        ("O(n log n)", ValueKind.COMPLEXITY, "n log n"),
        ("constant time", ValueKind.COMPLEXITY, "1"),
        ("E = mc²", ValueKind.EQUATION, "E=mc^2"),
        ("H₂O", ValueKind.FORMULA, "H2O1"),
        ("Fe3+", ValueKind.FORMULA, "Fe1 +3"),
        ("SO₄²⁻", ValueKind.FORMULA, "O4S1 -2"),
        ("HTTP/2", ValueKind.NAMED, "2"),
        ("Python 3.10", ValueKind.NAMED, "3.10"),
        ("UTC+8", ValueKind.NAMED, "+8"),
        ("127.0.0.1", ValueKind.ADDRESS, "127.0.0.1"),
        ("三比一", ValueKind.RATIO, "3:1"),
        ("`list.append()`", ValueKind.CODE, "append"),
    ],
)
def test_what_is_no_plain_number_is_read(text: str, kind: ValueKind, form: str) -> None:
    (value,) = read(text)
    assert (value.kind, value.form) == (kind, form)


@pytest.mark.parametrize(
    "text",
    [
        "1. 甲\n2. 乙",
        "第一点是快，第二点是省",
        "1) first 2) second",
        "step 2 of the plan",
        "线程 1 等线程 2",
        "统一标准十分重要，千万不要忘",
        "一种一般的方法，两者进一步统一",
        "one of them, no one, one another",
        "half-life",
        "a two-sided test",
        "C++, B+ tree, CPU, USB, NaN",
        "5G 网络和 3D 打印",
        "k − 1",
        "a sixth sense, the tenth, on the twenty-fifth",
        "二级医院，二阶矩",
        "see https://10.0.0.1/a1",
        "几十个、十几次、三四层",
    ],
)
def test_what_is_no_value_is_not_read(text: str) -> None:
    assert read(text) == ()


def test_a_value_knows_where_it_stands() -> None:
    text = "约为 1.5×10⁸ km，即 $\\frac{1}{2}$ ℃"
    assert [text[v.start : v.end] for v in read(text)] == [v.text for v in read(text)]
    assert read("it is −39 ℃ there")[0].text == "−39 ℃"


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


def test_reading_needs_no_pint() -> None:
    code = (
        "import sys; from studyllm.grading.values import compare; compare('36 V', '36 V, 1868'); "
        "sys.exit('pint' in sys.modules or 'torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
