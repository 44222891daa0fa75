"""What is typed finds what it should, the best first; filters and orders."""

import json
import string
from collections.abc import Sequence
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyllm.glossary import Index, Query, SortOrder
from studyllm.store.entries import EntryRow
from studyllm.text import fold
from tests.conftest import DAY, NOW


def row(
    number: int,
    term: str,
    answer: str = "–",
    aliases: Sequence[str] = (),
    *,
    headings: Sequence[str] = (),
    deck: str = "words",
    state: str = "new",
    leech: int = 0,
    tags: Sequence[str] = (),
    due: str | None = None,
    ease: float | None = None,
    lapses: int | None = None,
    interval: int | None = None,
    repetitions: int | None = None,
    stability: float | None = None,
    added: datetime = NOW,
    path: str = "/notes/a.md",
) -> EntryRow:
    return EntryRow(
        id=number,
        term=term,
        aliases=json.dumps(aliases),
        answer=answer,
        headings=json.dumps(headings),
        deck=deck,
        path=path,
        line=number,
        state=state,
        leech=leech,
        tags=json.dumps(tags),
        due=due,
        ease=ease,
        lapses=lapses,
        interval=interval,
        repetitions=repetitions,
        stability=stability,
        difficulty=None,
        added=f"{added:%Y-%m-%d %H:%M:%S}",
    )


def index(*rows: EntryRow) -> Index:
    made = unread(*rows)
    made.read()
    made.listen()
    return made


def unread(*rows: EntryRow) -> Index:
    return Index(rows, DAY.of(NOW), DAY.start(DAY.of(NOW)))


def found(made: Index, text: str, order: SortOrder = SortOrder.MATCH) -> list[str]:
    return [made.rows[number].term for number in made.search(Query.of(text), order)]


TERMS = index(
    row(1, "自注意力", "每个词元看所有词元", ["self-attention"]),
    row(2, "注意力", "按相关程度加权", ["attention"]),
    row(3, "注意力头", "并行的一组"),
    row(4, "重复学习", "再学一遍"),
    row(5, "BERT模型", "双向编码器"),
    row(6, "dropout", "随机丢弃，与注意力无关"),
    row(7, "attention span", "how long one listens"),
    row(8, "银行家算法", "避免死锁"),
    row(9, "召回率", "找回来的占多少"),
    row(10, "女红", "针线"),
)


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("注意力", ["注意力", "注意力头", "自注意力", "dropout"]),
        ("attention", ["注意力", "attention span", "自注意力"]),
        ("ATTENTION", ["注意力", "attention span", "自注意力"]),
        ("ａｔｔｅｎｔｉｏｎ", ["注意力", "attention span", "自注意力"]),
        ("zyl", ["注意力", "注意力头", "自注意力"]),
        ("zhuyi", ["注意力", "注意力头", "自注意力"]),
        ("huyi", []),
        ("cfxx", ["重复学习"]),
        ("chongfu", ["重复学习"]),
        ("bertmx", ["BERT模型"]),
        ("bertmoxing", ["BERT模型"]),
        ("yhj", ["银行家算法"]),
        ("yinhang", ["银行家算法"]),
        ("zhaohuilv", ["召回率"]),
        ("zhaohuilu", ["召回率"]),
        ("lu", ["召回率"]),
        ("nu", ["女红"]),
        ("丢弃", ["dropout"]),
        ("注意力 并行", ["注意力头"]),
        ("zyl 并行", ["注意力头"]),
        ("how listens", ["attention span"]),
        ("nothing of the kind", []),
    ],
)
def test_what_is_typed_finds_the_best_first(typed: str, terms: list[str]) -> None:
    assert found(TERMS, typed) == terms


def test_a_single_letter_is_looked_for_in_terms_alone() -> None:
    made = index(row(1, "dropout", "zeroes"), row(2, "zero", "nothing"), row(3, "重复", "again"))
    assert found(made, "z") == ["zero"]
    assert found(made, "c") == ["重复"]
    assert found(made, "零") == []


def test_a_word_comes_before_what_only_has_its_letters() -> None:
    made = index(row(1, "meiosis", "four different cells"), row(2, "alquilar", "to rent"))
    assert found(made, "rent") == ["alquilar", "meiosis"]


def test_typing_on_finds_what_typing_at_once_finds() -> None:
    queries = ("a", "at", "attention", "attention s", "z", "zy", "zyl", "注", "注意力", "注意力 并")
    for text in queries:
        fresh = index(*TERMS.rows)
        assert found(TERMS, text) == found(fresh, text)


def test_a_note_is_found_by_its_file_and_by_its_folders() -> None:
    made = index(
        row(1, "warp", headings=["Parts"], path="/home/me/Study/Cloth/Looms and yarn.md"),
        row(2, "weft", headings=["Yarn"], path="/home/me/Study/2024/Term 2/week.md"),
        row(3, "drachm", path="/home/me/Study/2024/Term 2/钱币.txt"),
    )
    assert found(made, "in:yarn") == ["warp", "weft"], "a heading or the file"
    assert found(made, "in:looms") == ["warp"]
    assert found(made, "in:錢幣") == ["drachm"]
    assert found(made, "in:cloth") == ["warp"]
    assert found(made, "in:2024") == found(made, 'in:"term 2"') == ["weft", "drachm"]
    assert found(made, "in:md") == found(made, "in:study") == found(made, "in:home") == []
    assert found(made, "-in:2024") == ["warp"]
    alone = index(row(1, "warp", path="/home/me/Study/Cloth/yarn.md"))
    assert found(alone, "in:cloth") == ["warp"]
    assert found(alone, "in:study") == []


def test_filters() -> None:
    made = index(
        row(1, "wren", deck="birds", headings=["Animals", "Small ones"], tags=["exam"]),
        row(2, "oak", deck="trees", headings=["Plants"], state="due", tags=["exam", "hard"]),
        row(3, "old oak", deck="old trees", state="suspended", leech=1),
        row(4, "elm", deck="trees", state="gone"),
    )
    assert found(made, "") == ["wren", "oak", "old oak"]
    assert found(made, "deck:trees") == ["oak"]
    assert found(made, "deck:tree") == ["oak", "old oak"]
    assert found(made, 'deck:"old trees"') == ["old oak"]
    assert found(made, "in:animals") == ["wren"]
    assert found(made, 'in:"small on"') == ["wren"]
    assert found(made, "tag:exam") == ["wren", "oak"]
    assert found(made, "tag:exa") == []
    assert found(made, "is:due") == ["oak"]
    assert found(made, "is:due is:suspended oak") == ["oak", "old oak"]
    assert found(made, "is：suspended") == ["old oak"]
    assert found(made, "is:leech") == ["old oak"]
    assert found(made, "is:gone") == ["elm"]
    assert (made.count(gone=False), made.count(gone=True)) == (3, 4)
    assert found(made, "deck:nowhere") == []
    assert found(made, "is:du") == [], "not all of them, because nobody asked for all"


def test_orders() -> None:
    made = index(
        row(1, "重复", due="2026-03-09", ease=2.5, lapses=0),
        row(2, "自注意力", due="2026-03-01", ease=1.3, lapses=4),
        row(3, "attention", ease=None),
        row(4, "mask", due="2026-03-20", ease=2.0, lapses=2),
    )
    assert found(made, "", SortOrder.NOTES) == ["重复", "自注意力", "attention", "mask"]
    assert found(made, "", SortOrder.TERM) == ["attention", "重复", "mask", "自注意力"]
    assert found(made, "", SortOrder.DUE) == ["自注意力", "重复", "mask", "attention"]
    assert found(made, "", SortOrder.EASE) == ["自注意力", "mask", "重复", "attention"]
    assert found(made, "", SortOrder.LAPSES) == ["自注意力", "mask", "重复", "attention"]
    assert found(made, "a", SortOrder.DUE) == ["mask", "attention"]


def test_senses_are_the_other_entries_of_a_term() -> None:
    made = index(row(1, "Token", "in text"), row(2, "token", "in parsing"), row(3, "token", state="gone"))
    assert [made.rows[number].answer for number in made.senses(0)] == ["in parsing"]


def test_nothing_is_found_by_words_that_were_not_read() -> None:
    made = unread(*TERMS.rows)
    assert found(made, "") == [each.term for each in TERMS.rows]
    made.read()
    assert found(made, "zyl") == []
    assert found(made, "注意力头") == ["注意力头"]


def test_reading_again_keeps_what_is_the_same() -> None:
    rows = list(TERMS.rows)
    rows[1] = rows[1]._replace(state="due")
    again = unread(*rows)
    assert again.read(TERMS)
    assert found(again, "zyl is:due") == ["注意力"]
    rows[1] = rows[1]._replace(answer="另一个定义")
    other = unread(*rows)
    assert not other.read(again)
    other.listen()
    assert found(other, "另一个") == ["注意力"]
    moved = unread(*rows[1:])
    assert not moved.read(other)
    assert found(moved, "zylt") == []
    moved.listen()
    assert found(moved, "zylt") == ["注意力头"]


LETTERS = st.text(
    "注意力重复学习银行长音乐模型" + string.ascii_letters + "0-+# é１ ", min_size=1, max_size=12
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(LETTERS, LETTERS, st.lists(LETTERS, max_size=2)), min_size=1, max_size=8))
def test_every_entry_is_found_by_each_of_its_fields(cards: list[tuple[str, str, list[str]]]) -> None:
    made = index(*(row(n, term, answer, aliases) for n, (term, answer, aliases) in enumerate(cards)))
    for number, (term, answer, aliases) in enumerate(cards):
        for text in (term, answer, *aliases):
            query = Query.of(f'"{text}"')
            if not fold(text) or (query.is_letter and text is answer):
                continue
            hits = made.search(query)
            assert number in hits, text
            assert len(set(hits)) == len(hits)
        heard = made._sounds[number]
        for typed in heard.typed.split():
            assert number in made.search(Query.of(typed)), typed


@settings(max_examples=100, deadline=None)
@given(st.lists(LETTERS, min_size=1, max_size=8), LETTERS)
def test_typing_letter_by_letter_never_finds_something_else(terms: list[str], typed: str) -> None:
    rows = [row(n, term, f"says {term}") for n, term in enumerate(terms)]
    made = index(*rows)
    for length in range(1, len(typed) + 1):
        query = Query.of(typed[:length])
        assert list(made.search(query)) == list(index(*rows).search(query))
