"""Signs, counts and marks of one's own: a tilde, leader dots, filled blanks, the letters of an acronym."""

import pytest

from studyllm.cards import Kind
from studyllm.choices import BY_HAND, Choice, Choices
from studyllm.notes import read_note
from tests.notes.reading import considered_in


def made(text: str, path: str = "notes.md") -> dict[str, str]:
    """Fronts and backs of the cards alone, without what is offered."""
    return {card.prompt: card.answer for card in read_note(text, path).cards}


@pytest.mark.parametrize("sign", [" ~ ", "｜", " | ", "……", " >> ", " ☞ ", "➜", "・・・", " ^ "])
def test_a_sign_of_several_lines_sets_terms_off(sign: str) -> None:
    rows = (
        ("巢脾", "蜂蜡造的房"),
        ("继箱", "叠在上面的箱"),
        ("王台", "培育新王的巢房"),
        ("雄蜂", "只交配的蜂"),
    )
    text = "蜂箱\n" + "".join(f"{term}{sign}{meaning}\n" for term, meaning in rows)
    assert made(text).items() >= dict(rows).items()


def test_a_sign_that_most_lines_have_elsewhere_sets_nothing_off() -> None:
    text = "他说……春天来了\n今年的蜂……不多……也不少\n老王……是不是走了……还不知道\n新王出房……\n"
    assert not made(text)


def test_the_head_over_bars_is_no_card_and_an_empty_cell_goes_on() -> None:
    text = "TERM | NOTES\npropolis | resin that seals gaps\nbrood | eggs, larvae and pupae\n | in the middle frames\n"
    text += "drone | a male bee, without a sting\n"
    found = made(text)
    assert "TERM" not in found
    assert found["brood"] == "eggs, larvae and pupae in the middle frames"


def test_the_letters_of_an_acronym_are_one_list() -> None:
    text = "# Hive\n\nInspection (BEES)\nB - brood in all stages\nE - eggs seen\nE - enough food\n"
    text += "S - signs of disease\n\n"
    text += "propolis: resin that seals gaps\n"
    card = next(card for card in read_note(text, "hive.md").cards if card.term == "Inspection")
    assert card.kind is Kind.LIST
    assert card.points == ("B: brood in all stages", "E: eggs seen", "E: enough food", "S: signs of disease")
    assert "B" not in made(text)


def test_blanks_that_were_filled_in_are_answers() -> None:
    text = "蜂学填空\n1.培育蜂王的房是（王台）\n2、采蜜的蜂叫（工蜂）\n3，把蜜甩出来的机器叫( 摇蜜机 )\n"
    text += "4.造巢的材料是（蜂蜡）\n"
    assert made(text)["采蜜的蜂叫"] == "工蜂"
    assert made(text)["把蜜甩出来的机器叫"] == "摇蜜机"


def test_labels_in_brackets_tell_of_the_name_above_them() -> None:
    text = "# 蜂药\n甲酸\n【功用】杀螨\n【禁忌】高温时\n（趣记 酸到螨掉）\n草酸\n【功用】冬季杀螨\n【禁忌】有子脾时\n"
    found = made(text)
    assert found["甲酸：功用"] == "杀螨"
    assert found["草酸：功用"] == "冬季杀螨"
    assert found["草酸：禁忌"] == "有子脾时"


def test_wide_marks_of_questions_are_marks() -> None:
    text = "Ｑ１、王台是什麼？Ａ：培育新王的巢房\nＱ２、蜂群冬天怎麼做？\nＡ：抱團取暖\n"
    text += "Ｑ３、雄蜂做什麼？Ａ：\n（待查）\n"
    found = made(text)
    assert list(found.values()) == ["培育新王的巢房", "抱團取暖"]


def test_titles_with_a_colon_end_what_is_pushed_in_above_them() -> None:
    text = "## 蜂场分录\n买蜂箱：\n  借：固定资产\n    贷：银行存款\n卖蜂蜜：\n  借：银行存款\n    贷：主营业务收入\n"
    found = made(text)
    assert found["买蜂箱"] == "借：固定资产\n贷：银行存款"
    assert found["卖蜂蜜"] == "借：银行存款\n贷：主营业务收入"
    assert "借" not in found


def test_outlines_of_word_are_nested_lists() -> None:
    text = "I.\tHive\n\tA.\tFrames\n\t\t1.\tBrood frame: holds eggs and larvae\n"
    text += "\t\t2.\tHoney frame: holds the stores\n"
    text += "\tB.\tRoof: keeps the rain out\nII.\tColony\n\tA.\tQueen: lays the eggs\n"
    text += "\tB.\tDrone: mates with queens\n"
    found = made(text)
    assert found.items() >= {"Honey frame": "holds the stores", "Queen": "lays the eggs"}.items()
    assert not any("\t" in answer for answer in found.values())


def test_minutes_of_a_recording_are_no_part_of_a_front() -> None:
    text = "[03:10] propolis - resin that seals gaps\n[11:42] brood - eggs, larvae and pupae\n[5?:??] missed a bit\n"
    assert list(made(text + "[62:15] drone - a male bee\n")) == ["propolis", "brood", "drone"]


def test_a_message_of_a_chat_is_an_entry_of_its_own() -> None:
    sent = "[12/03/24 21:1{}:05] Me: {}\n"
    said = (
        "brood = eggs, larvae",
        "<Media omitted>",
        "drone = a male bee",
        "buy sugar",
        "smoker = calms the bees",
    )
    text = "".join(sent.format(at, one) for at, one in enumerate(said)).replace(
        "larvae\n", "larvae\nand pupae\n"
    )
    assert made(text) == {
        "brood": "eggs, larvae and pupae",
        "drone": "a male bee",
        "smoker": "calms the bees",
    }


def test_cells_below_one_another_are_pairs() -> None:
    text = "Bienen\nWabe      Zellen aus Wachs\nDrohn     männliche Biene\nWeisel    Königin des Volkes\n"
    text += "Beute     Wohnung eines Volkes\n"
    assert made(text).items() >= {"Wabe": "Zellen aus Wachs", "Weisel": "Königin des Volkes"}.items()


def test_the_head_of_rows_with_tabs_is_no_word() -> None:
    text = "蜂种\t来自\t特点\n意蜂\t意大利半岛\t温顺，产蜜多，护脾强\n"
    text += "卡蜂\t阿尔卑斯山南麓\t春繁快，节省饲料\n中蜂\t中国各地\t耐寒，善于利用零星蜜源\n"
    found = made(text)
    assert "蜂种" not in found
    assert found["中蜂"] == "中国各地\n耐寒，善于利用零星蜜源"


def test_how_to_over_steps_is_a_sequence() -> None:
    text = "propolis: resin that seals gaps\nhow to light a smoker\n1) paper at the bottom\n2) light it\n"
    text += "3) add pine needles\n"
    card = next(card for card in read_note(text, "a.md").cards if card.term == "how to light a smoker")
    assert card.kind is Kind.SEQUENCE


def test_two_things_told_apart_are_a_card_by_themselves() -> None:
    text = "今天看了蜂箱。\n\n意蜂和中蜂的区别：意蜂产蜜多，中蜂耐寒\n\n天气不错。\n"
    assert made(text) == {"意蜂和中蜂的区别": "意蜂产蜜多，中蜂耐寒"}


@pytest.mark.parametrize(
    ("sentence", "term"),
    [
        ("Unter Tracht versteht man das Angebot an Nektar.", "Tracht"),
        ("Die Weisel ist die Königin eines Volkes.", "Weisel"),
        ("Drohnen sind Bienen, die keinen Stachel haben.", "Drohnen"),
        ("Se llama enjambre al grupo que deja la colmena.", "enjambre"),
        ("La propolis est une résine qui bouche les fentes.", "propolis"),
        ("On appelle essaim le groupe qui quitte la ruche.", "essaim"),
        ("Матка это самка, которая откладывает яйца.", "Матка"),
    ],
)
def test_sentences_of_other_languages_define(sentence: str, term: str) -> None:
    assert considered_in(f"# X\n\n{sentence}\n")[term] == sentence


def test_a_name_in_bold_is_defined_in_passing() -> None:
    text = "In 1851 he kept the **bee space**, the gap that bees leave open, between frames.\n\n"
    text += "Unlike a worker, **a drone** is the only bee without a sting.\n"
    assert "bee space" in made(text)


def test_questions_in_one_quote_have_their_answers() -> None:
    text = "# Hive\n\n> **Can a drone sting?**\n>\n> *No, it has no sting.*\n>\n> **Who feeds the queen?**\n"
    text += ">\n> *The young workers.*\n"
    assert made(text) == {
        "Can a drone sting?": "No, it has no sting.",
        "Who feeds the queen?": "The young workers.",
    }


def test_answers_that_are_quoted_below_their_question() -> None:
    text = "Abejas - lo que cae\n¿Qué es la cera?\n>> sustancia de las abejas\n¿Quién pone huevos?\n>> la reina\n"
    assert made(text)["¿Quién pone huevos?"] == "la reina"


def test_how_something_is_examined_is_no_answer() -> None:
    text = "# 蜂学\n\n## 考点1：蜂王\n\n> 单选题 + 辨析题\n\n蜂王：产卵的雌蜂\n"
    assert not any("单选题" in answer for answer in made(text).values())


def test_examples_of_a_language_make_no_diary() -> None:
    rows = "".join(
        f"{n}. 时态{n}：\n   公式: have been {n}\n   中: 我每天养蜂。\n   英: I keep bees.\n"
        for n in range(1, 9)
    )
    assert read_note(f"## 时态\n\n{rows}", "t.md").cards


def test_the_number_of_a_file_is_no_part_of_a_front() -> None:
    cards = read_note("## Causes\n\n- too many bees\n- an old queen\n", "09-swarming.md").cards
    assert not any("09" in card.prompt for card in cards)


def test_an_entry_that_the_learner_made_is_no_part_of_another() -> None:
    text = "# Bees\n\n## Propolis\n\nA resin that seals gaps.\nIt is brown\nRoyal jelly: food of queens\n"
    chosen = Choices().chosen(
        Choice(True, "bees.md", BY_HAND, "Royal jelly", "", "royal jelly: food of queens")
    )
    found = {card.prompt: card.answer for card in read_note(text, "bees.md", choices=chosen).cards}
    assert found == {"Propolis": "A resin that seals gaps.\nIt is brown", "Royal jelly": "food of queens"}
