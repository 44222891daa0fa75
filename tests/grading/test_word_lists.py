"""Words with their meanings, as lists of vocabulary have them, and what stands beside an answer in a note."""

import pytest

from studyllm.grading import Question, points_of
from studyllm.grading.features import compared
from studyllm.grading.passages import sentences
from studyllm.grading.scoring import combine
from studyllm.grading.signals import Signals
from studyllm.grading.text_grader import as_read
from studyllm.verdicts import Label


@pytest.mark.parametrize(
    ("word", "reference", "answer"),
    [
        ("swarm", "n. 蜂群；分蜂\n- The swarm left the hive at noon.", "分蜂"),
        ("swarm", "n. 蜂群；分蜂\n- The swarm left the hive at noon.", "蜂群"),
        ("sub-", "低，不足", "不足的"),
        ("docile", "adj. 温顺的，驯服的 (docile bees 温顺的蜂)", "温顺"),
        ("api-", "蜂", "蜂的意思"),
    ],
)
def test_each_translation_is_enough(word: str, reference: str, answer: str) -> None:
    given = combine(Question(word, reference, term=word), answer, Signals())
    assert given.label is Label.CORRECT


def test_a_word_of_another_meaning_is_none() -> None:
    asked = Question("sub-", "低，不足", term="sub-")
    assert combine(asked, "过多", Signals()).label is not Label.CORRECT


def test_a_sentence_that_uses_the_word_is_no_point() -> None:
    asked = Question("docile", "adj. 温顺的\n- The keeper bred docile bees.", term="docile")
    assert points_of(asked) == ("adj. 温顺的",)


def test_what_stands_in_the_question_is_no_point() -> None:
    asked = Question("为什么开箱动作要慢？", "开箱动作要慢，免得激怒蜂群")
    assert points_of(asked) == ("免得激怒蜂群",)


def test_a_line_in_brackets_is_no_point() -> None:
    asked = Question("糖水的浓度和量？", "1:1，500ml\n（秋天的考试不考）")
    assert points_of(asked) == ("1:1，500ml",)


def test_a_list_behind_what_was_said_first_is_not_all() -> None:
    asked = Question("喷烟器", "使蜂群安静，开箱前用；燃料：松针、麻布、木屑", term="喷烟器")
    assert points_of(asked) == ("使蜂群安静，开箱前用", "燃料：松针、麻布、木屑")


def test_a_semicolon_parts_more_than_the_signs_within() -> None:
    asked = Question("甲酸", "杀螨；刺激、腐蚀、易挥发、怕高温；戴手套、口罩使用", term="甲酸")
    assert points_of(asked) == ("杀螨", "刺激、腐蚀、易挥发、怕高温", "戴手套、口罩使用")


def test_when_something_is_said_of_is_no_point_of_its_own() -> None:
    asked = Question("分蜂前的样子？", "蜂群快要分蜂时，大部分工蜂都不再外出采集。巢门口聚集着成团的蜂。")
    assert not any(point.endswith("时") for point in points_of(asked))


@pytest.mark.parametrize("answer", ["一天3-4次，每次8-10下", "3~4次/日，8~10个/次", "每日3到4次，每次8-10个"])
def test_how_often_is_the_same_in_other_words(answer: str) -> None:
    found = compared(Question("喂蜂", "每天3-4次，每次8-10个"), answer)
    assert not found.other
    assert not found.absent


def test_another_number_of_times_is_another() -> None:
    assert compared(Question("喂蜂", "每天3-4次"), "每天5-6次").other


def test_words_glued_to_their_meanings_are_sentences_each() -> None:
    assert sentences("api蜂 mel蜜，cer蜡\nprop前 -cola胶") == (
        "api 蜂",
        "mel 蜜",
        "cer 蜡",
        "prop 前",
        "-cola 胶",
    )


def test_wide_letters_are_letters() -> None:
    asked = Question("Who lays the eggs?", "The queen")
    assert as_read(asked, "Ｔｈｅ　ｑｕｅｅｎ．") == "The queen."
    assert as_read(asked, "蜂王（ｑｕｅｅｎ），２０００个") == "蜂王（queen），2000个"


@pytest.mark.parametrize(
    ("reference", "answer"),
    [("每次5毫克3次", "每次5克3次"), ("1小时30分钟", "1分30分钟"), ("高1米75", "高1厘米75")],
)
def test_the_unit_before_another_number_counts(reference: str, answer: str) -> None:
    asked = Question("喂多少？", reference, term="喂药")
    assert combine(asked, answer, Signals()).label is Label.INCORRECT
    assert combine(asked, reference, Signals()).label is Label.CORRECT


def test_what_tells_of_a_term_does_not_only_use_it() -> None:
    asked = Question("swarming", "分蜂\nSwarming parts one colony into two", term="swarming")
    assert combine(asked, "分蜂", Signals()).label is not Label.CORRECT
    told = Question(
        "What is the bee dance?",
        "蜜蜂的语言\nThe bee dance tells where food is to be found",
        term="bee dance",
    )
    assert len(points_of(told)) == 2
    assert points_of(Question("蜂蜜", "花蜜酿成的食物\n（成分主要是糖）")) == (
        "花蜜酿成的食物",
        "（成分主要是糖）",
    )


def test_prose_with_two_terms_is_one_sentence() -> None:
    assert sentences("AFB由细菌引起EFB由球菌引起") == ("AFB由细菌引起EFB由球菌引起",)
