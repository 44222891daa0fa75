"""Marks that mean something else than Markdown takes them for, labels and numbers that need what stands above them."""

from studyllm.notes import read_note
from studyllm.notes.words.lead import lead
from tests.notes.reading import cards_of, fronts_of
from tests.notes.test_scraps import backs_of


def points_of(text: str, front: str) -> tuple[str, ...]:
    """The points of a card."""
    (card,) = (card for card in read_note(text, "notes.md").cards if card.term == front)
    return card.points


def test_a_plus_sign_before_a_step_is_kept() -> None:
    text = "# Baking\n\n## Steps of the dough\n\n"
    text += "1. flour and water\n2. + yeast → rises\n3. fold twice\n4. bake\n"
    assert "2. + yeast → rises" in dict(cards_of(text))["Steps of the dough"]
    assert points_of(text, "Steps of the dough")[1] == "yeast → rises"


def test_a_bullet_with_wide_blanks_holds_what_is_pushed_in_below_it() -> None:
    text = "# 乐器\n\n*  弦乐器\n  * 观点：拨弦\n  * 例子：琴\n*  管乐器\n  * 观点：吹气\n  * 例子：笛\n"
    assert backs_of(text)["弦乐器"] == "- 观点：拨弦\n- 例子：琴"


def test_numbers_that_are_names_and_numbers_that_count() -> None:
    assert "3 field rotation" in fronts_of(
        "# Farms\n\n- 3 field rotation:\n\t1. wheat\n\t2. oats\n\t3. fallow\n"
    )
    assert "陶器的种类" in fronts_of("# 工艺\n\n### 二）陶器的种类\n\n- 红陶\n- 灰陶\n- 白陶\n")


def test_a_table_by_numbers_says_of_what() -> None:
    rows = "| 级 | 表现 |\n|---|---|\n| I | 烟直上 |\n| II | 树叶微响 |\n| III | 旌旗展开 |\n"
    assert {"风力分级: I", "风力分级: III"} <= set(fronts_of(f"# 气象\n\n## 风力分级\n\n{rows}"))


def test_letters_that_count_the_rows_are_no_names() -> None:
    rows = "| - | - | 说明 |\n|---|---|---|\n"
    rows += "| A | 卷云 | 高而薄，像羽毛 |\n| B | 积云 | 底平顶圆，像棉花 |\n| C | 层云 | 低而匀，像雾 |\n"
    text = f"# 云\n\n{rows}"
    assert dict(cards_of(text))["积云"] == "底平顶圆，像棉花"


def test_a_question_with_its_answer_behind_a_mark() -> None:
    text = "# 厨房\n\n- 刀要常磨\n- 切洋葱前后用什么洗刀？ 冷水\n\n为什么和面要醒？→ 让面筋松弛，擀开不回缩\n"
    backs = backs_of(text)
    assert backs["切洋葱前后用什么洗刀？"] == "冷水"
    assert backs["为什么和面要醒？"] == "让面筋松弛，擀开不回缩"


def test_an_answer_ends_before_a_line_over_a_list_of_its_own() -> None:
    text = "# Clay\n\nWhy does clay shrink?\n- because water leaves it\n"
    text += "\nGlaze or slip!\n- glaze: glass on top\n- slip: thin clay\n"
    assert backs_of(text)["Why does clay shrink?"] == "because water leaves it"


def test_a_line_that_says_answer_is_none() -> None:
    text = "# Kilns\n\nWhy are kilns cooled slowly?\nGlass is brittle.\n"
    text += "**Answer**:\n\n- no cracks\n- the glaze stays clear\n"
    fronts = fronts_of(text)
    assert not any("Answer" in front for front in fronts)
    assert "Answer" not in backs_of(text)["Why are kilns cooled slowly?"]


def test_a_question_below_pairs_is_read_by_itself() -> None:
    text = "# Looms\n\nwarp :: the threads held still\n"
    text += "weft:: the thread that goes across\nQ. why is the warp tight?\nso that the weft lies even\n"
    assert backs_of(text)["why is the warp tight?"] == "so that the weft lies even"


def test_a_hidden_part_has_its_own_line() -> None:
    text = "# Boats\n\n"
    text += "keel - the lowest timber of a boat\n{{c1::A rudder}} turns a boat that moves through the water\n"
    (cloze,) = (front for front in fronts_of(text) if "[…]" in front)
    assert cloze == "[…] turns a boat that moves through the water"


def test_sentences_before_two_colons_are_no_front() -> None:
    text = "# 茶\n\n- 红茶：全发酵。特点：汤色红，味醇 :: 老师说要记产地\n"
    assert not any("::" not in back and "产地" in back for back in backs_of(text).values())


def test_a_word_is_not_cut_inside() -> None:
    assert "立" not in backs_of(
        "# 急救\n\n## 处理\n\n- 立即停药，平卧\n- 随即吸氧，保暖\n- 报告医生，记录时间\n"
    )


def test_a_label_below_a_line_over_its_list_says_of_what() -> None:
    text = "# 木工笔记\n\n第三节 榫卯\n1、优点\n（1）不用钉子\n（2）能拆开\n2、缺点\n（1）费工\n（2）要干木\n"
    assert {"榫卯的优点", "榫卯的缺点"} <= set(backs_of(text))


def test_what_a_labelled_item_says_below_is_a_point() -> None:
    text = "# 染布\n\n## 两种方法\n\n- **扎染**\n\n    先扎后染，解开有花纹。\n\n"
    text += "- **蜡染**\n\n    先画蜡后染，去蜡见白。\n"
    said = points_of(text, "两种方法")
    assert said == ("扎染：先扎后染，解开有花纹。", "蜡染：先画蜡后染，去蜡见白。")


def test_a_sentence_before_a_colon_is_no_front() -> None:
    assert lead("票面利率(coupon rate) 是债券上写明的年利率：它不变") is None
    found = lead("票面利率：债券上写明的年利率")
    assert found is not None
    assert found.front == "票面利率"


def test_a_question_and_its_answer_may_stand_in_a_quote() -> None:
    text = "# Tides\n\n> **Q:** When is a tide a neap tide?\n> **A:** at half moon\n"
    assert ("When is a tide a neap tide?", "at half moon") in cards_of(text)


def test_a_question_in_italics_ends_at_its_mark() -> None:
    text = "# Ropes\n\n*Why are ropes tarred?* Against rot, but not on deck: it stains\n"
    assert backs_of(text)["Why are ropes tarred?"] == "Against rot, but not on deck: it stains"


def test_the_letters_of_an_acronym_are_no_cards() -> None:
    text = "# Notes\n\nPEEL:\nP - point\nE - evidence\nE - explain\nL - link\n"
    assert not {"P", "E", "L"} & {card.term for card in read_note(text, "notes.md").cards}
    signs = "# Signs\n\n- V: voltage, in volt\n- I: current, in ampere\n- R: resistance, in ohm\n- P: power, in watt\n"
    assert "R" in {card.term for card in read_note(signs, "notes.md").cards}


def test_signs_in_a_chinese_note_are_no_english() -> None:
    cards = read_note("# 化学\n\n- **Fe**：ferrum 26\n- **铜**：密度大的金属\n", "notes.md").cards
    assert {card.lang for card in cards} == {"zh"}


def test_a_list_too_long_to_be_asked_is_asked_in_its_parts() -> None:
    parts = {
        "材料": ["木", "竹", "藤", "草", "麻"],
        "工具": ["刀", "锯", "刨", "凿", "钻"],
        "工序": ["选料", "破篾", "编底", "收口", "打磨"],
    }
    listed = "".join(
        f"  - {part}\n" + "".join(f"    - {one}\n" for one in some) for part, some in parts.items()
    )
    text = f"# 手工艺\n\n- 竹编\n{listed}"
    assert {"竹编的材料", "竹编的工具"} <= {card.term for card in read_note(text, "notes.md").cards}
    assert "竹编" not in {card.term for card in read_note(text, "notes.md").cards}


def test_two_equations_in_a_line_are_two_entries() -> None:
    backs = backs_of("# 潮汐\n\n涨潮 = 水位升高；退潮 = 水位降低\n")
    assert backs.items() >= {"涨潮": "水位升高", "退潮": "水位降低"}.items()


def test_stars_of_weight_are_no_part_of_a_front_or_an_answer() -> None:
    text = "# 茶\n\n- **绿茶**★★：不发酵的茶\n- **红茶** ★：全发酵的茶\n- **评分**：★★★☆☆ 很好\n"
    text += "- 乌龙茶⭐：半发酵的茶\n"
    assert cards_of(text)[:2] == [("绿茶", "不发酵的茶"), ("红茶", "全发酵的茶")]
    assert dict(cards_of(text))["乌龙茶"] == "半发酵的茶"
    assert backs_of(text)["评分"] == "★★★☆☆ 很好"


def test_what_stands_in_brackets_tells_two_uses_of_a_term_apart() -> None:
    text = "# 泵\n\n- 扬程（离心）：由转速定\n- 扬程（往复）：由电机定\n- **NPSH**（汽蚀余量）：吸入口的富余能头\n"
    assert [front for front, _back in cards_of(text)] == ["扬程（离心）", "扬程（往复）", "NPSH"]


def test_a_table_of_contents_makes_no_card() -> None:
    text = "# Rope\n\n- [Knots](#knots) - bowline, hitch\n- [Splices](#splices) - eye, short\n"
    text += "- **Hemp**: a rope of plants\n"
    assert not {"Knots", "Splices"} & set(fronts_of(text))


def test_labels_of_a_heading_are_not_named_after_one_another() -> None:
    text = "# 史\n\n## 洋务\n\n口号：自强求富\n代表：曾、李、左、张\n指导思想：中体西用\n"
    text += "失败标志：甲午海战\n评价：没有使国家富强，但引进了技术\n"
    fronts = fronts_of(text)
    assert {"洋务：代表", "洋务：评价"} <= set(fronts)


def test_names_with_their_numbers_in_pairs_the_number_first_or_with_a_remark() -> None:
    text = "# Ports\n\n## Mail and web\n\nHTTP 80 / HTTPS 443\nSNMP 161 (traps 162)\n25 SMTP\nIMAP 143\n"
    backs = backs_of(text)
    assert (backs["HTTP"], backs["HTTPS"], backs["SMTP"]) == ("80", "443", "25")
    assert backs["SNMP"] == "161 (traps 162)"


def test_a_work_and_what_is_said_of_it_begin_a_line_of_their_own() -> None:
    text = "# 法史\n\n变法：废井田（开阡陌）、奖军功（二十等爵）\n"
    text += "《秦律》 1975 年出土于云梦，有律十八种，是现存最早的成文法\n"
    assert backs_of(text)["变法"] == "废井田（开阡陌）、奖军功（二十等爵）"


def test_a_question_that_asks_of_it_is_shown_with_the_entry_above() -> None:
    text = "# Wars\n\n**Ironclad**: a ship under iron plates\nWhy was it slow? the plates were heavy\n"
    prompts = [card.prompt for card in read_note(text, "notes.md").cards]
    assert prompts == ["Ironclad", "Ironclad: Why was it slow?"]


def test_a_section_is_not_asked_for_beside_all_of_its_lines() -> None:
    text = "# 民法\n\n## 时效\n\n普通时效：三年\n最长时效：二十年\n中止 vs 中断：中止是客观障碍；中断是重新计算\n"
    text += "不适用时效的请求权：\n1. 停止侵害\n2. 返还不动产\n3. 抚养费\n"
    note = read_note(text, "notes.md")
    assert "时效" not in {card.term for card in note.cards}
    assert "时效" in {offer.card.term for offer in note.offers}


def test_a_kind_called_by_one_word_says_what_it_is_a_kind_of() -> None:
    text = "# 纸\n\n- 吸水性分三种\n  - 强：墨迹散开\n  - 中：墨迹略散\n  - 弱：墨迹不散\n- 宣纸：产于泾县\n"
    text += "- Edges of a sheet:\n  - deckle: left as it comes from the mould\n  - cut: made with a knife\n"
    text += "- 水果\n  - apple：苹果\n  - pear：梨\n"
    called = {card.term: card.aliases for card in read_note(text, "notes.md").cards}
    assert called["吸水性：强"] == ("强",)
    assert called["Edges of a sheet: deckle"] == ("deckle",)
    assert {"宣纸", "apple"} <= called.keys()
