"""What students write in haste, each kind read wrongly once: years, values, verb forms, tables without a first cell."""

from studyllm.notes import read_note
from tests.notes.reading import fronts_of


def made(text: str) -> dict[str, str]:
    """Fronts and backs of the cards alone, without what is offered."""
    return {card.prompt: card.answer for card in read_note(text, "notes.md").cards}


def test_years_with_what_happened_are_cards_of_their_own() -> None:
    text = "印刷史，考前背\n\n868 《金刚经》印成\n1041–1048 毕昇造活字\n1298 王祯 → 转轮排字盘\n1450.5.1 古腾堡开印\n"
    found = made(text)
    assert found["868"] == "《金刚经》印成"
    assert found["1041–1048"] == "毕昇造活字"
    assert found["1298"] == "王祯 → 转轮排字盘"
    assert found["1450.5.1"] == "古腾堡开印"


def test_words_with_another_form_and_a_gap_before_the_meaning_are_vocabulary() -> None:
    text = "# Druck\n\nder Buchstabe, -n  字母\ndie Presse (kein Pl.)  印刷机\nder Band, Bände  卷\ndrucken  印刷\n"
    assert {"字母", "印刷机", "卷", "印刷"} <= set(made(text).values())


def test_numbered_questions_go_on_below_a_bold_one() -> None:
    text = "**1. 雕版用什么木头？**\n梨木或枣木\n\n2. 为什么反着刻？\n印出来才是正的\n\n3、墨里加什么？\n胶和一点酒\n"
    assert list(made(text).values()) == ["梨木或枣木", "印出来才是正的", "胶和一点酒"]


def test_what_is_counted_or_required_says_of_what() -> None:
    text = "# 活字\n\n好活字的条件\n  1) 高度：一样\n  2) 边角：方正\n  3) 材料：不变形\n\n三种：木、泥、铜\n"
    found = made(text)
    assert found["好活字的条件：边角"] == "方正"
    assert "活字：三种" in fronts_of(text)


def test_rows_are_named_by_the_column_that_is_never_blank() -> None:
    text = "## Inks\n\n| Process | Base | Term | Dries by |\n| --- | --- | --- | --- |\n"
    text += "| Relief | oil | Letterpress ink | oxidation |\n| | | News ink | absorption |\n"
    text += "| Gravure | solvent | Toluene ink | evaporation |\n| | | Alcohol ink | evaporation |\n"
    found = made(text)
    assert "oil" in found["News ink"], "a blank cell goes on with the one above"
    assert "absorption" in found["News ink"]


def test_rows_named_by_a_number_say_what_is_counted() -> None:
    text = "## Sizes\n\n| Format | Long side | Short side |\n|---|---|---|\n"
    text += "| 1 | 84 cm | 59 cm |\n| 2 | 59 cm | 42 cm |\n"
    assert {"Format 1", "Format 2"} <= set(made(text))


def test_rows_that_the_title_names_are_things_and_no_aspects() -> None:
    text = (
        "# 印刷术\n\n## 凸版与凹版\n\n| | 图文部分怎样 | 用在哪里 |\n|---|---|---|\n"
        "| 木刻凸版 | 图文高出版面，墨只沾在高处，压在纸上就印出来 | 书籍、年画 |\n"
        "| 铜凹版 | 图文低于版面，墨留在刻线里，要用大的压力 | 钞票、邮票 |\n"
        "| 活字凸版 | 一个字一个字排成的版，印完可以拆开再用 | 报纸 |\n\n"
        "## 平版\n\n| 术语 | 含义 | 年代 |\n|---|---|---|\n| 石版 | 在石灰石上用油墨画，水和油不相容 | 1796 |\n"
        "| 胶版 | 墨先到橡皮布上，再到纸上 | 1904 |\n| 珂罗版 | 用明胶感光的玻璃版 | 1868 |\n"
    )
    assert {"木刻凸版", "铜凹版", "活字凸版"} <= set(made(text))


def test_a_line_below_many_other_blocks_opens_no_list_of_entries() -> None:
    assert made("> q\n\n" * 50 + "苹果 — 一种水果\n") == {"苹果": "一种水果"}


def test_a_title_that_says_what_it_means_is_a_card_where_nothing_stands_below() -> None:
    text = "# 版式\n\n### 天头 head margin：版面上边的空白\n\n### 地脚：版面下边的空白\n"
    assert set(made(text).values()) == {"版面上边的空白", "版面下边的空白"}


def test_docsify_asks_in_a_box() -> None:
    text = "# 纸\n\n?>什么是帘纹？\n<br>抄纸的竹帘留在纸上的纹。\n\n?>为什么要施胶\n<br>让墨不洇。\n"
    assert list(made(text).values()) == ["抄纸的竹帘留在纸上的纹。", "让墨不洇。"]


def test_a_name_and_its_code_are_one_entry() -> None:
    text = "- 默认网关，`192.168.0.1`\n- 受限广播，`255.255.255.255`\n- 本机，`0.0.0.0`\n"
    assert {"默认网关", "受限广播", "本机"} <= set(made(text))


def test_the_part_of_a_bold_name_is_in_the_front() -> None:
    assert "活字印刷的意义" in made("**活字印刷**的意义：书便宜了；知识传得快\n")


def test_a_dotted_word_order_is_no_dash() -> None:
    assert "um ... zu" in fronts_of("# Grammatik\n\num ... zu：为了\nohne ... zu：而不\n")


def test_a_lone_link_is_no_part_of_an_answer() -> None:
    text = "# 书\n\n什么是蝴蝶装？\n版心向内，单边向书脊粘连。\n\n[参考阅读](https://example.org)\n"
    assert "参考阅读" not in "".join(made(text).values())
    assert "[x]" not in fronts_of("- [x]  读第二章\n- [ ]  补笔记\n")


def test_words_that_remind_are_words_to_learn_as_well() -> None:
    assert "wichtig" in made("# Wörter\n\n- wichtig - important\n- ruhig - quiet\n- laut - loud\n")
    assert "wichtig" in made("# Wörter\n\nwichtig :: important\nruhig :: quiet\n")
    assert "Wichtig" not in fronts_of(
        "# Druck\n\n**Letter**: ein Buchstabe aus Blei\n\nWichtig: Klausur am Freitag\n"
    )


def test_the_article_of_a_word_stays_in_a_list_of_words() -> None:
    assert "das Haus" in made(
        "# Wörter\n\n- das **Haus** – house\n- die **Tür** – door\n- der **Hof** – yard\n"
    )


def test_an_acronym_in_an_answer_keeps_its_first_letter() -> None:
    text = "Q: What does RICE stand for?\nA:\nR: rest\nI: ice\nC: compression\nE: elevation\n"
    assert "R: rest" in "".join(made(text).values())


def test_only_names_that_recur_are_parts_of_what_they_stand_under() -> None:
    text = (
        "- 凸版\n  - 压力：小\n  - 油墨：稠\n  - 活字盘：放活字的木盘\n- 凹版\n  - 压力：大\n  - 油墨：稀\n"
    )
    found = made(text)
    assert {"凸版：压力", "凹版：油墨"} <= set(found)
    assert found["活字盘"] == "放活字的木盘"


def test_what_counts_how_much_towards_a_mark_is_no_value() -> None:
    assert not made("# A\n\nHome work: 20 %\nMid term: 30 %\nFinal exam: 50 %\n")


def test_a_grammar_whose_examples_say_i_is_no_diary() -> None:
    examples = "".join(
        f"> If I {verb} it, I would tell my friends.\n\n" for verb in ("saw", "knew", "had", "lost")
    )
    text = f"# 语气\n\n## 陈述语气\n\n描述现实\n\n## 祈使语气\n\n命令，请求\n\n{examples}"
    assert {"陈述语气", "祈使语气"} <= fronts_of(text)


def test_a_fold_may_answer_with_a_question() -> None:
    text = "<details>\n<summary>What did Gutenberg ask?</summary>\n\nWho pays for the paper?\n\n</details>\n"
    assert made(text) == {"What did Gutenberg ask?": "Who pays for the paper?"}


def test_a_callout_may_be_called_by_its_term() -> None:
    assert "Offset lithography" in made(
        "> [!Offset lithography]\n> The image goes to a rubber blanket first.\n"
    )


def test_questions_with_answers_beside_them_end_at_the_next_one() -> None:
    text = "# 装订\n\n一帖最多几张? 12张\n锁线要几个孔? 6 个\n书脊几毫米起锁线? 8 毫米\n"
    assert list(made(text).values()) == ["12张", "6 个", "8 毫米"]
    text = "# 装订\n\n精装是啥 ：书芯外面套硬壳，壳上糊布或纸\n为什么要扒圆？→ 翻开时书脊不裂\n"
    assert made(text)["精装是啥"] == "书芯外面套硬壳，壳上糊布或纸"


def test_a_bold_numbered_question_ends_where_the_next_number_begins() -> None:
    text = "**1. 为什么用硬木做版？**\n硬木不易磨损，能印得多\n\n2. 梨木与枣木\n梨木细，枣木硬\n\n别的：以后再写\n"
    assert made(text)["为什么用硬木做版？"] == "硬木不易磨损，能印得多"


def test_lines_under_a_colon_are_its_points() -> None:
    assert (
        made("# 纸\n\n纸药三种：\n黄蜀葵（常用）\n杨桃藤\n榆皮\n")["纸药三种"]
        == "黄蜀葵（常用）\n杨桃藤\n榆皮"
    )


def test_a_time_that_is_one_of_several_conditions_is_no_remark() -> None:
    text = "# 印章\n\n## 用印\n\n盖印的要求\n  1) 时间：印泥未干之前\n  2) 对象：宣纸\n  3) 限度：不压住落款的字\n"
    assert any(front.endswith("时间") for front in fronts_of(text))


def test_the_other_language_of_words_is_their_meaning_without_its_name() -> None:
    text = (
        "# Druck\n\n| Deutsch | 中文 | Beispiel |\n|---|---|---|\n"
        "| die Presse | 印刷机 | in der Presse |\n| der Satz | 排版 | im Satz |\n"
    )
    assert made(text)["die Presse"] == "印刷机\nBeispiel: in der Presse"
