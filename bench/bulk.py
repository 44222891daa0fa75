"""`studyllm grade --out` over many answers: rows a second, memory at a tenth and at the end, and whether a run that was
killed half-way and gone on with leaves the same bytes.

    python -m bench.bulk [ROWS] [--models]      the answers are those of bench/answers, most with letters changed
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ANSWERS = Path(__file__).parent / "answers"
_QUESTIONS = 200
WITHOUT_MODELS = {"STUDYLLM_LANGUAGE_MODEL": "off", "STUDYLLM_EMBEDDING_MODEL": "off"}


def lines(count: int) -> Iterator[str]:
    """Answers of a class: one in ten blank or "I don't know", a third word for word those of others."""
    chance = random.Random(3)
    texts = [
        line for file in sorted(ANSWERS.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()
    ]
    cards = [card for card in map(json.loads, texts) if card.get("answers") and card.get("reference")]
    chance.shuffle(cards)
    for number in range(count):
        yield json.dumps(_asked(number, cards[number % _QUESTIONS], chance), ensure_ascii=False)


def _asked(number: int, card: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    which = chance.random()
    answer = str(chance.choice(card["answers"])["text"])
    if which < 0.05:
        answer = ""
    elif which < 0.1:
        answer = "不知道" if card.get("lang") == "zh" else "I don't know"
    elif which > 0.4:
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(answer) + 1)
            answer = answer[:place] + chance.choice("的是a e了一x ") + answer[place + 1 :]
    return {
        "id": number,
        "question": card.get("prompt") or card["term"],
        "term": card["term"],
        "reference": card["reference"],
        "answer": answer,
    }


def started(source: Path, out: Path, models: bool) -> "subprocess.Popen[bytes]":
    """A run in a process of its own."""
    command = [sys.executable, "-m", "studyllm", "grade", "--jsonl", str(source), "--out", str(out)]
    return subprocess.Popen(
        command, env=os.environ | ({} if models else WITHOUT_MODELS), stderr=subprocess.DEVNULL
    )


def rows_in(out: Path) -> int:
    """Whole rows of a file."""
    return out.read_bytes().count(b"\n") if out.exists() else 0


def memory(process: "subprocess.Popen[bytes]") -> int:
    """Megabytes that a process and its children have now."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    pages = 0
    for number in (str(process.pid), *children):
        pages += int(Path(f"/proc/{number}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000


def main() -> None:
    """Print the figures."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    count, models = numbers[0] if numbers else 100_000, "--models" in sys.argv
    with tempfile.TemporaryDirectory() as folder:
        source, whole, halves = (Path(folder) / name for name in ("answers.jsonl", "whole", "halves"))
        source.write_text("".join(f"{line}\n" for line in lines(count)), "utf-8")
        began = time.monotonic()
        process = started(source, whole, models)
        at_a_tenth = last = 0
        while process.poll() is None:
            time.sleep(0.5 if count > 1000 else 0.1)
            try:
                last = memory(process) or last
            except OSError:
                break
            if not at_a_tenth and rows_in(whole) >= count / 10:
                at_a_tenth = last
        process.wait()
        seconds = time.monotonic() - began
        print(f"{rows_in(whole)} rows in {seconds:.0f} s, {count / seconds:.1f} a second, start included")
        print(f"memory: {at_a_tenth} MB at a tenth, {last} MB at the end")
        process = started(source, halves, models)
        while rows_in(halves) < count / 2 and process.poll() is None:
            time.sleep(0.1)
        process.send_signal(signal.SIGKILL)
        process.wait()
        done = rows_in(halves)
        started(source, halves, models).wait()
        same = whole.read_bytes() == halves.read_bytes()
        print(f"killed at {done} rows and gone on with: {'the same bytes' if same else 'OTHER BYTES'}")


if __name__ == "__main__":
    main()
