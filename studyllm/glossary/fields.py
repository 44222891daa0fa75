"""The filters of a query by their names, and which one a word is meant for that is none."""

from difflib import get_close_matches

FIELDS = ("deck", "in", "tag", "is", "prop", "due", "added", "rated", "answered")
_MEANT = {
    "in": (
        "section",
        "heading",
        "headings",
        "chapter",
        "title",
        "part",
        "under",
        "within",
        "章节",
        "章",
        "节",
        "标题",
        "小节",
    ),
    "deck": ("folder", "book", "subject", "牌组", "科目"),
    "tag": ("label", "keyword", "hashtag", "标签"),
    "is": ("state", "status", "状态"),
    "prop": ("ease", "interval", "ivl", "lapses", "stability", "difficulty", "property", "属性"),
    "due": ("when", "date", "day", "到期"),
    "added": ("new", "created", "imported", "introduced", "添加", "新增"),
    "rated": ("grade", "graded", "reviewed", "score", "评分", "复习"),
    "answered": ("answer", "said", "response", "回答", "答案"),
}
"""Words that people try, other programs' among them, by the filter that does it."""
_ALIKE = 0.6
"""How much alike two names are of which one is a slip of the other."""


def nearest(name: str) -> str:
    """The filter that is meant by a name that is none; empty where that is not known."""
    for field, names in _MEANT.items():
        if name.casefold() in names:
            return field
    close = get_close_matches(name.casefold(), [one for one in FIELDS if len(one) > 2], 1, _ALIKE)
    return close[0] if close else ""
