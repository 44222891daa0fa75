"""Points that count up several things."""

import pytest

from studyllm.grading import Question, apart, points_of


@pytest.mark.parametrize(
    ("asked", "point", "wanted"),
    [
        ("enzyme inducers", "barbiturates, rifampicin, St John's wort, alcohol", 4),
        ("SE", "Side effects: cough, ↑ potassium, swelling of the face", 3),
        ("sources of power", "patents, economies of scale, control of a key resource, licences", 4),
        ("ANS", "controls glands + gut + smooth muscle", 3),
        ("菊花", "功效：疏散风热，平肝明目，清热解毒；兼能消痈", 4),
        ("气候", "沿途：草原、荒漠、绿洲和雪山", 4),
        ("Zweiwegpräpositionen", "in, auf, hinter, über, zwischen", 5),
        ("文房四宝", "笔 墨 纸 砚", 4),
        ("文房四宝", "书房里有：笔 墨 纸", 3),
        ("儒家", "主张：仁（爱人）、礼（克己）、中庸", 3),
        ("染色体病", "缺失，重复、倒位，易位", 4),
        ("precious gems", "ruby / emerald / sapphire", 3),
        ("岁寒三友", "松/竹/梅", 3),
        ("岩石的3类", "岩浆岩 / 沉积岩 / 变质岩", 3),
    ],
)
def test_each_thing_of_a_list_is_a_point(asked: str, point: str, wanted: int) -> None:
    found = apart(asked, (point,))
    assert len(found) == wanted
    label = (
        "".join(point.partition("：" if "：" in point else ": ")[:2])
        if ("：" in point or ": " in point)
        else ""
    )
    assert all(one.startswith(label) for one in found), "the label is before each"


@pytest.mark.parametrize(
    ("asked", "point"),
    [
        ("lessen", "reduce, diminish, make smaller"),
        ("verraten", "betray, give away, tell sb. about sth"),
        ("lease", "a contract, often for a year, with a fixed rent"),
        ("router", "sends packets on, which have an address, to where they go"),
        ("饭", "每个人不同，吃多少不限量，但不能当菜吃"),
        ("助手", "具备搜索、推理、记忆与多步规划的能力"),
        ("管理", "将知识、技能、工具应用于活动"),
        ("资源", "土地、矿产、水、风能等"),
        ("rent", "$a_1, a_2, a_3$"),
        ("读音", "じょ、にょ、にょう"),
        ("hull", "(a, b, c"),
        ("two", "red, green"),
        ("run", "跑 奔跑 经营"),
        ("走", "行/走/步"),
        ("第三天", "晴/雨/雪"),
    ],
)
def test_a_sentence_other_words_and_an_open_list_stay_one_point(asked: str, point: str) -> None:
    assert apart(asked, (point,)) == (point,)


def test_more_things_than_an_answer_is_asked_for_stay_as_they_are() -> None:
    rows = tuple(f"{row}：甲{row}、乙{row}、丙{row}、丁{row}" for row in "春夏秋冬")
    assert apart("四季", rows) == rows


def test_a_definition_that_is_such_a_list_has_its_things_as_points() -> None:
    assert points_of(Question("紫苏叶", "解表散寒，行气和胃，解鱼蟹毒")) == (
        "解表散寒",
        "行气和胃",
        "解鱼蟹毒",
    )
    assert points_of(Question("allergic signs", "hives, swelling, shock")) == ("hives", "swelling", "shock")
