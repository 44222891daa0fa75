"""What kind of text a file is: notes to learn from, or a README, changelog, guide, essay, diary, minutes."""

import re
from pathlib import PurePosixPath

from studyllm.notes.markdown.blocks import Block, Heading
from studyllm.notes.words.inline import plain
from studyllm.notes.words.scripts import CJK_LETTER
from studyllm.text import fold

_NAMES = re.compile(
    r"(?:^|[-_. ])(?:readme|change-?log|contributing|code[-_]of[-_]conduct|"
    r"release[-_ ]?notes|pull_request_template|issue_template)(?:$|[-_. ])"
    r"|^licen[cs]e(?:$|[-_.](?:mit|apache|bsd|gpl)\b)",
    re.IGNORECASE,
)
_SHOUTED = re.compile(
    r"(?:CHANGES|CONTRIBUTION|SECURITY|HISTORY|NEWS|RELEASES|AUTHORS|MAINTAINERS|GOVERNANCE|SUPPORT|TODO|"
    r"ROADMAP|INSTALL|UPGRADING|MIGRATION)"
)
"""Names of project papers only when in capitals, as is the custom: `security.md` may be a course."""
_NOTES = re.compile(r"<!--\s*study\s*:\s*notes\s*-->", re.IGNORECASE)
"""The author's word that a file is notes, whatever it looks like."""
_HEADINGS = re.compile(
    r"install(?:ation|ing)?(?: .*)?|usage|getting started|quick ?start|quickstart|(?:how to "
    r")?contribut(?:e|ing|ion|ions)(?: .*)?|contributors?|"
    r"licen[cs]e|licensing|changelog|change log|release notes|unreleased|requirements|prerequisites|"
    r"dependencies|build(?:ing)?(?: .*)?|"
    r"development(?: .*)?|testing|running (?:the )?tests|deployment|deploying|configuration|"
    r"configuring|documentation|docs|support|"
    r"credits|acknowledge?ments|authors?|roadmap|table of contents|contents|faq|troubleshooting|"
    r"badges?|api(?: reference)?|"
    r"(?:command.line )?options|cli|command.line usage|features|demo|screenshots?|project structure|"
    r"pull requests?|reporting (?:bugs|issues)|"
    r"code of conduct|code style|style guide|commit messages?|security|security policy|bug fixes|"
    r"breaking changes|added|changed|deprecated|"
    r"removed|fixed|maintainers?|citation|citing|miscellaneous info|related projects|sponsors?|"
    r"docker|running|setup|environment variables|"
    r"synopsis|see also|release history|upgrading|migrating|known issues|notable changes|our pledge|"
    r"conclusions?|our standards|enforcement|contributor agreement|code review|submitting .*|"
    r"安装(?:说明|指南|方法)?|使用(?:方法|说明|指南)|快速开始|快速上手|贡献(?:指南|者)?|如何贡献|"
    r"参与贡献|许可证|开源协议|协议|更新日志|版本历史|"
    r"致谢|目录|常见问题|项目结构|项目介绍|环境要求|依赖|部署|配置说明|联系(?:我们|方式)|捐赠|截图|"
    r"功能特性|开发指南|行为准则"
)
_VERSION = re.compile(
    r"\[?v?\d+\.\d+(?:\.\d+)*(?:[-.\w]*)\]?(?:\s*[-–—(].*)?|.*\b(?:version|release)\s+v?\d+.*|"
    r"\d{4}-\d\d-\d\d\b.*|v?\d+\.\d+\.\d+.*",
    re.IGNORECASE,
)
_CHAPTER = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?\s+\D")
"""`3.2.1 声音的传播`: the number of a chapter, no version."""
_BADGE = re.compile(r"\[!\[[^\]\n]{0,80}\]\([^)\n]{0,200}(?:badge|/workflows/)|img\.shields\.io|badge\.svg")
_SHELL = re.compile(
    r"^[ \t]*(?:[$>][ \t]*)?(?:npm (?:i|install|run)|yarn (?:add|install)|pnpm |pip3? install|brew "
    r"install|cargo (?:install|add)|go (?:get|install) |"
    r"apt(?:-get)? install|docker run|gem install|git clone https?:|make install|conda install|"
    r"composer require)",
    re.MULTILINE,
)
_PROCESS = re.compile(
    r"\bpull requests?\b|\bopen an issue\b|\bmaintainers?\b|\bcontributors?\b|\bworkflow files?\b|"
    r"\bthis (?:repo(?:sitory)?|project|package|library|tool)\b"
    r"|\bissue tracker\b|\bsubmit(?:ting)? (?:a|an|your) (?:pr|patch|issue|bug|pull)\b|\bcode of "
    r"conduct\b|\bcommand.?line utility\b|\brelease notes\b",
    re.IGNORECASE,
)


_TITLES = re.compile(
    r"年终总结|年度总结|年中总结|工作总结|周报|月报|日报|周记|会议记录|(?:会议|周会|例会|班会|组会|讨论)纪要|述职|简历|购物清单"
    r"|\b(?:meeting notes|minutes of|stand-?up|retrospective|year in review|curriculum vitae|newsletter|"
    r"shopping list|cover letter|changelog|what's new|release notes|contribut(?:ing|ion)|code of conduct)\b",
    re.IGNORECASE,
)
_MAYBE_TITLES = re.compile(
    r"日记|随笔|游记|读后感|观后感|影评|感想|流水账|行程(?:表|单|安排|计划|攻略|(?=\n|$))|待办|(?:问卷|调查表|满意度调查)(?=\n|$)|(?:考试|教学)大纲|(?:学习|复习|备考|工作|年度|月度|周)计划"
    r"|\b(?:meeting|minutes|questionnaire|agenda|retro|journal|diary|weekly|resume|recipes?|itinerary|to-?do|inbox|"
    r"(?:study|exam|learning|reading|revision|weekly|work)[ -]plan|todo ?list|curriculum|syllabus|"
    r"proposal|(?:style|user|installation|developer|migration|upgrade|deployment|setup) guide)\b",
    re.IGNORECASE,
)
"""Words that also stand in the titles of good notes ("sync primitives"): a sign, not enough alone."""
_STEP = re.compile(r"step \d+\b.*|第[一二三四五六七八九十\d]+步.*")
_OTHER_HEADINGS = re.compile(
    r"action items?|agenda|attendees|participants|next steps|ingredients|directions|wrap(?:ping)? "
    r"up|before you (?:start|begin)|what you(?:'ll| will) (?:need|learn|build)|"
    r"final thoughts|about (?:me|the author|us)|work experience|education|skills|"
    r"comments?|待办(?:事项?)?|决议|参会人员?|会议议题|下一步计划|写在(?:前面|最后)|后记|工作经历|教育经历"
)
_OF_A_PHONE = re.compile("inbox", re.IGNORECASE)
"""How a phone calls the file of whatever was typed."""
_TASK = re.compile(r"^[ \t]*(?:[-*+]|\d+[.)])[ \t]+(\[[ xX]\][ \t])?", re.MULTILINE)
_KANBAN = re.compile(r"\A---\n(?:.*\n){0,8}?kanban-plugin:")
_TEMPLATE = re.compile(r"\A---\n(?=(?:.*\n){0,8}?about:)(?=(?:.*\n){0,8}?(?:labels|assignees):)")
"""The head of a form for reports of a project."""
_SALUTATION = re.compile(
    r"\s*(?:(?:Dear|Hi|Hello|Hey|Liebe[rs]?|Hallo|Ch[eè]re?|Bonjour|Querid[oa]|Estimad[oa]) [^\n:：]{1,40}"
    r"|(?:亲爱的|尊敬的)[^\n：:，]{1,16})"
    r"[,，:：!！][ \t]*\n"
)
"""The first line of a letter."""
_TASKS = 8
"""Items to tick off from which on a file that has hardly any others is a plan."""
_CODE_LIKE = re.compile(r"[A-Za-z_]\w*\([^()]*\)|\w_\w|[a-z]\.[a-z]|^--?[a-z]|[a-z]/[a-z]+\.|`")
_PLAIN_SIGNS = re.compile(
    r"action items?|agenda|attendees|participants|ingredients|directions|work experience|参会人员|"
    r"会议议题|食材|配料|用料|ingrédients|zutaten|zubereitung|ingredientes|ingredienti|作り方"
)
_QUOTED = re.compile(
    r"^[ \t]*(?:>.*|(?:(?:[-*+]|\d+[.)])[ \t]+)?(?:(?!(?i:\w*day|later|night|morning|evening)\b"
    r"|周|星期|今天|昨天|早|晚|上午|下午|中午)[^\W\d_]{1,8}\.?[:：].*|[（(].*[)）][ \t]*))$",
    re.MULTILINE,
)
"""What is quoted, labelled but by a day, or in brackets."""
_MINE_ZH = re.compile(r"(?<![自本超忘唯无小大])我(?!们|国|方|军|党|省|市|是谁)")
_FIRST = re.compile(
    r"\bI(?:'m|'ve|'ll|'d|’m|’ve|’ll|’d)?\s+(?!and\b|or\b|is\b|in\b|of\b|to\b)[a-z]{2,}|\b(?:my|"
    r"myself)\b|(?<![自本超忘唯无小大])我(?!们|国|方|军|党|省|市|是谁)"
)


def genre(path: str, text: str, blocks: tuple[Block, ...], title: str = "") -> float:
    """How much a file reads like anything but notes to learn from: 0 for notes, from 1 on it is most likely none."""
    stem = PurePosixPath(path.replace("\\", "/")).stem
    if _NOTES.search(text):
        return 0.0
    if _NAMES.search(stem) or _SHOUTED.fullmatch(stem):
        return 2.0
    headings = {fold(plain(block.text)).strip(" :：") for block in blocks if isinstance(block, Heading)}
    score = sum(1 for heading in headings if _HEADINGS.fullmatch(heading))
    versions = sum(1 for heading in headings if _VERSION.fullmatch(heading) and not _CHAPTER.match(heading))
    score += 6 if versions >= 3 and versions * 5 >= len(headings) else min(3, versions)
    score += 2 * sum(1 for heading in headings if _OTHER_HEADINGS.fullmatch(heading))
    score += 3 if any(_PLAIN_SIGNS.fullmatch(heading) for heading in headings) else 0
    score += any(map(_STEP.fullmatch, headings))
    # Not folded: a full-width bracket holds an alias, as in 大语言模型（LLM）, and never an argument.
    named = sum(1 for block in blocks if isinstance(block, Heading) and _CODE_LIKE.search(plain(block.text)))
    score += 2 if named >= 4 and named * 5 >= len(headings) * 2 else 0
    first = next((plain(block.text) for block in blocks if isinstance(block, Heading)), "")
    called = f"{title}\n{first}\n{_OF_A_PHONE.sub('', stem)}"
    score += 3 if _TITLES.search(called) else 2 if _MAYBE_TITLES.search(called) else 0
    head = text[:20000]
    score += (
        3 if _TEMPLATE.match(head) or _KANBAN.match(head) or _SALUTATION.match(head) or _is_plan(head) else 0
    )
    score += 2 if _BADGE.search(head, 0, 3000) else 0
    score += 1 if _SHELL.search(head) else 0
    score += min(3, len(_PROCESS.findall(head)) // 2)
    score += 3 if _personal(head) else 0
    return min(2.0, score / (3 + min(3, len(headings) // 25)))


def _is_plan(text: str) -> bool:
    """Whether a text is hardly more than items to be ticked off."""
    items = [bool(task) for task in _TASK.findall(text)]
    lines = sum(1 for line in text.split("\n") if line.strip())
    return sum(items) >= _TASKS and sum(items) * 10 >= len(items) * 9 and sum(items) * 5 >= lines * 3


def _personal(text: str) -> bool:
    """Whether somebody tells of themselves: diaries and essays, hardly ever notes. What is quoted or labelled, and the
    English of a Chinese text, are examples."""
    told = _QUOTED.sub("", text)
    letters = len(CJK_LETTER.findall(told))
    mine = _MINE_ZH if letters * 4 >= len(told) else _FIRST
    count = len(mine.findall(told))
    return count >= 6 and count * 60 >= len(told.split()) + letters // 2
