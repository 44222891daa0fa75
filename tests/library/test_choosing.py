"""What a learner chooses about cards holds: through edits and moves of the note, until it is taken back."""

from pathlib import Path

import pytest

from studyllm import library
from studyllm.cards import Card
from studyllm.choices import Choices
from studyllm.errors import InputError
from studyllm.library import Like
from studyllm.store import Store, StudyCard
from tests.conftest import NOW

NOTE = """# 力学

- **惯性**：物体保持运动状态的性质。
- **动量**：质量与速度的乘积。

那一年的秋天，老师带我们去河边看水车。

**问：** 什么是功？
**答：** 力与位移的乘积。
"""


@pytest.fixture
def folder(tmp_path: Path, store: Store) -> Path:
    made = tmp_path / "notes"
    made.mkdir()
    (made / "力学.md").write_text(NOTE)
    (deck,) = library.decks_for(store, [made])
    library.bring_in(store, library.plan(store, deck), NOW)
    return made


def cards(store: Store) -> dict[str, StudyCard]:
    return {stored.card.term: stored for stored in store.cards()}


def again(store: Store, choices: Choices | None = None) -> None:
    (deck,) = store.decks()
    library.bring_in(store, library.plan(store, deck, choices=choices), NOW)


def drop(store: Store, term: str, like: Like) -> None:
    (deck,) = store.decks()
    again(store, library.choose(store.choices(deck.name), cards(store)[term].card, False, like))


def test_a_card_that_is_not_wanted_is_not_asked_in_other_words(store: Store, folder: Path) -> None:
    (folder / "力学.md").write_text("# 静止\n\n怎样看出物体静止？\n- 位置不随时间改变\n- 相对的参照物不动\n")
    again(store)
    assert "怎样看出物体静止？" in cards(store)
    drop(store, "怎样看出物体静止？", Like.ALONE)
    assert not set(cards(store)) & {"静止", "怎样看出物体静止？"}


def test_another_card_of_the_same_text_stays(store: Store, folder: Path) -> None:
    (folder / "力学.md").write_text("# 静止\n\n- **静止**：位置不随时间改变\n- **不动**：位置不随时间改变\n")
    again(store)
    assert {"静止", "不动"} <= set(cards(store))
    drop(store, "不动", Like.ALONE)
    assert "静止" in cards(store)


def test_a_card_that_is_not_wanted_stays_away(store: Store, folder: Path) -> None:
    drop(store, "惯性", Like.ALONE)
    assert set(cards(store)) == {"动量", "功"}
    (folder / "力学.md").write_text(NOTE.replace("运动状态", "原有运动状态"))
    again(store)
    assert "惯性" not in cards(store)
    (folder / "旧").mkdir()
    (folder / "力学.md").rename(folder / "旧" / "力学.md")
    again(store)
    assert set(cards(store)) == {"动量", "功"}


def test_all_of_a_form_goes_and_comes_back(store: Store, folder: Path) -> None:
    before = cards(store)
    drop(store, "动量", Like.NOTE)
    assert set(cards(store)) == {"功"}
    store.journal.undo(NOW)
    assert cards(store) == before
    again(store)
    assert cards(store) == before, "the choice was taken back with the import that it was made in"


def test_cards_of_an_undone_import_are_not_known(store: Store, folder: Path) -> None:
    assert {term for term, _, _ in store.texts()} == {"惯性", "动量", "功"}
    store.journal.undo(NOW)
    assert store.texts() == ()


def test_a_choice_in_one_note_leaves_the_others(store: Store, folder: Path) -> None:
    (folder / "电学.md").write_text(
        "# 电学\n\n- **电阻**：导体对电流的阻碍作用。\n- **电容**：储存电荷的能力。\n"
    )
    again(store)
    drop(store, "动量", Like.NOTE)
    assert {"电阻", "电容"} <= set(cards(store))
    drop(store, "电阻", Like.DECK)
    assert set(cards(store)) == {"功"}


def test_what_is_said_of_one_card_outweighs_its_form(store: Store, folder: Path) -> None:
    (deck,) = store.decks()
    drop(store, "动量", Like.DECK)
    kept = library.choose(store.choices(deck.name), _offer(store, "惯性"), True, Like.ALONE)
    again(store, kept)
    assert set(cards(store)) == {"惯性", "功"}


def _offer(store: Store, term: str) -> Card:
    (deck,) = store.decks()
    return next(o.card for o in library.plan(store, deck, afresh=True).offers if o.card.term == term)


def test_any_line_can_become_a_card_and_keeps_its_schedule(store: Store, folder: Path) -> None:
    (deck,) = store.decks()
    note = folder / "力学.md"
    line = NOTE.split("\n").index("那一年的秋天，老师带我们去河边看水车。") + 1
    with pytest.raises(InputError, match="--front"):
        library.at(note, line)
    found, choice = library.at(note, line, "老师带我们去看什么？")
    assert found is None
    assert choice is not None
    again(store, store.choices(deck.name).chosen(choice))
    made = cards(store)["老师带我们去看什么？"]
    assert made.card.answer == "那一年的秋天，老师带我们去河边看水车。"
    note.write_text(NOTE.replace("那一年的秋天", "高一那年的秋天"))
    again(store)
    edited = cards(store)["老师带我们去看什么？"]
    assert edited.id == made.id
    assert edited.card.answer.startswith("高一那年")


def test_a_front_that_a_line_begins_with_has_the_rest_of_it(store: Store, folder: Path) -> None:
    note = folder / "bones.md"
    note.write_text(
        "# Bones\n\nthe outer layer holds\nshelly bone keeps its form (in young ones)\nmarrow makes blood\n"
    )
    library.make(store, note, 4, "shelly bone", Like.ALONE, NOW)
    assert cards(store)["shelly bone"].card.answer == "keeps its form (in young ones)"


def test_a_line_that_opens_with_a_front_is_meant_and_not_what_begins_above(
    store: Store, folder: Path
) -> None:
    note = folder / "bones.md"
    note.write_text("# Bones\n\n- growth plate - where it grows\n  marrow cavity => holds the marrow\n")
    _plan, card = library.make(store, note, 4, "", Like.ALONE, NOW)
    assert (card.term, card.answer) == ("marrow cavity", "holds the marrow")


def test_a_line_that_is_not_there_is_said(store: Store, folder: Path) -> None:
    with pytest.raises(InputError, match="no line 99"):
        library.at(folder / "力学.md", 99)
    with pytest.raises(InputError, match="belongs to no deck"):
        library.deck_of(store, folder.parent / "elsewhere.md")


def test_a_choice_about_a_note_is_none_about_another_of_the_same_name(tmp_path: Path, store: Store) -> None:
    made = tmp_path / "notes"
    for name, said in (("a", "惯性"), ("b", "光速")):
        (made / name).mkdir(parents=True)
        (made / name / "index.md").write_text(
            f"# {name}\n\n- **{said}**：物体{name}的一种性质，由{name}决定。\n"
        )
    (deck,) = library.decks_for(store, [made])
    library.bring_in(store, library.plan(store, deck), NOW)
    library.drop(store, [cards(store)["惯性"]], Like.NOTE, NOW)
    assert set(cards(store)) == {"光速"}


def test_what_was_chosen_holds_when_the_file_gets_another_name(store: Store, folder: Path) -> None:
    note = folder / "力学.md"
    line = NOTE.split("\n").index("那一年的秋天，老师带我们去河边看水车。") + 1
    library.make(store, note, line, "老师带我们去看什么？", Like.ALONE, NOW)
    drop(store, "惯性", Like.ALONE)
    before = cards(store)
    assert set(before) == {"动量", "功", "老师带我们去看什么？"}
    renamed = note.rename(folder / "第一章.md")
    again(store)
    assert {term: card.id for term, card in cards(store).items()} == {t: c.id for t, c in before.items()}
    library.make(store, renamed, 3, "", Like.ALONE, NOW)
    renamed.rename(note)
    again(store)
    assert set(cards(store)) == {*before, "惯性"}, "what was chosen last goes with it"


@pytest.mark.parametrize("when", ["while it plans", "when it has planned"])
def test_what_was_chosen_holds_when_two_programs_import_at_once(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    line = NOTE.split("\n").index("那一年的秋天，老师带我们去河边看水车。") + 1
    library.make(store, folder / "力学.md", line, "老师带我们去看什么？", Like.ALONE, NOW)
    before = {term: card.id for term, card in cards(store).items()}
    (folder / "力学.md").rename(folder / "第一章.md")
    (deck,) = store.decks()
    if when == "while it plans":
        read, others = store.choices, iter([again])

        def choices(name: str) -> Choices:
            found = read(name)
            for other in others:  # once, behind what is read here
                other(store)
            return found

        monkeypatch.setattr(store, "choices", choices)
        made = library.plan(store, deck)
    else:
        made = library.plan(store, deck)
        again(store)
    library.bring_in(store, made, NOW)
    assert {term: card.id for term, card in cards(store).items()} == before


def test_a_note_without_cards_keeps_its_choices_under_another_name(store: Store, folder: Path) -> None:
    drop(store, "动量", Like.NOTE)
    drop(store, "功", Like.ALONE)
    assert not cards(store)
    (folder / "力学.md").rename(folder / "第一章.md")
    again(store)
    assert not cards(store)


def test_a_card_that_is_moved_into_another_note_takes_its_own_choice_along(
    store: Store, folder: Path
) -> None:
    (folder / "电学.md").write_text("# 电学\n\n- **动量**：此处说的是电子的动量，它是质量与速度的乘积。\n")
    again(store)
    drop(store, "惯性", Like.ALONE)
    term, line = "惯性", "- **惯性**：物体保持运动状态的性质。\n"
    (folder / "力学.md").write_text(NOTE.replace(line, ""))
    other = folder / "电学.md"
    other.write_text(other.read_text() + line)
    again(store)
    assert term not in cards(store)


def test_another_deck_that_takes_a_note_takes_what_was_chosen_of_it(store: Store, folder: Path) -> None:
    drop(store, "惯性", Like.ALONE)
    (deck,) = library.decks_for(store, [folder / "力学.md"], "物理")
    library.bring_in(store, library.plan(store, deck, join=True), NOW)
    assert {(card.deck, term) for term, card in cards(store).items()} == {("物理", "动量"), ("物理", "功")}


def test_a_card_of_an_offer_stays_one_when_its_line_is_reworded(store: Store, folder: Path) -> None:
    above = (
        "# Promises\n\nFour cases matter here\n\n"
        "- **Balfour** [1919] - a promise between husband and wife binds nobody\n"
        "- **Merritt** [1970] - it binds once they live apart and wrote it down\n"
        "- Carlill v Smoke Ball [1893]: who promises rewards in public is bound to those who earn it\n"
    )
    note = folder / "cases.md"
    note.write_text(f"{above}- Esso and Commissioners (1976) - coins given away beside petrol\n")
    again(store)
    (deck,) = store.decks()
    offered = _offer(store, "Esso and Commissioners")
    again(store, library.choose(store.choices(deck.name), offered, True, Like.ALONE))
    made = cards(store)["Esso and Commissioners"]
    for term, answer in (
        ("Esso and Customs and Excise", "coins that were given away beside petrol"),
        ("Esso and Customs", "world cup coins that were given beside petrol"),
    ):
        note.write_text(f"{above}- {term} [1976] - {answer}\n")
        again(store)
        now = store.card(made.id)
        assert not now.gone
        assert now.card.answer == answer
    drop(store, now.card.term, Like.ALONE)
    again(store)
    assert store.card(made.id).gone


ASKED = "# 水车\n\n**1. 筒车靠什么转动？**\n水流冲击叶片\n\n龙骨车\n人踩踏板，木链把水带上来\n"


def test_a_card_that_is_made_inside_another_takes_it_not_away(store: Store, folder: Path) -> None:
    note = folder / "水车.md"
    note.write_text(ASKED)
    again(store)
    before = {
        term: card.card.answer for term, card in cards(store).items() if "水车" in card.card.source.path
    }
    assert any("龙骨车" in answer for answer in before.values()), "else the case is none"
    library.make(store, note, 7, "龙骨车怎样提水？", Like.ALONE, NOW)
    after = {term: card.card.answer for term, card in cards(store).items()}
    assert set(before) <= set(after)
    assert after["龙骨车怎样提水？"] == "人踩踏板，木链把水带上来"


def test_a_line_that_is_the_question_is_answered_by_what_stands_below(store: Store, folder: Path) -> None:
    note = folder / "水车.md"
    note.write_text(ASKED)
    again(store)
    library.make(store, note, 6, "龙骨车", Like.ALONE, NOW)
    assert cards(store)["龙骨车"].card.answer == "人踩踏板，木链把水带上来"


def test_a_card_is_made_in_the_deck_that_has_the_note(store: Store, folder: Path) -> None:
    text = folder / "河.txt"
    text.write_text("水车：河水推动的轮子\n水磨：水车带动的磨\n秋天去河边要穿胶鞋\n")
    (deck,) = library.decks_for(store, [text], "河")
    library.bring_in(store, library.plan(store, deck), NOW)
    library.make(store, text, 3, "胶鞋", Like.ALONE, NOW)
    assert cards(store)["胶鞋"].deck == "河"


def test_what_was_made_by_hand_and_is_dropped_leaves_no_other_card_of_its_text(
    store: Store, folder: Path
) -> None:
    note = folder / "河.md"
    note.write_text("# 河\n\n从书上抄的\n\n第三条　水车归村里所有，谁用谁修，春天一起清淤。\n")
    (deck,) = library.decks_for(store, [folder])
    library.bring_in(store, library.plan(store, deck), NOW)
    before = set(cards(store))
    library.make(store, note, 5, "水车归谁？", Like.ALONE, NOW)
    (made,) = [card for term, card in cards(store).items() if term not in before]
    (done,) = library.drop(store, [made], Like.ALONE, NOW)
    assert done.counts()["gone"] == 1
    assert {term for term, card in cards(store).items() if not card.gone} == before
