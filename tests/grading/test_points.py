"""What a learner has to say: list items, cells, steps, clauses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyllm.cards import Kind
from studyllm.grading import Question, bare, is_extra, split_points, with_extras_marked
from studyllm.grading.points import MOST, chain
from studyllm.grading.scoring import points_of
from studyllm.text import clean


@pytest.mark.parametrize(
    ("reference", "kind", "points"),
    [
        ("把文本切成小单位；再换成编号。", Kind.TERM, ("把文本切成小单位", "再换成编号")),
        (
            "一种锁，保证同一时刻只有一个线程进入临界区，其余线程等待。",
            Kind.TERM,
            ("一种锁，保证同一时刻只有一个线程进入临界区", "其余线程等待"),
        ),
        ("缓存（例如 Redis）把慢的数据放到快的地方。", Kind.TERM, ("缓存把慢的数据放到快的地方",)),
        (
            "把权重压成低位整数，例如四位，模型变小跑得也更快。",
            Kind.TERM,
            ("把权重压成低位整数", "模型变小跑得也更快"),
        ),
        (">400 pg/ml 支持心衰，<100 基本排除", Kind.TERM, (">400 pg/ml 支持心衰", "<100 基本排除")),
        ("> quoted text of a note", Kind.TERM, ("quoted text of a note",)),
        ("- 读入数据\n- 清洗\n- 训练", Kind.SEQUENCE, ("读入数据", "清洗", "训练")),
        ("1. fetch\n2. decode\n3. execute", Kind.SEQUENCE, ("fetch", "decode", "execute")),
        ("常见类型：客运、货运、邮运", Kind.LIST, ("客运", "货运", "邮运")),
        ("特点：快\n用途：草稿", Kind.TABLE, ("特点：快", "用途：草稿")),
        (
            "Keeps a copy of slow data nearby; old entries are thrown out. For example a browser does.",
            Kind.TERM,
            ("Keeps a copy of slow data nearby", "old entries are thrown out"),
        ),
        (
            "= TP / (TP + FP)；预测为正的样本中真正例的比例",
            Kind.TERM,
            ("TP / (TP + FP)", "预测为正的样本中真正例的比例"),
        ),
        (
            "一侧心室 1 min 内射出的血量，= 心率 × 每搏输出量",
            Kind.TERM,
            ("一侧心室 1 min 内射出的血量", "心率 × 每搏输出量"),
        ),
        ("腹痛、寒战高热、黄疸（考过！！）", Kind.LIST, ("腹痛", "寒战高热", "黄疸（考过！！）")),
        ("结构图（类图、对象图）、行为图", Kind.LIST, ("结构图（类图、对象图）", "行为图")),
        ("腹痛伴有寒战！！后来高热不退。", Kind.TERM, ("腹痛伴有寒战！", "后来高热不退")),
        ("版本 3.11 以后才有", Kind.TERM, ("版本 3.11 以后才有",)),
    ],
)
def test_points(reference: str, kind: Kind, points: tuple[str, ...]) -> None:
    assert split_points(reference, kind) == points


@given(st.text(max_size=400), st.sampled_from(Kind))
def test_points_of_anything_are_few_and_say_something(reference: str, kind: Kind) -> None:
    points = split_points(reference, kind)
    assert len(points) <= MOST
    assert all(point.strip() for point in points)
    if any(c.isalnum() for c in clean(reference).encode("ascii", "ignore").decode()):
        assert points


def test_a_plus_makes_a_point_an_extra_and_is_not_shown() -> None:
    assert [is_extra(point) for point in ("+ in 1972", "＋1972 年", "C++", "in 1972")] == [
        True,
        True,
        False,
        False,
    ]
    assert [bare(point) for point in ("+ in 1972", "＋1972 年", "C++")] == ["in 1972", "1972 年", "C++"]


def test_the_examples_of_a_note_are_extras() -> None:
    told = ("learning by association", "e.g. Pavlov's dogs")
    assert with_extras_marked(told) == ("learning by association", "+ e.g. Pavlov's dogs")
    assert with_extras_marked(("- 例如 TCP", "- 例如 UDP")) == ("- 例如 TCP", "- 例如 UDP"), (
        "nothing else is left"
    )


def test_the_language_of_a_piece_of_code_is_no_point() -> None:
    code = "```javascript\nnode.append(child)\n```\nIt adds the child at the end."
    assert split_points("0)") == ("0)",)
    assert split_points(code) == ("node.append(child)", "It adds the child at the end")


def test_a_clause_that_only_counts_what_follows_is_no_point() -> None:
    assert split_points("水轮装在河边，分为三个部分。叶片承受水流的冲击，轴把转动传进磨坊。") == (
        "水轮装在河边",
        "叶片承受水流的冲击",
        "轴把转动传进磨坊",
    )
    assert split_points("包括三个部分") == ("包括三个部分",)


def test_how_a_word_is_spoken_is_an_extra_beside_its_meaning() -> None:
    row = ("音标：/ɪˈdiːmə/", "词性：n.", "中文：水肿")
    assert with_extras_marked(row) == ("+ 音标：/ɪˈdiːmə/", "+ 词性：n.", "中文：水肿")
    assert with_extras_marked(("a swelling", "Part of speech: noun")) == (
        "a swelling",
        "+ Part of speech: noun",
    )
    assert with_extras_marked(("拼音：shui zhong",)) == ("拼音：shui zhong",), "nothing else is asked"


@pytest.mark.parametrize(
    ("reference", "steps"),
    [
        ("窦房结→心房肌→房室束→心室肌", ("窦房结", "心房肌", "房室束", "心室肌")),
        ("顺序：输入 → 编码 → 输出。", ("输入", "编码", "输出")),
        ("egg -> larva -> pupa -> adult", ("egg", "larva", "pupa", "adult")),
    ],
)
def test_steps_between_arrows_are_points(reference: str, steps: tuple[str, ...]) -> None:
    assert split_points(reference) == steps


@pytest.mark.parametrize(
    "reference",
    [
        "tener → tengo",
        "血压升高 → 心率减慢，这叫减压反射。由此血压稳定 → 正常",
        "a → b → c",
        "A（B → C → D）",
    ],
)
def test_an_arrow_alone_makes_no_chain(reference: str) -> None:
    assert chain(reference) == ()


@pytest.mark.parametrize(
    ("reference", "points"),
    [
        (
            "A reliable protocol, and it keeps the order of bytes",
            ("A reliable protocol", "it keeps the order of bytes"),
        ),
        ("Old debts, bad harvests, and political unrest weakened it",) * 2,
    ],
)
def test_no_point_begins_with_an_and(reference: str, points: tuple[str, ...] | str) -> None:
    assert split_points(reference) == ((points,) if isinstance(points, str) else points)


def test_each_step_of_a_long_chain_is_a_point() -> None:
    steps = ("窦房结", "心房肌", "房室交界", "房室束", "左右束支", "浦肯野纤维", "心室肌")
    assert split_points(" → ".join(steps)) == steps


def test_circled_numbers_part_what_stands_in_a_line() -> None:
    assert split_points("①水温够高 ②搅拌均匀 ③先湿后干") == ("水温够高", "搅拌均匀", "先湿后干")


def test_what_says_the_question_again_is_no_point() -> None:
    asked = Question("为什么玻璃杯不会炸裂？", "壁厚均匀，受热一致，所以不会炸裂")
    assert points_of(asked) == ("壁厚均匀，受热一致",)
    choice = Question(
        "Is the protocol stateless or stateful?", "Stateless. Cookies keep what a session needs."
    )
    assert points_of(choice)[0] == "Stateless"


def test_what_is_left_out_of_a_command_ends_no_sentence() -> None:
    said = "又叫写锁、独占锁，加锁的写法：SELECT ... FOR UPDATE"
    assert split_points(said) == ("又叫写锁、独占锁", "加锁的写法：SELECT ... FOR UPDATE")


def test_the_source_of_a_picture_is_no_point() -> None:
    picture = "```mermaid\ngraph LR\nA(kiln) --> B(glaze)\n```"
    assert split_points(f"- firing\n{picture}\n- cooling") == ("firing", "cooling")
    assert split_points(picture)


@pytest.mark.parametrize(
    ("reference", "points"),
    [
        (
            "put together by C. P. Brandt in the U.S. Senate. The vote was close.",
            ("put together by C. P. Brandt in the U.S. Senate", "The vote was close"),
        ),
        (
            "what a seller owes for goods that fail. Miller v. Stone, 12 U.S. 40 (1809).",
            ("what a seller owes for goods that fail", "Miller v. Stone, 12 U.S. 40 (1809)"),
        ),
        (
            "a tool with an edge, z. B. Das Messer. Es schneidet.",
            ("a tool with an edge, z. B. Das Messer", "Es schneidet"),
        ),
        (
            "comes from a lack of vitamin C. Gums bleed first.",
            ("comes from a lack of vitamin C", "Gums bleed first"),
        ),
    ],
)
def test_a_name_with_dots_stays_whole(reference: str, points: tuple[str, ...]) -> None:
    assert split_points(reference) == points


@pytest.mark.parametrize(
    ("reference", "points"),
    [
        ("靠风媒传粉的花，花瓣小，如玉米、水稻、杨树", ("靠风媒传粉的花，花瓣小",)),
        ("把热传走的材料，如铜等，导热快而且便宜", ("把热传走的材料", "导热快而且便宜")),
        ("A shelter of a herder, such as yurts, tents and huts", ("A shelter of a herder",)),
        ("A tool for turning, like lathes, wheels, and spindles.", ("A tool for turning",)),
        ("Cuts wood across its grain, e.g. planks", ("Cuts wood across its grain",)),
    ],
)
def test_examples_that_a_clause_counts_up_are_no_point(reference: str, points: tuple[str, ...]) -> None:
    assert split_points(reference) == points


@pytest.mark.parametrize(
    "reference",
    [
        "按图纸逐步装配，如果缺件、错件就停工",
        "规定了厂里的职责，如何分派人手、材料",
        "停用这种药物，如出现皮疹、发热立即就医",
        "凭票进入展馆内，如有遗失、损坏者自负",
        "A soft metal, such as tin and lead, used in solder",
        "It flies low and fast, like an arrow",
    ],
)
def test_as_and_if_begin_no_example(reference: str) -> None:
    assert "".join(split_points(reference)).replace("，", "") == reference.replace("，", "")
