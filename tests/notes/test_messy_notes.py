"""Messy notes, each read wrongly once: dates and verbs in a row, lines that go on or not, open questions."""

from studyllm.notes import read_note
from tests.notes.test_other_ways import made


def test_dates_in_the_order_of_their_years_are_cards_however_each_is_set_off() -> None:
    text = (
        "looms\n\n1733 Flying shuttle\n1764: Spinning jenny\n1785 - Power loom\n12 may 1804 Jacquard loom\n"
    )
    assert made(text + "\nand here\n1589 stocking frame\n1770 water frame\n1801 card loom\n").keys() >= {
        *("1733", "1764", "1785", "12 may 1804", "1589", "1801"),
    }


def test_no_entry_goes_on_with_the_next_however_long_it_is() -> None:
    long = "the gap between raised and lowered warp threads, through which the shuttle goes from one side to the other"
    text = (
        f"weaving\nshed -> {long}\nheddle: a wire with an eye\nreed: a comb\nbobbin = a spool\nbuy oat milk\n"
    )
    found = made(text)
    assert found["shed"] == long
    assert found["heddle"] == "a wire with an eye"
    assert found["bobbin"] == "a spool"


def test_a_question_left_open_takes_no_other_one_as_its_answer() -> None:
    text = "Q: What is a reed?\nA: a comb\nQ why does warp need tension??\n--> or it tangles\n"
    text += "Q: who made it?\nA:\nhow many sheds has twill -> four\nwhat is a pick? one pass of the weft\n"
    found = made(text)
    assert found["why does warp need tension??"] == "or it tangles"
    assert found["how many sheds has twill"] == "four"
    assert "one pass of the weft" in found.values()
    assert not any("who made" in front for front in found)


def test_a_verb_stands_with_its_forms() -> None:
    text = "# Verben\n\nspinnen - spann - gesponnen = to spin\nweben, wob, gewoben : to weave\n"
    text += "binden band gebunden (hat) to bind\n"
    assert made(text)["spinnen - spann - gesponnen"] == "to spin"
    assert made(text)["weben, wob, gewoben"] == "to weave"
    assert made(text)["binden band gebunden (hat)"] == "to bind"


def test_a_card_ends_where_a_later_sentence_defines_another_thing() -> None:
    text = "# Cloth\n\nTwill is a weave with diagonal lines. A satin weave is a weave with long floats.\n\n"
    text += "Warp tension: how hard the threads are pulled. Weft tension: how hard these are beaten.\n"
    note = read_note(text, "a.md")
    found = {card.term: card.answer for card in (*note.cards, *(offer.card for offer in note.offers))}
    assert "satin" not in found["Twill"]
    assert found["Warp tension"] == "how hard the threads are pulled."


def test_to_dos_and_passwords_are_no_cards() -> None:
    text = (
        "SCRAPS\n- [ ] call the mill\n- [x] rent\n- buy wool\n\nwarp = threads along\nweft = threads across\n"
    )
    assert made(text + "guest wifi pw: bluewool\n").keys() == {"warp", "weft"}


def test_prose_that_was_wrapped_is_one_line() -> None:
    for text, wanted in (
        (
            "- **织机**：把经纱绷紧再一上一下地分\n  开，好让梭子穿过\n",
            "把经纱绷紧再一上一下地分开，好让梭子穿过",
        ),
        ("- **Webstuhl**: das Gerät, auf dem\n  Tuch entsteht\n", "das Gerät, auf dem Tuch entsteht"),
        (
            "**Guild**: weavers of a town in Flanders and\nBrabant.\n",
            "weavers of a town in Flanders and Brabant.",
        ),
    ):
        note = read_note(f"# Loom\n\n{text}", "a.md")
        assert wanted in [card.answer for card in (*note.cards, *(offer.card for offer in note.offers))]


def test_labels_behind_a_definition_are_its_own() -> None:
    text = "# Cloth\n\n**Twill**: a weave with diagonal lines. Elements: warp, weft. Worst case: it frays.\n"
    assert made(text)["Twill"].endswith("it frays.")


def test_rows_without_a_first_cell_are_no_header() -> None:
    text = "# Wörter\n\n| | | |\n|-|-|-|\n| | das Tuch | cloth |\n| | der Faden | thread |\n| | die Wolle | wool |\n"
    assert made(text).keys() >= {"das Tuch", "der Faden", "die Wolle"}


def test_code_that_is_pushed_in_stays_code() -> None:
    code = "# 循环\n\n\t如果 余额 > 0 那么\n\t\t余额 = 余额 - 1\n\t否则\n\t\t返回 余额\n"
    assert not {"余额", "如果 余额"} & made(code).keys()


def test_times_and_names_are_no_dates_and_no_verbs() -> None:
    assert not made("day\n\n1030: break\n1045: maths\n1130: lunch\n")
    text = "# Shop\n\nmilk, eggs, bread: at the corner\nwool, flax, silk: at the mill\n"
    assert not {"milk, eggs, bread", "wool, flax, silk"} & made(text).keys()


def test_a_numbered_question_without_a_mark_has_its_answer_and_sources_are_left_out() -> None:
    text = "# Cloth\n\nQ1. What is felt?\nAns: pressed wool\n\nQ2. twill against satin\nAns: lines against floats\n"
    assert made(text)["twill against satin"] == "lines against floats"
    assert made("# Cloth\n\n**Felt**: pressed wool (not woven).[2][3] It is warm.[1]\n")["Felt"].endswith(
        "It is warm."
    )


def test_bullets_of_a_pasted_page_stand_below_one_another() -> None:
    text = "Looms\n\n•\tParts of a loom\no\theddle\no\treed\no\tbeam\n•\tShed: the gap for the shuttle\n"
    assert made(text)["Parts of a loom"].splitlines() == ["- heddle", "- reed", "- beam"]


def test_a_line_that_leads_on_stays_with_the_one_above_it() -> None:
    text = "Weben\n\nSchaft: hebt Fäden\nKamm: schlägt an\nBaum: hält die Kette\nfür den Weber bereit\nSpule: Garn\n"
    assert made(text)["Baum"] == "hält die Kette für den Weber bereit"
