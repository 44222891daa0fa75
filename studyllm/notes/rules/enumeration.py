"""Enumerations: a title or a lead-in line, and the list it announces."""

import re

from studyllm.cards import Kind
from studyllm.notes.answer import item_text, render
from studyllm.notes.blocks import Code, Item, Listing, Paragraph, Table
from studyllm.notes.inline import only_link, plain, prose
from studyllm.notes.labels import announces, is_label, is_list_title, is_sequence, says_too_little
from studyllm.notes.lead import Mark, lead
from studyllm.notes.rules.tables import gate
from studyllm.notes.scope import Scope
from studyllm.notes.terms import may_be_term, split_term, title
from studyllm.text import CJK, key

_CJK = re.compile(f"[{CJK}]")
_ZH_VERB = re.compile(
    r"(?:主要|通常|一般|大致|常见的?|大体上?)*(?:可以|可)?(?:包括|包含|分为|分成|有|由|具有|为|是|"
    r"如下|划分为|归纳为|概括为|涉及|涵盖)?"
    r"(?:以下|下列|下面|如下)?(?:这)?(?:[一二两三四五六七八九十几多\d]+(?:大|个|种|类|点|步|部分|"
    r"方面|阶段|层|条|项|步骤|类型)*)?(?:的)?(?:内容|方面|部分|步骤|几点)?(?:组成|构成)?$"
)
_ZH_ASKS = re.compile(
    r"包括|包含|分为|分成|以下|下列|如下|有[一二两三四五六七八九十几\d]|由|划分为|具有|涵盖"
)
_NUMBER = re.compile(r"[一二两三四五六七八九十几\d]+(?:大|个|种|类)?(?=\S{2})")
_ZH_NOT = re.compile(
    r"[，。；！？,;]|例如|比如|譬如|注意|举例|代码|运行|执行|如图|见下|我们|你|我|这|那|此|假设|"
    r"因此|所以|结果|输出|命令|打开|点击|下面|请"
)
_EN_NOT = re.compile(
    r"\b(?:this|these|those|you|your|we|our|us|i|my|it|its|they|their|either|example|code|following "
    r"command|run|see|note|please|here|below|"
    r"output|file|files|command|commands|above|if|then|when|to)\b|[.;!?]",
    re.IGNORECASE,
)
_EN_VERB = re.compile(
    r"\s*(?:\b(?:are|is|include|includes|including|consists? of|comprises?|contains?|can be divided "
    r"into|is divided into|are divided into|are classified "
    r"(?:into|as)|is classified into|has|have|as follows|are as follows|namely|with)\b\s*(?:the "
    r"following|as follows)?.*)?$",
    re.IGNORECASE,
)
_EN_ASKS = re.compile(
    r"\b(?:includes?|consists? of|divided into|classified (?:into|as)|comprises?|has (?:two|three|"
    r"four|five|six|seven|\d+))\b",
    re.IGNORECASE,
)
_EN_COUNT = re.compile(
    r"^(?:there are|we have)?\s*(?:(?:the|main|major|key|common|some|several|many|two|three|four|"
    r"five|six|seven|eight|nine|ten|\d+|basic|"
    r"primary|different|various|most|important)\s+)*",
    re.IGNORECASE,
)
_EN_NOUN = re.compile(r"((?:[A-Za-z-]+ ){0,3}[a-z]+s)\s*(?:are|include|:|：|$)", re.IGNORECASE)


def enumerable(listing: Listing, least: int = 2) -> bool:
    """Whether the items are things to name: at least two, none too long, not a list of links."""
    items = listing.items
    if not least <= len(items) <= 20:
        return False
    texts = [item.text for item in items]
    links = sum(
        1
        for text in texts
        if not text or only_link(text) or text.lstrip().startswith(("[ ]", "[x]", "[X]", "!"))
    )
    if links * 2 > len(items) or any(isinstance(block, Code) for item in items for block in item.blocks):
        return False
    return sum(len(text) for text in texts) <= 200 * len(items)


def announced(text: str) -> tuple[str, bool]:
    """What a lead-in line announces ("核心任务包括：" gives 核心任务), and whether its words ask for a list."""
    line = plain(text).strip()
    if not line.endswith((":", "：")) or len(line) > 80 or "\n" in line:
        return "", False
    line = line[:-1].strip()
    if _CJK.search(line):
        if _ZH_NOT.search(line):
            return "", False
        asks = bool(_ZH_ASKS.search(line))
        found = _ZH_VERB.search(line)
        return (line[: found.start()] if found else line).strip(), asks
    if _EN_NOT.search(line):
        return "", False
    asks = bool(_EN_ASKS.search(line))
    line = _EN_COUNT.sub("", line, count=1)
    found = _EN_VERB.search(line)
    return (line[: found.start()] if found else line).strip(), asks


def tail_title(rest: str) -> str:
    """The list title in the last clause of a definition: "…，核心任务包括：" gives 核心任务."""
    text = prose(rest).rstrip()
    if not text.endswith((":", "：")):
        return ""
    clause = re.split(r"[，。；,;.]", text[-80:-1])[-1].strip()
    if not clause:
        return ""
    if _CJK.search(clause):
        found = _ZH_VERB.search(clause)
        name = (clause[: found.start()] if found else clause).strip()
        name = _NUMBER.sub("", re.sub(r"^(?:其|它的?|它们的?|该)", "", name), count=1) if name else ""
        return name if 2 <= len(name) <= 14 and is_list_title(name) else ""
    nouns = _EN_NOUN.search(clause)
    name = _EN_COUNT.sub("", nouns.group(1), count=1).strip() if nouns else ""
    name = re.sub(r"^(?:its|their|with|and|has|have)\s+", "", name)
    return name if name and is_list_title(name) and len(name.split()) <= 4 else ""


def about(subject: str, name: str) -> str:
    """A list title together with what it belongs to."""
    if not subject or subject in name or name.startswith(split_term(subject)[0]):
        return name
    return (
        f"{subject} 的{name}"
        if _CJK.search(name) and not _CJK.match(subject[-1])
        else (f"{subject}的{name}" if _CJK.search(name) else f"{subject}: {name}")
    )


def add_list(scope: Scope, rule: str, name: str, listing: Listing, line: int, *, subject: str = "") -> bool:
    """A list or sequence card under a title that says enough by itself; False when there is none to make."""
    front = about(subject or scope.subject, name) if says_too_little(name) or len(name) < 4 else name
    least = 1 if key(front) in scope.page.known else 2
    if not name or len(name) > 50 or not enumerable(listing, least):
        return False
    if is_label(front) or not may_be_term(name, bold=True):
        return False
    front = front[0].upper() + front[1:] if front[0].isascii() else front
    steps = listing.ordered and _named_steps(listing) and not is_list_title(name)
    kind = Kind.SEQUENCE if is_sequence(name) or steps else Kind.LIST
    points = tuple(point for item in listing.items if (point := item_text(item)))
    scope.add(rule, kind, front, render([listing]), (line, listing.end), points=points, split=False)
    return True


def _named_steps(listing: Listing) -> bool:
    found = [lead(item.text) if item.text else None for item in listing.items]
    return all(step is not None and step.mark is Mark.BOLD for step in found)


def lead_in_list(scope: Scope, at: int) -> int:
    """A paragraph that ends in a colon, and the list or table of terms under it: one list card, and nothing is taken
    from the rules that read the items."""
    block = scope.blocks[at]
    following = scope.blocks[at + 1] if at + 1 < len(scope.blocks) else None
    if not isinstance(block, Paragraph) or scope.page.project:
        return 0
    if isinstance(following, Table):
        following = _first_column(following)
    if not isinstance(following, Listing):
        return 0
    last = block.text.rsplit("\n", 1)[-1]
    name, asks = announced(last)
    if not name and not asks:
        return 0
    name = name or ("分类" if _CJK.search(last) else "types")
    if not (asks or is_list_title(name) or (_CJK.search(name) and len(name) <= 8 and not is_label(name))):
        return 0
    if (not _CJK.search(name) and not (is_list_title(name) or asks)) or len(name.split()) > 8:
        return 0
    name, _ = split_term(name) if len(name) > 30 else (name, ())
    return 1 if add_list(scope, "lead-in list", name, following, block.line) else 0


def _first_column(table: Table) -> Listing | None:
    """The terms of a table as a list to name, where its rows define terms."""
    if not gate(table):
        return None
    rows = [row for row in table.rows if row.cells and row.cells[0].strip()]
    items = tuple(Item((Paragraph(row.cells[0], row.line, row.line),), row.line, row.line) for row in rows)
    return Listing(items, False, table.line, table.end)


def heading_list(scope: Scope, at: int) -> int:
    """A heading that announces an enumeration, and the list right under it."""
    heading, block = scope.section.heading, scope.blocks[at]
    if at or heading is None or not isinstance(block, Listing) or scope.page.project:
        return 0
    name = title(heading.text)
    if not announces(name) or len(name) > 40:
        return 0
    if _attributes(scope, block):
        return 0
    subject = scope.subject if scope.subject != name else ""
    if says_too_little(name) and not subject:
        return 0
    add_list(scope, "heading list", name, block, heading.line, subject=subject)
    return 0


def _attributes(scope: Scope, listing: Listing) -> bool:
    found = [lead(item.text) for item in listing.items if item.text]
    labels = [one for one in found if one and scope.label(plain(one.front))]
    return len(labels) * 2 >= len(listing.items)


def nested_list(item: Item) -> Listing | None:
    """The list under an item, if there is just one."""
    lists = [block for block in item.blocks[1:] if isinstance(block, Listing)]
    return lists[0] if len(lists) == 1 else None
