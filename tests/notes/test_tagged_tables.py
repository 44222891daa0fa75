"""Tables that a note has as HTML."""

from hypothesis import given
from hypothesis import strategies as st

from studyllm.notes import read_note
from studyllm.notes.markdown.tagged_tables import tagged_table

GLAZES = """# 釉料

<table width="100%">
  <tr align="center">
    <td rowspan="2">高温釉</td><td><font color=red>青釉</font></td>
    <td>以铁着色，还原焰中<br>呈青绿色</td>
  </tr>
  <tr><td>铜红釉</td><td>以铜着色，还原焰中呈红色</td></tr>
  <tr><td>低温釉</td><td>绿釉</td><td>以铜着色，氧化焰中呈绿色</td></tr>
</table>
"""


KNOTS = """# Knots

<table>
<tr><th>Knot</th><th>Use</th></tr>
<tr>
<td>Bowline</td>
<td>a loop that holds</td>
</tr>
<tr><td>Sheet bend</td><td>joins two ropes</td></tr>
<tr><td>Cleat hitch</td><td>ties up a boat</td></tr>
</table>
"""


def test_its_rows_are_cards_with_their_lines() -> None:
    knots = {card.term: card for card in read_note(KNOTS, "n.md").cards}
    assert (knots["Bowline"].answer, knots["Bowline"].source.line) == ("a loop that holds", 5)
    assert {"Sheet bend", "Cleat hitch"} <= knots.keys()


def test_a_cell_over_several_rows_stands_in_each() -> None:
    table = tagged_table(GLAZES.partition("\n\n")[2], 3, 10)
    assert table is not None
    assert [row.cells[0] for row in table.rows] == ["高温釉", "高温釉", "低温釉"]
    assert [row.line for row in table.rows] == [4, 8, 9]


def test_what_is_no_table_or_holds_another_is_none() -> None:
    assert tagged_table("<div>a</div>", 1, 1) is None
    assert tagged_table("<table><tr><td>a</td><td>b</td></tr>", 1, 1) is None
    inner = "<table><tr><td>a</td><td><table><tr><td>b</td><td>c</td></tr></table></td></tr></table>"
    assert tagged_table(inner, 1, 1) is None


@given(st.lists(st.sampled_from(["<tr>", "</tr>", "<td>", "<td rowspan=3 colspan='2'>", "</td>", "x", "\n"])))
def test_any_tags_are_read(tags: list[str]) -> None:
    table = tagged_table(f"<table>{''.join(tags)}</table>", 1, 9)
    assert table is None or all(row.line >= 1 for row in table.rows)
