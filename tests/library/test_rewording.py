"""Which changes of a definition are told: numbers in any spelling, and what only looks like a number."""

import time

import pytest

from studyllm.library.rewording import changed_meaning
from studyllm.store.messages import REWRITTEN


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("half of the harvest is kept", "50 % of the harvest is kept"),
        ("one third of the crew sleeps", "33% of the crew sleeps"),
        ("two-thirds of the crew sleeps", "67 percent of the crew sleeps"),
        ("three quarters of the sail", "3/4 of the sail"),
        ("forty-five per cent of the vote", "45% of the vote"),
        ("two per mille of the salt", "2‰ of the salt"),
        ("from 30-40 steps", "from thirty to forty steps"),
        ("it takes 30–40 steps", "it takes between 30 and 40 steps"),
        ("ten to fifteen percent of the ore", "10% - 15% of the ore"),
        ("a boat of 12,500 kg", "a boat of 12 500 kg"),
        ("seven million grains", "7,000,000 grains"),
        ("boils for 1½ hours", "boils for 1.5 hours"),
        ("in the twenty-second verse", "in the 22nd verse"),
        ("step 1/2 of the climb", "step 1 or 2 of the climb"),
        ("opened on 03.11.1998", "opened on 03/11/1998"),
        ("含水百分之十二", "含水12%"),
        ("约四分之三的村民", "约75%的村民"),
        ("含水百分之三到五", "含水3%-5%"),
        ("a herd of 4’500 sheep", "a herd of 4500 sheep"),
        ("六成的船只", "60%的船只"),
        ("一半的船只", "50%的船只"),
        ("共有3万5千册", "共有三万五千册"),
        ("建于一九〇八年", "建于1908年"),
        ("class III to V wounds", "class 3 to 5 wounds"),
        ("Ⅲ型胶原", "3型胶原"),
    ],
)
def test_a_number_written_otherwise_is_no_change(old: str, new: str) -> None:
    assert changed_meaning(old, new) == changed_meaning(new, old) == ""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("IV fluids are warmed by the nurse", "fluids are warmed by two nurses"),
        ("females carry XX in each of the cells", "females carry two X in each of the cells"),
        ("send the CV to the MD, with DI water", "send the CV to the MD with 3 litres of DI water"),
        ("the book I wrote is on the shelf", "on the shelf stand 2 that I wrote"),
        ("several hundred sheep of the farm", "450 sheep of the farm"),
        ("the book I like is kept on the shelf", "on the shelf is kept the book which 2 like"),
        ("class X is made from class Y by the compiler", "class Y and 2 more are made by the compiler"),
        ("用五香粉和八角腌制的凉菜", "用2种香料腌制的凉菜，五香粉和八角"),
        ("形容人七嘴八舌地争论不休", "形容4人以上七嘴八舌地争论不休"),
        ("像三头六臂那样能干的人", "像有10只手那样能干的人"),
        ("三轮车是一种人力车", "人力车的一种，有3个轮子"),
        ("一个圆形的细胞器官", "圆形的细胞器官，直径2微米"),
    ],
)
def test_what_is_no_number_does_not_change(old: str, new: str) -> None:
    assert changed_meaning(old, new) in ("", REWRITTEN)


@pytest.mark.parametrize(
    ("old", "new", "was", "now"),
    [
        ("two thirds of the crew", "60% of the crew", "two thirds", "60%"),
        ("a quarter of the crew", "24% of the crew", "a quarter", "24%"),
        ("from 30-40 steps", "from thirty to fifty steps", "30-40", "thirty to fifty"),
        ("given as 2.5 mg", "given as 25 mg", "2.5", "25"),
        ("as World War I began", "as World War II began", "I", "II"),
        ("written under Henry IV in Bath", "written under Henry VI in Bath", "IV", "VI"),
        ("type I collagen of skin", "type II collagen of skin", "I", "II"),
        ("told in chapter IX.", "told in chapter XI.", "IX", "XI"),
        ("stages I–III are cut", "stages I–IV are cut", "I–III", "I–IV"),
        ("百分之五的盐水", "百分之九的盐水", "百分之五", "百分之九"),
        ("有三片叶子", "有四片叶子", "三", "四"),
        ("生成一氧化碳", "生成二氧化碳", "一", "二"),
        ("享年八十", "享年79", "八十", "79"),
    ],
)
def test_a_number_that_changed_is_told(old: str, new: str, was: str, now: str) -> None:
    assert changed_meaning(old, new) == f"a number changed: {was} is now {now}"


@pytest.mark.parametrize(
    "line",
    [
        "an " * 10_000,
        "an-" * 10_000,
        "two " * 7_500,
        "4" * 30_000,
        "4." * 15_000,
        "222 " * 7_500,
        "七" * 30_000,
        "二点" + "七" * 9_000,
        "type V, " * 4_000,
        " ".join(map(str, range(7_000))),
        " ".join(f"{one}-{one + 1}" for one in range(0, 9_000, 2)),
    ],
    ids=lambda line: line[:8],
)
def test_long_lines_take_time_in_proportion(line: str) -> None:
    began = time.process_time()
    changed_meaning(line, f"{line[::-1]} 1")
    assert time.process_time() - began < 3
