"""Things of one sort, one below another, each named before a comma: 确定性信号，…, 随机信号，…."""

import re
from collections import defaultdict
from collections.abc import Iterator

from studyllm.cards import Kind
from studyllm.notes.candidates.candidate import Candidate, Page, made
from studyllm.notes.markdown.blocks import Paragraph
from studyllm.notes.outline import ITEM, Node
from studyllm.notes.words.inline import prose
from studyllm.notes.words.labels import is_label
from studyllm.notes.words.terms import may_be_term
from studyllm.script import simplified
from studyllm.text import CJK

_NAMED = re.compile(
    rf"(?:\*\*)?(?P<name>[{CJK}A-Za-z]{{1,9}}(?P<sort>[{CJK}]{{2}}))(?:[（(][^()（）\n]{{1,30}}[)）])?(?:\*\*)?[，,]"
    rf"(?P<said>[^，,\n]{{3,}}.*)"
)
_CLAUSE = re.compile(
    r"(?:第|在|当|从|对|若|如|因|虽|由|以|把|被|按|为|经|通过|根据|除|这|那|该|此|其|我|你|他|她|它|有|没|不|而|但|所以|一般|总|具体|简单)"
)
"""How what is said before a comma begins where it names nothing."""
_TOLD = re.compile(
    r"[了的着过]|[昨今明]天|[去今明]年|主人公|^[一两二三几多]个|^[各每某]|^(?:出现|遇到|熬夜|坚持|使用|保存|安装|卸载|更新|饭[前后]|打开|关闭|进行"
    r"|开始|完成|选择|点击|下载|学习|准备)|(?:明显|问题|方法)$"
)
"""What a name has that only tells of something."""
_ENOUGH = 3
"""Names of one sort from which on they need no title that has it."""
_NO_SORT = re.compile(
    r"[来而]说|而言|起来|的话|[之以]?[后前时中上下内外]$|方面|同[时事学]|朋友|[父母]亲|邻居|老师|[用客]户|经历|情况|因此|此外|另外|其次|最后"
)


def of_a_sort(_page: Page, node: Node) -> Iterator[Candidate]:
    """The lines and items under a node whose names end alike, where two or more do."""
    found: defaultdict[str, list[tuple[re.Match[str], Node, int]]] = defaultdict(list)
    lines = [
        (line, node, block.line + at)
        for block in node.blocks
        if isinstance(block, Paragraph)
        for at, line in enumerate(block.text.split("\n"))
    ]
    lines += [
        (one.text, one, one.line)
        for one in node.children
        if one.kind == ITEM and not (one.blocks or one.ordered)
    ]
    for text, of, line in lines:
        named = _NAMED.fullmatch(text.strip())
        name = simplified(named["name"]) if named else ""
        if named and not (_CLAUSE.match(name) or _NO_SORT.search(name[-2:])):
            found[named["sort"]].append((named, of, line))
    titles = " ".join(one.title for one in (node, *node.above())) if found else ""
    for sort, alike in found.items():
        names = {simplified(named["name"]) for named, _of, _line in alike}
        told = sum(bool(_TOLD.search(name)) for name in names)
        if len(names) < (2 if sort in titles else _ENOUGH) or 2 * told >= len(names):
            continue
        for named, of, line in alike:
            if may_be_term(named["name"], bold=False) and not is_label(named["name"]):
                form = "item gloss comma" if of is not node else "line gloss comma"
                yield made(
                    form,
                    Kind.TERM,
                    named["name"],
                    prose(named["said"]),
                    (line, line),
                    of,
                    marks={"strict": 1.0},
                )
