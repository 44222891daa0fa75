"""Lines of several entries that are written alike, and lines that only look so."""

import pytest

from studyllm.notes.candidates.several import side_by_side
from tests.notes.reading import cards_of
from tests.notes.test_other_ways import made
from tests.notes.test_scraps import backs_of


def test_each_entry_of_a_line_is_a_card() -> None:
    text = "# 陶艺\n\n- 素烧 = 第一次烧，釉烧 = 第二次烧\n- **坯**（泥坯）没有上釉，**釉**烧后像玻璃\n"
    text += "- `wedge` - mix by hand, `pug` - mix by machine\n- cone 04 = 1060 °C; cone 6 = 1220 °C\n"
    found = backs_of(text)
    assert found["素烧"] == "第一次烧"
    assert found["釉烧"] == "第二次烧"
    assert found["坯"] == "没有上釉"
    assert found["釉"] == "烧后像玻璃"
    assert found["pug"] == "mix by machine"
    assert found["cone 6"] == "1220 °C"


def test_no_card_has_what_the_next_entry_says() -> None:
    text = "# Ropes\n\n- **warp**: lengthwise threads; **weft**: crosswise threads\n- sisal: hard fibre\n"
    assert dict(cards_of(text))["warp"] == "lengthwise threads"


@pytest.mark.parametrize(
    "line",
    [
        "定义：热的传递；作用：取暖",
        "heat: it moves from warm to cold; cold does not move",
        "设备：炉：电炉；燃料：木柴",
        "speed = distance / time, where distance is in metres",
        "say `a; b = c` twice",
        "keys (C = major; A = minor) stand here",
        "kiln: hot; and then: cold",
        "泥料：高岭土；首选火：还原焰；用途：瓷器",
        "kiln: wood-fired; fuel: pine",
        "**slip**: clay in water, **thin** and smooth",
        "f(x) = x^2; f'(x) = 2x",
        "Olga: says that clay is dry; Piet: says that clay is wet",
        "Olga：认为土是干的；Piet：认为土是湿的",
    ],
)
def test_what_is_one_entry_stays_one(line: str) -> None:
    assert side_by_side(line) == ()


def test_a_section_is_not_asked_beside_cards_of_all_its_parts() -> None:
    text = "# 窑\n\n## 火\n\n- **氧化焰**：空气多的火\n\n### 缩写\n\n"
    text += "- ox 氧化 / re 还原 / ne 中性\n- cw 测温锥 / ke 开尔文\n"
    fronts = [front for front, _back in cards_of(text)]
    assert {"氧化焰", "ox", "ne", "ke"} <= set(fronts)
    assert "火" not in fronts


def test_nor_beside_a_list_and_the_lines_right_below_it() -> None:
    text = "# 窑\n\n## 开窑\n准备：\n- 关上风门，等到天亮\n- 戴上手套，搬开砖头\n裂纹：冷得太快\n气泡：坯里有水\n"
    fronts = [front for front, _back in cards_of(text)]
    assert {"裂纹", "气泡"} <= set(fronts)
    assert len(fronts) == 3
    assert "开窑" not in fronts


def test_a_label_is_shown_with_what_it_belongs_to_once() -> None:
    text = "# 釉料\n\n- 铁釉\n  - 优点：便宜，颜色稳重\n  - 缺点：容易流釉\n"
    text += "- 铜釉\n  - 优点：颜色鲜亮\n  - 缺点：对气氛敏感\n"
    fronts = [front for front, _back in cards_of(text)]
    assert "铁釉：优点" in fronts
    assert not any("：铁釉" in front for front in fronts)


def test_values_beside_one_another_are_entries_of_their_own() -> None:
    found = made(
        "# Ports\n\n- HTTP：80，HTTPS：443\n- SMTP（发邮件）: 25, POP3（收邮件）: 110\n- FTP：控制连接21、数据连接20\n"
    )
    assert found["HTTP"] == "80"
    assert found["HTTPS"] == "443"
    assert found["POP3"].endswith("110")
