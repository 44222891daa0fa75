"""What a model that was not measured is worth as a judge, and what it does to verdicts: `python -m bench.servers`.

It is asked as a model on a server is (one word for the whole and for each point), in this process and without its
adapter. With `--url` a few answers of ../shared/data/asag are also judged by a server that has the same file, and the
log-odds compared.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench import graded, left_out, signals
from bench.graded import DEV, UNSEEN, Row
from bench.measures import Judged, report
from studyllm.grading import Question, gates
from studyllm.grading.chat import chat
from studyllm.grading.llama import Llama
from studyllm.grading.scoring import combine, filled
from studyllm.grading.server import wording
from studyllm.grading.server.dialect import shares_of
from studyllm.grading.server.judging import reading_of
from studyllm.grading.server.opinion import with_opinion
from studyllm.grading.signals import Reading, Signals
from studyllm.models import find, place

TOP = 20


class ZeroShot:
    """A local model that is asked for one word."""

    def __init__(self, path: Path, threads: int) -> None:
        self._llama = Llama(path, threads=threads, gpu_layers=0, device="cpu", sequences=1)
        llama = self._llama
        self._marks = chat(llama.chat_template, llama.mark("bos"), llama.mark("eos"))

    def likeliest(self, turns: wording.Turns) -> dict[str, float]:
        """The likeliest next tokens and their log-probabilities."""
        llama, marks = self._llama, self._marks
        system, user = (turn["content"] for turn in turns)
        given, asked = user[: user.rindex("\n\n") + 2], user[user.rindex("\n\n") + 2 :]
        head = (*llama.template(marks.opening), *llama.text(system), *llama.template(marks.between))
        llama.follow(0, [head, llama.text(given), (*llama.text(asked), *llama.template(marks.reply))])
        logits = np.ctypeslib.as_array(
            llama._c.llama_get_logits_ith(llama._context, -1), shape=(llama._size,)
        ).astype(np.float64)
        logits -= np.logaddexp.reduce(logits)
        best = np.argsort(-logits)[:TOP]
        return {llama._piece(int(token)).decode("utf-8", "replace"): float(logits[token]) for token in best}

    def __call__(self, question: Question, answer: str) -> dict[str, Any]:
        """The same as `studyllm.grading.server.judging` makes of a server's replies."""
        shares = []
        for turns, words in wording.one_word(question, answer):
            tops = self.likeliest(turns)
            shares.append(shares_of({"choices": [{"logprobs": {"top_logprobs": [tops]}}]}, words))
        reading = reading_of(shares) or Reading((1 / 3, 1 / 3, 1 / 3))
        return {"reading": [reading.whole, *reading.points]}


def sample(count: int, hands: Sequence[str]) -> list[Row]:
    """So many answers of each hand, one of each in turn."""
    rows = [row for row in graded.glossary() if row.id in left_out.known() or row.hand in UNSEEN]
    chosen = []
    for hand in hands or sorted({row.hand for row in rows}):
        own = [row for row in rows if row.hand == hand and not gates.gate(row.question, row.answer)]
        random.Random(3).shuffle(own)
        chosen += list(enumerate(own[:count]))
    return [row for _number, row in sorted(chosen, key=lambda one: one[0])]


def judged(row: Row, reading: Reading, *, measured: bool = True) -> Judged:
    """The verdict by a reading alone, beside the writer's marks."""
    seen = Signals(reading=reading, measured=measured)
    found = combine(row.question, gates.visible(row.answer)[: signals.LONGEST], seen)
    return Judged(row, found.label.value, found.score, not found.unsure, "", found.confidence)


def compare(url: str, rows: Sequence[Row], model: ZeroShot) -> None:
    """Log-odds of yes against no here and on a server."""
    from studyllm.grading.server.address import parsed
    from studyllm.grading.server.dialect import probed
    from studyllm.grading.server.exchange import Line

    line = Line(parsed(url))
    dialect, apart = probed(line), []
    for row in rows:
        for turns, words in wording.one_word(filled(row.question), gates.visible(row.answer)):
            reply = line.ask("POST", "/chat/completions", dialect.one_word(turns)).reply(
                time.monotonic() + 120
            )
            there = shares_of(reply, words)
            here = shares_of({"choices": [{"logprobs": {"top_logprobs": [model.likeliest(turns)]}}]}, words)
            if here and there and min(here["yes"], here["no"], there["yes"], there["no"]) > 0:
                one, two = (float(np.log(found["yes"] / found["no"])) for found in (here, there))
                apart.append(abs(one - two))
                print(f"{row.id:24} here {one:6.2f}  there {two:6.2f}", flush=True)
    print(f"{len(apart)} log-odds: mean difference {np.mean(apart):.3f}, largest {max(apart):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=12, help="answers of each hand")
    parser.add_argument("--hands", nargs="*", default=[])
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--kept", action="store_true", help="only answers that were looked at before")
    parser.add_argument("--url", help="a server with the same model")
    options = parser.parse_args()
    path = place(find("default"))
    rows = sample(options.count, options.hands)
    if options.url:
        some = [row for name in DEV for row in random.Random(7).sample(graded.dev(name), options.count // 2)]
        compare(options.url, some, ZeroShot(path, options.threads))
        return
    made: list[ZeroShot] = []

    def see(question: Question, answer: str) -> dict[str, Any]:
        if not made:
            made.append(ZeroShot(path, options.threads))
        return made[0](question, answer)

    looks = signals.look(rows, signals.Kept("zero-shot", None if options.kept else see))
    reader = signals.reader(path, options.threads)
    seen = []
    for row, found in looks:
        assert found.reading is not None
        if row.id in left_out.known():
            if "reading" not in left_out.known()[row.id]:
                continue
            measured = left_out.read(row.id, Signals()).reading
        else:
            ((_, own),) = signals.look([row], reader)
            measured = own.reading
        assert measured is not None
        seen.append((row, measured, found.reading))
    report("measured alone", [judged(row, one) for row, one, _ in seen])
    report("with the opinion", [judged(row, with_opinion(one, two)) for row, one, two in seen])
    report(
        "the opinion alone", [judged(row, with_opinion(None, two), measured=False) for row, _, two in seen]
    )
    report("the opinion taken as if measured", [judged(row, two) for row, _, two in seen])


if __name__ == "__main__":
    main()
