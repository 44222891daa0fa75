"""Questions that a language model makes of the shipped cards, to be read: `python -m bench.rewording [MODEL]`.

It asks for another wording, without and with examples, and for a question that applies the concept. What comes of it
stands in docs/grading.md: with the default model too little to be used.
"""

import random
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from studyllm import library
from studyllm.config import load_deck
from studyllm.grading import Question
from studyllm.grading.reader import SPEECH, Reader
from studyllm.models import find, place
from studyllm.review.asking import question
from studyllm.store import Store

ROOT = Path(__file__).parents[1]
CARDS, TOKENS = 30, 70
WAYS = {
    "reworded": {
        "zh": "你出复习题。把学生背熟了的题目换一种问法：答案必须仍是参考答案，题目里不能出现参考答案的内容。"
        "只写一个完整的问句，不要写答案。",
        "en": "You write review questions. Ask the same thing in other words: the reference answer must still be the "
        "answer, and nothing of it may stand in the question. Write one complete question and no answer.",
    },
    "applied": {
        "zh": "你出复习题。针对这个概念设计一道应用题：用一个具体的小情境，问学生其中的道理，答案必须仍是参考答案。"
        "题目里不能出现参考答案的内容。只写题目，一到两句话，不要写答案。",
        "en": "You write review questions. Write a question that applies the concept: one small concrete situation, "
        "then a question whose answer is still the reference answer. Nothing of the reference answer may stand in the "
        "question. Write the question alone, one or two sentences, no answer.",
    },
}
MARKS = {
    "zh": ("原题：", "\n参考答案：", "\n新题目："),
    "en": ("Question: ", "\nReference answer: ", "\nThe new question:"),
}
EXAMPLES = {
    "zh": (
        "光合作用",
        "植物利用光能把二氧化碳和水变成有机物并放出氧气的过程。",
        "植物在阳光下怎样制造养分？请说说光合作用是怎么回事。",
    ),
    "en": (
        "Photosynthesis",
        "How plants use light to turn carbon dioxide and water into sugar, giving off oxygen.",
        "What does a green leaf do when it carries out photosynthesis?",
    ),
}


def cards() -> list[Question]:
    """Some of the shipped cards, always the same."""
    with TemporaryDirectory() as folder, Store(Path(folder) / "study.db") as store:
        plan = library.plan(store, load_deck(ROOT / "decks" / "studyllm.toml"))
        library.bring_in(store, plan, datetime.now(UTC))
        made = [question(card) for card in store.cards()]
    random.Random(7).shuffle(made)
    return made[:CARDS]


def ask(reader: Reader, asked: Question, way: str, *, examples: bool) -> str:
    """What the model makes of a card."""
    text = reader.llama.text
    before, between, last = MARKS[asked.lang]
    one, two, three = EXAMPLES[asked.lang]
    shown = f"{before}{one}{between}{two}{last}{three}\n\n" if examples else ""
    turn = (
        *reader.opening,
        *text(WAYS[way][asked.lang]),
        *reader.between,
        *text(f"{shown}{before}{asked.text}{between}{asked.reference}{last}")[:1100],
        *reader.turn,
    )
    reader.alone(turn, lambda: False)
    ends = frozenset((text("\n")[0], text("\n\n")[0], *reader.llama.ends))
    return "".join(reader.llama.speak(SPEECH, TOKENS, ends))


def main() -> None:
    model = find(sys.argv[1] if len(sys.argv) > 1 else "default")
    reader = Reader(place(model), threads=2)
    for asked in cards():
        print(f"\n{asked.text}: {asked.reference}")
        for way, examples in (("reworded", False), ("reworded", True), ("applied", False)):
            since = time.perf_counter()
            said = ask(reader, asked, way, examples=examples)
            told = f"{way}{', with an example' if examples else ''}"
            print(f"  {told}: {said}  ({time.perf_counter() - since:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
