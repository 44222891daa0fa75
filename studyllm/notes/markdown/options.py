"""Questions of tests: of the options A. B. C. D. only the one that the key names answers, what was filled into the
blanks of a sentence does, and the mark behind a statement says whether it is true.

Lines in, the same lines out: a question with a key is followed by its answer alone, one without a key is left out.
"""

import re
from collections.abc import Sequence

from studyllm.notes.markdown.fences import FENCE
from studyllm.notes.words.scripts import CJK_LETTER

_MARK = r"[ \t]*(?:>[ \t]?)?(?:[-*+][ \t]+)?(?:\[[ xX]\][ \t]+)?(?:\*\*)?[（(]?"
_FIRST = re.compile(rf"^{_MARK}[Aa][)）.．、][ \t]*\S", re.MULTILINE)
_OPTION = re.compile(rf"{_MARK}(?P<letter>[A-Ha-h])[)）.．、][ \t]*(?P<text>\S.*)")
_BESIDE = re.compile(r"[ \t\u3000]+[（(]?([A-H])[)）.．、][ \t]*(?=\S)")
_KEY = re.compile(r"[（(【\[]\s*([A-H](?:[ ,，、]*[A-H])*)\s*[)）】\]](?![(（\[])")
_BLANK = re.compile(r"[（(【]\s*[)）】]|_{2,}")
_ANSWER = re.compile(
    r"[ \t]*(?:>[ \t]?)?(?:[-*+][ \t]+)?(?:\*\*|__)?[【\[]?"
    r"(?:(?:正确|参考|标准)?答案?|(?:correct )?answer|ans|key)(?:是|为)?(?:\*\*|__)?[】\]]?\s*[:：]?\s*(?:\*\*|__)?\s*"
    r"[（(]?(?P<key>[A-Ha-h](?:[ ,，、]*[A-Ha-h])*)(?![\w'’])[)）.．。]?.*",
    re.IGNORECASE,
)
_PICKS = re.compile(r"下列|以下|下述|下面|哪[一]?[项个种位]|\bwhich\b|\bof the following\b", re.IGNORECASE)
_SEVERAL = re.compile(
    r"有(?:哪些|哪几|什么|几)|包括|分为|列举|简述|论述|试述|如何|怎[样么]|为什么|为何"
    r"|\b(?:what are|list|name|how|why|explain)\b",
    re.IGNORECASE,
)
"""What asks for several things, or for an account: letters before them are numbers."""
_ASKS = re.compile(r"[?？](?:\*\*|__)?\s*$")
_NUMBER = re.compile(
    r"(?P<heading>#{1,6}[ \t]+)?(?:[-*+][ \t]+)?(?:\d{1,3}[.、．)）][ \t]*|[（(]\d{1,3}[)）][ \t]*)?"
)
_BESIDE_KEY = re.compile(
    r"[（(【]\s*[A-H]+\s*[)）】][。.]?[ \t\u3000]+(?P<first>A[.．、)）][ \t]*\S[^\n]{0,200}[ \t\u3000]B[.．、)）])"
)
"""A key, and the options behind it."""
_FILL_IN = re.compile(r"填空|填充题|穴埋め|빈칸|(?i:fill[- ]in[- ]the[- ]blanks?|lückentext)")
_FILL = re.compile(rf"(?:{_FILL_IN.pattern})(?:题|問題)?\s*(?:[（(][^（()）]{{0,30}}[)）])?[\s*:：]*$")
_TOLD = re.compile(
    r"[ \t]*(?:\*\*)?(?:参考)?(?:答案?|Answers?|Ans)(?:\*\*)?[ \t]*[:：](?:\*\*)?[ \t]*(\S.{0,120})",
    re.IGNORECASE,
)
"""What a blank is filled with, in the line below."""
_ENTRY = re.compile(r"(?:\*\*)?[^，。：:*（(]{1,20}(?:\*\*)?[:：]")
_REMARK = re.compile(r"\d+ ?分|.*(?:真题|第.步|题|《.*》)|\d{4}年?.*|[Pp]\.? ?\d+")
"""A remark on a question, which fills no blank."""
_TITLE = re.compile(r"[ \t]*(?:#{1,6}[ \t]|\*\*|[一二三四五六七八九十]{1,3}[、.．])")
_NUMBERED = re.compile(r"[ \t]*(?:[-*+][ \t]+)?(?:\d{1,3}[.、．)）]|[（(]\d{1,3}[)）])[ \t]*")
_FILLED = re.compile(r"[（(]([^（()）\n]{1,40})[)）]|_{1,4}\s*([^_\n]{1,40}?)_{2,}")
_SET_OFF = re.compile(r"\*\*([^*\n]{1,40})\*\*|<(u|span|mark|font)\b[^>\n]*>((?:(?!</?\2\b).){1,60})</\2>")
"""What was filled into a blank: between brackets or lines, or else set off."""

_JUDGED = re.compile(
    r"(?P<told>\S.{2,200}?)[ \t]*[（(【\[]\s*(?:(?P<true>[√✓✔]|✅|对|正确|[Tt](?:rue)?|[Rr]ichtig|正しい)"
    r"|[×✗✘❌]|错误?|[Ff](?:alse)?|[Ff]alsch|誤り)\ufe0f?\s*[)）】\]][。.]?[ \t]*"
)
"""A statement, and whether it is true."""
_JUDGING = re.compile("判断|是非|正误|正誤|true|falsch", re.IGNORECASE)
_REASON = re.compile(r"[ \t]+\S|(?:解析|解释|理由|原因|因为|改正|应为|reason|because|correct)", re.IGNORECASE)
"""What a line begins with that says why."""
_JUDGE = re.compile(
    r"(?:^|[\s#*、.．)）])(?:判断(?:正误)?|是非|正误|true[ /]*(?:or[ ]*)?false|richtig oder falsch|正誤)"
    r"(?:题|問題|questions?)?"
    r"\s*(?:[（(][^（()）]{0,30}[)）])?[\s*:：]*$",
    re.IGNORECASE,
)


def answered(text: str) -> str:
    """The text, each question with options answered by the option that its key names, each sentence with blanks by what
    was filled in, and each statement by its mark, line for line."""
    if not any(form.search(text) for form in (_FIRST, _BESIDE_KEY, _FILL_IN, _BLANK, _JUDGING)):
        return text
    lines, code, filled, judged = text.split("\n"), False, False, False
    for at, line in enumerate(lines):
        if FENCE.match(line):
            code = not code
        elif code:
            continue
        elif at and _FIRST.match(line):
            _answer(lines, at)
        elif beside := _BESIDE_KEY.search(line):
            lines[at] = _answered_beside(line, beside.start("first"))
        elif _TITLE.match(line):
            filled, judged = _FILL.search(line) is not None, _JUDGE.search(line) is not None
        elif number := _NUMBERED.match(line):
            below = lines[at + 1] if at + 1 < len(lines) else ""
            if _BLANK.search(line) and (told := _TOLD.fullmatch(below)):
                lines[at : at + 2] = [
                    f"{line[: number.end()]}问：{line[number.end() :].strip()} 答：{told[1]}",
                    "",
                ]
            elif filled:
                lines[at] = _filled_in(line, number.end())
            elif judged:
                _judge(lines, at, number.end())
    return "\n".join(lines)


def _answered_beside(line: str, first: int) -> str:
    """A question, the options and the key of which stand in one line, with its answer."""
    question, rest = line[:first], line[first:]
    key = _KEY.search(question)
    parts = _BESIDE.split(f" {rest}")[1:]
    options = dict(zip(parts[::2], map(str.strip, parts[1::2]), strict=True))
    said = [options[letter] for letter in re.findall("[A-H]", key[1] if key else "") if letter in options]
    number = _NUMBER.match(question)
    if len(options) < 3 or not said or number is None:
        return line
    shown = _KEY.sub("（ ）", question[number.end() :]).strip()
    return f"{question[: number.end()]}问：{shown} 答：{'；'.join(said)}"


def _filled_in(line: str, begin: int) -> str:
    """A sentence with the words that were filled into its blanks as a question with its answer."""
    text = line[begin:]
    pattern = _FILLED if _FILLED.search(text) else _SET_OFF
    if _BLANK.search(text) or _ENTRY.match(text):
        return line  # not filled in, or a term and its meaning
    words = [(word[1] or word[pattern.groups]).strip(" *_\t\u3000") for word in pattern.finditer(text)]
    if (
        not words
        or not all(words)
        or any(map(_REMARK.fullmatch, words))
        or sum(map(len, words)) * 3 > len(text) * 2
    ):
        return line
    blank = "（ ）" if CJK_LETTER.search(text) else "…"
    shown = re.sub(r"[*_]+", "", pattern.sub(blank, text)).strip()
    return f"{line[:begin]}问：{shown} 答：{'；'.join(words)}"


def _judge(lines: list[str], at: int, begin: int) -> None:
    """Ask whether a statement is true, where it stands behind it; the reason may stand in the line below."""
    judged = _JUDGED.fullmatch(lines[at], begin)
    if judged is None:
        return
    told, zh = judged["told"], CJK_LETTER.search(judged["told"]) is not None
    asked = "" if _ASKS.search(told) else "（对还是错？）" if zh else " (true or false?)"
    true, false, stop = ("对", "错", "。") if zh else ("true", "false", ". ")
    lines[at] = f"{lines[at][:begin]}问：{told}{asked} 答：{true if judged['true'] else false}"
    below = lines[at + 1] if at + 1 < len(lines) else ""
    if _REASON.match(below):
        lines[at : at + 2] = [f"{lines[at]}{stop}{below.strip()}", ""]


def _answer(lines: list[str], first: int) -> None:
    """Settle the question above the options that begin at a line."""
    asked = first - 1 if lines[first - 1].strip() else first - 2
    if asked < 0 or not lines[asked].strip() or _OPTION.match(lines[asked]):
        return
    options, stop = _options(lines, first)
    question = lines[asked]
    inside = _KEY.search(question)
    below = next((at for at in range(stop, min(stop + 2, len(lines))) if lines[at].strip()), stop)
    told = _ANSWER.fullmatch(lines[below]) if below < len(lines) else None
    key = inside[1] if inside else told["key"].upper() if told else ""
    said = [options[letter] for letter in re.findall("[A-H]", key) if letter in options]
    if len(options) < (2 if said else 3) or not (said or _offers(question, lines[first])):
        return
    for at in range(asked if not said else first, below + 1 if told else stop):
        lines[at] = ""
    if said:
        shown = _KEY.sub("" if _ASKS.search(_KEY.sub("", question)) else "（ ）", question).rstrip()
        number = _NUMBER.match(shown)
        assert number is not None
        lines[asked] = shown if number["heading"] else f"Q：{shown[number.end() :]}"
        lines[first] = f"A：{'；'.join(said)}"


def _options(lines: Sequence[str], first: int) -> tuple[dict[str, str], int]:
    """The options from a line on, by their letters, and the line after them."""
    found: dict[str, str] = {}
    at = first
    while at < len(lines) and (option := _OPTION.match(lines[at])):
        if ord(option["letter"].upper()) - ord("A") != len(found):
            break
        parts = [option["letter"].upper(), *_BESIDE.split(option["text"])]
        inner = parts[::2] != [chr(ord(parts[0]) + n) for n in range(len(parts) // 2)] or _next_is(
            lines, at, parts
        )
        named = {parts[0]: option["text"]} if inner else dict(zip(parts[::2], parts[1::2], strict=True))
        found |= {letter: text.strip("* \t") for letter, text in named.items()}
        at += 1
    return found, at


def _next_is(lines: Sequence[str], at: int, parts: Sequence[str]) -> bool:
    """Whether the line below goes on with a letter that stands within this one."""
    below = _OPTION.match(lines[at + 1]) if at + 1 < len(lines) else None
    return below is not None and below["letter"].upper() in parts[2::2]


def _offers(question: str, first: str) -> bool:
    """Whether a question without a key offers what is below it to choose from."""
    if _BLANK.search(question) or _PICKS.search(question):
        return True
    option = _OPTION.match(first)
    return bool(
        option and option["letter"].isupper() and _ASKS.search(question) and not _SEVERAL.search(question)
    )
