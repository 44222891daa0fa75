"""Values of a note and of an answer, compared as values: equal in any form, another in its place, or not there."""

import time
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyllm.grading.values import Comparison, compare, read
from studyllm.grading.values.units import worth

CASES: dict[str, list[dict[str, str]]] = tomllib.loads(
    Path(__file__).with_name("values.toml").read_text("utf-8")
)
ALL = [case for part in CASES.values() for case in part]
MISSED, FLAGGED, RECOGNISED = 0.02, 0.05, 0.95
"""Wrong values let pass and right ones called another, at most; right ones of which nothing is missing, at least."""


def _compared(case: dict[str, str]) -> Comparison:
    return compare(case["note"], case["answer"], case["question"])


@pytest.mark.parametrize(("verdict", "most"), [("other", MISSED), ("same", FLAGGED), ("none", MISSED)])
def test_of_the_cases_nearly_all_are_right(verdict: str, most: float) -> None:
    cases = [case for case in ALL if case["verdict"] == verdict]
    wrong = [case for case in cases if bool(_compared(case).other) != (verdict == "other")]
    assert len(wrong) <= most * len(cases), wrong


def test_of_the_right_cases_nearly_all_are_recognised() -> None:
    right = [case for case in ALL if case["verdict"] == "same"]
    found = [case for case in right if (c := _compared(case)).same and not c.absent]
    assert len(found) >= RECOGNISED * len(right)


def test_there_are_enough_cases() -> None:
    counts = Counter(case["verdict"] for case in ALL)
    assert min(counts["other"], counts["same"]) >= 120
    assert counts["none"] >= 30
    assert len({(case["note"], case["answer"]) for case in ALL}) == len(ALL)


@pytest.mark.parametrize(
    ("note", "answer", "same"),
    [
        ("3.14159", "3.14", True),
        ("9.8 m/s²", "9.81 m/s²", True),
        ("96485 C/mol", "96500 C/mol", True),
        ("1 hour", "60 min", True),
        ("77 K", "−196 ℃", True),
        ("4 KB", "4096 bytes", True),
        ("4 KB", "4000 bytes", True),
        ("206 bones", "210 bones", False),
        ("1868年", "1870年", False),
        ("65536", "65535", False),
        ("1024 bytes", "1000 bytes", False),
        ("37 ℃", "36 ℃", False),
        ("β = 0.999", "β = 0.99", False),
        ("3–5 mg", "3 mg", False),
        ("3–5 mg", "from 3 mg to 5 mg", True),
        ("18 世纪", "1789年", True),
        ("1789年", "18 世纪", False),
        ("V = IR", "I = V/R", True),
        ("V = IR", "V = I/R", False),
        ("a²+b²=c²", "c = √(a²+b²)", True),
        ("O(n log n)", "O(n lg n)", True),
        ("Ω(n)", "O(n)", False),
        ("Python 3.10", "Python 3.1", False),
        ("HTTP/2", "HTTP 2.0", True),
    ],
)
def test_equal_values(note: str, answer: str, same: bool) -> None:
    assert bool(compare(note, answer).same) is same


@pytest.mark.parametrize(
    ("note", "answer", "other"),
    [
        ("three parts sand to one part cement", "1:3 sand to cement", True),
        ("three parts sand to one part cement", "cement and sand 1:3", False),
        ("水灰质量比 1:2", "水和灰 2:1", True),
        ("E = ½mv²", "四分之一乘质量乘速度平方", True),
        ("E = ½mv²", "二分之一乘质量乘速度平方", False),
        ("CuSO₄·5H₂O", "CuSO4·7H2O", True),
        ("2H2 + O2 → 2H2O", "2H2 + 2O2 -> 2H2O", True),
        ("60 minutes", "three rounds of 20 min", False),
        ("120/80 mmHg", "收缩压 120，舒张压 80 毫米汞柱", False),
        ("O(n log n)", "n times log n", False),
        ("average O(n), worst O(n²)", "worst O(n), O(n²) on average", True),
        ("average O(n), worst O(n²)", "n squared at worst, O(n) on average", False),
        ("one tablet every 6 hours", "一天六次", True),
        ("one tablet every 6 hours", "four times a day", False),
        ("3 kJ/(kg·K)", "3 kJ/(g·K)", True),
        ("2000 kg/m³", "two grams per cubic centimetre", False),
        ("F = kq²", "k 乘电荷的立方", True),
        ("5:2", "2.5 倍", False),
        ("约 8 周", "两个月左右", False),
        ("8 周", "一个月", True),
        ("三万万人", "3 亿人", False),
        ("40 km/h max, 20 km/h min", "at most 40, at least 30", True),
        ("2 kJ/(kg·℃)", "2000 焦每千克每度", False),
        ("in the 13th century", "in the 1300s", True),
    ],
)
def test_another_value_in_several_words(note: str, answer: str, other: bool) -> None:
    found = compare(note, answer)
    assert bool(found.other) is other


def test_an_answer_that_has_all_of_a_bare_value_settles_it() -> None:
    assert compare("2 L", "2000 毫升", "How much a day?").settled
    assert not compare("2 L", "3 L", "How much a day?").settled
    assert not compare("2 L", "不是 2 L", "How much a day?").settled
    assert not compare("2 L a day, taken with meals", "2 L", "Dose").settled
    assert not compare("60/40", "40/60", "Split").settled
    assert not compare("2x + 1 ≥ 3y", "2x - 1", "Bound").settled


def test_what_became_of_each_value() -> None:
    found = compare(
        "水银的凝固点是 −39 °C，沸点是 357 °C，密度 13.6 g/cm³。", "凝固点 39 °C，密度 13.6 g/cm³"
    )
    assert [(p.note.text, p.answer.text) for p in found.other] == [("−39 °C", "39 °C")]
    assert [(p.note.text, p.answer.text) for p in found.same] == [("13.6 g/cm³", "13.6 g/cm³")]
    assert [value.text for value in found.absent] == ["357 °C"]


def test_what_the_question_states_does_not_count() -> None:
    found = compare("20 °C 时声速为 343 m/s。", "343 m/s", "20 °C 时的声速是多少？")
    assert found.absent == ()
    assert len(found.same) == 1


def test_one_end_of_a_range_is_a_part_of_it() -> None:
    found = compare("Take 3–5 mg.", "Take 3 mg.")
    assert (found.same, found.other, len(found.absent)) == ((), (), 1)


def test_a_value_outside_of_a_range_is_another() -> None:
    assert compare("Take 3–5 mg.", "Take 4 mg.").other == ()
    assert len(compare("Take 3–5 mg.", "Take 8 mg.").other) == 1
    assert len(compare("Take 3–5 mg.", "Take 3–8 mg.").other) == 1


def test_what_is_more_than_the_note_contradicts_nothing() -> None:
    note = "Splits the model dimension into 8 heads."
    assert compare(note, "8 heads, e.g. 512/8=64 each; the paper of 2017 has 6 layers").other == ()
    assert compare("CO₂ is let out.", "二氧化碳 is let out, never CO").other == ()
    assert compare("平均查找是 O(1)。", "一算就到，最坏 O(n)").other == ()
    assert len(compare("平均查找是 O(1)。", "平均 O(n)").other) == 1


FRAMES = (
    "{}。",
    "{}.",
    "({})",
    "（{}）",
    "答案是{}",
    "I think it is {}",
    "{}，应该是吧",
    "- {}\n",
    "**{}**",
    "{0}\n{0}",
)


@pytest.mark.slow
@pytest.mark.parametrize("frame", FRAMES)
def test_what_stands_around_an_answer_or_a_note_changes_nothing(frame: str) -> None:
    changed = []
    for case in ALL:
        other = bool(_compared(case).other)
        for part in ("answer", "note"):
            framed = case | {part: frame.format(case[part].rstrip("。."))}
            if bool(_compared(framed).other) != other:
                changed.append((framed["note"], framed["answer"]))
    assert len(changed) <= 0.01 * len(ALL), changed


def test_without_values_there_is_nothing_to_compare() -> None:
    assert compare("", "") == compare("a cat", "ten dogs") == Comparison()


PIECES = (
    "5", "3.14", "1e5", "10^", "²³", "⁻", "½", "½½", "-", "−", "~", "±", " ", "km", "/", "m/s²", "°C", "%", "百分之",
    "分之", "一", "两", "半", "亿", "点", "年", "月", "日", "世纪", "前", "to", "and", "half", "twenty", "point", "a",
    "O(", "n log n", ")", "=", "E=mc", "x", "(", "√", "^", "_", "{", "}", "\\frac", "\\times", "$", "H2O", "Fe", "+",
    "HTTP/", "v2.0", "1.1.1.1", ":", "`f()`", "≤", "不超过", "以上", "约", "e.g.", "1.", "第", "\n", "，", "BC",
    "century", "July 4", "\u200b", "①", "٣", "Ⅷ", "\ud800", "0", "9" * 30, "1e308", "e-260", "e250", "n^900", "!",
    "log ", "V=IR",
)  # fmt: skip


@given(
    st.text(), st.lists(st.sampled_from(PIECES), max_size=30), st.lists(st.sampled_from(PIECES), max_size=30)
)
def test_no_text_is_too_strange(text: str, some: list[str], others: list[str]) -> None:
    one, two = "".join(some), " ".join(others)
    for value in read(text) + read(one):
        assert 0 <= value.start < value.end
    for note, answer in ((one, two), (two, one), (text, one), (one, one)):
        found = compare(note, answer, text)
        values = [p.note for p in found.same + found.other] + list(found.absent)
        assert len({id(v) for v in values}) == len(values)
    assert compare(one, one).other == ()


@pytest.mark.parametrize(
    "piece",
    [
        "9", "9 ", "1.", "1,", "a=", "(", "O(", "三", "一二三四五六七八九十百千万亿", "twenty ", "like 5 km ",
        "\\frac{", "$^", "H2O", "²", "3 × ", "不超过",
        "a b = ", "5±", "3-", "2:", "x+1=y+2, ", "5 m/s/", "`a`", "第1", "1868年1月", "O(n²) 5 km, ",
    ],
)  # fmt: skip
def test_a_long_text_takes_no_long_time(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    mixed = " ".join(f"{n} km, {n / 7:.3f} V，约 {n}%；O(n^{n})" for n in range(400))[:10_000]
    worth("kilometer")  # pint is built once
    start = time.process_time()
    compare(text, mixed, "")
    compare(mixed, text, "")
    assert time.process_time() - start < 2


def test_a_year_is_no_count_in_words() -> None:
    assert not compare("founded in 1918 by weavers", "three weavers founded it").other
    assert compare("founded in 1918 by weavers", "weavers founded it in 1981").other


@pytest.mark.parametrize(
    ("note", "answer", "other"),
    [
        ("平均：O(nlogn)\n最坏：O(nlogn)\n空间：O(1)", "平均最坏都是nlogn，空间O(1)", ()),
        ("best: O(n²)\nworst: O(n²)\nspace: O(1)", "best and worst n², space O(1)", ()),
        ("best: O(n)\nworst: O(n²)", "best and worst n²", ("best: O(n)",)),
        ("best: O(n²)\nworst: O(n²)", "best n, worst n²", ("best: O(n²)",)),
        ("worst: O(n²)\nspace: O(1)", "worst-case space O(1), worst case O(n²)", ()),
        ("worst: O(n²)", "average O(n²)", ("O(n²)",)),
    ],
)
def test_complexities_of_several_cases(note: str, answer: str, other: tuple[str, ...]) -> None:
    assert tuple(pair.note.text for pair in compare(note, answer).other) == other
