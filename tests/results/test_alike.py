"""Which wrong answers are found to be alike."""

import random
from collections import Counter
from collections.abc import Sequence

import numpy as np

from studyllm.results import alike
from studyllm.results.alike import groups

SAME = [
    "地球离太阳近的时候是夏天",
    "夏天的时候地球离太阳近",
    "the Sun burns hotter",
    "the sun burns much hotter!",
]


def together(texts: Sequence[str], found: Sequence[int]) -> set[frozenset[str]]:
    return {
        frozenset(text for text, other in zip(texts, found, strict=True) if other == number)
        for number in set(found)
    }


def test_by_letters_where_there_is_no_model() -> None:
    texts = [*SAME, "the moon", "云层遮住了阳光"]
    found = together(texts, groups(texts))
    assert found == {frozenset(SAME[:2]), frozenset(SAME[2:]), frozenset(texts[4:5]), frozenset(texts[5:])}
    assert groups(texts, lambda _texts: ()) == groups(texts)


def test_by_meaning_where_there_is_one() -> None:
    texts = ["near the sun", "close to our star", "a small distance", "heavy clouds", "grey sky", "much rain"]

    def embed(some: Sequence[str]) -> list[bytes]:
        return [np.asarray([1, text in texts[:3], text in texts[3:]], "<f2").tobytes() for text in some]

    assert together(texts, groups(texts, embed)) == {frozenset(texts[:3]), frozenset(texts[3:])}


def test_few_and_odd_texts() -> None:
    assert groups([]) == []
    assert groups(["one"]) == [0]
    assert len(set(groups(["", "?", "a"]))) == 3
    assert len(groups(["x" * 100_000, "y"])) == 2


def test_those_that_are_not_compared_join_the_group_they_are_near_to() -> None:
    chance = random.Random(1)
    kinds = [
        "because the sun is nearer to us in summer",
        "云层在冬天遮住了阳光所以冷",
        "it is the rotation once a day",
    ]
    texts = []
    for number in range(alike.COMPARED + 400):
        letters = list(kinds[number % 3])
        letters[chance.randrange(len(letters))] = chance.choice("xyz")
        texts.append("".join(letters))
    texts.append("photosynthesis")
    found = groups(texts)
    most = [Counter(found[kind:-1:3]).most_common(1)[0] for kind in range(3)]
    assert len({number for number, _count in most}) == 3
    assert all(count >= 390 for _number, count in most)
    assert found.count(found[-1]) == 1
