"""What might be a card, and what it was read from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from studyllm.cards import Kind
from studyllm.notes.candidates.asking import REPLY
from studyllm.notes.candidates.readings import reading_of
from studyllm.notes.candidates.several import fronts_of_list
from studyllm.notes.markdown.blocks import Block, Paragraph
from studyllm.notes.outline import ASKED, ITEM, Node
from studyllm.notes.words.also import body_aliases
from studyllm.notes.words.labels import REPLY_LABEL, is_chapter, promises_links, tells_of_writing
from studyllm.notes.words.terms import split_term, unique
from studyllm.text import CJK, key

_ASIDE = re.compile(
    r"(?:注意|注|备注|提示|提醒|例|例子|例如|例题|示例|举例|比如|参考|参考资料|参考文献|notes?|n\.?b\.?|tips?|hints?|warning|caution|"
    r"examples?|e\.?g\.?|for example|todo|"
    r"(?:(?:wifi|wlan|guest) )+(?:pw|password|passwort)|(?:wifi|wlan) ?密码|references?|sources?|links?|see also|"
    r"lecturers?|professors?|instructors?|semester|(?:required |recommended )?readings?|textbooks?|office hours|"
    r"授课(?:教师|老师)|任课教师|讲师|课程名称|学号|姓名|学期|教材|参考书目?|上课时间|"
    r"题型|考试(?:题型|形式|时间|范围)|教学内容|教学大纲|学习目标|课程安排|选做题|必做题|评分标准|成绩(?:构成|组成|比例)|"
    r"related notes|want to know more|exam|exams|grading|schedule|syllabus|learning (?:objectives|outcomes|goals)|"
    r"练习|练习题|习题|作业|思考题|exercises?|homework|"
    r"(?:名词解释|名解|简答|论述|选择|单选|多选|判断|填空|计算|案例分析|材料分析|辨析)题|名词解释|名解|(?:作业)?截止(?:时间|日期)?|"
    r"bibliography|works cited|bibliographie|bibliografía|note to self|[àa] (?:retenir|revoir|relire)|da rivedere|"
    r"por repasar|rdv\b.*|"
    r"问(?:老师|同学|助教|一下)|[\u4e00-\u9fff]?老师(?:特别|明确|还|又|再次|的)?(?:强调|说|讲|补充|提醒|引申|解释|提到|评论)|【?考务】?.{0,12}|备考建议|想到|划重点|考试重点|必考|必背|"
    r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)? (?:seminar|lecture|class|exam|quiz|lab|tutorial)s?|"
    r"shopping(?: list)?|groceries|einkauf(?:en|sliste)?|要买的?|采购|考题|真题|窍门|竅門|提醒自己|自己注意|"
    r"(?:老师|教授)(?:原话|语录|金句)|legend|图例|圖例|"
    r"(?:previous|next|prev\.?|parent) (?:topics?|notes?|lectures?|chapters?|lessons?|pages?|sections?)|"
    r"(?:编辑|編輯|排版)(?:格式|说明|說明)|待补|待查|待问|存疑|填空题?|fill[- ]in[- ]the[- ]blanks?|"
    r"(?:exam|study|pro) (?:tips?|notes?)|side ?notes?|fun facts?|don[’']?t forget.*|do not forget.*|remember to.*"
    r"|别忘(?:了|记).*|不要忘(?:了|记).*|fiches? de révision|lernzettel|spickzettel|revision notes)",
    re.IGNORECASE,
)
_CHORE = re.compile(
    r"(?:extra|additional|suggested|more|optional) reading|(?:open |unanswered |my |other )?questions (?:left|to ask)"
    r"|questions for .{1,20}|(?:open|unanswered) questions|to (?:read|watch|ask|check|revise)|to-?do list"
    r"|(?:遗留|待解决的?|还没搞懂的?|没搞懂的?|不懂的?)(?:问题|地方)?|疑问|要读的?|待读|待办事项?|卡片"
    r"|참고 ?(?:자료|문헌)|할 ?일|やること|zu lesen|à lire|por leer|à faire|zu tun|zu erledigen|por hacer|da fare"
    r"|para recordar|merksätze|zum merken|flash ?cards?|karteikarten",
    re.IGNORECASE,
)
"""Titles over chores, and over what is only kept there; as words of a list they may be learnt."""
_NEXT = re.compile(
    r"(?:接下来|下一步|下一阶段)(?:的?(?:计划|打算|任务|安排)|要做的?事?)?|next up|up next|what(?:['’]s| is) next"
    r"|(?:my |our )?next steps?|prochaines étapes|nächste schritte|próximos pasos",
    re.IGNORECASE,
)
"""What stands over what is to be done next; as words of a list they may be learnt."""
_REMINDS = re.compile(
    r"achtung|merke|wichtig|hinweise?|réponse|respuesta|resposta|antwort|remarque|ojo|importante|atención|recuerda"
    r"|原文|记住|切记",
    re.IGNORECASE,
)
"""The same in other languages, where the words may be learnt themselves: remarks only over more than a word."""
_SENTENCE, _WORDS = 4, 12
"""Letters up to which a Chinese text is a word, and up to which a text is a few words in any language."""
_DEICTIC = re.compile(
    r"(?:[上下本](?=.)|[这那该此其]|以上|以下|上述|下述)(?:里|[个些种样]|面|图|表|文|章|节|者|中|时|外|处|书|教程|项目|系列)?(?:只|都|均|也)?"
    r"|我们?|你们?|他们?|它们?|大家|this|that|these|those|it|they|he|she|we|you|here|there|such|which",
    re.IGNORECASE,
)
"""Words that point at something else: what they stand for is not on the card."""
_WHEN = re.compile(
    r"[今明昨后前]天|[今明昨当]晚|[今明去后前]年|[上下本这]个?[周月学]期?|周末|现在|目前|刚才|刚刚"
    r"|today|tonight|tomorrow|yesterday|now|(?:last|next|this) (?:week|month|year|time|class|lecture)",
    re.IGNORECASE,
)
"""When something is: no subject of a sentence that defines."""
_CONTACT = re.compile(r".*(?:phone|telefon|mobile|电话|手机|e-?mail|邮箱)\W*", re.IGNORECASE)
_NUMBER = re.compile(r"[+\d][\d() /-]{6,}|\S+@\S+")
"""What belongs to a person, and how it looks."""
_PAIR = re.compile(rf"^[^:]*\s[^:]*::|::\s|[{CJK}]::|::[{CJK}]")
"""A front and a back as only a file of flashcards writes them; other colons belong to a name (std::move, ::before)."""
_PLACE = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|星期.|周[一二三四五六日])?[\s,]*"
    r"(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?(?:\s*[(（]?\d+[)）]?)?|https?://\S+"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? \d{1,2}(?:st|nd|rd|th)?\.? "
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?: \d{4})?",
    re.IGNORECASE,
)
"""Fronts that only say where or when something was written down."""
_YEAR = re.compile(r"\W*(\d{3,4})(?:[-/.年]\d|[ \t年])")
_YEARS, _YEARS_AMONG = 3, 50
"""Years in a list of days of history at least, and items that are looked at."""
_EMPTY = re.compile(
    r"[(（]?(?:略|无|图|见图|见书|见上|见下|同上|待补充|待续|次回|下次(?:再[讲说补])?|todo|tbd|tbc|wip"
    r"|please fill in|to be (?:done|filled in|continued)|coming soon|n/?a|\.{3}|…)(?:[。.…]*[)）])?[。.…]*"
    r"|[(（]?(?:"
    r"(?:see|cf\.?|refer to) (?:the |my |your )?"
    r"(?:hand-?outs?|slides?|above|below|(?:text)?books?|notes?|page|p\.|ch(?:apter|\.)|section|lecture|fig(?:ure|\.)|table|appendix"
    r"|link|pdf|photo|picture)\b"
    r"|(?:参见|详见|见)(?:讲义|课本|教材|书本?|第|附|上文|下文|上图|下图|课件|ppt|p ?\d)"
    r")[^\n。.]{0,30}[。.)）]*",
    re.IGNORECASE,
)
"""Answers that say nothing, or only where it is said."""
_SEE = re.compile(r"[_*]*(?:see|see also|cf\.?|参见|详见|见)\b", re.IGNORECASE)
_LABELLED = re.compile(
    r"(?P<marks>[*_]*)(?:definition|def\.?|definición|définition|definição|定义|定義)"
    r"(?:\s*\d[\d.]*)?\s*[:：]\s*(?=[^\s*_])"
    r"|(?P<numbered>[*_]*)(?:definition|def\.?|定义|定義)\s*\d[\d.]*\s*[(（](?=[^()（）]+[)）][*_]*$)",
    re.IGNORECASE,
)
"""What says only that a name is defined: Definition: …, Definition 2.1 (…)."""
_ONE_ITEM = re.compile(r"- ([^\n]+)")
"""A list of one item, which is no list on a card."""
MAX_FRONT = 160
"""Letters of a front at most."""
MAX_QUESTION = 8000
"""The same, where an author marked the card as one."""


@dataclass(frozen=True, slots=True)
class Page:
    """What holds for a whole file."""

    path: str
    flashcards: bool
    """The author marked the file as flashcards."""
    genre: float
    """How much it reads like a README, an essay or minutes: 0 for notes, 1 for what is surely none."""


@dataclass(slots=True)
class Candidate:
    """A possible card. What it is worth is for others to say."""

    form: str
    kind: Kind
    term: str
    answer: str
    line: int
    end: int
    node: Node
    aliases: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    bold: bool = False
    """Whether the front is set off by bold or code."""
    explicit: bool = False
    """An author who writes so means a card."""
    marks: dict[str, float] = field(default_factory=dict)
    """Numbers that only its form has."""
    prompt: str = ""
    """What is shown; set when the note is read as a whole."""
    remark: str = ""
    """What its author put in brackets behind the front that is no other name for it."""

    @property
    def style(self) -> str:
        """Its form, whatever stands between front and meaning."""
        return _style(self.form)

    @property
    def of_labelled_parts(self) -> bool:
        """Whether a title stands over labelled parts with the definition among them: one card with all of them."""
        return self.marks.get("labelled", 0) > 0.5 and bool(self.marks.get("definition"))

    @property
    def aside(self) -> bool:
        """Whether its front only opens a remark: Note, Example, 注意."""
        if self.explicit or self.kind is Kind.TABLE:
            return False
        sentence = " " in self.answer.strip() or len(self.answer) > _SENTENCE
        reminds = sentence and self.form.endswith("colon") and _REMINDS.fullmatch(self.term)
        titled = self.form.startswith(("heading ", "file ", "line over", "line first", "callout", "details"))
        told_of = any(map(self.marks.get, ("named", "defines", "defined")))
        chore = titled and not told_of and _CHORE.fullmatch(self.term)
        return bool(_ASIDE.fullmatch(self.term) or reminds or chore)

    @property
    def _is_ahead(self) -> bool:
        """Whether it tells what its author means to do next."""
        if self.explicit or self.kind is Kind.TABLE or not _NEXT.fullmatch(self.term):
            return False
        titled = self.node.kind != ITEM or self.form.startswith("item over")
        if titled or self.bold or len(self.answer) <= _WORDS:
            return bool(titled)
        fronts = fronts_of_list(one.text for one in (self.node.parent or self.node).children[:_YEARS_AMONG])
        return not fronts or any(map(_WHEN.fullmatch, fronts))

    @property
    def _at_the_head(self) -> bool:
        """Whether it stands right under the title of the file."""
        node = self.node.parent if self.node.kind == ITEM else self.node
        return node is not None and node.level <= 1

    @property
    def _is_of_history(self) -> bool:
        """Whether it is one of a list of what happened in several years, which no diary is."""
        above = self.node.parent
        if self.node.kind == ITEM:
            texts = [one.text for one in above.children[:_YEARS_AMONG]] if above else []
        else:
            blocks = [one for one in self.node.blocks[:_YEARS_AMONG] if isinstance(one, Paragraph)]
            texts = [line for one in blocks for line in one.text.split("\n")]
        return len({found[1] for text in texts if (found := _YEAR.match(text))}) >= _YEARS

    @property
    def _is_bookmark(self) -> bool:
        """Whether it is a link under a title that promises links, with a remark."""
        node = self.node
        titled = node.kind == ITEM and node.parent is not None and promises_links(node.parent.title)
        return bool(titled) and _LINK.match(node.text) is not None

    @property
    def _is_of_a_person(self) -> bool:
        """Whether it tells of a day, or how somebody is reached."""
        tells = self.form.startswith(("sentence", "line is", "item is", "item says"))
        when = tells and _WHEN.fullmatch(self.term)
        return bool(when or (_CONTACT.fullmatch(self.term) and _NUMBER.fullmatch(self.answer)))

    @property
    def _marks_a_question(self) -> bool:
        """Whether its front is no more than the mark of a question, or of the answer to the item above."""
        above = self.node.parent
        reply = self.term == "A" and self.node.kind == ITEM and above is not None and ASKED.match(above.text)
        marked = self.kind is not Kind.TABLE and not self.bold and _Q_ALONE.fullmatch(self.term)
        return bool(reply or marked)

    @property
    def worth_a_look(self) -> bool:
        """Whether there is a front, and something to remember on the back."""
        if (
            not self.term
            or len(self.term) > (MAX_QUESTION if self.explicit else MAX_FRONT)
            or not (any(c.isalnum() for c in self.term) or self.term.startswith("`"))
            or "%%" in self.term
            or self.term.casefold() in ("[x]", "[ ]")
        ):
            return False
        if (
            not any(c.isalnum() for c in self.answer)
            or _EMPTY.fullmatch(self.answer)
            or _SEE.match(self.term)
        ):
            return False
        if (
            not self.explicit
            and self.kind is not Kind.TABLE
            and (is_chapter(self.term) or (_PLACE.fullmatch(self.term) and not self._is_of_history))
        ):
            return False
        if not self.explicit and self._at_the_head and tells_of_writing(self.term):
            return False
        if (self.aside and not self.bold) or self._is_ahead or _DEICTIC.fullmatch(self.term):
            return False
        if not self.explicit and (self._is_bookmark or self._marks_a_question or self._is_of_a_person):
            return False
        if not self.explicit and (REPLY.match(self.term) or REPLY_LABEL.fullmatch(self.term)):
            return False
        if not self.explicit and _PAIR.search(self.term):
            return False
        if len(self.term) == 1 and self.term.isascii() and self.form.startswith("heading"):
            return False  # the letters of a glossary
        if not self.explicit and self.node.kind == ITEM and _CONTENTS.match(self.node.text):
            return False
        if self.explicit or "\n" in self.answer or len(self.answer) > 2 * MAX_FRONT:
            return True
        return key(self.answer) != key(self.term)


_Q_ALONE = re.compile(r"[Q问]\s?\d*", re.IGNORECASE)
"""The mark of a question."""
_CONTENTS = re.compile(r"\s*\[[^\]\n]{1,120}\]\(#[^)\s]{1,200}\)")
"""A line of a table of contents: a link within the file."""
_LINK = re.compile(r"\s*(?:\*\*)?(?:\[[^\]\n]{1,160}\]\(https?:|<?https?:)")
"""A line that begins with a link to a page."""
_BRACKETED = re.compile(r"[（(]([^（()）\n]{1,20})[)）]\W*$")
_STARS = re.compile(r"^[★☆⭐]+\s*(?=\w)|(?<=\w)\s?[★☆⭐]+$")
_STARRED = re.compile(r"^\s*[★☆⭐]+\s?[：:]\s*(?=\w)")
"""How much an author makes of a thing, behind its name or before what it means."""


@cache
def _style(form: str) -> str:
    return " ".join(form.split()[:2])


def without_label(front: str) -> str:
    """A front without a `Definition:` before it."""
    found = _LABELLED.match(front)
    if not found:
        return front
    rest = front[found.end() :]
    if found["marks"] is not None:
        return f"{found['marks']}{rest}"
    return re.sub(r"[)）](?=[*_]*$)", "", f"{found['numbered']}{rest}")


def made(
    form: str,
    kind: Kind,
    front: str,
    answer: str,
    lines: tuple[int, int],
    node: Node,
    *,
    points: Sequence[str] = (),
    aliases: Sequence[str] = (),
    split: bool = True,
    bold: bool = False,
    explicit: bool = False,
    marks: dict[str, float] | None = None,
) -> Candidate:
    """A candidate from a raw front; brackets and slashes in it give other names, unless it is not to be split."""
    front, answer = _STARS.sub("", without_label(front)), _STARRED.sub("", answer)
    term, names = split_term(front) if split else (front.strip(), ())
    others = [*names, *aliases]
    if kind in (Kind.TERM, Kind.TABLE) and split:
        others += body_aliases(term, answer)
    bracketed = _BRACKETED.search(front) if split else None
    alone = _ONE_ITEM.fullmatch(answer.strip())
    remark = bracketed[1].strip() if bracketed and not names else ""
    if kind is Kind.TERM and split and (reading := reading_of(term, [*names, remark])):
        others += [remark] if remark else []
        answer, points, remark = f"{reading}\n{answer.strip()}", points or (answer.strip(),), ""
    return Candidate(
        form,
        kind,
        term,
        alone[1] if alone else answer.strip(),
        lines[0],
        max(lines),
        node,
        unique(term, others),
        tuple(points),
        bold,
        explicit,
        marks or {},
        remark=remark,
    )


def last_line(blocks: Sequence[Block], otherwise: int) -> int:
    """The last line of some blocks."""
    return max((block.end for block in blocks), default=otherwise)
