"""Two years of made-up learners under each scheduler: `python -m bench.simulate [--learners N] [--days N] [--jobs N]
[--of schedulers|backlog|relearning]`.

Who they are and how they remember: bench/learners.py. The same learners, cards, calendars and chances come to every
scheduler: the nth answer to a card has the same luck.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from heapq import heappop, heappush
from statistics import fmean, median

from bench.easy_days import EASY, weekends
from bench.learners import A_DAY, SETTLED, Item, Learner, grade_of, item_of, learner_of
from studyllm.cards import Algorithm, Backlog, Deck, Scheduling, Spread
from studyllm.schedule import (
    BALANCED_PACE,
    LEARN_AHEAD,
    Day,
    Grade,
    Learned,
    New,
    Progress,
    new_today,
    portion,
    review,
    usual_reviews,
)
from studyllm.schedule.compare import BINS, Foretold, History, Report, foretell, recall, report

SCHEDULERS = {
    "SM-2": Scheduling(),
    "SM-2 balanced": Scheduling(spread=Spread.BALANCE),
    "FSRS": Scheduling(algorithm=Algorithm.FSRS),
    "FSRS balanced": Scheduling(algorithm=Algorithm.FSRS, spread=Spread.BALANCE),
    **EASY,
}
BACKLOG = {
    f"{name}, {backlog}": replace(SCHEDULERS[name], backlog=backlog)
    for name in ("SM-2", "FSRS")
    for backlog in Backlog
}
"""What comes first where a day does not ask all that is due: with TIGHT reviews a day, that is nearly every day."""
RELEARNING = {
    f"{name}, {said}": replace(SCHEDULERS[name], relearning_steps=steps, correct=correct)
    for name in ("SM-2", "FSRS")
    for said, steps, correct in (
        ("never", (), 0),
        ("until 1", (), 1),
        ("steps", (10,), 0),
        ("until 2", (10,), 2),
    )
}
"""How often a missed card is to be recalled on the same day."""
SETS = {"schedulers": SCHEDULERS, "backlog": BACKLOG, "relearning": RELEARNING}
FIRST = date(2024, 1, 1)
CLOCK = Day(UTC)
LIMIT = Deck("").reviews_per_day
TIGHT = 20
AFTER = 14
"""Days after a day without study that are not called ordinary."""
AROUND = 90
"""Days on both sides whose median is what a growing collection asks for by then."""
ANSWER = timedelta(seconds=12)
GOAL = 2.0
"""The goal: no day has more than so many times the reviews of a median day."""


@dataclass(frozen=True, slots=True)
class Course:
    """What became of one learner under one scheduler."""

    asked: tuple[int, ...]
    """Cards that were due and were asked, on each day."""
    waiting: tuple[int, ...]
    """Cards that were due, backlog included, on each morning."""
    again: int
    """Repetitions within the day."""
    cards: int
    known: float
    """Mean probability of recall of every card, the morning after the last day."""
    foretold: Report
    recalled: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """One learner under all schedulers."""

    learner: Learner
    courses: Mapping[str, Course]
    elsewhere: Report
    """What FSRS foretold of the reviews that SM-2 asked for."""


class Study:
    """One learner under one scheduler, day after day, as `studyllm.queue` leads through them."""

    def __init__(self, learner: Learner, scheduling: Scheduling, limit: int = LIMIT) -> None:
        self.learner, self.scheduling, self.limit = learner, scheduling, limit
        self.items: list[Item] = []
        self.progress: list[Progress] = []
        self.histories: list[list[tuple[datetime, Grade]]] = []
        self.foretold: list[Foretold] = []
        self.again = 0
        self._load: Counter[date] = Counter()
        self._coming: defaultdict[date, list[int]] = defaultdict(list)
        self._usual = 0.0
        self._lately: list[int] = []

    def course(self) -> Course:
        days = len(self.learner.studies)
        asked, waiting, backlog = [0] * days, [0] * days, list[int]()
        for number, studies in enumerate(self.learner.studies):
            today = FIRST + timedelta(days=number)
            backlog += sorted(self._coming.pop(today, ()))
            if self.scheduling.backlog is Backlog.LIKELY:
                backlog.sort(key=lambda card: self._forgetting(card, today))
            waiting[number] = len(backlog)
            if studies:
                asked[number] = self._portion(len(backlog))
                self._day(number, today, backlog[: asked[number]])
                del backlog[: asked[number]]
        morning = days * A_DAY
        return Course(
            asked=tuple(asked),
            waiting=tuple(waiting),
            again=self.again,
            cards=len(self.items),
            known=fmean(item.recall(morning) for item in self.items),
            foretold=report("", self.foretold),
            recalled=sum(one.recalled for one in self.foretold),
        )

    def _forgetting(self, card: int, today: date) -> float:
        """How far a card is on its way to be forgotten, as `studyllm.store.due` orders a backlog."""
        progress = self.progress[card]
        assert isinstance(progress, Learned)
        lasts = progress.memory.stability if progress.memory else max(1, progress.interval)
        return (today - CLOCK.of(progress.reviewed)).days / lasts

    def _portion(self, due: int) -> int:
        """How many of what is due are asked today, as `Store.counts` has it."""
        if self.scheduling.spread is not Spread.BALANCE:
            return portion(due, self._usual, self.limit, 0)
        asked = portion(due, usual_reviews(self._lately, self._usual), self.limit, 0, BALANCED_PACE)
        self._lately.append(asked)
        return asked

    def _day(self, number: int, today: date, due: Sequence[int]) -> None:
        """What is due, then what is new; in between and at the end, what is to be repeated."""
        start = now = CLOCK.start(today) + timedelta(hours=14)
        again: list[tuple[datetime, int]] = []
        queue = self._queue(number, today, due)
        while True:
            if again and again[0][0] <= now:
                card = heappop(again)[1]
            elif (following := next(queue, None)) is not None:
                card = following
            elif again:
                now = max(now, again[0][0] - LEARN_AHEAD)
                card = heappop(again)[1]
            else:
                return
            # However long a session, the next day is later.
            at = number * A_DAY + min(0.9 * A_DAY, (now - start).total_seconds())
            after = self._answer(card, now, today, at)
            if after.again is None:
                self._coming[after.due].append(card)
            else:
                heappush(again, (after.again, card))
            now += ANSWER

    def _queue(self, number: int, today: date, due: Sequence[int]) -> Iterator[int]:
        yield from due
        for _ in range(new_today(self.learner.pace, self.learner.pace, 0, today, None)):
            card = len(self.items)
            self.items.append(item_of(self.learner, card, number))
            self.progress.append(New())
            self.histories.append([])
            yield card

    def _answer(self, card: int, now: datetime, today: date, at: float) -> Learned:
        before = self.progress[card]
        repeated = isinstance(before, Learned) and CLOCK.of(before.reviewed) == today
        grade = grade_of(self.items[card].answer(at), self.learner.strict, repeated)
        self.again += repeated
        if isinstance(before, Learned):
            if not repeated:
                self.foretold.append(
                    Foretold(now, recall(before, now, CLOCK, self.scheduling), grade.recalled)
                )
            self._load[before.due] -= 1
            self._usual -= 1 / max(1, before.interval)
        after = review(
            before,
            grade,
            now,
            CLOCK,
            self.scheduling,
            card=card,
            load=lambda first, last: self._load,
            earlier=self._earlier(card, today) if repeated else (),
        )
        self._load[after.due] += 1
        self._usual += 1 / max(1, after.interval)
        self.progress[card] = after
        self.histories[card].append((now, grade))
        return after

    def _earlier(self, card: int, today: date) -> list[Grade]:
        """The grades that a card had today."""
        return [grade for at, grade in self.histories[card] if CLOCK.of(at) == today]


def outcome(asked: tuple[int, int, int, str]) -> Outcome:
    """One learner (seed, number, days) under every scheduler of a set."""
    learner = learner_of(*asked[:3])
    courses: dict[str, Course] = {}
    histories: list[History] = []
    for name, scheduling in SETS[asked[3]].items():
        study = Study(learner, scheduling, TIGHT if asked[3] == "backlog" else LIMIT)
        courses[name] = study.course()
        if not histories:  # SM-2's
            histories = [tuple(history) for history in study.histories]
    elsewhere = report("", foretell(histories, CLOCK, SCHEDULERS["FSRS"]))
    return Outcome(learner, courses, elsewhere)


def pooled(reports: Sequence[Report]) -> tuple[float, float]:
    """Log loss and RMSE(bins) over the reviews of all."""
    reviews = sum(one.reviews for one in reports)
    loss = sum(one.log_loss * one.reviews for one in reports if one.reviews) / reviews
    sums: defaultdict[int, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for said, came, n in (entry for one in reports for entry in one.bins):
        # The mean of many 0.9 may come out just below, in the wrong bin.
        entry = sums[min(BINS - 1, int(said * BINS + 1e-9))]
        for at, value in enumerate((said * n, came * n, n)):
            entry[at] += value
    return loss, math.sqrt(sum((said - came) ** 2 / n for said, came, n in sums.values()) / reviews)


def ratios(learner: Learner, loads: Sequence[int], around: int) -> tuple[float, float]:
    """The busiest day in median days: of all days of study, and of those long after a day without any.
    The median is that of so many days around each; 0: of all."""
    days = [n for n in range(SETTLED, len(loads)) if learner.studies[n]]
    overall = median(loads[n] for n in days)
    shares = {}
    for n in days:
        middle = median(loads[k] for k in days if abs(k - n) <= around) if around else overall
        shares[n] = loads[n] / max(1, middle)
    ordinary = [n for n in days if all(learner.studies[n - AFTER : n])]
    return max(shares.values()), max((shares[n] for n in ordinary), default=math.nan)


def work(outcomes: Sequence[Outcome], days: int) -> None:
    """What each scheduler asked for, and what came of it."""
    print(f"{'':15}{'reviews':>9}{'again':>9}{'true':>11}{'known at':>10}{'cards':>8}{'reviews a day':>15}")
    print(f"{'':15}{'a day':>9}{'a day':>9}{'retention':>11}{'the end':>10}{'':8}{'per card known':>15}")
    for name in outcomes[0].courses:
        courses = [one.courses[name] for one in outcomes]
        daily = [sum(course.asked) / days for course in courses]
        recalled = sum(c.recalled for c in courses) / sum(c.foretold.reviews for c in courses)
        known = fmean(course.known for course in courses)
        each = fmean(load / (c.known * c.cards) for load, c in zip(daily, courses, strict=True))
        print(
            f"{name:15}{fmean(daily):9.1f}{fmean(c.again / days for c in courses):9.1f}{recalled:11.1%}"
            f"{known:10.1%}{fmean(c.cards for c in courses):8.0f}{each:15.4f}"
        )


def foresight(outcomes: Sequence[Outcome]) -> None:
    """How well each scheduler foretold what was recalled."""
    print(f"\n{'foretold':31}{'log loss':>10}{'constant':>10}{'RMSE(bins)':>12}")
    names = list(outcomes[0].courses)
    rows = [(name, name, [one.courses[name].foretold for one in outcomes]) for name in names]
    rows.append(("FSRS, of SM-2's reviews", names[0], [one.elsewhere for one in outcomes]))
    for title, asked, reports in rows:
        courses = [one.courses[asked] for one in outcomes]
        share = sum(c.recalled for c in courses) / sum(c.foretold.reviews for c in courses)
        constant = -share * math.log(share) - (1 - share) * math.log(1 - share)
        loss, error = pooled(reports)
        print(f"{title:31}{loss:10.4f}{constant:10.4f}{error:12.4f}")


def busiest(outcomes: Sequence[Outcome]) -> None:
    """How far the busiest day is from the median day."""
    print(f"\n{'busiest / median day':15}{'':6}{'all days of study':^31}{'ordinary days':^31}")
    print(f"{'':21}" + f"{'mean':>9}{'worst':>9}{f'over {GOAL:g}x':>11}  " * 2)
    rows = (
        ("asked", "asked", 0),
        (f"asked, by the median of the {AROUND} days before and after", "asked", AROUND),
        ("due that morning", "waiting", 0),
    )
    for title, at, around in rows:
        print(title)
        for name in outcomes[0].courses:
            found = [ratios(one.learner, getattr(one.courses[name], at), around) for one in outcomes]
            cells = []
            for side in range(2):
                values = [pair[side] for pair in found if not math.isnan(pair[side])]
                over = fmean(value > GOAL for value in values)
                cells.append(f"{fmean(values):9.2f}{max(values):9.2f}{over:11.0%}  ")
            print(f"  {name:19}" + "".join(cells))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--learners", type=int, default=200)
    parser.add_argument("--days", type=int, default=730)
    parser.add_argument("--jobs", type=int, default=multiprocessing.cpu_count())
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--of", choices=list(SETS), default="schedulers", help="what is compared")
    asked = parser.parse_args()
    if asked.days <= SETTLED + AFTER:
        parser.error(f"loads are compared after {SETTLED} days: --days must be over {SETTLED + AFTER}")
    with multiprocessing.Pool(asked.jobs) as pool:
        outcomes = pool.map(
            outcome,
            [(asked.seed, number, asked.days, asked.of) for number in range(asked.learners)],
            chunksize=1,
        )
    print(f"{asked.learners} learners, {asked.days} days, seed {asked.seed}\n")
    work(outcomes, asked.days)
    foresight(outcomes)
    busiest(outcomes)
    if asked.of == "schedulers":
        weekends(outcomes, list(SCHEDULERS), FIRST)
    print(
        f"\nAsked: cards that were due and that the day's portion let through; neither new cards nor repetitions"
        f"\nwithin the day. After day {SETTLED}, days of study only, ordinary or not in the median."
        f"\nOrdinary: no holiday and no missed day within the {AFTER} days before."
        f"\nConstant: the log loss of foretelling the retention itself of every review."
    )


if __name__ == "__main__":
    main()
