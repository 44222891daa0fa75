"""What is said of an answer without a model, and to questions about it: as a fact only what is nearly certain."""

from __future__ import annotations

import re
from collections.abc import Sequence

from studyllm.grading import lexical
from studyllm.grading.points import EMPHASIS, shown
from studyllm.grading.verdict import Question, Verdict
from studyllm.grading.vocabulary import is_other_article, lacks_article, misspelt
from studyllm.i18n import spoken
from studyllm.text import CJK, clean, fold, holds, key, known_language, language, one_line
from studyllm.verdicts import Label, PointResult, State

_LONGEST = 160
"""Letters of the note that a composed explanation quotes."""
_LONGEST_QUOTE = 400
"""Letters of a line of the note that a reply quotes."""
_MOST = 3
"""Sentences of a composed explanation."""
_HEAD = re.compile(r"[^|:：（(—–=→]{2,40}(?=[|:：（(—–=→]|\s-\s)")
"""What a line of a note is about, where a mark sets it apart."""
_SCRIPTS = re.compile(rf"[{CJK}]+|[^{CJK}\s][^{CJK}]*")
_SENTENCES = re.compile(r"(?<=[。！？；])|(?<=[.!?;])\s+")
_REASONS = {
    "blank": ("没有写内容。", "You wrote nothing."),
    "no content": ("没有写出内容。", "This does not say anything yet."),
    "does not know": ("没关系，先看一遍。", "No harm done: read it once more."),
    "repeats the question": (
        "题目里已经有这些了。笔记说：{}",
        "The question says as much already. The note says: {}",
    ),
    "talks to the grader": (
        "这是写给评分者的话，不是答案。",
        "This talks to the grader and does not answer.",
    ),
    "no words": ("看不出有意义的词句。", "There is nothing here to grade."),
    "keywords without a sentence": (
        "词是笔记里的，连起来却不是笔记的意思。笔记说：{}",
        "The words are the note's, but not what they say together. The note says: {}",
    ),
}
_PARTLY = (
    "有的要点只说到一部分，请对照笔记。",
    "Something was said only in part: compare it with the note.",
)
_IN_DOUBT_SOME = (
    "有的要点我拿不准，请对照笔记自己定。",
    "Whether some of it was said I cannot tell: compare it with the note, and decide.",
)
_IN_DOUBT_ONE = (
    "“{}”有没有说到，我拿不准，请对照笔记自己定。",
    "Whether “{}” was said I cannot tell: compare it with the note, and decide.",
)
_LONGEST_NAMED = 80
"""Letters of a point that a sentence names."""
_EVERY_POINT = "要点都说到了。", "All points covered."
_EVERY_POINT_SEEMS = "要点应该都说到了。", "Every point seems to be there."
_EVERY_POINT_DOUBTED = (
    "要点好像都说到了，请对照笔记自己定。",
    "Every point seems to be there: compare, and decide.",
)
_SEEMS_MISSING = "好像还有没说到的。", "Something seems to be missing."
"""In doubt: how many points are missing is then told wrongly too often."""
_COMPARE = ("对照笔记，看还差什么。", "Compare it with the note: what is still missing?")


def told_in(question: Question) -> str:
    """The language a question's answer is explained in: that of the note where it is evidently Chinese or English, and
    the learner's own for any other, which nothing here is written in."""
    text = f"{question.text} {question.reference}"
    if question.lang == "zh" and language(text) != "zh":
        return "zh"  # a few Latin words of a Chinese note
    return known_language(text) or spoken()


def composed(question: Question, verdict: Verdict, lang: str = "") -> str:
    """What the learner wrote against what the note says, put together without a model, as `told_in` or in another
    language; the points that were missed are marked where they are listed, and only counted here, in words."""
    zh = (lang or told_in(question)) == "zh"
    if verdict.reason in _REASONS:  # about the answer and not the note: in the language of the interface
        zh = (lang or spoken()) == "zh"
        said_so = _short(shown(question.reference), zh)
        return clean(_REASONS[verdict.reason][0 if zh else 1].format(said_so))
    core = [point for point in verdict.points if not point.extra]
    states = [point.state for point in core]
    wrong = [point for point in verdict.points if point.state is State.CONTRADICTED and point.evidence]
    said = [
        _against(
            written,
            [point for point in wrong if point.evidence == written],
            question,
            verdict.unsure,
            zh,
        )
        for written in dict.fromkeys(point.evidence for point in wrong)
    ]
    if verdict.turned:
        said.insert(0, _order([point.text for point in core], verdict.turned, zh))
    if spelt := written(question, verdict, lang):
        return spelt
    missed = [point for point in core if point.state is State.MISSED]
    if missed and not said and (State.HIT not in states or verdict.label is Label.INCORRECT):
        said.append(("笔记说：" if zh else "The note says: ") + _short(shown(question.reference), zh))
    elif missed and (verdict.unsure or not all(point.certain for point in missed)):
        said.append(_SEEMS_MISSING[0 if zh else 1])
    elif missed:
        said.append(_counted(len(missed), zh))
    if State.PARTLY in states:
        said.append(_PARTLY[0 if zh else 1])
    if State.UNSURE in states:
        said.append(_in_doubt([point.text for point in core if point.state is State.UNSURE], zh))
    if not said:
        every = all(state is State.HIT for state in states) and verdict.label is Label.CORRECT
        said.append((_every(verdict) if every else _COMPARE)[0 if zh else 1])
    return clean(("" if zh else " ").join(said[:_MOST]))


def _in_doubt(points: Sequence[str], zh: bool) -> str:
    """What the learner is to decide: named, where it is one point and short."""
    name = _short(shown(points[0]), zh)[:-1]
    if len(points) > 1 or len(name) > _LONGEST_NAMED:
        return _IN_DOUBT_SOME[0 if zh else 1]
    return _IN_DOUBT_ONE[0 if zh else 1].format(name)


def _every(verdict: Verdict) -> tuple[str, str]:
    """That every point was said, as surely as that is known."""
    if verdict.unsure:
        return _EVERY_POINT_DOUBTED
    return _EVERY_POINT if all(point.certain for point in verdict.points) else _EVERY_POINT_SEEMS


def written(question: Question, verdict: Verdict, lang: str = "") -> str:
    """How the word is written that was asked for, where the answer has it otherwise or behind another article."""
    near = (State.HIT, State.PARTLY)
    words = next((point.evidence for point in verdict.points if point.state in near), "")
    if not question.exact or not words:
        return ""
    zh, names = (lang or told_in(question)) == "zh", (question.reference, *question.names)
    if fold(words) in map(fold, names):
        return ""
    if name := next((one_line(name) for name in names if is_other_article(words, one_line(name))), ""):
        return clean(f"冠词不对，应当是“{name}”。" if zh else f"The article is another one: “{name}”.")
    if name := next((one_line(name) for name in names if lacks_article(words, one_line(name))), ""):
        return clean(f"少了冠词：“{name}”。" if zh else f"The article is missing: “{name}”.")
    if name := next((one_line(name) for name in names if misspelt(words, name)), ""):
        return clean(f"写作“{name}”。" if zh else f"It is written “{name}”.")
    return ""


def of_another(question: Question, term: str) -> str:
    """That an answer says what another card's term means, or answers its question."""
    zh, asks = told_in(question) == "zh", term.rstrip().endswith(("?", "？"))
    if zh:
        return clean(f"你写的是“{term}”的{'答案' if asks else '意思'}。")
    return clean(f" What you wrote {'answers' if asks else 'is the meaning of'} “{term}”.")


def named_otherwise(question: Question, term: str, meaning: str) -> str:
    """That the word that was given is the one for something else."""
    short = _short(one_line(meaning), told_in(question) == "zh").rstrip("。. ")
    return clean(f"“{term}”是“{short}”。" if told_in(question) == "zh" else f" “{term}” is “{short}”.")


def _order(steps: Sequence[str], turned: Sequence[tuple[int, int]], zh: bool) -> str:
    """What is wrong with the order of steps: which of two comes first, or the whole order where more is turned."""
    if len(turned) > 1:
        chain = _short(" → ".join(steps), zh)
        return f"顺序不对，应当是：{chain}" if zh else f"The order is wrong; it is: {chain}"
    first, then = (_short(shown(steps[at]), zh)[:-1] for at in turned[0])
    return (
        f"顺序不对：“{first}”在“{then}”之前。"
        if zh
        else f"The order is wrong: “{first}” comes before “{then}”."
    )


def _against(written: str, points: Sequence[PointResult], question: Question, unsure: bool, zh: bool) -> str:
    """What was written against what the note says, where that differs to the eye; in doubt the learner compares."""
    yours = _short(written, zh)[:-1]
    note = ("”“" if zh else "”, “").join(_short(shown(point.text), zh)[:-1] for point in points)
    if key(written) in key(f"{question.reference} {' '.join(point.text for point in points)}"):
        return f"笔记说的是“{note}”。" if zh else f"The note says “{note}”."
    if unsure or not all(point.certain for point in points):
        return (
            f"请对照：你写的是“{yours}”，笔记是“{note}”。"
            if zh
            else f"Compare: you wrote “{yours}”; the note has “{note}”."
        )
    return (
        f"你写的是“{yours}”，笔记说的是“{note}”。" if zh else f"You wrote “{yours}”; the note says “{note}”."
    )


def _counted(missed: int, zh: bool) -> str:
    if zh:
        return f"还有{'一' if missed == 1 else f' {missed} '}点没说到。"
    return "One point is missing." if missed == 1 else f"{missed} points are missing."


def _short(text: str, zh: bool) -> str:
    """One line, cut at a limit, with a full stop."""
    line = one_line(text).rstrip("。.;；，, ")
    return f"{line[:_LONGEST]}…" if len(line) > _LONGEST else line + ("。" if zh else ".")


def sentences(passage: str) -> list[str]:
    """The sentences of a passage of Markdown, without its marks."""
    parts = (
        EMPHASIS.sub("", part).strip(" -*#>|\t")
        for line in passage.splitlines()
        for part in _SENTENCES.split(line)
    )
    return [part for part in parts if key(part)]


def passages(passage: str) -> list[str]:
    """The lines of a passage of Markdown, without its marks: what is quoted, so that no sentence loses its subject."""
    lines = (EMPHASIS.sub("", line).strip(" -*#>|\t") for line in passage.splitlines())
    return [line for line in lines if key(line)]


def quoted(question: Question, passage: str, asked: str, likeness: Sequence[float] = ()) -> str:
    """The lines of a passage about what else the question names, as the note has them; without one the line that comes
    nearest to what was asked, and a second one that has words of the question's own: by meaning, where the likeness of
    each line is given, else by the words they share. The card's own line is not quoted. In the language of the
    question, or the learner's own."""
    zh = (known_language(asked) or spoken()) == "zh"
    lines = passages(passage)
    wanted = set(lexical.units(asked)) - set(lexical.units(f"{question.text} {question.term}"))
    shared = [len(wanted & set(lexical.units(line))) for line in lines]
    near = likeness or shared
    ranked = sorted(range(len(lines)), key=lambda at: (-near[at], -shared[at]))
    found = sorted(ranked[:1] + [at for at in ranked[1:2] if shared[at] > max(1, shared[ranked[0]])])
    found = _about_others(question, lines, asked) or found
    if not found or not (likeness or shared[found[0]]):
        return "笔记的这一节没有提到。" if zh else "This section of the note does not say."
    found = [at for at in found if not _is_of_card(question, lines[at])]
    if not found:
        told = "这一点，笔记里没有比这张卡片更多的内容。"
        return told if zh else "The note says no more about it than the card itself."
    opened = "笔记里离你的问题最近的是：" if zh else "Nearest to your question, the note says: "
    return clean(opened + " … ".join(_cut(lines[at]) for at in found))


def _is_of_card(question: Question, line: str) -> bool:
    """Whether a line of the note says nothing but what the card does, which was just shown; a row of a table has it
    without the heads of its columns."""
    if key(line).removeprefix(key(question.term)) in key(question.reference):
        return True
    cells = [key(cell) for cell in line.split("|")]
    return (
        len(cells) > 1
        and cells[0] == key(question.term)
        and all(c in key(question.reference) for c in cells[1:])
    )


def _about_others(question: Question, lines: Sequence[str], asked: str) -> list[int]:
    """Which lines are about what a question names beside its card, the first two: those that begin with the longest
    names it has."""
    names = [_named(question, line, asked) for line in lines]
    longest = [name for name in names if not any(name != other and name in other for other in names)]
    return [at for at, name in enumerate(names) if name and name in longest][:2]


def _named(question: Question, line: str, asked: str) -> str:
    """The name that a line begins with, folded, if the question has it and the card has not; else nothing."""
    head = _HEAD.match(line)
    if not head or len(head.group()) == len(line):
        return ""
    mine = f"{question.text} {question.term} {' '.join(question.aliases)}"
    both = (head.group(), *_SCRIPTS.findall(head.group()))  # a name, and what it is in the other script
    found = [
        key(name) for name in both if len(key(name)) > 1 and holds(asked, name) and not holds(mine, name)
    ]
    return max(found, key=len, default="")


def _cut(line: str) -> str:
    return line if len(line) <= _LONGEST_QUOTE else f"{line[:_LONGEST_QUOTE].rstrip()}…"


_MY_ANSWER = re.compile(
    r"我(?:的)?(?:回答|答案|答|说|写)(?:得|的)?.{0,8}(?:对|错|正确)|(?:对不对|对吗|对么|正确吗|哪里错|错在哪|差在哪)"
    r"|我.{0,12}(?:漏|少了|缺|搞混|弄混|搞反|说反)"
    r"|\b(?:is|was) (?:my|that|this|the) answer\b|\b(?:am|was|were) (?:i|we) (?:right|wrong|correct)\b"
    r"|\bdid i (?:get|have)\b|\bwhat(?: did i get|'s| is| was) wrong\b"
    r"|\bwhy (?:is|was) (?:it|my answer|that) wrong\b"
    r"|\bwhat(?:'?s| is| was) missing\b|\bi (?:just )?(?:said|wrote|left out)\b",
    re.I,
)
_STANDING = {
    Label.CORRECT: ("判为正确。", "It was judged correct."),
    Label.PARTIAL: ("判为部分正确。", "It was judged partly correct."),
    Label.INCORRECT: ("判为不正确。", "It was judged not correct."),
}
_IN_DOUBT = ("我拿不准，由你来定。", "I am not sure of it: you decide.")


def about_the_answer(question: Question, verdict: Verdict | None, asked: str) -> str:
    """The reply to a question whether the answer was right, from its verdict; nothing for other questions."""
    if verdict is None or not _MY_ANSWER.search(asked):
        return ""
    lang = known_language(asked) or spoken()
    zh = lang == "zh"
    standing = _IN_DOUBT if verdict.unsure else _STANDING[verdict.label]
    return clean(standing[0 if zh else 1] + ("" if zh else " ") + composed(question, verdict, lang))


def wants_model(verdict: Verdict) -> bool:
    """Whether a point was missed or wrong; without one a model would have to invent what to explain."""
    return not verdict.reason and bool(verdict.missed or verdict.wrong)


def subject(verdict: Verdict) -> tuple[int, bool]:
    """The point, counted from 1, that a model is to speak of, and whether it is wrong: the first wrong one, else the
    first that was missed."""
    states = [point.state for point in verdict.points if not point.extra]
    wrong = State.CONTRADICTED in states
    return states.index(State.CONTRADICTED if wrong else State.MISSED) + 1, wrong
