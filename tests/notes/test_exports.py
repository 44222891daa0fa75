"""What apps leave in the notes that they export is no part of a card."""

from studyllm.notes import read_note
from studyllm.notes.markdown.dialects import as_markdown
from tests.notes.reading import fronts_of
from tests.notes.test_scraps import backs_of


def test_siyuan_ids_stand_in_items_and_below_blocks() -> None:
    text = (
        '# 织造\n{: id="20220101-abc"}\n\n* {: id="20220101-abd"}**综框**：提起经线的框\n  {: id="20220101-abe"}\n'
        '* {: id="20220101-abf"}**打纬**：把纬线推紧\n{: id="20220101-abg" updated="2022"}\n\n{: id="x" type="doc"}\n'
    )
    assert backs_of(text) == {"综框": "提起经线的框", "打纬": "把纬线推紧"}


def test_yuque_writes_fonts_between_a_term_and_its_colon() -> None:
    grey = '<font style="color:rgb(1,2,3);">'
    text = (
        f'<a name="aBc"></a>\n# {grey}织机</font>\n\n'
        f"+ **{grey}梭子</font>**{grey}：牵着纬线来回的木壳</font>\n"
        f"+ **{grey}筘</font>**{grey}：分开经线的梳子</font>\n\n> 更新: 2024-04-16 16:20:11\n> 原文: <https://example.org/x>\n"
    )
    assert backs_of(text) == {"梭子": "牵着纬线来回的木壳", "筘": "分开经线的梳子"}


def test_joplin_keeps_its_fields_at_the_end() -> None:
    fields = "id: 0123456789abcdef0123456789abcdef\ncreated_time: 2022-04-15\nauthor: \nis_todo: 0\ntype_: 1"
    text = (
        f"Looms\n\nHeddle: a cord with an eye for a warp thread\nShed: the gap for the shuttle\n\n{fields}\n"
    )
    assert fronts_of(text) == {"Heddle", "Shed"}


def test_notion_writes_properties_and_an_id_below_and_behind_a_title() -> None:
    text = (
        "# 染色 c81e728d9d4c2f636f067f89cc14862c\n\n创建时间: 2023年9月12日 下午3:20\n标签: 课程\n状态: 进行中\n\n"
        "- **媒染**\n    \n    先用金属盐处理，颜色才牢\n"
    )
    note = read_note(text, "n.md")
    assert note.title == "染色"
    assert {card.term: card.answer for card in note.cards} == {"媒染": "先用金属盐处理，颜色才牢"}


def test_a_second_as_a_heading_parts_memos_and_makes_no_diary() -> None:
    text = (
        "## 2023-05-01 08:12:33\n\n#手工\n浆纱：给经线上浆\n\n"
        "## 2023-05-02 21:40:02\n\n#随想\n今天又下雨，哪儿也没去\n\n"
        "## 2023-05-03 07:55:10\n\n#手工\n整经：把经线排齐\n穿综：把经线穿过综丝\n"
    )
    assert fronts_of(text) == {"浆纱", "整经", "穿综"}


def test_anki_says_above_its_lines_what_they_hold() -> None:
    text = "#separator:tab\n#html:true\n#tags column:3\n糸\tいと<br>thread\tweaving\n布\tぬの<br>cloth\tweaving\n"
    assert backs_of(text) == {"糸": "いと\nthread", "布": "ぬの\ncloth"}


def test_onenote_writes_when_a_page_was_begun() -> None:
    text = (
        "Week 2 \\-- Fibres\n\nMonday, March 2, 2020\n\n9:03 AM\n\n-   **Staple** \\= a short fibre that is spun\n\n"
        "-   **Filament** \\= a fibre as long as the thread\n"
    )
    found = backs_of(text)
    assert found["Staple"] == "a short fibre that is spun"
    assert not any("9:03" in front or "Monday" in back for front, back in found.items())


def test_html_is_read_as_markdown_writes_the_same() -> None:
    text = (
        '<h2 align="center">Felt</h2>\n\n<b>Fulling</b>: working cloth in water until it shrinks.<br>\n'
        "<b>Carding</b> &ndash; combing fibres so that all of them lie one way.<br/>\n"
        "<b>Batt</b>:&nbsp;a sheet of fibres that is ready to be felted <br>\n\n"
        "<ul>\n  <li><b>Wet felt</b>: made with soap and water</li>\n  <li><b>Needle felt</b>: made dry</li>\n</ul>\n"
    )
    assert {"Fulling", "Carding", "Batt", "Wet felt", "Needle felt"} <= fronts_of(text)
    code = "```html\n<li>x</li>\n```\n\n`<b>a</b>` and `&nbsp;`\n"
    assert as_markdown(code)[0] == code


def test_a_formatter_that_took_front_matter_for_a_heading_hides_no_note() -> None:
    text = (
        "---\n\n## type: concept domain: Craft status: draft tags: [dye]\n\n# Mordant\n\n## What it is\n\n"
        "A salt that binds a dye to the fibre.\n\n## Why use it\n\n- colours last\n\n---\n"
    )
    assert "Mordant" in fronts_of(text)
    text = "---\n\nNote: see the book.\n\n# Retting\n\n**Retting**: soaking flax until its fibres come loose.\n\n---\n"
    assert "Retting" in fronts_of(text)


def test_logseq_marks_a_card_by_a_link() -> None:
    text = "- What does a **temple** do? [[Card]]\n\t- It keeps the cloth at its width.\n"
    assert list(backs_of(text).values()) == ["It keeps the cloth at its width."]


def test_code_stays_as_it_stands() -> None:
    code = "```sh\n# 2023-05-01 08:12:33\ntest [[ $x == [[card]]\necho \\-- x\n```\n\n- `<b>a</b>`\n"
    assert as_markdown(code)[0] == code


def test_ids_and_decks_of_anki_are_no_fronts() -> None:
    text = "#separator:tab\n#guid column:1\n#notetype column:2\n#deck column:3\n"
    text += "x!9\tBasic\tWeaving\twarp\tlong threads\n"
    assert backs_of(text) == {"warp": "long threads"}


def test_a_property_that_says_something_stays() -> None:
    text = (
        "# Weaving\n\nCreated: March 3, 2022 4:11 PM\nWarp: threads that are stretched on a loom before weaving.\n\n"
        "Weft: the thread that goes to and fro.\n"
    )
    assert "Warp" in fronts_of(text)


def test_lines_of_windows_are_read_as_others() -> None:
    fields = "id: 0123456789abcdef0123456789abcdef\ncreated_time: 2022-04-15\ntype_: 1"
    text = (
        f"Looms\n\nHeddle: a cord with an eye for a warp thread\nShed: the gap for the shuttle\n\n{fields}\n"
    )
    assert fronts_of(text.replace("\n", "\r\n")) == {"Heddle", "Shed"}


def test_front_matter_with_a_remark_is_front_matter() -> None:
    text = "---\ntitle: Looms\n\n# for the site\ndraft: true\n---\n\n**Heddle**: a cord with an eye.\n"
    assert fronts_of(text) == {"Heddle"}
