"""Tables whose rows define terms."""

import itertools
import re

from studyllm.cards import Kind
from studyllm.i18n import N_
from studyllm.notes.blocks import Row, Table
from studyllm.notes.inline import plain
from studyllm.notes.labels import is_label
from studyllm.notes.parse import MAX_ROWS
from studyllm.notes.reasons import MANY_ROWS
from studyllm.notes.scope import Scope
from studyllm.notes.terms import may_be_term, split_term
from studyllm.text import CJK, fold

_CJK = re.compile(f"[{CJK}]")
_TERM_HEAD = re.compile(
    r".*(?:术语|名称|概念|名词|单词|词汇|词语|缩写|简称|关键词|命令|函数|方法|算法|模型|协议|类型|"
    r"种类|分类|类别|工具|技术|结构|模式|策略|指令|运算符|符号|操作|"
    r"组件|成分|药物|疾病|激素|细胞|器官|定律|定理|理论|学派|人物|事件|朝代|原则|阶段|层|层次|设备|"
    r"语言|框架|关键字|字段|状态|物质|元素|作物|材料|英文|中文)名?"
    r"|(?:.*\b)?(?:terms?|names?|commands?|concepts?|words?|keywords?|abbreviations?|abbr\.?|"
    r"acronyms?|functions?|methods?|algorithms?|models?|types?|"
    r"kinds?|operators?|symbols?|tools?|techniques?|patterns?|structures?|protocols?|drugs?|"
    r"diseases?|disorders?|hormones?|cells?|organs?|"
    r"laws?|theorems?|theory|theories|phases?|stages?|steps?|layers?|class|element|component|enzyme|"
    r"vitamin|antibiotic|organism|bacteria|"
    r"virus|muscle|nerve|bone|syndrome|mineral|unit|quantity|instruction|register|statement|"
    r"expression|clause|verb|idiom|figure|"
    r"phenomenon|principle|sort|property|part|region|organelle|language|species|agent|medication|"
    r"condition|test|sign|port|status code|code|"
    r"data structure|design pattern|field|mode|state)",
    re.IGNORECASE,
)
_MEANING_HEAD = re.compile(
    r".*(?:解释|含义|定义|说明|描述|意思|意义|作用|用途|功能|特点|特征|内容|翻译|释义|应用|场景|"
    r"优点|缺点|备注|机制|原理|表现|思想|简介|全称|举例|例子|用法)"
    r"|(?:.*\b)?(?:meaning|meanings|description|definition|definitions|explanation|what it (?:does|"
    r"is|means)|purpose|function|use|uses|usage|"
    r"role|effect|effects|action|details|features?|characteristics?|summary|notes?|mechanism(?: of "
    r"action)?|symptoms|treatment|example|examples|"
    r"translation|full (?:name|form)|stands for|expansion|key (?:idea|feature)s?|when to use|"
    r"properties|advantages?|disadvantages?|interpretation|"
    r"indications?|side effects?|location|time complexity|complexity|formula)",
    re.IGNORECASE,
)
_ASPECT_HEAD = re.compile(
    r"特征|特性|对比|对比项|比较|比较项|项|项目|方面|维度|指标|属性|区别|比较内容|角度|对比维度|"
    r"特点|不同点|异同|序号|编号|#|no\.?|num|id|日期|时间|年份|date|time|year|"
    r"feature|features|aspect|property|properties|attribute|criterion|criteria|characteristic|"
    r"characteristics|comparison|dimension|parameter|category|factor|"
    r"day|week|quarter|month|rank|version|",
    re.IGNORECASE,
)
_PLAIN_MEANING = re.compile(r"含义|解释|定义|释义|说明|描述|meaning|definition|description|explanation")
_REFERENCE_HEAD = re.compile(
    r"options?|flags?|parameters?|params?|arguments?|args?|settings?|(?:env(?:ironment)? "
    r")?variables?|keys?|inputs?|outputs?|file ?names?|files?|paths?|"
    r"endpoints?|routes?|urls?|tasks?|owners?|who|person|参数名?|选项|字段名?|变量名?|配置项?|"
    r"文件名?|路径|接口|任务|负责人|姓名"
)
_QUANTITY = re.compile(r"[~≈<>≤≥±]?\s*[\d.,]+\s*\S{0,6}")


def gate(table: Table) -> bool:
    """Whether the first column names terms: by the headers, or by bold cells."""
    head = [fold(plain(cell)) for cell in table.header]
    if len(head) < 2 or not table.rows:
        return False
    first = [row.cells[0] for row in table.rows if row.cells]
    if sum(1 for cell in first if _QUANTITY.fullmatch(plain(cell))) * 2 > len(first):
        return False
    if _ASPECT_HEAD.fullmatch(head[0]) and not (head[0] and _PLAIN_MEANING.fullmatch(head[1])):
        return False
    bold = sum(1 for cell in first if cell.startswith(("**", "__", "<b>", "<strong>")))
    if bold * 3 >= len(first) * 2:
        return True
    if _REFERENCE_HEAD.fullmatch(head[0]):
        return False
    named = bool(_TERM_HEAD.fullmatch(head[0]))
    meant = any(_MEANING_HEAD.fullmatch(cell) for cell in head[1:])
    return ((named or _plausible(table)) and meant) or (named and _plausible(table))


def _plausible(table: Table) -> bool:
    """Whether the first cells are distinct short names and the others say something."""
    first = [plain(row.cells[0]) for row in table.rows if row.cells]
    if len({fold(cell) for cell in first}) < len(first) or not all(first):
        return False
    if sum(1 for cell in first if may_be_term(split_term(cell)[0], bold=True)) * 5 < len(first) * 4:
        return False
    rest = [plain(cell) for row in table.rows for cell in row.cells[1:]]
    words = sum(len(_CJK.findall(cell)) + len(cell.split()) for cell in rest)
    return bool(rest) and words >= 2 * len(rest)


def tables(scope: Scope, at: int) -> int:
    """A table: a card a row where the first column names terms."""
    block = scope.blocks[at]
    if not isinstance(block, Table):
        return 0
    read_table(scope, block)
    return 1


def read_table(scope: Scope, table: Table) -> None:
    """The row cards of a table, or a word on why it has none."""
    if len(table.header) == 1:
        _one_column(scope, table)
        return
    if scope.page.project and not scope.glossary:
        return
    if not gate(table):
        if _wordy(table):
            scope.pass_over(table.line, N_("a table without a column of terms"))
        return
    if len(table.rows) > MAX_ROWS:
        scope.pass_over(table.line, MANY_ROWS.format(count=len(table.rows), most=MAX_ROWS))
    for row in table.rows[:MAX_ROWS]:
        _row(scope, table, row)


def _wordy(table: Table) -> bool:
    return len(table.header) >= 2 and bool(table.rows) and _plausible(table)


def _row(scope: Scope, table: Table, row: Row) -> None:
    front = row.cells[0] if row.cells else ""
    term, _ = split_term(front)
    if not may_be_term(term, bold=True) or (is_label(term) and not scope.glossary):
        return
    header = [plain(cell).replace("\n", " ") for cell in table.header]
    points = []
    for at, cell in enumerate(row.cells[1:], 1):
        text = plain(cell)
        if not any(c.isalnum() for c in text) and text not in ("✓", "✗"):
            continue
        label = header[at] if at < len(header) else ""
        points.append(
            f"{label}：{text}" if label and _CJK.search(label) else f"{label}: {text}" if label else text
        )
    aliases = _gloss(term, row)
    scope.add(
        "table row",
        Kind.TABLE,
        front,
        "\n".join(points),
        (row.line, row.line),
        points=tuple(points),
        aliases=aliases,
    )


def _gloss(term: str, row: Row) -> list[str]:
    """A translation before a colon in the first cell after the term: "预训练：在…"."""
    if _CJK.search(term) or len(row.cells) < 2:
        return []
    head, colon, rest = plain(row.cells[1]).partition("：")
    return [head] if colon and rest and len(head) <= 12 and _CJK.search(head) and not is_label(head) else []


def _one_column(scope: Scope, table: Table) -> None:
    """A one-column table: a bold row is a term, the plain row under it its meaning."""
    rows = [Row(table.header, table.line), *table.rows]
    for row, following in itertools.pairwise(rows):
        front, answer = (row.cells or ("",))[0], (following.cells or ("",))[0]
        if front.startswith("**") and front.endswith("**") and answer and not answer.startswith("**"):
            term, _ = split_term(front)
            if may_be_term(term, bold=True) and not scope.label(term):
                scope.add("one-column table", Kind.TERM, front, plain(answer), (row.line, following.line))
