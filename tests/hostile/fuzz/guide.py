"""The loop: an input that reaches what none has reached before is kept and changed further."""

import hashlib
import json
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from types import CodeType, FrameType
from typing import Any, Protocol

from tests.hostile.fuzz.mutate import mutated

LONGEST = 10
"""Seconds that one input may take."""
LARGEST = 1024
"""MiB that the process may take."""
_EVERY = 4
"""Of the inputs one in so many is watched: the profile costs as much as the program."""


class Target(Protocol):
    """A way into the program."""

    @property
    def name(self) -> str: ...
    @property
    def seeds(self) -> Sequence[bytes]: ...
    @property
    def words(self) -> Sequence[bytes]: ...

    def run(self, data: bytes) -> None:
        """Gives the input to the program; what the program documents as an error is none here."""


class _TooSlow(Exception):
    """An input took more than LONGEST seconds."""


@dataclass
class Report:
    """What came of a run."""

    target: str
    seed: int
    inputs: int = 0
    kept: int = 0
    reached: int = 0
    """Pairs of functions of the program, one called by the other."""
    slowest: float = 0.0
    """Seconds."""
    mebibytes: int = 0
    """Most memory of this process."""
    failures: dict[str, str] = field(default_factory=dict)
    """The file of an input, by where and how the program failed."""


def fuzz(target: Target, inputs: int, seed: int, folder: Path, said: Callable[[str], None]) -> Report:
    """Runs so many inputs; those that fail are kept in the folder, one of each kind."""
    random, report = Random(seed), Report(target.name, seed)
    corpus, reached = list(target.seeds), set[tuple[CodeType, CodeType]]()
    signal.signal(signal.SIGALRM, _too_slow)
    begun = time.monotonic()
    while report.inputs < inputs:
        fresh = report.inputs < len(target.seeds)
        data = (
            target.seeds[report.inputs]
            if fresh
            else mutated(random.choice(corpus), corpus, target.words, random)
        )
        watched = fresh or report.inputs % _EVERY == 0
        before = len(reached)
        start = time.perf_counter()
        try:
            _run(target, data, reached if watched else None)
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            _keep(report, folder, data, error)
        report.slowest = max(report.slowest, time.perf_counter() - start)
        report.inputs += 1
        if len(reached) > before and not fresh:
            corpus.append(data)
        if report.inputs % 5000 == 0:
            said(
                f"{target.name}: {report.inputs} inputs, {report.inputs / (time.monotonic() - begun):.0f} a second, "
                f"{len(corpus)} kept, {len(report.failures)} kinds of failure"
            )
    report.kept, report.reached = len(corpus), len(reached)
    report.mebibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return report


def _run(target: Target, data: bytes, reached: set[tuple[CodeType, CodeType]] | None) -> None:
    signal.setitimer(signal.ITIMER_REAL, LONGEST)
    try:
        if reached is not None:
            sys.setprofile(_watch(reached))
        target.run(data)
    finally:
        sys.setprofile(None)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _watch(reached: set[tuple[CodeType, CodeType]]) -> Callable[[FrameType, str, Any], None]:
    def watch(frame: FrameType, event: str, _given: Any) -> None:
        if event == "call" and frame.f_back is not None and "/studyllm/" in frame.f_code.co_filename:
            reached.add((frame.f_back.f_code, frame.f_code))

    return watch


def _too_slow(_number: int, _frame: FrameType | None) -> None:
    raise _TooSlow


def _keep(report: Report, folder: Path, data: bytes, error: Exception) -> None:
    ours = [one for one in traceback.extract_tb(error.__traceback__) if "/studyllm/" in one.filename]
    at = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "?"
    kind = f"{type(error).__name__} at {at}"
    if kind in report.failures:
        return
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{report.target}-{hashlib.sha256(data).hexdigest()[:12]}"
    file.write_bytes(data)
    file.with_suffix(".txt").write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    report.failures[kind] = str(file)


def written(report: Report) -> str:
    """The report as a line of JSON."""
    return json.dumps(vars(report), ensure_ascii=False)
