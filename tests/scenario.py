"""One review as a list of steps, each of them both keys of the app and a line of `--plain`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """What the learner does: in the app a text is typed and keys are pressed, in plain mode a line is entered."""

    keys: tuple[str, ...]
    line: str
    text: str | None = None
    """What stands in the answer area then; None leaves it as it is."""


def answer(text: str) -> Step:
    return Step(("enter",), text, text)


def grade(number: int) -> Step:
    return Step((str(number),), str(number))


TAKE = Step(("enter",), "")
"""The suggested grade, where there is one: for the note's own words, and for none."""
POINT = Step(("a",), "p 1")
SHOW = answer("")
UNDO = Step(("f2",), ":undo")
BURY = Step(("f5",), ":bury")
SUSPEND = Step(("f4",), ":suspend")
HINT = Step(("f7",), ":hint")
SKIP = Step(("f8",), ":skip")
KNEW = Step(("k",), ":knew")

NOTES = """\
# 电路

- **电阻（Resistance）** 是导体对电流的阻碍作用，单位是欧姆。
- **电容（Capacitance）** 是储存电荷的能力，单位是法拉。
- **电感**：电流变化时产生感应电动势的性质。
- **Ohm's law**: the current is the voltage divided by the resistance.
- **[red]Watt[/b]**: one joule \x1b[31ma second\u202e.
- **二极管**：只让电流朝一个方向流过的元件。
- **三极管**：用小电流控制大电流的元件。

## 串联的特点

- 电流处处相等
- 总电压等于各部分电压之和
- 总电阻等于各部分电阻之和
"""

STEPS = (
    *(answer("是导体对电流的阻碍作用，单位是欧姆"), TAKE),
    *(answer("储存电荷"), POINT, grade(2), UNDO),
    *(answer("储存电荷"), POINT, grade(5)),
    *(answer("不知道"), TAKE),
    *(answer("the voltage is the current divided by the resistance"), UNDO),
    *(answer("电流变化时产生感应电动势"), grade(4)),
    *(SHOW, grade(3)),
    BURY,
    SUSPEND,
    *(answer("用小电流控制大电流"), UNDO),
    *(SHOW, BURY),
    *(answer("[/nonsense] \\frac{a}{b} %s {}"), grade(0)),
    *(HINT, answer("电流处处相等，总电压等于各部分电压之和，总电阻等于各部分电阻之和"), TAKE),
    *(SKIP, HINT, SKIP, answer("不知道"), KNEW),
    SUSPEND,
)
