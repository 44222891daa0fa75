"""Text that people set as code."""

import pytest

from studyllm.notes import read_note
from studyllm.notes.markdown.set_as_code import out_of_code
from tests.notes.reading import cards_of

FENCED = """# Kiln

```
Bisque - the first firing, without a glaze
Glost - the second firing, which melts the glaze
Cone - a small pyramid that bends at its heat
```
"""
PUSHED = (
    "## 坯体 \n\t坯体：还没有上釉、烧过一次的泥器\n\t[[釉]]\n\n## 釉料\n\t釉料即glaze，烧熔后成为一层玻璃\n"
)
EQUAL = "## 缩写\n\n\tOx = oxidation 氧化\n\tRe = reduction 还原\n\tNe = neutral 中性\n"
FOLDED = """- **Lecture 3**

    # Firing

    ## Bisque

    - **Bisque**: the first firing, without a glaze

    ## Glost

    - **Glost**: the second firing, which melts the glaze
"""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (FENCED, {"Bisque", "Glost", "Cone"}),
        (PUSHED, {"坯体", "釉料"}),
        (EQUAL, {"Ox", "Re", "Ne"}),
        (FOLDED, {"Bisque", "Glost"}),
    ],
)
def test_definitions_are_read_wherever_they_are_set(text: str, wanted: set[str]) -> None:
    assert wanted <= {front for front, _back in cards_of(text)}


@pytest.mark.parametrize(
    "text",
    [
        "```\n$ make run\nCloning into 'kiln' - please wait\nfor x in cones: print(x)\n```",
        "```python\na = 'one - two three four'\nb - a is never read here\nc - nor is this one\n```",
        "Run it:\n\n    for cone in cones:\n        fire(cone)  # 点火\n",
        "Run it:\n\n    make kiln\n    make glaze\n    make fire\n",
        "- one\n    # a heading alone\n- two",
        "```yaml\n- hosts: all\n  # first\n  become: yes\n  # second\n  tasks: []\n```",
        "- Reading a file\n  ```python\n  # open the file\n  f = open(x)\n  # close it\n  f.close()\n  ```\n- two",
        "例子：\n\n    a = 1  # 变量一\n    b = 2  # 变量二\n    c = 3  # 变量三\n",
        "先看命令：\n\n    # 先安装项目所需要的全部依赖包\n    pip install -r a.txt\n",
        "```\ntitle: My first kiln page\nauthor: Some One Else\nsummary: of firing and glazing\n```",
        "```\nINFO: the kiln is on\nERROR: the door is open\nINFO: the kiln is off\n```",
    ],
)
def test_code_stays_code(text: str) -> None:
    assert out_of_code(text.split("\n")) == text.split("\n")


def test_each_line_stays_where_it_was() -> None:
    for text in (FENCED, PUSHED, EQUAL, FOLDED):
        assert len(out_of_code(text.split("\n"))) == len(text.split("\n"))
    lines = {card.term: card.source.line for card in read_note(FENCED, "kiln.md").cards}
    assert (lines["Bisque"], lines["Cone"]) == (4, 6)
