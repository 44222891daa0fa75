"""Scraps as people write them down: quotes as questions, words with their meaning in brackets, several entries in a
line, sentences about kinds, titles without a mark."""

from studyllm.notes import read_note
from tests.notes.reading import cards_of, considered_in, fronts_of


def backs_of(text: str) -> dict[str, str]:
    """What stands behind the fronts of the cards of a text and of what is offered."""
    note = read_note(text, "notes.md")
    return {card.term: card.answer for card in (*note.cards, *(offer.card for offer in note.offers))}


def test_a_quote_asks_and_the_text_below_answers() -> None:
    asked = ("线程池有哪些拒绝策略？", "类加载分哪几步？", "什么是悲观锁", "volatile 有什么用")
    said = ("抛异常、丢弃、由调用者运行", "加载、链接、初始化", "先加锁再访问", "保证可见，不保证原子")
    text = "# Java\n\n" + "\n".join(f"> {a}\n\n{b}\n" for a, b in zip(asked, said, strict=True))
    assert backs_of(text).items() >= dict(zip(asked, said, strict=True)).items()


def test_a_callout_has_question_and_answer_in_its_title() -> None:
    text = "# Ondas\n\n> [!question]- ¿Qué es un nodo? Es un punto que **no se mueve**.\n"
    assert cards_of(text) == [("nodo", "Es un punto que no se mueve.")]


def test_a_front_in_italics_may_hold_its_colon() -> None:
    text = "# Tickets\n\n- *Single:* for one journey.\n- *Return:* there and back.\n- *Rover:* any train for a week.\n"
    assert dict(cards_of(text))["Return"] == "there and back."


def test_words_with_their_meaning_in_brackets() -> None:
    words = {"gern": "gladly", "oft": "often", "fern": "far", "nah": "near", "bald": "soon"}
    text = "# Adverbs\n\n" + "".join(f"- {word} ({meaning})\n" for word, meaning in words.items())
    assert backs_of(text).items() >= words.items()


def test_words_with_their_meaning_right_behind_them() -> None:
    english = (
        "salt and pepper",
        "bread and butter",
        "knife and fork",
        "up and down",
        "now and then",
        "here and there",
    )
    words = dict(
        zip(
            (*english, "to and fro", "more or less"),
            ["椒鹽", "生計", "刀叉", "上下", "偶爾", "到處", "來回", "大約"],
            strict=True,
        )
    )
    text = "# 片語\n\n" + "".join(f"{n}、{word}{words[word]}\n" for n, word in enumerate(words, 1))
    assert backs_of(text).items() >= words.items()


def test_a_few_parts_with_their_translation_are_no_words() -> None:
    text = "# 声部\n\n- Strings弦乐\n- Winds管乐\n- Drums打击乐\n"
    assert "Winds" not in dict(cards_of(text))


def test_a_line_has_several_entries() -> None:
    found = backs_of("# 调度\n\n抢占式：运行中的进程可以被换下；非抢占式：进程自己让出处理器。\n")
    assert found["非抢占式"] == "进程自己让出处理器。"


def test_a_sentence_says_what_a_thing_does() -> None:
    text = "# 机械\n\n- 飞轮可以储存动能，使转速平稳。\n- 离合器负责接合和分离动力。\n"
    assert considered_in(text)["离合器"] == "离合器负责接合和分离动力。"


def test_labels_belong_to_the_numbered_line_above() -> None:
    first = "1、王安石变法:\n\n目的:富国强兵\n\n结果:失败\n"
    second = "2、张居正改革:\n\n目的:整顿吏治\n\n结果:国库充实\n"
    assert {"王安石变法：目的", "张居正改革：目的", "张居正改革：结果"} <= fronts_of(
        f"# 改革\n\n{first}\n{second}"
    )


def test_lines_in_small_letters_begin_anew() -> None:
    text = "# steel\n\nannealing\nquenching = cooling it fast in water\ntempering = heating it once more\n"
    assert {"quenching", "tempering"} <= fronts_of(text)


def test_tags_behind_a_marked_card_are_no_part_of_it() -> None:
    text = "- 怎样清除浮动？ #card #css #layout\n\t- 给父元素设 overflow\n"
    assert cards_of(text) == [("怎样清除浮动？", "给父元素设 overflow")]


def test_blocks_of_another_program() -> None:
    basic = "%%ANKI\nBasic\nWhat does a comma cost?\nBack: Nothing.\n<!--ID: 12-->\nEND%%\n"
    cloze = "%%ANKI\nCloze\nA {full stop} ends a sentence.\nEND%%\n"
    assert cards_of(f"# Marks\n\n{basic}\n{cloze}") == [
        ("What does a comma cost?", "Nothing."),
        ("A […] ends a sentence.", "full stop"),
    ]


def test_a_hidden_part_is_no_term() -> None:
    assert not any("{{" in front for front in fronts_of("- 单位：{{c1::安培：A}}，符号 I\n"))


def test_a_question_to_tick_off_is_answered_by_the_quote_below() -> None:
    text = "# CSS\n\n- [ ] **怎样垂直居中？**\n> 父容器用 flex\n\n- [ ] **什么是外边距合并？**\n> 相邻外边距取大的\n"
    assert backs_of(text)["怎样垂直居中？"] == "父容器用 flex"


def test_what_a_title_counts_is_named_by_itself() -> None:
    parts = "  - 弦樂\n    - 以弓拉奏\n  - 管樂\n    - 以氣吹奏\n  - 打擊樂\n    - 敲擊發聲\n"
    assert "管樂" in fronts_of(f"# 樂團\n\n- 樂團三大聲部\n{parts}")


def test_what_a_sentence_announces_is_named_with_its_subject() -> None:
    text = "# Bells\n\nBells are cast from bronze.\n\nThey hang in towers.\n\n"
    text += "A bell that is cracked shows the following faults:\n\n- dull tone\n- short ring\n\nThey are recast.\n"
    assert "Faults of a bell that is cracked" in fronts_of(text)


def test_a_question_mark_ends_the_front_with_the_answer_beside_it() -> None:
    priming, noise = "Priming? fill the casing with water first", "Noise in the pipe?? cavitation = bubbles"
    found = backs_of(f"# Pumps\n\n{priming}\n\n{noise}\n")
    assert found["Noise in the pipe??"] == "cavitation = bubbles"
    assert any(front.endswith("Priming?") for front in found)


def test_a_title_with_a_call_to_oneself_names_the_steps_under_it() -> None:
    text = "# Bread\n\nMaking a levain (learn the order!!)\n1. mix flour -> water\n2. rest a day\n3. feed twice\n"
    assert "Making a levain" in considered_in(text)


def test_labels_tell_of_the_short_line_that_they_stand_under() -> None:
    text = "# Sails\n\nSpinnaker\n  moa: catches wind from behind\n  use: downwind\n  SE: broaching\n  CI: storms\n"
    assert {"Spinnaker: use", "Spinnaker: SE"} <= set(considered_in(text))


def test_a_label_tells_of_the_entry_in_the_line_above() -> None:
    text = "# 泵\n\n### 离心泵\n灌泵：启动前向泵壳内充满水\n意义：排出空气，避免吸不上水\n"
    assert "灌泵：意义" in considered_in(text)


def test_one_thing_after_another_is_no_pair() -> None:
    text = "# 循环\n\n压缩 → 冷凝 → 节流 → 蒸发 → 压缩\n\n- 压缩：气体升温升压\n- 冷凝：放热成液体\n"
    assert considered_in(text)["压缩"] == "气体升温升压"


def test_a_highlighted_front_stands_before_an_equals_sign() -> None:
    assert backs_of("# 泵\n\n==NPSH== = 进口压头减去汽化压头，不足就会汽蚀\n")["NPSH"].startswith("进口压头")


def test_a_term_with_its_meaning_begins_anew_below_a_long_line() -> None:
    first = "ballast: heavy stuff low in the hull; keeps it upright, adds weight, and is slow"
    found = considered_in(f"# Hulls\n\n{first}\nFreeboard = height of the deck over the water\n")
    assert found["Freeboard"] == "height of the deck over the water"
