"""Tables of cards: comma or tab between the columns, as Quizlet, Anki and spreadsheets write them; and histories.

A first row of known names says what the columns are; without one they are term, answer and tags. Lines that begin
with `#` and a word of Anki's (`#separator:tab`, `#html:true`, `#columns:…`, `#deck:…`, `#tags column:3`) are taken at
their word. A table with the columns card, at and grade is a history: answers that were given elsewhere.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from studyllm import grading
from studyllm.cards import Card, Kind, Source
from studyllm.errors import InputError
from studyllm.exchange import markup
from studyllm.exchange.foreign import Arrival, Foreign, ForeignDeck
from studyllm.exchange.history import Answered
from studyllm.i18n import _, listed, ngettext
from studyllm.notes.files import load
from studyllm.schedule import Day, Grade, New
from studyllm.store.changes import Start
from studyllm.store.records import StudyCard
from studyllm.text import clean, has_wide, language

_HEADER = re.compile(
    r"#(separator|html|columns|deck|notetype|guid|tags|deck column|tags column|guid column|notetype column):(.*)"
)
_SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "space": " ", "pipe": "|", "colon": ":"}
_NAMES = {
    "term": ("term", "front", "question", "prompt", "word", "正面", "术语", "词语", "问题", "单词", "名词"),
    "answer": (
        "answer",
        "back",
        "definition",
        "meaning",
        "reference",
        "背面",
        "释义",
        "定义",
        "答案",
        "解释",
    ),
    "tags": ("tags", "tag", "标签"),
    "deck": ("deck", "牌组", "卡组"),
    "section": ("section", "heading", "章节", "小节"),
    "card": ("card", "卡片"),
    "at": ("at", "time", "date", "时间", "日期"),
    "grade": ("grade", "rating", "评分"),
}
_USUAL = ("term", "answer", "tags")
_OF_ANKI = ("guid", "notetype")
"""Columns that say nothing of a card."""
_LONGEST = 100_000
"""Characters of a cell; a longer one is an error of quoting."""
_GRADES = {"again": Grade.WRONG, "hard": Grade.HARD, "good": Grade.GOOD, "easy": Grade.PERFECT}


@dataclass(frozen=True, slots=True)
class _Table:
    """Rows with the number of the line in which each ends, and what their columns are."""

    rows: tuple[tuple[int, list[str]], ...]
    columns: tuple[str, ...]
    further: Mapping[int, str]
    """The columns that hold something else, by their place: what each is called, if it has a name."""
    deck: str
    html: bool

    def cell(self, row: Sequence[str], name: str) -> str:
        try:
            return clean(row[self.columns.index(name)]).strip()
        except (ValueError, IndexError):
            return ""

    def extras(self, row: Sequence[str]) -> list[str]:
        """What a row has in further columns, each after the column's name."""
        cells = ((name, clean(row[n]).strip()) for n, name in self.further.items() if n < len(row))
        return [
            f"{name}{'：' if has_wide(name) else ': '}{cell}" if name else cell
            for name, cell in cells
            if cell
        ]


def read(path: Path, day: Day, now: datetime) -> Arrival | tuple[Answered, ...]:
    """The cards of a table, or the answers of a history, which were given before `now`. Raises InputError."""
    table = _table(path)
    if {"card", "at", "grade"} <= set(table.columns):
        return tuple(_answered(table, day, now))
    decks: dict[str, list[Foreign]] = {}
    empty = 0
    for _number, row in table.rows:
        texts = [
            markup.text(cell) if table.html else cell for cell in (table.cell(row, n) for n in _USUAL[:2])
        ]
        term, answer = " ".join(texts[0].split()), texts[1]
        if not term or not answer:
            empty += 1
            continue
        name = " ".join(table.cell(row, "deck").split()) or table.deck or path.stem
        section = " ".join(table.cell(row, "section").split())
        card = Card(
            Kind.TERM,
            term,
            answer,
            Source(str(path.absolute()), 0, 0),
            headings=(section,) if section else (),
            prompt=term,
            lang=language(answer),
            rule="table",
        )
        if extras := table.extras(row):
            card = _with_extras(card, [markup.text(extra) if table.html else extra for extra in extras])
        tags = tuple(sorted(set(table.cell(row, "tags").split())))
        decks.setdefault(name, []).append(Foreign(card, Start(New(), tags=tags)))
    told = ngettext(
        "{count} row has no term or no answer: it was left out.",
        "{count} rows have no term or no answer: they were left out.",
        empty,
    )
    passed = [told.format(count=empty)] if empty else []
    if decks and table.further:
        kept = _("Kept with the answers, and not asked for: {columns}.")
        passed.append(kept.format(columns=listed(one or str(at + 1) for at, one in table.further.items())))
    return Arrival(tuple(ForeignDeck(name, tuple(cards)) for name, cards in decks.items()), tuple(passed))


def _with_extras(card: Card, extras: Sequence[str]) -> Card:
    """A card whose answer has more that may be left out: a gender, an example, a remark."""
    asked = grading.Question(card.term, card.answer, term=card.term, lang=card.lang)
    points = (*grading.points_of(asked), *(f"+ {' '.join(extra.split())}" for extra in extras))
    return replace(card, answer="\n".join((card.answer, *extras)), points=points)


def _table(path: Path) -> _Table:
    text = load(path).text
    told: dict[str, str] = {}
    lines = text.split("\n")
    while lines and (found := _HEADER.match(lines[0])):
        told[found.group(1)] = found.group(2).strip()
        lines.pop(0)
    skipped = text.count("\n") + 1 - len(lines)
    named = told.get("separator", "")
    separator = _SEPARATORS.get(named.casefold(), named[:1]) or _separator(path, lines)
    rows = list(_rows("\n".join(lines), separator, skipped))
    names = next(csv.reader([told["columns"]], delimiter=separator)) if "columns" in told else []
    if not names and rows and {"term", "card"} & set(map(_column, rows[0][1])):
        names = rows.pop(0)[1]
    columns = _with_numbered(tuple(map(_column, names)) or _USUAL, told)
    further = _further(rows, columns, names)
    return _Table(tuple(rows), columns, further, clean(told.get("deck", "")), told.get("html") == "true")


def _further(
    rows: Sequence[tuple[int, list[str]]], columns: Sequence[str], names: Sequence[str]
) -> dict[int, str]:
    """The columns that no name of ours stands for and that have something, see `_Table.further`."""
    known = {*_NAMES, *_OF_ANKI}
    filled = {n for _line, row in rows for n, cell in enumerate(row) if cell.strip()}
    places = sorted(n for n in filled if n >= len(columns) or columns[n] not in known)
    return {n: clean(names[n]).strip() if n < len(names) else "" for n in places}


def _rows(text: str, separator: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(_LONGEST)
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num + skipped, row
    except csv.Error as error:
        said = _("Line {line} cannot be read as a row: {reason}. Nothing was imported.")
        raise InputError(said.format(line=reader.line_num + skipped, reason=error)) from error


def _separator(path: Path, lines: Sequence[str]) -> str:
    """A tab where the first rows have one, else what stands most often in the first."""
    head = [line for line in lines[:20] if line.strip()]
    if path.suffix.casefold() in (".tsv", ".txt") or (head and all("\t" in line for line in head)):
        return "\t"
    return max(",;", key=(head[0] if head else "").count)


def _column(name: str) -> str:
    """Which column a name stands for; itself where it is none of them."""
    folded = name.strip().casefold()
    return next((column for column, names in _NAMES.items() if folded in names), folded)


def _with_numbered(columns: Sequence[str], told: dict[str, str]) -> tuple[str, ...]:
    """The columns, those that Anki gives by number (1-based) in their places; the others keep their order."""
    numbered = {}
    for name in ("deck", "tags", "guid", "notetype"):
        if (given := told.get(f"{name} column", "")).isdecimal() and 0 < int(given) <= 100:
            numbered[int(given) - 1] = name
    if not numbered or any(name in columns for name in numbered.values() if "columns" in told):
        return tuple(columns)
    rest = iter([name for name in columns if name not in numbered.values()])
    width = max(*numbered, len(columns) + len(numbered) - 1) + 1
    return tuple(numbered[n] if n in numbered else next(rest, "") for n in range(width))


def _answered(table: _Table, day: Day, now: datetime) -> Iterator[Answered]:
    for number, row in table.rows:
        at, grade = _when(table.cell(row, "at"), day), _grade(table.cell(row, "grade"))
        if at is None or grade is None or at > now:
            said = _(
                "Line {line}: `at` is a time that was, like 2026-11-23T08:30:00Z, `grade` a number from 0 to 5, or "
                "again, hard, good or easy. Nothing was imported."
            )
            raise InputError(said.format(line=number))
        yield Answered(table.cell(row, "card"), table.cell(row, "deck"), at, grade)


def _when(text: str, day: Day) -> datetime | None:
    """A moment: ISO 8601, UTC where it has no offset, or seconds or milliseconds since 1970; of a day its noon."""
    try:
        if re.fullmatch(r"\d{9,10}(\.\d+)?|\d{13}", text):
            seconds = float(text)
            at = datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC)
        elif re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            at = day.start(date.fromisoformat(text)) + timedelta(hours=12 - day.rollover)
        else:
            at = datetime.fromisoformat(text)
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        return at.astimezone(UTC) if 1970 <= at.year <= 2900 else None
    except (ValueError, OverflowError, OSError):
        return None


def _grade(text: str) -> Grade | None:
    if text.casefold() in _GRADES:
        return _GRADES[text.casefold()]
    return Grade(int(text)) if text in ("0", "1", "2", "3", "4", "5") else None


def write(cards: Sequence[StudyCard], separator: str) -> str:
    """Cards as a table with a row of names; with tabs instead with the lines that tell Anki what it is, where a row
    must not begin with "#"."""
    out = io.StringIO()
    shapes = {"delimiter": separator, "lineterminator": "\n"}
    plain, quoted = csv.writer(out, **shapes), csv.writer(out, quoting=csv.QUOTE_ALL, **shapes)  # type: ignore[arg-type]
    if separator == "\t":
        out.write(
            "#separator:tab\n#html:false\n#columns:Front\tBack\tTags\tDeck\n#tags column:3\n#deck column:4\n"
        )
    else:
        plain.writerow(["term", "answer", "tags", "deck", "section"])
    for card in cards:
        front = card.card.prompt or card.card.term
        writer = quoted if front.startswith("#") else plain
        row = [front, card.card.answer, " ".join(card.tags), card.deck]
        writer.writerow(row if separator == "\t" else [*row, card.card.section])
    return out.getvalue()
