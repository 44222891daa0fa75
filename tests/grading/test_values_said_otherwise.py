"""Values in words, turned round, in code: equal ones in another form, other ones in nearly the same."""

import pytest

from studyllm.grading.values import compare
from studyllm.grading.values.value import Comparison


def _settled(found: Comparison) -> bool:
    return bool(found.same) and not found.other and not found.absent


@pytest.mark.parametrize(
    ("note", "right", "wrong"),
    [
        ("ρ = m/V", "密度等于质量除以体积", "密度等于体积除以质量"),
        ("I = U/R", "the current is the voltage over the resistance", "the resistance over the voltage"),
        ("E = ½mv²", "half the mass times the speed squared", "half the mass times the speed"),
        ("profit = revenue − cost", "revenue minus cost", "profit is cost minus revenue"),
        ("净资产 ÷ 总股本", "净资产除以总股本", "总股本除以净资产"),
        ("Y = C + I + G + NX", "消费加投资加政府购买加净出口", "消费加投资加政府购买减净出口"),
        ("p₁V₁ = p₂V₂", "p1/p2 = V2/V1", "p₁V₂ = p₂V₁"),
        ("πr²", "π·r·r", "2πr"),
        ("1/((1 − p) + p/n)", "n/(n(1−p) + p)", "1/((1 − p) + pn)"),
        ("PL³/(48EI)", "P L^3 / (48 E I)", "PL³/(3EI)"),
    ],
)
def test_equations_and_expressions(note: str, right: str, wrong: str) -> None:
    assert _settled(compare(note, right))
    assert compare(note, wrong).other


@pytest.mark.parametrize(
    ("note", "right", "wrong"),
    [
        ("3218 公里", "三千二百多公里", "三千三百多公里"),
        ("1740 人", "一千七百来人", "一千八百来人"),
        ("2600 多名", "2600 名", "2700 名"),
        ("1.6×10⁻¹⁹ C", "一点六乘以十的负十九次方库仑", "一点六乘以十的负十七次方库仑"),
        (
            "433.92 MHz",
            "four three three point nine two megahertz",
            "four three nine point three two megahertz",
        ),
        ("96.5 MHz", "ninety-six decimal five", "sixty-nine decimal five"),
        ("110°", "one hundred & ten degs", "one hundred & one degs"),
        ("below 0.4", "less than nought point four", "less than nought point five"),
        ("within 1 minute", "at most one minute", "at most one hour"),
        ("60–100 bpm", "between sixty and a hundred beats a minute", "between sixty and a hundred and ten"),
        ("45 min per week", "three quarters of an hour a week", "three quarters of an hour every day"),
        ("每周 90 分钟", "一周一个半小时", "每天九十分钟"),
        ("134°C", "134 C", "143 C"),
        ("隔日一次", "每两天一次", "每天一次"),
        ("每6小时一次", "一天四次", "一天三次"),
        ("2.4万/年", "24000元每年", "42000元每年"),
        ("2.4万/年", "2.4w/年", "4.2w/年"),
        ("50万元", "50w元", "5w元"),
        ("15 min", "一刻钟", "三刻钟"),
    ],
)
def test_numbers_as_they_are_spoken(note: str, right: str, wrong: str) -> None:
    assert _settled(compare(note, right))
    assert compare(note, wrong).other


@pytest.mark.parametrize(
    "note",
    ["control over the market", "TCP/IP", "three times a day", "self-attention - a layer", "on/off", "C++"],
)
def test_prose_is_no_equation(note: str) -> None:
    found = compare(note, "something else, and - over there - it is one times two")
    assert not found.other


def test_what_belongs_together_is_not_said_in_words() -> None:
    assert not compare("v = (u + w)/2", "u plus w divided by 2").other


@pytest.mark.parametrize(
    ("note", "right", "wrong"),
    [
        ("Prices rise by 4 %.", "they grow 4 %", "Prices fall by 4 %."),
        ("体积增大约 9 %", "体积变大 9 %", "体积减小约 9 %"),
        ("北纬 23°", "在北纬 23 度", "南纬 23°"),
        ("起飞前 45 分钟", "45 分钟，起飞前", "起飞后 45 分钟"),
        ("Open at 8 am.", "8 a.m.", "8 p.m."),
        ("It cools from 80 °C to 20 °C.", "from 80 °C down to 20 °C", "from 20 °C to 80 °C"),
        ("recall 80 %, precision 60 %", "precision 60 %, recall 80 %", "precision 80 %, recall 60 %"),
        ("450 °C and 200 atm", "200 atm, 450 °C", "200 °C and 450 atm"),
        (
            "8 ovens, 25 loaves, yeast 0.02",
            "eight ovens, 25 loaves, yeast 0.02",
            "25 loaves, yeast 0.2, 8 ovens",
        ),
        ("共 12 排，3000 个座位", "三千个座位，十二排", "十二排，三万个座位"),
        ("上升 1 个百分点", "升了 1 个百分点", "上升 1%"),
        ("50 人以下", "最多五十人", "至少要有 50 人"),
        ("1 mg per 100 units", "10 mg per 1000 units", "10 mg per 100 units"),
    ],
)
def test_said_the_other_way_round(note: str, right: str, wrong: str) -> None:
    assert not compare(note, right).other
    assert compare(note, wrong).other


@pytest.mark.parametrize(
    ("note", "right", "wrong"),
    [
        ("CH₄ + 2O₂ → CO₂ + 2H₂O", "CH4+2O2=CO2+2H2O", "CH4+O2=CO2+2H2O"),
        ("C₂H₆O", "两个碳、六个氢、一个氧", "两个碳、四个氢、一个氧"),
        ("[Ar] 3d⁵ 4s¹", "4s1 3d5", "[Ar] 3d⁶ 4s¹"),
        ("1066", "ten sixty-six", "sixteen sixty-six"),
        ("1648", "sixteen forty-eight", "sixteen eighty-four"),
        ("the 17th century", "the sixteen hundreds", "the fifteen hundreds"),
        ("25 years", "two and a half decades", "three and a half decades"),
        ("2.7 g/cm³", "每立方米 2700 千克", "每立方米 7200 千克"),
        ("404", "four-oh-four", "four-oh-three"),
        ("254", "256 减 2", "256 减 1"),
        ("65,535", "2^16 − 1", "2^16"),
        ("`ss -tlnp`", "ss -lntp", "ss -tunp"),
        ("`git reset --soft HEAD~1`", "git reset --soft HEAD~1", "git reset --hard HEAD~1"),
        ("`30 2 * * *`", "30 2 * * *", "2 30 * * *"),
        ("`lst.pop()`", "lst.pop()", "lst.pop(0)"),
        ("二百两", "200 两", "二百斤"),
    ],
)
def test_other_notations(note: str, right: str, wrong: str) -> None:
    assert _settled(compare(note, right))
    assert compare(note, wrong).other


def test_a_version_is_no_decimal() -> None:
    asked = "Which version brought it?"
    assert compare("3.10", "3.1", asked).other
    assert compare("3.10", "Python 3.10.0", asked).settled
    assert compare("3.10", "3.1", "How long is it?").settled


@pytest.mark.parametrize(
    ("note", "right", "wrong"),
    [
        ("250 grams per litre", "0.25 kilogrammes per liter", "2.5 kilogrammes per liter"),
        ("38 °C", "311 K", "38 degrees farenheit"),
        ("4000 r/min", "four thousand rpm", "4000 revolutions per second"),
        ("308 mOsm/L", "0.308 Osm/L", "3.08 Osm/L"),
        ("2.2–2.6 mmol/L", "4.4 to 5.2 mEq/L", "1.1 to 1.3 mEq/L"),
        ("one drop t.d.s.", "one drop, three times a day", "one drop b.d."),
        ("每半年一次", "一年两回", "一年三回"),
        ("every 6–8 h", "q6-8h", "q6-12h"),
        ("buffer 32 KiB, delay 150 ms", "0.15 s of delay, 32768 bytes", "waits 3 s each time, 32768 bytes"),
        ("≥50 mg/100 mL", "≥0.5 mg/mL", "≥5 mg/mL"),
        ("−154 m", "154 m below sea level", "154 m above sea level"),
        ("June 1963", "June '63", "June '36"),
        ("1980 年 8 月", "80年8月", "88年8月"),
        ("CYP3A4", "3A4", "2D6"),
        ("A10BA02", "a10 ba 02", "a10 ba 20"),
        ("4p16.3", "4p16.3", "4q16.3"),
        ("9/16", "56 %", "百分之十九"),
        ("2 %", "20 in a thousand", "one in thirty"),
        ("21 %", "roughly a fifth", "roughly a third"),
        ("6CO₂ + 6H₂O → C₆H₁₂O₆ + 6O₂", "放六个氧分子", "放十二个氧分子"),
        ("v = Vmax[S]/(Km + [S])", "Vmax 乘 S，除以 Km 加 S 的和", "Vmax 乘 Km，除以 Km 加 S 的和"),
        ("A = −R2/R1", "minus R2 divided by R1", "minus R1 divided by R2"),
        ("3.5–5.0", "not less than 3.5 and not more than 5", "not less than 5 and not more than 8.5"),
    ],
)
def test_kinds_that_a_hand_showed(note: str, right: str, wrong: str) -> None:
    assert compare(note, right).same
    assert not compare(note, right).other
    assert compare(note, wrong).other


@pytest.mark.parametrize(
    ("note", "right", "wrong"),
    [
        ("Multiply by 88.4.", "times 88.4", "divided by 88.4"),
        ("加上 273.15", "加 273.15", "减 273.15"),
        ("At least 40 minutes before.", "no less than 40 minutes before", "never above 40 minutes"),
        ("至少提前 40 分钟", "起码要提前 40 分钟", "顶多提前 40 分钟"),
        ("由 2 g 增至 4 g", "从 2 g 到 4 g", "从 4 g 到 2 g"),
        ("from 4 % to 9 %", "up from 4 % to 9 %", "from 9 % to 4 %"),
        ("甲类存 1 年，乙类存 2 年", "乙类的 24 个月，甲类的 12 个月", "乙类的 12 个月，甲类的 24 个月"),
        ("copper 9 g, tin 7 g", "7 g tin, 9 g copper", "9 g tin, 7 g copper"),
        ("B12 is kept, B1 is lost", "B1 is lost, B12 is kept", "B12 is lost, B1 is kept"),
        ("Men 120–160 g/L, women 110–150 g/L.", "120–160 g/L", "1.2–1.6 g/dL"),
    ],
)
def test_equal_numbers_said_of_something_else(note: str, right: str, wrong: str) -> None:
    assert not compare(note, right).other
    assert compare(note, wrong).other


@pytest.mark.parametrize(
    ("note", "answer"),
    [
        ("25 % of the samples fail", "three quarters pass"),
        ("5 mg in the morning, 10 mg in the evening", "15 mg altogether"),
        ("It fell from 50 kg to 45 kg.", "5 kg less"),
        ("at least 18 years", "not allowed under 18"),
        ("72 °C, 1 min each; 30 cycles", "a minute for 1000 bases"),
        ("5 × 10 min", "5 sets / 10 min each"),
        ("十个月内 3 次", "10 个月里三次"),
        ("第一年 3 次", "头年三次"),
        ("cools from 80 °C to 20 °C", "80 → 20 °C"),
        ("K = [C]/([A][B])", "[C]/[A]/[B]"),
        ("a sixth sense", "the sixth one"),
    ],
)
def test_what_only_looks_like_another_value(note: str, answer: str) -> None:
    assert not compare(note, answer).other


def test_one_date_answers_when() -> None:
    note, answer = (
        "Signed in March 1957, after long talks in Rome.",
        "that was, if I am right, in 1948, one summer",
    )
    assert compare(note, answer, "When was it signed?").other
    assert not compare(note, answer, "What was it?").other


def test_what_the_question_counts_may_be_measured_in_the_note() -> None:
    assert not compare("school 3 years", "three", "How long do the three take?").absent


def test_one_amount_in_two_units_is_no_rate() -> None:
    assert not compare("121°C/250°F", "at 121 C (250 F)").other
    assert not compare("12 oz/340 g", "340 g").other
    assert compare("121°C/250°F", "at 112 °C").other


def test_an_abbreviation_of_how_often_asks_for_what_it_stands_for() -> None:
    assert compare("每6小时一次", "一天四次", "q6h").settled
    assert compare("每6小时一次", "一天三次", "q6h").other


@pytest.mark.parametrize(
    ("note", "answer"),
    [
        ("60 次/分", "60 mL/min"),
        ("12 mL/min", "12 次/分"),
        ("5 coulombs", "5 °C"),
        ("每月 1 日", "每年 12 日"),
    ],
)
def test_rates_and_units_of_other_things_are_other_values(note: str, answer: str) -> None:
    assert compare(note, answer).other


@pytest.mark.parametrize(
    ("note", "answer"),
    [
        ("1300 多年", "1300 年"),
        ("1997 年一次金融危机", "1997 年的一次金融危机"),
        ("one thousand and a hundred", "1100"),
    ],
)
def test_years_and_thousands_stay_what_they_are(note: str, answer: str) -> None:
    assert _settled(compare(note, answer))
