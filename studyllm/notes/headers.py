"""What the headers of a table and its first column say of it: whether its rows name things."""

import itertools
import re
from collections.abc import Sequence
from string import ascii_uppercase

from studyllm.notes.markdown.blocks import Table
from studyllm.notes.words.inline import plain
from studyllm.notes.words.labels import is_label
from studyllm.notes.words.scripts import CJK_LETTER
from studyllm.notes.words.terms import may_be_term, split_term
from studyllm.script import simplified
from studyllm.text import fold

TERM_HEAD = re.compile(
    r".*(?:术语|名称|概念|名词|单词|词汇|词语|缩写|简称|关键词|命令|函数|方法|算法|模型|协议|类型|"
    r"种类|分类|类别|工具|技术|结构|模式|策略|指令|运算符|符号|操作|"
    r"组件|成分|药物|疾病|激素|细胞|器官|定律|定理|理论|学派|人物|事件|朝代|原则|阶段|层|层次|设备|"
    r"语言|框架|关键字|字段|状态|物质|元素|作物|材料|英文|中文)名?"
    r"|(?:.*\b)?(?:terms?|names?|commands?|concepts?|words?|keywords?|abbreviations?|abbr\.?|"
    r"acronyms?|functions?|methods?|algorithms?|models?|types?|"
    r"kinds?|operators?|symbols?|tools?|techniques?|patterns?|structures?|protocols?|drugs?|"
    r"diseases?|disorders?|hormones?|cells?|organs?|laws?|theorems?|theory|theories|phases?|stages?|steps?|layers?|class|"
    r"element|component|enzyme|vitamin|antibiotic|organism|bacteria|virus|muscle|nerve|bone|syndrome|mineral|unit|quantity|"
    r"instruction|register|statement|expression|clause|verb|idiom|figure|phenomenon|principle|sort|property|part|region|"
    r"organelle|language|species|agent|medication|condition|test|sign|port|"
    r"status code|code|data structure|design pattern|"
    r"field|mode|state|sigle|termes?|mots?|palabras?|términos?|wort|wörter|begriffe?|abkürzung(?:en)?|용어|단어|用語|単語)",
    re.IGNORECASE,
)
MEANING_HEAD = re.compile(
    r".*(?:解释|含义|定义|说明|描述|意思|意义|作用|用途|功能|特点|特征|内容|翻译|释义|应用|场景|"
    r"优点|缺点|备注|机制|原理|表现|思想|简介|全称|举例|例子|用法)"
    r"|(?:.*\b)?(?:meanings?|descriptions?|definitions?|explanation|"
    r"what it (?:does|is|means)|purpose|function|uses?|usage|"
    r"role|effects?|action|details|features?|characteristics?|summary|notes?|"
    r"mechanism(?: of action)?|symptoms|treatment|"
    r"examples?|translation|full (?:name|form)|stands for|expansion|key (?:idea|"
    r"feature)s?|when to use|properties|advantages?|"
    r"disadvantages?|interpretation|indications?|side effects?|location|time complexity|complexity|formula|bedeutung|"
    r"übersetzung|signification|traduction|significado|traducción|의미|설명|뜻|意味|説明)",
    re.IGNORECASE,
)
PLAIN_MEANING = re.compile(
    r".*(?:含义|解释|定义|释义|意思|说明|描述|翻译|全称|一句话)|(?:.*\b)?(?:meanings?|definitions?|descriptions?|explanation|translation|"
    r"full (?:name|form)|stands for|expansion|bedeutung|übersetzung|"
    r"signification|traduction|significado|traducción|의미|뜻|意味)"
)
ASPECT_HEAD = re.compile(
    r"特征|特性|对比|对比项|比较|比较项|项|项目|方面|维度|指标|属性|区别|比较内容|角度|对比维度|特点|不同点|异同|日期|时间|年份|date|"
    r"time|year|feature|features|aspect|property|properties|attribute|criterion|criteria|characteristics?|comparison|dimension|"
    r"parameter|category|factor|day|week|quarter|month|rank|version|구분|항목|"
)
NUMBER_HEAD = re.compile(r"序号|编号|号|#|№|no\.?|nr\.?|num(?:ber)?|id|idx|index|番号|번호|", re.IGNORECASE)
REFERENCE_HEAD = re.compile(
    r"options?|flags?|parameters?|params?|arguments?|args?|settings?|"
    r"(?:env(?:ironment)? )?variables?|keys?|inputs?|outputs?|"
    r"file ?names?|files?|paths?|endpoints?|routes?|urls?|tasks?|"
    r"owners?|who|person|参数名?|选项|字段名?|变量名?|配置项?|文件名?|"
    r"路径|接口|任务|负责人|姓名|ingredients?|amount|price|status|author|contributors?"
)
LANGUAGES = re.compile(
    r"(?:english|deutsch|german|french|français|spanish|español|italian|italiano|russian|japanese|korean|chinese|latin|"
    r"英文|中文|英语|汉语|日语|日本語|한국어|法语|德语|english name|中文名|英文名|"
    r"kanji|hiragana|reading|pinyin|拼音)s?\W*",
    re.IGNORECASE,
)
_READING_HEAD = re.compile(r"kanji|hiragana|reading|pinyin|拼音")
_FORM_HEAD = re.compile(
    r"(?:(?:ich|du|er|sie|es|wir|ihr|je|tu|ils?|elles?|on|nous|vous|yo|tú|él|ellas?|usted(?:es)?|nosotr[oa]s|vosotr[oa]s|ellos"
    r"|i|you|he|she|it|we|they|eu|ele|ela|nós|io|lui|lei|noi|voi|loro)(?:\s*[/,]\s*|$))+"
    r"|masc(?:\.|ulin[eoa]?)?|fem(?:\.|inin[eoa]?|enin[oa])?|neut(?:\.|er|rum)?|maskulin(?:um)?|feminin(?:um)?|sing(?:\.|ular)?|plural|pl\."
    r"|[nadg]\.|nom(?:\.|inativ[eo]?)|a[ck]{2}(?:\.|usativ[eo]?)|dat(?:\.|ive?|ivo)|gen(?:\.|itive?|itivo)"
)
"""Persons, genders, numbers and cases."""
_NUMBER = re.compile(r"[A-Za-z]{0,2}[-.]?\d+(?:[-.]\d+)*\s*[.、)）]?|[①-⑳]")
_QUANTITY = re.compile(r"[~≈<>≤≥±]?\s*[\d.,]+\s*\S{0,6}")


_NAMING_HEAD = re.compile(
    r".*(?:名称|名字|术语|名词|条约|文献|著作)|(?:.*\b)?(?:names?|terms?|titles?|treat(?:y|ies))",
    re.IGNORECASE,
)
_GROUP_HEAD = re.compile(
    r".*(?:种类|分类|类别|类型|大类|组别)|(?:.*\b)?(?:categor(?:y|ies)|types?|kinds?|class(?:es)?|groups?)",
    re.IGNORECASE,
)
_SPANNED = 4
"""Rows of a table at least, of which some go on with the first cell of the one above."""
_WHEN_HEAD = re.compile(r"日期|时间|年份|年代|朝代|date|time|year|period", re.IGNORECASE)


def first_column(table: Table) -> int | None:
    """The first column that is no numbering, or the one that names what a column of dates before it tells of; None
    where there is nothing beside it."""
    head = [simplified(fold(plain(cell))) for cell in table.header]
    if _WHEN_HEAD.fullmatch(head[0]):
        named = next((at for at, cell in enumerate(head) if _NAMING_HEAD.fullmatch(cell)), None)
        if named is not None:
            return named
    if (named := _named_once(table, head)) is not None:
        return named
    for at in range(len(head) - 1):
        cells = _column(table, at)
        counted = bool(cells) and all(_NUMBER.fullmatch(cell) or not cell for cell in cells)
        unnamed = at + 2 < len(head) and not any(map(str.isalnum, head[at] + head[at + 1]))
        lettered = len(cells) > 2 and cells[0] == "A" and "".join(cells) in ascii_uppercase
        counted = counted or (lettered and unnamed)
        told = NUMBER_HEAD.fullmatch(head[at]) or not any(map(str.isalnum, head[at]))
        if not (counted and (told or (_in_a_row(cells) and _NAMING_HEAD.fullmatch(head[at + 1])))):
            return at + _groups(table, at, head[at]) if at + 2 < len(head) else at
    return None


def _named_once(table: Table, head: Sequence[str]) -> int | None:
    """The column that names each row, where the first one is left blank in those that go on with the row above."""
    first = _column(table, 0)
    if len(first) < _SPANNED or not first[0] or sum(map(bool, first)) * 3 > len(first) * 2:
        return None
    columns = ((at, _column(table, at)) for at in range(1, len(head) - 1) if TERM_HEAD.fullmatch(head[at]))
    return next((at for at, cells in columns if all(cells) and len(set(cells)) == len(first)), None)


def _in_a_row(cells: Sequence[str]) -> bool:
    """Whether cells count up or down by one."""
    steps = (
        {int(b) - int(a) for a, b in itertools.pairwise(cells)} if all(map(str.isdecimal, cells)) else set()
    )
    return steps in ({1}, {-1})


def _column(table: Table, at: int) -> list[str]:
    """The cells of a column as shown."""
    return [plain(row.cells[at]) for row in table.rows if at < len(row.cells)]


def _groups(table: Table, at: int, head: str) -> bool:
    """Whether a column only says to which group the rows belong, and the one after it names them. A row that is empty
    but for its first cell is the title of those after it."""
    pairs = [row.cells[at : at + 2] for row in table.rows if any(map(str.strip, row.cells[at + 1 :]))]
    cells, following = ([plain(pair[side]) for pair in pairs if len(pair) > side] for side in (0, 1))
    named = len(following) >= 4 and len(set(following)) == len(following)
    groups = len(set(cells))
    return (
        named
        and (2 * groups <= len(cells) or (groups < len(cells) and bool(_GROUP_HEAD.fullmatch(head))))
        and all(may_be_term(split_term(cell)[0], bold=True) for cell in following)
    )


def meaning_columns(header: Sequence[str], first: int) -> set[int]:
    """Columns that tell what the rows mean and say no more: the meaning, or the one other language of words."""
    heads = [fold(cell) for cell in header]
    meant = {at for at, head in enumerate(heads) if PLAIN_MEANING.fullmatch(head)}
    others = {at for at, head in enumerate(heads) if at > first and LANGUAGES.fullmatch(head)}
    between_two = LANGUAGES.fullmatch(heads[first]) and len(others) == 1
    spoken = {at for at in others if not _READING_HEAD.search(heads[at])} if between_two else set[int]()
    return meant or spoken


def of_table(table: Table, first: int) -> dict[str, float]:
    """What the headers and the first column say of a table."""
    head = [simplified(fold(plain(cell))) for cell in table.header]
    named = [plain(row.cells[first]) for row in table.rows if first < len(row.cells)]
    others = [plain(cell) for row in table.rows for cell in row.cells[first + 1 :]]
    count = max(1, len(named))
    words = sum(len(CJK_LETTER.findall(cell)) + len(cell.split()) for cell in others)
    return {
        "term_head": float(bool(TERM_HEAD.fullmatch(head[first]))),
        "meaning_head": float(any(MEANING_HEAD.fullmatch(cell) for cell in head[first + 1 :])),
        "plain_meaning": float(any(PLAIN_MEANING.fullmatch(cell) for cell in head[first + 1 :])),
        "aspect_head": float(_compares(head, first, named)),
        "empty_head": float(not head[first]),
        "reference_head": float(bool(REFERENCE_HEAD.fullmatch(head[first]))),
        "language_head": float(sum(bool(LANGUAGES.fullmatch(cell)) for cell in head) >= 2),
        "two_columns": float(len(head) - first == 2),
        "bold_column": sum(
            row.cells[first].startswith(("**", "__", "<b>")) for row in table.rows if first < len(row.cells)
        )
        / count,
        "quantities": sum(bool(_QUANTITY.fullmatch(cell)) for cell in named) / count,
        "distinct": len({fold(cell) for cell in named}) / count,
        "terms": sum(may_be_term(split_term(cell)[0], bold=True) for cell in named) / count,
        "words": min(1.0, words / max(1, len(others)) / 8),
        "rows": min(1.0, len(named) / 20),
        "same_as_head": float(any(fold(cell) in head for cell in named)),
    }


def _compares(head: Sequence[str], first: int, named: Sequence[str]) -> bool:
    """Whether the rows of a table are what its columns are compared by; without a header, labels of what they tell."""
    if not any(head):
        return 2 * sum(map(is_label, named)) >= len(named)
    return bool(ASPECT_HEAD.fullmatch(head[first])) and not _of_forms(head)


def _of_forms(head: Sequence[str]) -> bool:
    """Whether a table is of the forms of words: by person, gender or number."""
    return sum(bool(_FORM_HEAD.fullmatch(cell)) for cell in head) >= 2


def gate(table: Table) -> bool:
    """Whether the rows of a table name things: by its headers, or by bold cells."""
    first = first_column(table)
    if first is None or not table.rows:
        return False
    seen = of_table(table, first)
    if seen["quantities"] > 0.5 or (seen["aspect_head"] and not seen["plain_meaning"]):
        return False
    if seen["bold_column"] >= 0.66:
        return True
    plausible = seen["distinct"] == 1.0 and seen["terms"] >= 0.8 and seen["words"] >= 0.25
    named, meant = bool(seen["term_head"]), bool(seen["meaning_head"])
    return not seen["reference_head"] and (((named or plausible) and meant) or (named and plausible))
