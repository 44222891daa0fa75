"""100,000 generated notes must raise nothing but the documented errors: `python -m bench.fuzz`.

Half come from hypothesis, out of the pieces Markdown is made of; half are guided by coverage (`pip install atheris`
in the environment; without it that half is left out and said). Bytes are read as a note file is: decoded, parsed,
and the cards matched against those of the note before.
"""

import sys
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from studyllm.errors import InputError
from studyllm.library.matching import match
from studyllm.notes import Note, read_note
from studyllm.notes.files import load

PIECES = [
    *[
        "# ",
        "## 什么是",
        "- ",
        "1. ",
        "  - ",
        "> ",
        "> [!def] ",
        "**",
        "__",
        "`",
        "```\n",
        "|",
        "|---|---|\n",
        "\t",
    ],
    *[
        ": ",
        "：",
        " - ",
        "——",
        "（",
        "）",
        "(",
        ")",
        "[",
        "](x)",
        "[[",
        "]]",
        "{#a}",
        "$",
        "$$",
        "\\",
        "<b>",
        "<br/>",
    ],
    *[
        "<!-- study: skip -->",
        "<!--",
        "-->",
        "::",
        "\n",
        "\n\n",
        "    ",
        "---\n",
        "title: x\n",
        "Q: ",
        "A: ",
        "\r",
    ],
    *[
        "是",
        "is a",
        "包括：",
        "types:",
        "Term",
        "术语",
        "定义",
        "特点",
        "\u200b",
        "\x1b[1m",
        "\x00",
        "&amp;",
        "、",
        "/",
        ":   ",
    ],
]
COUNT = 50_000


def check(data: bytes, before: list[Note]) -> None:
    """One generated file, through everything that an import does to it before the database."""
    with tempfile.NamedTemporaryFile(
        suffix=".md", dir="/dev/shm" if Path("/dev/shm").is_dir() else None
    ) as file:
        file.write(data)
        file.flush()
        try:
            text = load(Path(file.name)).text
        except InputError:
            return
    note = read_note(text, "a.md")
    assert len({card.prompt for card in note.cards}) == len(note.cards)
    assert all(card.term.strip() and any(map(str.isalnum, card.answer)) for card in note.cards)
    found = match([card for old in before for card in old.cards], note.cards)
    assert len({j for _, j in found.pairs}) == len(found.pairs) == len({i for i, _ in found.pairs})
    before[:] = [note]


def by_hypothesis() -> None:
    before: list[Note] = []
    pieces = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=50).map("".join)
    files = pieces.map(lambda text: text.encode("utf-8", "replace")) | st.binary(max_size=300)

    @settings(
        max_examples=COUNT,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(files)
    def run(data: bytes) -> None:
        check(data, before)

    run()
    print(f"hypothesis: {COUNT} files, nothing raised")


def by_coverage() -> None:
    import atheris

    before: list[Note] = []
    atheris.instrument_all()
    with tempfile.TemporaryDirectory() as corpus:
        for number, note in enumerate(sorted((Path(__file__).parent.parent / "notes").glob("*.md"))):
            text = note.read_text("utf-8").split("\n\n")
            for part, block in enumerate(text):
                Path(corpus, f"{number}-{part}").write_text(block, "utf-8")
        atheris.Setup(
            [sys.argv[0], f"-runs={COUNT}", "-max_len=2000", "-timeout=20", "-verbosity=0", corpus],
            lambda data: check(data, before),
        )
        print(f"coverage-guided: {COUNT} files", flush=True)
        atheris.Fuzz()  # ends the process: 0 when nothing was raised


def main() -> None:
    by_hypothesis()
    try:
        import atheris  # noqa: F401
    except ImportError:
        sys.exit("the coverage-guided half needs: pip install atheris")
    by_coverage()


if __name__ == "__main__":
    main()
