"""Cards for the tests of quizzes."""

from typing import TypedDict

from studyllm.cards import Card, Kind, Source
from studyllm.quiz.items import Grid, Item, Level, Origin
from studyllm.schedule import New
from studyllm.store import StudyCard


class Wishes(TypedDict, total=False):
    """What Options takes besides the kinds of question."""

    deck: str | None
    level: Level
    origin: Origin
    length: int
    minutes: int
    counted: bool


SECTION = ("笔记", "记忆")
_DEFINITIONS = {
    "遗忘曲线": "没有复习时，能记起的内容随时间减少，先快后慢。",
    "莱特纳盒": "用几个盒子管理纸质卡片，答对的升到下一盒，答错的退回第一盒。",
    "交错练习": "把几类题混着练，当时正确率较低，却能学会分辨方法。",
    "生成效应": "自己补出来的词比直接读到的词记得牢。",
    "组块": "被当作一个整体记住的一组元素，靠已有知识形成。",
    "元认知": "对自己的学习过程有所了解，并据此加以调整。",
}


def study(
    number: int,
    term: str,
    answer: str,
    *,
    kind: Kind = Kind.TERM,
    headings: tuple[str, ...] = SECTION,
    points: tuple[str, ...] = (),
    aliases: tuple[str, ...] = (),
    lang: str = "zh",
    path: str = "/notes/a.md",
) -> StudyCard:
    card = Card(
        kind,
        term,
        answer,
        Source(path, number, number),
        aliases=aliases,
        prompt=term,
        points=points,
        headings=headings,
        lang=lang,
    )
    return StudyCard(number, "deck", card, New())


def deck() -> list[StudyCard]:
    """Six terms of one section that have nothing to do with each other."""
    return [study(n, term, answer) for n, (term, answer) in enumerate(_DEFINITIONS.items(), 1)]


def table(number: int, term: str, meaning: str, example: str) -> StudyCard:
    points = (f"含义：{meaning}", f"例子：{example}")
    return study(number, term, "\n".join(points), kind=Kind.TABLE, points=points, headings=("笔记", "表"))


def steps(number: int, term: str, *points: str) -> StudyCard:
    answer = "\n".join(f"{n}. {point}" for n, point in enumerate(points, 1))
    return study(number, term, answer, kind=Kind.SEQUENCE, points=points)


def asked(item: Item | None) -> StudyCard:
    """The card of a question that is about one."""
    assert item is not None
    assert not isinstance(item, Grid)
    return item.card
