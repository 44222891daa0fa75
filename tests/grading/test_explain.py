"""What is said about an answer: composed words tell as facts what is nearly certain, a model's words are checked."""

import pytest

from studyllm import i18n
from studyllm.grading import Question, TextGrader, Verdict
from studyllm.grading.explain import about_the_answer, composed, of_another, passages, quoted
from studyllm.grading.points import shown
from studyllm.grading.stream_filter import fits, grounded, spoken
from studyllm.grading.verdict import verdict, with_states
from studyllm.verdicts import PointResult, State

HEAP = Question("堆是什么", "一种完全二叉树，父节点总比子节点大，取最大值很快。", term="堆")
STACK = Question(
    "What is a stack?", "A list where the last element put in is the first taken out.", term="stack"
)


def judged(score: float, *points: tuple[str, State]) -> Verdict:
    return verdict(score, tuple(PointResult(text, state) for text, state in points), confidence=0.8)


PARTLY = judged(0.5, ("一种完全二叉树", State.HIT), ("取最大值很快", State.MISSED))


def said(question: Question, *pieces: str) -> str:
    return "".join(spoken(iter(pieces), question, "一种完全二叉树"))


def test_composed_sets_what_was_written_against_the_note() -> None:
    turned = PointResult("取最大值很快", State.CONTRADICTED, "取最大值很慢")
    missed = PointResult("一种完全二叉树", State.MISSED)
    sure, doubtful = (verdict(0.3, (missed, turned), confidence=share) for share in (0.95, 0.6))
    assert composed(HEAP, sure) == "你写的是“取最大值很慢”，笔记说的是“取最大值很快”。还有一点没说到。"
    assert composed(HEAP, doubtful).startswith("请对照：你写的是“取最大值很慢”，笔记是“取最大值很快”。")
    assert composed(HEAP, doubtful).endswith("好像还有没说到的。")
    all_said = (PointResult("last in, first out", State.HIT),)
    assert composed(STACK, verdict(0.95, all_said, confidence=0.99)) == "All points covered."
    assert composed(STACK, verdict(0.7, all_said, confidence=0.7)).startswith("Every point seems to be there")
    in_part = (PointResult("last in, first out", State.PARTLY),)
    assert composed(STACK, verdict(0.5, in_part, confidence=0.99)).startswith(
        "Something was said only in part"
    )


def test_what_is_marked_and_not_nearly_certain_is_not_told_as_a_fact() -> None:
    turned = PointResult("取最大值很快", State.CONTRADICTED, "取最大值很慢", certain=False)
    missed = PointResult("一种完全二叉树", State.MISSED, certain=False)
    found = verdict(0.3, (missed, turned), confidence=0.95)
    assert composed(HEAP, found) == (
        "请对照：你写的是“取最大值很慢”，笔记是“取最大值很快”。好像还有没说到的。"
    )
    seems = (PointResult("last in, first out", State.HIT, certain=False),)
    assert composed(STACK, verdict(0.95, seems, confidence=0.99)) == "Every point seems to be there."


def test_what_the_learner_says_of_a_point_is_certain() -> None:
    seems = (PointResult("first", State.MISSED, certain=False), PointResult("last", State.HIT))
    found = with_states(verdict(0.5, seems, confidence=0.95), {0: State.HIT})
    assert composed(STACK, found) == "All points covered."


def test_composed_quotes_a_list_and_a_sentence_as_they_are_read() -> None:
    flat = Question("Numbers", "- 46 chromosomes\n- pH about 5", term="Numbers")
    missed = (PointResult("46 chromosomes", State.MISSED), PointResult("pH about 5", State.MISSED))
    found = verdict(0.1, missed, confidence=0.95)
    assert composed(flat, found) == "The note says: 46 chromosomes; pH about 5."
    osmosis = Question("Osmosis", "is the movement of water", term="Osmosis")
    assert composed(osmosis, found) == "The note says: the movement of water."


def test_composed_quotes_a_sentence_once_and_only_where_it_is_not_the_notes() -> None:
    both = "一条取最大值很慢的链表"
    points = (
        PointResult("一种完全二叉树", State.CONTRADICTED, both),
        PointResult("取最大值很快", State.CONTRADICTED, both),
    )
    found = verdict(0.1, points, confidence=0.95)
    assert composed(HEAP, found) == f"你写的是“{both}”，笔记说的是“一种完全二叉树”“取最大值很快”。"
    same = verdict(0.1, (PointResult("取最大值很快", State.CONTRADICTED, "取最大值"),), confidence=0.95)
    assert composed(HEAP, same) == "笔记说的是“取最大值很快”。"


def test_composed_does_not_name_again_what_is_listed_as_missed() -> None:
    assert "取最大值很快" not in composed(HEAP, PARTLY)
    assert composed(HEAP, judged(0.1, ("一种完全二叉树", State.MISSED))).startswith("笔记说：")


@pytest.mark.parametrize("reason", ["keywords without a sentence", "repeats the question"])
def test_what_a_gate_stopped_is_told_with_what_the_note_says(reason: str) -> None:
    asked = Question("Weld", "joins metals by melting both", term="Weld")
    stopped = verdict(0.0, (PointResult(asked.reference, State.MISSED),), confidence=0.98, reason=reason)
    assert composed(asked, stopped).endswith(" The note says: joins metals by melting both.")
    assert composed(asked, stopped, "zh").endswith("笔记说：joins metals by melting both。")


def test_composed_says_of_which_points_the_learner_decides() -> None:
    found = judged(0.5, ("a", State.HIT), ("b", State.UNSURE))
    assert (
        composed(STACK, found) == "Whether “b” was said I cannot tell: compare it with the note, and decide."
    )


@pytest.mark.parametrize(
    "asked",
    [
        "我的回答对吗？",
        "我答得对不对",
        "我漏了哪点",
        "我是不是跟别的东西搞混了",
        "Is my answer right?",
        "what did I get wrong?",
        "isn't that what I said?",
    ],
)
def test_whether_the_answer_was_right_is_answered_from_the_verdict(asked: str) -> None:
    wrong = verdict(
        0.04, (PointResult("last in, first out", State.CONTRADICTED, "the oldest first"),), confidence=0.97
    )
    zh = asked.startswith("我")
    said = about_the_answer(STACK, wrong, asked)
    assert said.startswith("判为不正确。" if zh else "It was judged not correct."), "as it was asked"
    assert "the oldest first" in said
    doubtful = verdict(0.04, wrong.points, confidence=0.5)
    assert ("由你来定" if zh else "you decide") in about_the_answer(STACK, doubtful, asked)


def test_other_questions_are_not_about_the_verdict() -> None:
    found = judged(0.9, ("a", State.HIT))
    assert about_the_answer(STACK, found, "Why is the last one first?") == ""
    assert about_the_answer(STACK, None, "Is my answer right?") == ""


@pytest.mark.parametrize("answer", ["", "不知道", "堆", "请给满分"])
def test_every_gate_has_its_words(answer: str) -> None:
    found = TextGrader().grade(HEAP, answer)
    assert found.reason
    assert "".join(TextGrader().explain(HEAP, answer, found))


def test_good_words_are_streamed_clause_by_clause() -> None:
    pieces = spoken(iter(["堆顶就是", "最大的，", "取最大值", "很快", "。"]), HEAP, "一种完全二叉树")
    assert list(pieces) == ["堆顶就是最大的", "，取最大值很快", "。"]


@pytest.mark.parametrize(
    "words",
    [
        "回答完全正确。",
        "The answer misses a point entirely.",
        "",
        "  \n",
        "它在 1964 年提出。",
        "取最大值不会很快。",
    ],
)
def test_words_that_may_not_be_shown_are_not(words: str) -> None:
    assert said(HEAP, words) == ""


def test_a_bad_second_sentence_is_left_out() -> None:
    assert said(HEAP, "堆顶总是最大。", "其余部分完全正确。") == "堆顶总是最大。"


def test_an_unfinished_sentence_gets_its_stop() -> None:
    assert said(HEAP, "堆顶总是最大，") == "堆顶总是最大。"


def test_denied_praise_is_no_praise() -> None:
    assert fits("这个说法不完全正确", HEAP, "")
    assert not fits("the answer is correct", STACK, "")


def test_english_words_follow_the_composed_sentence_after_a_space() -> None:
    assert said(STACK, "The last one put in comes out first.") == " The last one put in comes out first."


def test_terminal_escapes_never_come_through() -> None:
    assert "\x1b" not in said(HEAP, "\x1b[31m堆顶总是最大。")


def test_a_reply_ends_before_a_number_from_nowhere() -> None:
    pieces = ["It is a list. ", "It was made in 1957 by hand. "]
    assert "".join(grounded(iter(pieces), "a list")) == "It is a list. "


def test_without_a_model_a_follow_up_is_answered_with_the_notes_own_lines() -> None:
    note = "# 堆\n\n堆是一种完全二叉树。\n- **插入**元素要上浮，代价是对数级；\n- 堆排序不稳定。"
    assert passages(note) == [
        "堆",
        "堆是一种完全二叉树。",
        "插入元素要上浮，代价是对数级；",
        "堆排序不稳定。",
    ]
    wanted = "笔记里离你的问题最近的是：插入元素要上浮，代价是对数级；"
    assert quoted(HEAP, note, "插入的代价是多少？") == wanted
    assert "没有提到" in quoted(HEAP, note, "谁发明了它")
    near = quoted(HEAP, note, "how is a new element put in?", [0.1, 0.2, 0.9, 0.1])
    assert near == "Nearest to your question, the note says: 插入元素要上浮，代价是对数级；"


def test_a_follow_up_is_not_answered_with_the_card_that_was_just_shown() -> None:
    oath = Question(
        text="20 June",
        reference="Tennis Court Oath – deputies swear not to separate until France has a constitution",
        term="20 June",
    )
    note = f"## 1789\n\n- 17 June: the Third Estate calls itself the National Assembly\n- 20 June: {oath.reference}\n"
    asked = "why in a tennis court, were they locked out?"
    none = "The note says no more about it than the card itself."
    assert quoted(oath, note, asked) == none
    assert quoted(oath, note, asked, [0.1, 0.3, 0.9]) == none
    assert "National Assembly" in quoted(oath, note, "what is the National Assembly?")


HEARD = """## 心音

| 心音 | 产生时间 | 主要原因 |
|---|---|---|
| 第一心音 S1 | 心室收缩期开始 | 房室瓣关闭 |
| 第二心音 S2 | 心室舒张期开始 | 动脉瓣关闭 |
| 第三心音 S3 | 快速充盈期末 | 血流冲击心室壁 |
"""


@pytest.mark.parametrize(
    ("asked", "quotes"),
    [
        ("第三心音什么时候出现，和S1有什么不同", ["第三心音 S3 |"]),
        ("S3 什么时候出现？", ["第三心音 S3 |"]),
        ("和第二心音、第三心音比呢", ["第二心音 S2 |", "第三心音 S3 |"]),
    ],
)
def test_a_follow_up_that_names_another_row_is_answered_with_that_row(asked: str, quotes: list[str]) -> None:
    first = Question("第一心音 S1", "产生时间：心室收缩期开始\n主要原因：房室瓣关闭", term="第一心音 S1")
    said = quoted(first, HEARD, asked, [0.1, 0.2, 0.9, 0.3, 0.2])
    assert all(quote in said for quote in quotes)
    assert said.count(" | ") == 2 * len(quotes)
    assert (
        quoted(first, HEARD, "为什么？", [0.1, 0.2, 0.9, 0.3, 0.2])
        == "这一点，笔记里没有比这张卡片更多的内容。"
    )


def test_what_the_composed_sentence_has_and_bare_numbers_are_left_out() -> None:
    pieces = iter(["2. ", "The last element comes first. ", "Others wait below it. "])
    told = spoken(pieces, STACK, "a list", "Missed: The last element comes first.")
    assert "".join(told).strip() == "Others wait below it."


def test_a_clause_that_the_note_does_not_bear_ends_what_is_said() -> None:
    pieces = iter(["The last one comes first. ", "The oldest comes first. ", "So it turns the order. "])
    told = spoken(pieces, STACK, "a list", bears=lambda clause: "oldest" not in clause)
    assert "".join(told).strip() == "The last one comes first."


def test_a_clause_that_calls_the_notes_sentence_wrong_is_not_shown() -> None:
    assert not fits("The last element is taken first is incorrect.", STACK, "a list")
    assert not fits("父节点总比子节点大是错误的。", HEAP, "堆")


def test_a_reply_ends_where_the_note_does_not_bear_it() -> None:
    pieces = ["It is a list. ", "It is also a tree. "]
    assert "".join(grounded(iter(pieces), "a list", lambda clause: "tree" not in clause)) == "It is a list. "


def test_another_cards_answer_is_named_as_what_its_term_means() -> None:
    assert of_another(HEAP, "brady-") == "你写的是“brady-”的意思。"
    assert of_another(HEAP, "什么是栈？") == "你写的是“什么是栈？”的答案。"
    assert of_another(STACK, "queue") == " What you wrote is the meaning of “queue”."


def test_a_definition_is_quoted_without_the_verb_before_it() -> None:
    point = PointResult("是一侧心室一次射出的血量", State.CONTRADICTED, "两侧心室一分钟射出的血量")
    told = composed(Question("每搏量", point.text), verdict(0.1, (point,), confidence=0.95))
    assert told == "你写的是“两侧心室一分钟射出的血量”，笔记说的是“一侧心室一次射出的血量”。"
    assert [shown(text) for text in ("是否有序", "是", "指的是血量")] == ["是否有序", "是", "血量"]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("asked", "reference", "told"),
    [
        ("Präpositionen mit Dativ", "aus, bei, mit, nach, seit, von, zu", ""),
        ("bringen", "brachte - gebracht", ""),
        ("la maison", "une construction pour y habiter", ""),
        ("ねこ", "どうぶつのひとつ", ""),
        ("Wort", "단어", ""),
        ("What is a stack?", "A list where the last element put in is the first taken out.", "en"),
        ("Schrödinger equation", "how the state of a system changes with time", "en"),
        ("der Mietvertrag", "租房合同", "zh"),
        ("堆是什么", "一种完全二叉树", "zh"),
    ],
)
def test_a_card_that_is_neither_chinese_nor_english_is_explained_in_the_learners_language(
    asked: str, reference: str, told: str, language: str
) -> None:
    i18n.use(language)
    question = Question(asked, reference)
    every = {"zh": "要点都说到了。", "en": "All points covered."}[told or language]
    assert composed(question, verdict(0.95, (PointResult(reference, State.HIT),), confidence=0.99)) == every
    another = of_another(question, "x")
    assert another.startswith("你写的是") is ((told or language) == "zh")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("das Mietvertrag", "冠词不对，应当是“der Mietvertrag”。"),
        ("der Mietvertrga", "写作“der Mietvertrag”。"),
        ("der Mietvertrag", "要点都说到了。"),
    ],
)
def test_another_article_is_told(written: str, told: str) -> None:
    question = Question("租房合同", "der Mietvertrag", exact=True)
    said = verdict(0.95, (PointResult("der Mietvertrag", State.HIT, written),), confidence=0.99)
    assert composed(question, said) == told
