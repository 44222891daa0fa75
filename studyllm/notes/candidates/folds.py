"""Folds: `<summary>` over what `<details>` hides."""

import re
from collections.abc import Sequence

from studyllm.notes.answer import has_text, render
from studyllm.notes.candidates.asked import question
from studyllm.notes.candidates.asking import asks, marked, may_ask
from studyllm.notes.candidates.candidate import Candidate, last_line
from studyllm.notes.markdown.blocks import Block, Html
from studyllm.notes.outline import Node, content
from studyllm.notes.words.inline import plain

_SUMMARY = re.compile(r"<summary[^<>]*>([^<]*(?:<(?!/summary>)[^<]*)*)</summary>", re.IGNORECASE)
_RULE = re.compile(r"\s*<hr[ /]*>\s*", re.IGNORECASE)
_OPENS = re.compile(
    r"(?:点击|展开|查看|显示|答案?|解答|解析|提示|详情|click|show|expand|more|toggle|answers?|solutions?|hints?|details?|spoiler"
    r"|전체|목차|答え).{0,16}",
    re.IGNORECASE,
)
"""What a fold says that does not ask."""


def folded(node: Node, blocks: Sequence[Block], at: int) -> tuple[int, Candidate | None]:
    """`<summary>What is X?</summary>` and the blocks up to `</details>`."""
    block = blocks[at]
    assert isinstance(block, Html)
    found = _SUMMARY.search(block.text)
    if not found:
        return 1, None
    front, inside = plain(found.group(1)), block.text[found.end() :]
    body: list[Block] = (
        [Html(inside, block.line, block.end)] if plain(inside.replace("</details>", "")) else []
    )
    used, gathers, gathers_others = 1, False, not _is_closed(blocks[at : at + 60])
    if "</details>" not in inside:
        for other in blocks[at + 1 : at + 60]:
            if gathers_others and isinstance(other, Html) and "<details" in other.text:
                gathers = True
                break  # another one, and the end of this one was left out; or this one only gathers others
            used += 1
            if isinstance(other, Html) and "</details>" in other.text:
                break
            body.append(other)
    body = content(
        [block for block in body if not isinstance(block, Html) or not _RULE.fullmatch(block.text)]
    )
    if not front or not has_text(body) or _OPENS.fullmatch(front) or (gathers and marked(render(body[-1:]))):
        return 1, None
    lines = (block.line, last_line(body, block.end))
    asked = asks(front) or may_ask(front)
    return used if asked else 1, question("details", front, render(body), lines, node, body, sure=asked)


def _is_closed(blocks: Sequence[Block]) -> bool:
    """Whether the fold that begins some blocks is closed, those within it too."""
    depth = 0
    for block in blocks:
        if isinstance(block, Html):
            depth += block.text.count("<details") - block.text.count("</details>")
        if depth <= 0:
            return True
    return False
