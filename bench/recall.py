"""Texts that hands wrote about sections of the shipped notes, judged card by card: `python -m bench.recall FILES…`.

Each line of a file is a section with a text and what its writer says became of each card. A card is credited rightly
when it is credited and was said in full, or is not and was not; wrongly credited when it is credited and was not.
"""

import argparse
import json
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean, pstdev
from typing import Any

from studyllm import library
from studyllm.cli.session import grader as made_grader
from studyllm.config import Settings, load_deck
from studyllm.grading import Forgetful, Grader, Heard, Question, TextGrader, foresee, hear, listen
from studyllm.review.asking import question
from studyllm.store import Store, StudyCard
from studyllm.verdicts import Recalled

ROOT = Path(__file__).parent.parent
TYPED = 5
"""Letters a second."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One card: what its writer says, and what was heard."""

    hand: str
    section: str
    card: StudyCard
    truth: Recalled
    heard: Heard

    @property
    def right(self) -> bool:
        """Whether it is credited as its writer would have it."""
        return (self.heard.state is Recalled.HIT) == (self.truth is Recalled.HIT)

    @property
    def wrongly(self) -> bool:
        """Whether it is credited and was not said."""
        return self.heard.state is Recalled.HIT and self.truth is not Recalled.HIT


@dataclass(frozen=True, slots=True)
class Timed:
    """How long a text took."""

    letters: int
    cards: int
    seconds: float


def cards_of(store: Store) -> dict[tuple[str, str], list[StudyCard]]:
    """The shipped cards by the name of their note and their innermost heading."""
    found: dict[tuple[str, str], list[StudyCard]] = defaultdict(list)
    for card in store.cards():
        found[Path(card.card.source.path).name, card.card.section].append(card)
    return found


def heard_in(
    grader: Grader, rows: Sequence[dict[str, Any]], cards: dict[tuple[str, str], list[StudyCard]]
) -> Iterator[tuple[Timed, list[Judged]]]:
    """Each text, judged."""
    for row in rows:
        asked = cards[Path(row["note"]).name, row["section"]]
        truth = {one["term"]: Recalled(one["state"]) for one in row["cards"]}
        since = time.perf_counter()
        heard = hear(grader, list(map(question, asked)), row["text"]) or ()
        took = Timed(len(row["text"]), len(asked), time.perf_counter() - since)
        yield (
            took,
            [
                Judged(row["hand"], row["section"], card, truth[card.card.term], one)
                for card, one in zip(asked, heard, strict=True)
                if card.card.term in truth
            ],
        )


def report(judged: Sequence[Judged], times: Sequence[Timed]) -> None:
    """Shares by hand and over all, which state became which, and how long it took."""
    hands = list(dict.fromkeys(one.hand for one in judged))
    shares = []
    for hand in hands:
        of = [one for one in judged if one.hand == hand]
        shares.append((mean(one.right for one in of), mean(one.wrongly for one in of)))
        print(
            f"{hand:12} {len(of):4} cards: rightly {shares[-1][0]:.1%}, wrongly credited {shares[-1][1]:.1%}"
        )
    right, wrong = (mean(share) for share in zip(*shares, strict=True))
    spread = [pstdev(share) for share in zip(*shares, strict=True)]
    print(
        f"mean of {len(hands)} hands: credited rightly {right:.1%} (±{spread[0]:.1%}), "
        f"wrongly credited {wrong:.1%} (±{spread[1]:.1%})"
    )
    became = Counter((one.truth, one.heard.state) for one in judged)
    print("truth \\ heard " + "".join(f"{state.value:>14}" for state in Recalled))
    for truth in Recalled:
        print(f"{truth.value:14}" + "".join(f"{became[truth, state]:14}" for state in Recalled))
    per_card = [time.seconds / time.cards for time in times]
    print(
        f"{len(times)} texts of {mean(t.letters for t in times):.0f} letters: {mean(per_card):.2f} s a card, "
        f"the slowest text {max(t.seconds for t in times):.1f} s"
    )


def timed(grader: Grader, rows: Sequence[dict[str, Any]], cards: Sequence[StudyCard]) -> None:
    """3,000 letters against 30 cards, all at once; then as the app has it, which reads along while they are typed."""
    text = "\n".join(row["text"] for row in rows)[:3000]
    asked = list(map(question, cards[:30]))
    for along in (False, True):
        if isinstance(grader, Forgetful):
            grader.forget()
        since = _typed(grader, asked, text) if along else time.perf_counter()
        hear(grader, asked, text)
        how = "read along" if along else "at once"
        print(f"{len(text)} letters against {len(asked)} cards, {how}: {time.perf_counter() - since:.1f} s")


def _typed(grader: Grader, asked: Sequence[Question], text: str) -> float:
    """The text is typed at TYPED letters a second, and read as it grows; when its last letter came."""
    written, done = [""], threading.Event()

    def read() -> None:
        foresee(grader, asked, lambda: not done.is_set())
        listen(grader, asked, lambda: "".join(written), lambda: not done.is_set())

    reading = threading.Thread(target=read)
    reading.start()
    for letter in text:
        time.sleep(1 / TYPED)
        written.append(letter)
    since = time.perf_counter()
    done.set()
    reading.join()
    return since


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--words", action="store_true", help="without models")
    parser.add_argument("--wrong", action="store_true", help="show each card that is not credited rightly")
    parser.add_argument("--speed", action="store_true", help="3,000 letters against 30 cards as well")
    options = parser.parse_args()
    rows = [json.loads(line) for file in options.files for line in file.read_text("utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "study.db") as store:
        deck = load_deck(ROOT / "decks" / "studyllm.toml")
        library.bring_in(store, library.plan(store, deck), datetime.now(UTC))
        grader = TextGrader() if options.words else made_grader(Settings(Path(folder)))
        try:
            judged, times = [], []
            for took, some in heard_in(grader, rows, cards_of(store)):
                times.append(took)
                judged += some
                for one in some:
                    if options.wrong and not one.right:
                        print(
                            f"{one.hand} {one.card.card.term}: {one.truth} heard as {one.heard.state}: "
                            f"{one.heard.words}"
                        )
            report(judged, times)
            if options.speed:
                timed(grader, rows, list(store.cards()))
        finally:
            grader.close()


if __name__ == "__main__":
    main()
