"""Notes that were typed without blank lines: what begins something of its own is no part of what stands above it."""

from studyllm.notes.markdown.lines import separated
from tests.notes.reading import considered_in
from tests.notes.test_other_ways import made

NOTE = """# Weaving
Parts of a loom
1. Frame
2. Beam
3. Reed
setts
- coarse cloth
- fine cloth
yarn count: how many lengths of yarn weigh a pound
/12 = twelve threads in an inch of the reed
**Fell** is the line where the last weft lies
Faults of the selvedge
- loops
- tears
Draft: the plan of a weave, read from the right to the left and from the bottom to the top
Warp vs weft
| | warp | weft |
|---|---|---|
| runs | along the cloth | across it |
| is held by | the beam | the shuttle |
"""


def test_entries_and_titles_below_a_list_do_not_belong_to_its_last_item() -> None:
    found = made(NOTE)
    assert found["yarn count"] == "how many lengths of yarn weigh a pound"
    assert found["Fell"] == "Fell is the line where the last weft lies"
    assert found["Faults of the selvedge"] == "- loops\n- tears"
    assert found["Draft"].endswith("to the top")
    assert not any(
        "yarn" in answer or "Fell" in answer for front, answer in found.items() if front == "fine cloth"
    )


def test_what_is_wrapped_goes_on_with_its_item() -> None:
    text = "- the heddles lift one half of the threads so that a "
    text += "shuttle can be thrown between\nboth halves of the warp\n"
    assert separated(f"{text}- the reed beats\n")[0] == f"{text}- the reed beats\n"


def test_a_question_beside_its_answer_ends_the_answer_above() -> None:
    text = "# Faults\n\nQ: cure for loops\nA: more tension\ncure "
    text += "for tears? a new temple\ncure for streaks? one dye lot\n"
    found = made(text)
    assert found["cure for loops"] == "more tension"
    assert found["cure for tears?"] == "a new temple"
    assert found["cure for streaks?"] == "one dye lot"


def test_an_entry_like_the_one_above_the_questions_ends_the_last_answer() -> None:
    text = "Loom notes\n\nwarp: threads held under tension\nweft: the thread thrown across\nQ: what lifts the warp?\n"
    text += "A: the heddles\nWhy: to let the shuttle through\nQ: who cuts it?\nA: the weaver\n"
    found = considered_in(
        f"{text}reed: beats the thread home\ntemple: keeps the width\nshuttle: carries the weft\n"
    )
    assert found["what lifts the warp?"].startswith("the heddles")
    assert found["who cuts it?"] == "the weaver"
    assert found["reed"] == "beats the thread home"
    assert not any(front.endswith("Why") for front in found)
    assert found["temple"] == "keeps the width"


def test_an_announced_answer_may_have_entries() -> None:
    text = "# Loom\n\nwarp: threads held under tension\nQ: what are its parts?\nA: there are two:\n"
    found = made(f"{text}reed: beats the thread home\ntemple: keeps the width\n")
    assert "keeps the width" in found["warp: what are its parts?"]


def test_answers_in_french_have_a_mark_of_their_own() -> None:
    text = "Métier\n\nlisse : fil qui lève la chaîne\ntempe : règle qui tend la toile\nQ : Que fait le peigne ?\n"
    text += "R : il serre la trame\nQ : Qui tire la navette ?\nR : le tisserand\ncanette : bobine de trame\n"
    found = considered_in(f"{text}ensouple : rouleau qui porte la chaîne\nÀ revoir : les nœuds\n")
    assert found["Que fait le peigne ?"] == "il serre la trame"
    assert found["Qui tire la navette ?"] == "le tisserand"
    assert found["ensouple"] == "rouleau qui porte la chaîne"
    assert "R" not in found
    assert "À revoir" not in made(NOTE + "À revoir: les nœuds\n")


def test_a_bold_entry_and_things_to_do_are_no_answer() -> None:
    text = "# Loom\n\nWhich thread breaks first?\n- the outermost warp\n**Temple** keeps the cloth at its width\n\n"
    found = made(
        f"{text}Why does a selvedge pull in?\nThe weft is too tight.\n- [ ] finish the sample\n- [x] buy yarn\n"
    )
    assert found["Which thread breaks first?"] == "the outermost warp"
    assert found["Temple"] == "keeps the cloth at its width"
    assert found["Why does a selvedge pull in?"] == "The weft is too tight."


def test_a_question_is_asked_before_the_short_items_of_its_answer() -> None:
    found = made(
        "# Cloth\n\nWhat are the edges of a cloth called?\n- left: selvedge\n- lower: heading\n- upper: fell\n"
    )
    assert len(found) == 1
    assert "upper: fell" in next(iter(found.values()))


def test_what_each_item_tells_of_the_same_is_no_card_of_its_own() -> None:
    text = "# Fibres\n\n- cotton (boll) → soft cloth; care = hot wash\n- wool (fleece) → warm cloth; care = cold wash\n"
    found = made(f"{text}- flax (stem) → cool cloth; care = hot wash, damp iron\n")
    assert "care" not in found
    assert found["wool"].endswith("care = cold wash")


def test_rows_of_one_name_are_told_apart_by_what_stands_in_brackets() -> None:
    text = "# Looms\n\n| Loom | Warp |\n|---|---|\n| dobby (hand) | by "
    text += "pegs |\n| dobby (power) | by cards |\n| jacquard | by hooks |\n"
    assert made(text).items() >= {"dobby (hand)": "by pegs", "dobby (power)": "by cards"}.items()


def test_names_with_their_numbers_in_a_list_are_cards() -> None:
    text = "# Loom\n\nsetts\n- heddle 40\n- temple 12 (wide)\n- shuttle 7\n- reed 96\n\n"
    found = made(f"{text}Acts\n- Spinning Act 1769\n- Loom Act 1785\n- Mill Act 1833\n")
    assert found.items() >= {"heddle": "40", "reed": "96"}.items()
    assert "Spinning Act" not in found
    assert made("Setts to learn\n- heddle: 40\n- reed: 96\n- temple: 12\n")["reed"] == "96"


def test_a_label_and_a_list_of_what_is_to_know_stay_in_their_answer() -> None:
    found = made(
        "# Wool\n\nWhat is felting?\nThe matting of fibres.\n**Signs**: stiff, small, thick cloth.\n"
    )
    assert found["felting"].endswith("thick cloth.")
    text = "# Kit\n\n## What belongs in a weaver's kit?\n\nAt least these things.\n\n- [ ] bobbins\n- [ ] scissors\n"
    assert all("scissors" in answer for answer in made(text).values())


def test_many_typed_questions_are_read() -> None:
    one = "Q: What is dye {}?\nA: It is blue.\nWho made cloth {}? A weaver\n"
    found = made("".join(one.format(n, n) for n in range(400)))
    assert found["dye 399"] == "It is blue."


def test_numbers_that_count_are_no_values() -> None:
    assert "Week" not in made("# Plan of a loom\n\n- Week 1\n- Week 2\n- Week 3\n- Week 4\n")
