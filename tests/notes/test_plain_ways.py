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
        "Drones collect nectar. (true or false?)": "false.\nThey only mate.",
        "Workers are female. (true or false?)": "true",
    }


def test_what_is_done_is_no_statement() -> None:
    assert made("# 今天\n\n1. 给老王打电话（√）\n2. 买十个巢框（×）\n") == {}


def test_blanks_that_are_filled_between_lines_are_no_blanks() -> None:
    text = "# 填空题\n\n1. 培育蜂王的房叫___王台___。\n2. 蜂蜡由_____分泌。\n"
    assert made(text) == {"培育蜂王的房叫（ ）。": "王台"}


def test_what_is_struck_out_is_gone() -> None:
    text = "# Hive\n\n- ~~Honey~~ **Brood**: the ~~eggs and~~ larvae of a colony\n- **Comb**: cells of wax\n"
    assert made(text) == {"Brood": "the larvae of a colony", "Comb": "cells of wax"}


def test_a_term_may_be_underlined() -> None:
    text = "# Hive\n\n<u>Super</u> box in which honey is stored\n\n<u>Nuc</u> small colony for sale\n"
    assert made(text).items() >= {"Super": "box in which honey is stored"}.items()


def test_a_side_of_an_equation_is_no_term() -> None:
    text = "# Lenses\n\n- Lens equation\n\t- 1/f = 1/u + 1/v\n- Snell's law\n\t- n sin(a) = m sin(b)\n"
    assert made(text) == {"Lens equation": "1/f = 1/u + 1/v", "Snell's law": "n sin(a) = m sin(b)"}
    assert (
        made("# Units\n\nkm/h = kilometres per hour\nm/s = metres per second\n")["km/h"]
        == "kilometres per hour"
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
