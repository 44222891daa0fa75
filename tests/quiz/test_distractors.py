"""What may stand beside the right answer."""

import random
from dataclasses import replace

import pytest

from studyllm.quiz.distractors import Distracting, candidates, may_be_right
from studyllm.quiz.items import Mode
from studyllm.store import StudyCard
from tests.quiz.cards import deck, study

DICE = random.Random(1)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (study(1, "RLHF", "对齐人类偏好"), study(2, "RLHF", "用人的反馈训练奖励模型")),
        (
            study(1, "分词器", "把文字切成小块", aliases=("tokenizer",)),
            study(2, "Tokenizer", "给出编号的程序"),
        ),
        (study(1, "LoRA", "只训练低秩矩阵"), study(2, "QLoRA", "先量化再微调")),
        (
            study(1, "子词切分", "把词拆成更小的单位，常见做法有 BPE。"),
            study(2, "BPE", "合并最常见的一对符号"),
        ),
        (
            study(1, "交错练习", "把几类题混着练，而不是练完一类再练下一类"),
            study(2, "混合练习", "把几类题混在一起练，而不是练完一类再练下一类"),
        ),
    ],
    ids=["same term", "alias", "name in a name", "hyponym", "paraphrase"],
)
def test_what_may_be_right_is_no_distractor(one: StudyCard, two: StudyCard) -> None:
    assert may_be_right(one, two)
    assert may_be_right(two, one)
    assert candidates(one, [one, two]) == []


def test_a_cosine_near_one_may_be_right() -> None:
    one, two, *_ = deck()
    assert not may_be_right(one, two)
    assert may_be_right(one, two, lambda a, b: 0.97)


def test_the_own_section_comes_first_without_models() -> None:
    cards = deck()
    far = [
        replace(
            c,
            id=c.id + 10,
            card=replace(
                c.card, term=f"别的{c.id}", headings=("笔记", "别处"), answer=f"{c.id} 完全不同的东西"
            ),
        )
        for c in cards
    ]
    found = candidates(cards[0], [*far, *cards])
    assert {one.id for one in found[:5]} == {2, 3, 4, 5, 6}


def test_the_own_section_then_the_own_deck_come_before_what_is_nearer() -> None:
    cards = deck()
    names = {21: "酶", 22: "光合作用", 23: "供给", 24: "需求"}
    told = {21: "催化反应的蛋白质", 22: "植物把光变成糖", 23: "卖方愿意卖出多少", 24: "买方想买入几何"}
    others = [study(n, names[n], told[n]) for n in names]
    others = [
        replace(c, deck="own" if c.id < 23 else "other", card=replace(c.card, headings=("别处",)))
        for c in others
    ]
    own = [replace(c, deck="own") for c in cards[:3]]
    near = {2: 0.80, 3: 0.81, 21: 0.88, 22: 0.87, 23: 0.93, 24: 0.92}
    pool = [*others, *own]
    assert [c.id for c in candidates(own[0], pool, lambda a, b: near[b.id])] == [3, 2, 21, 22, 23, 24]
    for seed in range(5):
        drawn = Distracting(pool, lambda a, b: near.get(b.id)).of(own[0], 3, random.Random(seed))
        assert {one.id for one in drawn[:2]} == {2, 3}
        assert drawn[2].deck == "own"


def test_what_stands_in_another_folder_of_the_deck_comes_last() -> None:
    told = {
        "Service": ("k8s/objects.md", "a stable address for a set of pods"),
        "Ingress": ("k8s/objects.md", "routes requests from outside by host name"),
        "Ulna": ("anatomy/arm.md", "the bone on the side of the little finger"),
        "Radius": ("anatomy/arm.md", "the bone on the side of the thumb"),
        "Sidecar": ("k8s/patterns.md", "a helper container beside the main one"),
        "Drain": ("k8s/nodes.md", "empties a machine before it is repaired"),
    }
    cards = [
        study(n, term, text, lang="en", headings=()) for n, (term, (_, text)) in enumerate(told.items(), 1)
    ]
    cards = [
        replace(one, card=replace(one.card, source=replace(one.card.source, path=path)))
        for one, (path, _text) in zip(cards, told.values(), strict=True)
    ]
    for seed in range(5):
        beside = {one.card.term for one in Distracting(cards).of(cards[0], 3, random.Random(seed))}
        assert beside == {"Ingress", "Sidecar", "Drain"}


def test_a_date_is_asked_against_dates_and_a_name_against_names() -> None:
    told = {
        "26 August": "a declaration of rights was voted there",
        "14 July": "the crowd stormed a fortress in Paris",
        "17 June": "deputies called themselves the nation",
        "20 June": "an oath in the hall of a game",
        "Alfred Cobban": "lawyers and officials led everything",
        "Georges Lefebvre": "peasants had a revolution of their own",
        "guillotine": "machine for executions by falling blade",
    }
    cards = [study(n, term, text, lang="en") for n, (term, text) in enumerate(told.items(), 1)]
    for seed in range(5):
        beside = {one.card.term for one in Distracting(cards).of(cards[0], 3, random.Random(seed))}
        assert beside == {"14 July", "17 June", "20 June"}
    assert candidates(cards[4], cards)[0].card.term == "Georges Lefebvre"


def test_the_nearest_come_first_with_models() -> None:
    cards = deck()
    near = {2: 0.85, 3: 0.91, 4: 0.80, 5: 0.88, 6: 0.83}
    found = candidates(cards[0], cards, lambda a, b: near[b.id])
    assert [one.id for one in found] == [3, 5, 2, 6, 4]


def test_another_language_gives_itself_away() -> None:
    card = deck()[0]
    assert candidates(card, [study(9, "Chunk", "a group of items kept as one", lang="en")]) == []


def test_no_two_distractors_say_the_same() -> None:
    card, *_ = deck()
    twins = [study(n, f"名{n}", "深层节点收集梯度") for n in (7, 8, 9)]
    drawn = Distracting([card, *twins]).of(card, 3, DICE)
    assert len(drawn) == 1


def test_the_judge_has_the_last_word() -> None:
    cards = deck()
    drawn = Distracting(cards, judge=lambda card, other: 3 in (card.id, other.id)).of(cards[0], 3, DICE)
    assert len(drawn) == 3
    assert 3 not in {one.id for one in drawn}


def test_what_a_card_was_taken_for_comes_first() -> None:
    cards = deck()
    for seed in range(5):
        drawn = Distracting(cards).of(cards[0], 2, random.Random(seed), [cards[5]])
        assert drawn[0].id == 6


def test_a_choice_is_judged_the_way_it_is_asked() -> None:
    cards = deck()
    asked: list[tuple[int, int]] = []

    def judge(card: StudyCard, other: StudyCard) -> bool:
        asked.append((card.id, other.id))
        return False

    Distracting(cards, judge=judge).of(cards[0], 3, DICE, mode=Mode.CHOOSE_MEANING)
    assert len(asked) == 3
    assert {card for card, _ in asked} == {1}
    asked.clear()
    Distracting(cards, judge=judge).of(cards[0], 3, DICE, mode=Mode.CHOOSE_TERM)
    assert {other for _, other in asked} == {1}


def _unlike(number: int) -> str:
    """A definition that shares no pair of letters with another one's."""
    return "".join(chr(0x4E00 + 8 * number + n) for n in range(8))


def test_where_all_that_is_near_may_be_right_something_far_stands_beside() -> None:
    first, *others = deck()
    near = [
        replace(c, id=100 + n, card=replace(c.card, term=f"近{n}", answer=f"第{n}个近处的东西"))
        for n, c in enumerate([others[0]] * 20)
    ]
    far = [
        replace(c, id=200 + n, card=replace(c.card, term=f"远{n}", answer=_unlike(n), headings=("别处",)))
        for n, c in enumerate([others[0]] * 30)
    ]
    drawing = Distracting([first, *near, *far], judge=lambda card, other: 100 <= max(card.id, other.id) < 200)
    drawn = drawing.of(first, 3, DICE)
    assert len(drawn) == 3
    assert all(one.id >= 200 for one in drawn)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (study(1, "Fc", "the constant end, binds receptors"), study(2, "Fab", "the end that binds antigen")),
        (study(1, "SIGTERM", "asks a process to end"), study(2, "SIGKILL", "ends a process at once")),
        (study(1, "渗出液", "混浊，蛋白含量多"), study(2, "漏出液", "清亮，蛋白含量少")),
    ],
)
def test_brief_meanings_that_differ_in_a_word_stand_beside_each_other(one: StudyCard, two: StudyCard) -> None:
    assert candidates(one, [one, two]) == [two]
    assert candidates(two, [one, two]) == [one]


def test_brief_meanings_that_say_the_same_do_not() -> None:
    one, two = study(1, "汗腺", "分泌汗液散热"), study(2, "小汗腺", "分泌汗液来散热")
    assert candidates(one, [one, two]) == []


def test_a_word_of_the_own_section_comes_before_a_sentence_of_another() -> None:
    pith = study(1, "Pith", "soft tissue in the middle of a stem")
    own = [study(2, "Xylem", "carries water up"), study(3, "Phloem", "carries sugar")]
    far = study(4, "Classical pathway", "starts when antibody meets a protein")
    far = replace(far, card=replace(far.card, headings=("elsewhere",)))
    assert {one.id for one in candidates(pith, [far, *own])[:2]} == {2, 3}
