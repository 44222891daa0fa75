"""Scraps as people write them down: quotes as questions, words with their meaning in brackets, several entries in a
line, sentences about kinds, titles without a mark."""

from studyllm.notes import read_note
from tests.notes.reading import cards_of, fronts_of


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
    assert cards_of(text) == [("¿Qué es un nodo?", "Es un punto que no se mueve.")]


def test_a_front_in_italics_may_hold_its_colon() -> None:
    text = "# Tickets\n\n- *Single:* for one journey.\n- *Return:* there and back.\n- *Rover:* any train for a week.\n"
    assert dict(cards_of(text))["Return"] == "there and back."


def test_words_with_their_meaning_in_brackets() -> None:
    words = {"muy": "very", "hoy": "today", "lejos": "far", "cerca": "near", "tarde": "late"}
    text = "# Adverbs\n\n" + "".join(f"- {word} ({meaning})\n" for word, meaning in words.items())
    assert dict(cards_of(text)) == words


def test_words_with_their_meaning_right_behind_them() -> None:
    words = {
        "salt and pepper": "椒鹽",
        "bread and butter": "生計",
        "knife and fork": "刀叉",
        "up and down": "上下",
    }
    text = "# 片語\n\n" + "".join(f"{n}、{word}{words[word]}\n" for n, word in enumerate(words, 1))
    assert backs_of(text).items() >= words.items()


def test_a_line_has_several_entries() -> None:
    found = backs_of("# 调度\n\n抢占式：运行中的进程可以被换下；非抢占式：进程自己让出处理器。\n")
    assert found["非抢占式"] == "进程自己让出处理器。"


def test_a_sentence_tells_of_kinds() -> None:
    found = backs_of("# 系统\n\n操作系统结构分为简单结构、层次结构、微内核和宏内核。\n")
    assert "微内核" in found["操作系统结构"]


def test_a_sentence_says_what_a_thing_does() -> None:
    text = (
        "# Networks\n\n- Dropout 可以抑制过拟合，训练时随机关掉一部分神经元。\n- Pooling 负责缩小特征图。\n"
    )
    assert "Dropout" in fronts_of(text)


def test_labels_belong_to_the_numbered_line_above() -> None:
    first = "1、王安石变法:\n\n目的:富国强兵\n\n结果:失败\n"
    second = "2、张居正改革:\n\n目的:整顿吏治\n\n结果:国库充实\n"
    assert {"王安石变法的目的", "张居正改革的目的", "张居正改革的结果"} <= fronts_of(
        f"# 改革\n\n{first}\n{second}"
    )


def test_lines_in_small_letters_begin_anew() -> None:
    text = "# learning\n\nextinction\nrenewal effect = it comes back in another room\nshaping = rewarding steps\n"
    assert {"renewal effect", "shaping"} <= fronts_of(text)


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
