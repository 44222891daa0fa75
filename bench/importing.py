"""Importing some 10,000 cards: `python -m bench.importing`.

First import against markdown-it-py parsing the same text (`MarkdownIt("commonmark").enable("table")`, files read and
decoded the same way) in the same process; then the import again, unchanged, against the first. Two shapes: the
shipped notes, 100 times over, each time with other words; and 300 files of nothing but short bold bullets, the most
cards for the least Markdown. Peak memory is that of fresh processes importing the dense cards from 75 to 600 files.
Targets of the project: at most 2 ×, at most 3 %, flat.
"""

import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from studyllm.store import Store

CARDS = 10_000
WORDS = (
    "模型",
    "训练数据",
    "梯度",
    "参数",
    "注意力",
    "序列",
    "语言",
    "概率",
    "损失函数",
    "优化",
    "网络",
    "recall",
    "token",
)


def write_notes(folder: Path, files: int, cards: int = CARDS) -> None:
    """So many cards in so many notes: bullets, nested lists, tables and prose between them."""
    chance = random.Random(1)

    def sentence(least: int = 8) -> str:
        return "".join(chance.choice(WORDS) for _ in range(chance.randrange(least, least + 12))) + "。"

    number = 0
    for file in range(files):
        lines = ["---", f"title: 笔记 {file}", "---", "", f"# 主题 {file}", "", sentence() + sentence(), ""]
        for place in range(cards * (file + 1) // files - cards * file // files):
            number += 1
            if place % 12 == 0:
                lines += ["", f"## 小节 {place // 12}", "", sentence(), ""]
            lines.append(f"- **术语{number}（Term {number}）**：{sentence()}{sentence()}{sentence()}")
            if place % 7 == 0:
                lines.append(f"  {sentence()}")
        (folder / f"note-{file:03}.md").write_text("\n".join(lines) + "\n", "utf-8")
        os.utime(folder / f"note-{file:03}.md", (1_700_000_000, 1_700_000_000))


def write_shipped(folder: Path, copies: int = 84) -> None:
    """The shipped notes over and over, the words of terms and definitions another each time."""
    for number, source in enumerate(sorted((Path(__file__).parent.parent / "notes").glob("*.md"))):
        text = source.read_text("utf-8")
        for copy in range(copies):
            one, two = chr(0x4E00 + copy * 7), chr(0x6E00 + copy * 5)
            varied = text.replace("- **", f"- **{one}").replace("的", f"的{two}").replace("，", f"，{one}")
            target = folder / f"{copy:03}-{number}.md"
            target.write_text(varied, "utf-8")
            os.utime(target, (1_700_000_000, 1_700_000_000))


def timed(job: Callable[..., object], *args: object) -> float:
    begin = time.perf_counter()
    job(*args)
    return time.perf_counter() - begin


def parse_alone(folder: Path) -> None:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")
    for file in sorted(folder.glob("*.md")):
        parser.parse(file.read_text("utf-8"))


def import_notes(folder: Path, home: Path) -> None:
    from studyllm.library import bring_in, decks_for, plan

    with Store(home / "study.db") as store:
        (deck,) = decks_for(store, [folder])
        bring_in(store, plan(store, deck), datetime.now(UTC))


def peak(files: int) -> float:
    """MB at most, of a process that imports the same number of cards from that many files."""
    code = f"from bench.importing import peak_here; peak_here({files})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout)


def peak_here(files: int) -> None:
    with tempfile.TemporaryDirectory() as base:
        folder = Path(base, "notes")
        folder.mkdir()
        write_notes(folder, files)
        import_notes(folder, Path(base, "home"))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def measure(name: str, base: Path, folder: Path) -> bool:
    """Times one shape; whether it met the targets."""
    import_notes(folder, base / f"{name}-warm")  # imports of modules are not what is measured
    alone, first, again = [], [], []
    for run in range(5):
        home = base / f"{name}-{run}"
        alone.append(timed(parse_alone, folder))
        first.append(timed(import_notes, folder, home))
        again.append(timed(import_notes, folder, home))
    with Store(home / "study.db") as store:
        cards = sum(1 for _ in store.cards())
    a, f, u = (statistics.median(times) for times in (alone, first, again))
    print(f"{name}: {cards} cards in {len(list(folder.glob('*.md')))} files")
    print(f"  markdown-it-py alone    {a:6.2f} s")
    print(f"  first import            {f:6.2f} s   {f / a:5.2f} ×")
    print(f"  again, unchanged        {u:6.3f} s   {u / f:5.1%} of the first")
    return f / a <= 2 and u / f <= 0.03


def main() -> None:
    met = []
    with tempfile.TemporaryDirectory() as base:
        for name, write in (
            ("as people write", write_shipped),
            ("dense", lambda folder: write_notes(folder, 300)),
        ):
            folder = Path(base, name)
            folder.mkdir()
            write(folder)
            met.append(measure(name, Path(base), folder))
    peaks = {files: peak(files) for files in (75, 150, 300, 600)}
    print("peak memory, dense: " + ", ".join(f"{files} files {mb:.0f} MB" for files, mb in peaks.items()))
    sys.exit(not all(met))


if __name__ == "__main__":
    main()
