"""Ordinary ways of writing that gave no card, or a wrong one."""

import pytest

from studyllm.cards import Kind
from studyllm.notes import read_note
from tests.notes.test_memos import made


def test_a_word_by_its_forms_is_one_front() -> None:
    german = "# Bienen\n\n- der Schwarm, die Schwärme = swarm\n- fleißig, fleißiger = busy\n- Imker, Imkerin = keeper\n"
    assert made(german) == {
        "der Schwarm, die Schwärme": "swarm",
        "fleißig, fleißiger": "busy",
        "Imker, Imkerin": "keeper",
    }
    assert (
        made("# Abejas\n\nel criador, la criadora: keeper\nnuevo, nueva: new\n").items()
        >= {
            "el criador, la criadora": "keeper",
            "nuevo, nueva": "new",
        }.items()
    )


def test_an_equation_with_a_comma_is_no_word_by_its_forms() -> None:
    assert set(made("# Honey\n\nfor a full super, n = 9\nin a nuc, n = 5\n")) <= {"Honey"}


@pytest.mark.parametrize("mark", ["**", "__"])
def test_a_line_in_bold_is_the_answer_of_a_heading_over_nothing_else(mark: str) -> None:
    text = "# Hive\n\n## Super\n\n**box in which honey is stored**\n\n## Nuc\n\n**small colony for sale**\n"
    assert made(text.replace("**", mark)) == {
        "Super": "box in which honey is stored",
        "Nuc": "small colony for sale",
    }
    assert "Chapter" not in made("# Hive\n\n## Chapter\n\n**What is a bee?**\n\n## Next\n\nIt flies.\n")
    titles = "# Hive\n\n## Super\n\n**Frames**\n\nTen of them hang in it.\n"
    assert "Super" not in made(titles)


def test_a_statement_is_asked_with_its_mark_as_the_answer() -> None:
    zh = "# 蜂\n\n## 判断题\n\n1. 雄蜂会采蜜。（×）\n2. 工蜂都是雌蜂（√）\n3. 蜂王只有一只（对）\n"
    assert made(zh) == {
        "雄蜂会采蜜。（对还是错？）": "错",
        "工蜂都是雌蜂（对还是错？）": "对",
        "蜂王只有一只（对还是错？）": "对",
    }
    en = "# Bees\n\n## True or false\n\n1. Drones collect nectar. (F)\n   They only mate.\n2. Workers are female. (T)\n"
    assert made(en) == {
        "Drones collect nectar. (true or false?)": "false. They only mate.",
        "Workers are female. (true or false?)": "true",
    }


def test_a_statement_may_have_its_reason_below() -> None:
    text = "# 判断题\n\n1. 雄蜂采蜜（×）\n解析：雄蜂只交配。\n2. 蜂王产卵，对吗？（√）\n\n## 别的\n"
    assert made(text) == {"雄蜂采蜜（对还是错？）": "错。解析：雄蜂只交配。", "蜂王产卵，对吗？": "对"}


def test_what_is_done_is_no_statement() -> None:
    assert made("# 今天\n\n1. 给老王打电话（√）\n2. 买十个巢框（×）\n") == {}


def test_blanks_that_nobody_filled_are_no_answers() -> None:
    text = "# 填空题\n\n1. ____ lays eggs and ____ collect nectar.\n2. ____产卵，____采蜜。\n"
    assert made(text) == {}


def test_what_is_struck_out_is_gone() -> None:
    text = "# Hive\n\n- ~~Honey~~ **Brood**: the ~~eggs and~~ larvae of a colony\n- **Comb**: cells of wax\n"
    assert made(text) == {"Brood": "the larvae of a colony", "Comb": "cells of wax"}


def test_a_side_of_an_equation_is_no_term() -> None:
    text = "# Lenses\n\n- Lens equation\n\t- 1/f = 1/u + 1/v\n- Snell's law\n\t- n sin(a) = m sin(b)\n"
    assert made(text) == {"Lens equation": "1/f = 1/u + 1/v", "Snell's law": "n sin(a) = m sin(b)"}
    assert (
        made("# Units\n\nkm/h = kilometres per hour\nm/s = metres per second\n")["km/h"]
        == "kilometres per hour"
    )


@pytest.mark.parametrize("line", ["1 in = 2.54 cm", "to go = ir", "to go = 가다", "p V = n R T"])
def test_units_and_words_before_an_equals_sign_stay(line: str) -> None:
    front, back = line.split(" = ")
    assert made(f"# List\n\n- {line}\n- ft = foot\n- to eat = comer\n").get(front) == back


def test_waves_are_no_strike_out() -> None:
    assert made("# 吃\n\n- 蜂蜜：好吃~~ 真的很甜~~\n- 蜂蜡：不能吃\n")["蜂蜜"] == "好吃~~ 真的很甜~~"
    assert (
        "5 min"
        in made("# Tea\n\n- Green tea: ~~5 min at 80 degrees, ~~10 min at 60\n- Black tea: boil\n")[
            "Green tea"
        ]
    )


def test_roman_numbers_count() -> None:
    (offer,) = read_note("## Castes of bees\n\ni. queen\nii. worker\niii. drone\n", "bees.md").offers
    assert (offer.card.kind, offer.card.points) == (Kind.LIST, ("queen", "worker", "drone"))


def test_what_an_exam_asks_to_be_told_is_asked() -> None:
    text = "# 蜂\n\n简述分蜂的原因\n蜂群太密，王台已经封盖\n\n论述蜂王的作用\n产卵，并且维系整个蜂群\n"
    assert made(text) == {
        "简述分蜂的原因": "蜂群太密，王台已经封盖",
        "论述蜂王的作用": "产卵，并且维系整个蜂群",
    }


def test_a_colon_with_a_dash_is_a_colon() -> None:
    text = "# Hive\n\nSuper :- box in which honey is stored\n**Nuc**:- small colony for sale\n\n"
    found = made(f"{text}Castes of bees :-\n- queen\n- worker\n- drone\n")
    assert found.items() >= {"Super": "box in which honey is stored", "Nuc": "small colony for sale"}.items()
    assert found["Castes of bees"] == "- queen\n- worker\n- drone"
    code = "# Prolog\n\n## Rule\n\n```\nolder(X, Y) :- born(X, A), born(Y, B), A < B.\n```\n"
    assert ":- born" in made(code)["Rule"]
    assert "a :- b" in made("# Prolog\n\n- **rule**: written `a :- b`, where b implies a\n")["rule"]
    table = "| Term | Meaning |\n| :- | :-: |\n| Super | box in which honey is stored |\n"
    assert made(table) == {"Super": "box in which honey is stored"}


@pytest.mark.parametrize(
    ("line", "front"),
    [
        ("**Definition 1.1 (Swarm).** A queen and half of her colony that leave the hive.", "Swarm"),
        ("**Definition 2** (Swarm). A queen and half of her colony that leave the hive.", "Swarm"),
        (
            "Theorem (Bee space): Between combs a passage of six to nine millimetres stays open.",
            "Bee space theorem",
        ),
        ("**定义1.1（分蜂）** 老蜂王带一半蜂离巢。", "分蜂"),
        ("**定理 1.2（蜂路）** 巢脾之间的通道宽六到九毫米。", "蜂路定理"),
        ("### Lemma 3.1 (Hexagons)\nOf all equal cells hexagons take the least wax.", "Hexagons lemma"),
    ],
)
def test_a_definition_or_theorem_is_asked_by_its_name(line: str, front: str) -> None:
    assert front in made(f"# Bees\n\n{line}\n")


@pytest.mark.parametrize("front", ["Definition (WHO)", "Theorem (without proof)", "定理（重点）", "Prop 14"])
def test_a_remark_is_no_name(front: str) -> None:
    found = made(f"# Bees\n\n- **{front}**: a colony keeps its brood at 35 degrees\n")
    assert not {"WHO", "without proof theorem", "重点定理", "Prop"} & found.keys()


@pytest.mark.parametrize(
    "line",
    [
        "A colony has three castes: queen, worker and drone.",
        "蜂群有三个等级：蜂王、工蜂和雄蜂。",
        "Stages of a worker: cleaner → nurse → guard → forager",
        "工蜂的成长过程：卵→幼虫→蛹→成虫",
    ],
)
def test_a_line_that_counts_what_it_names_is_asked(line: str) -> None:
    fronts = made(f"# Bees\n\nThe hive stands in the garden.\n\n{line}\n")
    assert any(line.startswith(front) for front in fronts if front != "Bees")


@pytest.mark.parametrize(
    "line",
    [
        "Week 3 reading list: Frisch, Seeley, Tautz",
        "To do by 3 pm today: frames, wax, smoker",
        "The ſix phases: egg, pupa",
    ],
)
def test_a_number_of_something_else_counts_nothing(line: str) -> None:
    assert line.partition(":")[0] not in made(f"# Bees\n\n{line}\n")


def test_what_i_need_is_not_asked() -> None:
    assert "I need three things" not in made("# Bees\n\nI need three things: frames, wax, a smoker\n")


def test_sides_that_have_labels_are_cards() -> None:
    text = "Term: Super\nDefinition: box in which honey is stored\n\n"
    text += "**Term:** Nuc\n**Definition:** small colony for sale\n"
    assert made(text) == {"Super": "box in which honey is stored", "Nuc": "small colony for sale"}
    zh = "# 蜂\n\n1. 术语：分蜂\n   定义：老蜂王带一半蜂离巢\n2. 术语：王台\n   定义：培育新王的巢房\n"
    assert made(zh) == {"分蜂": "老蜂王带一半蜂离巢", "王台": "培育新王的巢房"}
    once = "# Hive\n\nWord: the French call a hive ruche.\nMeaning: a home.\n"
    assert "the French call a hive ruche" not in made(once)


def test_letters_of_a_word_are_no_terms() -> None:
    found = made("# Causes of swarming\n\nC - Congestion\nA - Age of the queen\nB - Brood nest full\n")
    assert set(found) <= {"Causes of swarming"}
    assert "B" in made("# Blood groups\n\n- A: antigen A on red cells\n- B: antigen B on red cells\n")


def test_what_a_label_tells_of_is_named() -> None:
    text = "# Apiary\n\n## Skep\n- Began: about 1600 BC\n- Ended: in the 19th century\n"
    assert not {"Began", "Ended"} & made(text).keys()


def test_entries_right_below_a_line_that_promises_terms_are_cards() -> None:
    text = "# Chapter 5: Hives\n\nA hive is a home of bees. It may be of wood or straw.\n\nKey terms:\n"
    found = made(f"{text}super – box for honey\nnuc – small colony\n")
    assert found.items() >= {"super": "box for honey", "nuc": "small colony"}.items()
    assert not any("Key terms" in front for front in found)


def test_questions_of_other_languages_ask_for_their_term() -> None:
    text = "# Abejas\n\n¿Qué es la propóleo?\nResina que sella los huecos.\n\nWas ist die Weisel?\nDie Königin.\n"
    assert (
        made(text).items() >= {"propóleo": "Resina que sella los huecos.", "Weisel": "Die Königin."}.items()
    )
