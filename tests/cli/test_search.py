"""`studyllm search` prints what the glossary finds."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from studyllm.cli.main import cli
from studyllm.store import Store
from tests.conftest import NOW, fill


@pytest.fixture(autouse=True)
def filled(store: Store) -> Store:
    fill(store, "残差连接", "softmax", "\x1b[31mred")
    fill(store, "softmax layer", deck="layers")
    return store


def run(*args: str) -> str:
    done = CliRunner().invoke(cli, ["search", *args], prog_name="studyllm")
    assert done.exit_code == 0, done.output
    return done.output


def test_words_find_terms_by_letters_and_pinyin() -> None:
    assert "残差连接: what 残差连接 means (words)" in run("cclj")
    assert "/notes/a.md:1" in run("cclj")
    assert run("softmax").splitlines()[0].endswith("softmax: what softmax means (words)")


def test_json_has_all_of_an_entry() -> None:
    first, second = map(json.loads, run("softmax", "--json").splitlines())
    assert (first["term"], second["term"]) == ("softmax", "softmax layer")
    assert (first["state"], first["line"], first["deck"], first["near"]) == ("new", 2, "words", False)


def test_a_deck_and_filters_narrow(filled: Store) -> None:
    assert "layer" in run("softmax", "--deck", "layers")
    assert len(run("softmax", "--deck", "layers", "--json").splitlines()) == 1
    filled.suspend(1, NOW)
    assert json.loads(run("is:suspended", "--json"))["id"] == 1


def test_nothing_found_says_what_else_to_try() -> None:
    assert "--meaning" in run("zzz")
    assert run("zzz", "--json") == ""
    assert run("is:leech").strip() == "No card is like that."
    assert run("zzz", "is:new").startswith("No card is like that. `--meaning`")
    assert run("section:softmax").strip() == "Nothing found; “section:” is not a filter, but “in:” is."


def test_more_than_the_limit_is_said() -> None:
    assert "… and 1 more" in run("softmax", "--limit", "1")


def test_escapes_do_not_reach_the_terminal() -> None:
    assert "\x1b" not in run("red")


def test_an_unknown_deck_is_an_error() -> None:
    done = CliRunner().invoke(cli, ["search", "x", "--deck", "nowhere"], prog_name="studyllm")
    assert done.exit_code == 1
    assert "There is no deck" in done.output


def test_by_meaning_without_a_model_finds_by_text_alone(home: Path) -> None:
    home.joinpath("config.toml").write_text('embedding_model = "off"\nlanguage_model = "off"\n')
    assert "softmax layer" in run("layer", "--meaning")


def test_the_log_says_what_was_done_to_many(filled: Store) -> None:
    filled.entries.suspend((1, 2), NOW)
    done = CliRunner().invoke(cli, ["log", "--all", "--json"], prog_name="studyllm")
    last = json.loads(done.output.splitlines()[-1])
    assert (last["event"], last["does"], last["cards"]) == ("bulk", "suspend", [1, 2])
    assert "2 cards suspended" in CliRunner().invoke(cli, ["log", "--all"], prog_name="studyllm").output


def listed(*args: str) -> str:
    done = CliRunner().invoke(cli, ["cards", *args], prog_name="studyllm")
    assert done.exit_code == 0, done.output
    return done.output


def test_a_query_is_the_same_for_search_and_for_cards(filled: Store) -> None:
    filled.suspend(2, NOW)
    for query in ("(softmax or 残差) -is:suspended", "added:1 -softmax or in:x", "prop:reps>0", "cclj"):
        found = {json.loads(one)["id"] for one in run(query, "--json").splitlines()}
        assert {json.loads(one)["id"] for one in listed("--query", query, "--json").splitlines()} == found
    assert "softmax layer" in listed("--query", "softmax", "--deck", "layers")
    assert "softmax" not in listed("--query", "sotfmax"), "what is only spelt almost so was not asked for"


@pytest.mark.parametrize(
    "query",
    [
        ["-layer"],
        ["-layer softmax"],
        ["softmax", "-is:suspended", "-layer"],
        ["--", "-layer"],
        ["-heap", "--limit", "5"],
        ["－layer"],
    ],
)
def test_a_query_may_begin_with_a_minus(filled: Store, query: list[str]) -> None:
    found = {json.loads(one)["id"] for one in run("--json", *query).splitlines()}
    written = " ".join(word for word in query if word not in ("--", "--limit", "5"))
    assert found == {json.loads(one)["id"] for one in listed("--query", written, "--json").splitlines()}
    assert found


def test_what_is_no_option_is_still_said() -> None:
    for wrong in (["--limt", "3", "x"], ["x", "--limit", "-3"]):
        done = CliRunner().invoke(cli, ["search", *wrong], prog_name="studyllm")
        assert done.exit_code == 2
        assert wrong[0] in done.output or wrong[-1] in done.output
    assert "Usage" in run("-h")


def test_a_slip_finds_the_term_and_is_marked() -> None:
    assert "≈ softmax: what softmax means" in run("sotfmax")


def test_a_query_that_cannot_be_read_is_a_sentence() -> None:
    for command in (["search", "is:du"], ["cards", "--query", "(a"], ["search", "prop:ease"]):
        done = CliRunner().invoke(cli, command, prog_name="studyllm")
        assert done.exit_code == 1
        assert done.output.startswith("Error: ")


def test_a_saved_search_is_found_again_and_narrowed(filled: Store) -> None:
    filled.searches.save("layers", "layer or cclj", NOW)
    assert len(run("--saved", "layers", "--json").splitlines()) == 2
    assert len(run("--saved", "layers", "--json", "softmax").splitlines()) == 1
    assert len(run("--saved", "layers", "--json", "--deck", "words").splitlines()) == 1
    done = CliRunner().invoke(cli, ["search", "--saved", "nothing"], prog_name="studyllm")
    assert "there are layers" in done.output
    assert CliRunner().invoke(cli, ["search"], prog_name="studyllm").exit_code == 2
