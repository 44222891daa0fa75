r"""Formulas that give what they are for in words: $$ 增长率 = \frac{…}{…} $$, $$ \text{Gross margin} = … $$."""

import re
from collections.abc import Iterator

from studyllm.cards import Kind
from studyllm.notes.candidates.candidate import Candidate, Page, made
from studyllm.notes.markdown.blocks import Paragraph
from studyllm.notes.outline import ITEM, Node
from studyllm.text import CJK

_MATHS = re.compile(r"\$\$(.+?)\$\$|(?<!\$)\$([^$\n]+)\$(?!\$)", re.DOTALL)
_NAMED = re.compile(
    rf"[&\s]*(?:\\(?:text|mathrm|mbox)\s*\{{(?P<set>[^\d\W][^{{}}$]{{3,40}})\}}|(?P<name>[{CJK}][\w（）()]{{1,15}}))"
    r"\s*&?=\s*(?P<told>\S.*)"
)
"""A line of a formula whose left side is a name."""
_ALONE = 6
"""Letters beside a formula within a line from which on the line says more than the formula."""


def of_formulas(_page: Page, node: Node) -> Iterator[Candidate]:
    """The formulas under a node, or in an item, that stand by themselves and are named by their left side."""
    texts = [(node.text, node.line)] if node.kind == ITEM and node.text else []
    texts += [(block.text, block.line) for block in node.blocks if isinstance(block, Paragraph)]
    for text, line in texts:
        if "=" not in text or "$" not in text:
            continue
        for maths in _MATHS.finditer(text):
            if maths[2] and len(text) - len(maths[0]) > _ALONE:
                continue
            at = line + text.count("\n", 0, maths.start())
            for number, written in enumerate((maths[1] or maths[2]).split("\n")):
                if found := _NAMED.fullmatch(written):
                    name = (found["set"] or found["name"]).strip()
                    told = found["told"].rstrip().removesuffix("\\\\").rstrip().replace("&", "")
                    where, marks = (at + number, at + number), {"strict": 1.0}
                    yield made(
                        "line gloss formula",
                        Kind.TERM,
                        name,
                        f"${told}$",
                        where,
                        node,
                        split=False,
                        marks=marks,
                    )
