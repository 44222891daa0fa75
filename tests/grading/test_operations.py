"""A note that is one formula, and answers that come to the same, or to something else."""

import pytest

from studyllm.grading.values.operations import operations

TURNAROUND = "(排队时间+实际运行时间)/实际运行时间"
MARGIN = "(sales - cost) / sales"


def told(note: str, answer: str) -> bool | None:
    """Whether it is the note's formula; None where that is not compared."""
    found = operations(note, answer)
    assert found is None or len(found.same) + len(found.other) == 1
    return None if found is None else bool(found.same)


@pytest.mark.parametrize(
    ("note", "answer"),
    [
        ("(x+y)/y", "1 + x/y"),
        ("(x+y)/y", "x divided by y plus 1"),
        ("(x+y)/y", "x÷y＋1"),
        (TURNAROUND, "排队时间除以运行时间再加1"),
        (TURNAROUND, "1+排队时间÷实际运行时间"),
        (TURNAROUND, "带权时间=1+排队时间/实际运行时间"),
        (TURNAROUND, "排队时间与实际运行时间之和除以实际运行时间"),
        (TURNAROUND, "排队时间加实际运行时间，再除以实际运行时间"),
        (MARGIN, "1 minus cost over sales"),
        (MARGIN, "the difference between sales and cost divided by sales"),
        ("底×高÷2", "高乘底除以2"),
        ("速度的平方/半径", "速度平方除以半径"),
        ("得分÷满分×100%", "得分除以满分"),
        (r"$K=\frac{甲量-乙量}{乙量}$", "甲量/乙量-1"),
        ("附加值÷总产值", "附加值除以总产值"),
    ],
)
def test_it_comes_to_the_same(note: str, answer: str) -> None:
    assert told(note, answer) is True


@pytest.mark.parametrize(
    ("note", "answer"),
    [
        ("(x+y)/y", "1 - x/y"),
        (TURNAROUND, "实际运行时间/排队时间"),
        (TURNAROUND, "排队时间+实际运行时间"),
        (MARGIN, "(sales - cost) / cost"),
        ("到期−起始", "贷款起始日 - 贷款到期日"),
        ("到期−起始", "到期+起始"),
        ("路程/时间", "时间除以路程"),
        ("速度的平方/半径", "速度除以半径"),
        ("流入−流出", "流出减流入"),
    ],
)
def test_it_comes_to_something_else(note: str, answer: str) -> None:
    assert told(note, answer) is False


@pytest.mark.parametrize(
    ("note", "answer"),
    [
        ("read/write", "write/read"),
        ("red / green / blue", "green / red / blue"),
        ("主语+谓语+宾语", "谓语+主语+宾语"),
        ("have/has + participle", "has/have + participle"),
        ("be + adj/noun", "be + noun/adj"),
        ("Lyon - a city in France", "a city in France - Lyon"),
        ("广州-深圳", "深圳-广州"),
        ("UTF-8 / UTF-16", "UTF-16 / UTF-8"),
        ("HTTP/2", "HTTP/3"),
        ("列夫·托尔斯泰", "托尔斯泰·列夫"),
        ("O(n²)", "O(2n²)"),
        ("s divided by the square root of n", "s divided by n"),
        ("流动资产÷流动负债", "资产÷负债"),
        ("得分÷满分×100%", "得分/满分×100"),
        ("(x+y)/y", "x+y/y"),
        ("(x+y)/y", "x/z"),
        ("weft / (1 - waste)", "weft over 1 minus waste"),
        ("订金/(单价-成本)", "订金除以单价减成本再减1"),
        ("不合格布匹÷总布匹", "合格布匹除以总布匹"),
        ("净重÷总重", "重量除以总重"),
        (TURNAROUND, "排队越久它越大"),
    ],
)
def test_it_is_not_compared(note: str, answer: str) -> None:
    assert told(note, answer) is None
