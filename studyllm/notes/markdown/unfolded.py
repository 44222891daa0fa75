"""Folded answers: callouts whose title says no more than that an answer is in them, read as if they were open."""

import re
from collections.abc import Sequence
from dataclasses import replace

from studyllm.notes.markdown.blocks import Block, Paragraph, Quote

_ANSWER = (
    r"(?:model |sample |full |correct )?(?:answers?|solutions?)(?: key)?|antwort(?:en)?|(?:muster)?lösung(?:en)?"
    r"|réponses?|corrigé|respuestas?|soluci(?:ón|ones)|risposta|resposta"
    r"|(?:参考|标准|正确|详细)?(?:答案|解答|解析|回答|答)(?:解析)?|答え|解説|정답|답변?|해설"
)
_OPEN = (
    r"(?:click|tap|press|show|reveal|view|expand|toggle|open|see|here|to|for|me|the|voir|la|les|ver|mostrar|anzeigen"
    r"|点击|点我|点这里|展开|查看|显示|看|这里|クリック|して|を|見る|表示|보기)"
)
_KEPT = r"(?:参考|正确|标准)?答案|答|解析|answers?|정답|답"
"""Titles that stay before what they give: what was asked may have options, and the answer an explanation."""
_DEFINES = r"(?!(?:def|definition|theorem|lemma|concept|term|abstract|summary)\])"
"""Boxes that tell of their titles."""
_TITLE = re.compile(
    rf"\[!{_DEFINES}[\w-]+\][+-]?\W*"
    rf"(?:(?:{_OPEN}\W*)*(?:{_ANSWER})(?:\W*{_OPEN})*|(?:click|点击|点我|展开|reveal)(?:\W*{_OPEN})*)\W*"
    rf"|\[!(?:{_ANSWER}|spoiler)\][+-]?\W*",
    re.IGNORECASE,
)
_LABEL = re.compile(rf"\[![\w-]+\][+-]?\W*({_KEPT})\W*", re.IGNORECASE)


def unfolded(quote: Quote) -> Sequence[Block]:
    """What stands in a quote that is a folded answer; any other quote as it is."""
    opening = quote.blocks[0] if quote.blocks else None
    if not isinstance(opening, Paragraph) or not opening.text.startswith("[!"):
        return (quote,)
    first, _, rest = opening.text.partition("\n")
    if not _TITLE.fullmatch(first) or not (rest.strip() or len(quote.blocks) > 1):
        return (quote,)
    more: list[Block] = []
    if found := _LABEL.fullmatch(first):
        more.append(Paragraph(f"{found[1]}：", opening.line, opening.line))
    if rest.strip():
        more.append(replace(opening, text=rest, line=opening.line + 1, breaks=()))
    return (*more, *quote.blocks[1:])
