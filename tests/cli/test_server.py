"""What a shell says of a server: where answers go, before the first one goes, and what the server gives."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from studyllm.cli import cli
from tests.cli.shell import WITHOUT_MODELS
from tests.grading.servers import Behaviour, serving

LINE = {
    "id": 1,
    "question": "What is a deadlock?",
    "reference": "Threads hold locks.",
    "answer": "held in a circle",
}


def invoke(*args: str, given: str = "", **env: str) -> Result:
    done = CliRunner().invoke(cli, args, prog_name="studyllm", env={**WITHOUT_MODELS, **env}, input=given)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    return done


def check(done: Result) -> dict[str, Any]:
    (found,) = [one for one in json.loads(done.stdout)["checks"] if one["name"] == "server"]
    return dict(found)


def test_doctor_says_that_answers_stay_here() -> None:
    assert check(invoke("doctor", "--json"))["note"] == "none: answers stay on this machine"


def test_doctor_says_where_answers_go_and_what_comes_back() -> None:
    does = Behaviour(models=("tiny-8b",))
    with serving(does) as url:
        found = check(invoke("doctor", "--json", OPENAI_BASE_URL=url))
        assert found["state"] == "ok"
        for said in (
            url,
            "this machine",
            "No key goes along",
            "tiny-8b",
            "gives probabilities",
            "counts less",
        ):
            assert said in found["note"]
        does.tops = 0
        assert "no probabilities" in check(invoke("doctor", "--json", STUDYLLM_SERVER=url))["note"]


@pytest.mark.parametrize(
    ("env", "state", "said"),
    [
        ({"OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}, "error", "nothing answers there"),
        ({"STUDYLLM_SERVER": "nonsense"}, "error", "must be a URL"),
        ({"OPENAI_BASE_URL": "nonsense"}, "off", "must be a URL"),
        ({"OPENAI_BASE_URL": "https://192.0.2.1/v1"}, "off", "nothing is sent there"),
        (
            {"OPENAI_BASE_URL": "http://127.0.0.1:9/v1", "STUDYLLM_SERVER": "off"},
            "off",
            "stay on this machine",
        ),
    ],
)
def test_doctor_of_a_server_that_is_none(env: dict[str, str], state: str, said: str) -> None:
    done = invoke("doctor", "--json", **env)
    assert check(done)["state"] == state
    assert said in check(done)["note"]
    assert done.exit_code == (state == "error")


def test_where_answers_go_is_said_once_for_each_home(home: Path) -> None:
    home.mkdir()
    does = Behaviour()
    with serving(does) as url:
        first, second = (
            invoke("grade", "--jsonl", "-", given=json.dumps(LINE), OPENAI_BASE_URL=url) for _ in range(2)
        )
    assert url in first.stderr
    assert 'server = "off"' in first.stderr
    assert "OPENAI_BASE_URL" in first.stderr
    assert url not in second.stderr
    for done in (first, second):
        assert json.loads(done.stdout)["by"] == ["text", "server"]
    assert (home / "server.txt").stat().st_mode & 0o077 == 0


def test_off_sends_nothing(home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text('server = "off"')
    does = Behaviour()
    with serving(does) as url:
        done = invoke("grade", "--jsonl", "-", given=json.dumps(LINE), OPENAI_BASE_URL=url)
    assert json.loads(done.stdout)["by"] == ["text"]
    assert does.heard == []
    assert done.stderr == ""


def test_a_variable_of_other_programs_that_names_another_machine_is_passed_over() -> None:
    done = invoke("grade", "--jsonl", "-", given=json.dumps(LINE), OPENAI_BASE_URL="http://192.0.2.1/v1")
    assert json.loads(done.stdout)["by"] == ["text"]
    assert done.stderr == ""


def test_a_variable_of_other_programs_that_is_no_url_is_passed_over() -> None:
    done = invoke("grade", "--jsonl", "-", given=json.dumps(LINE), OPENAI_BASE_URL="unix:/run/x")
    assert json.loads(done.stdout)["by"] == ["text"]


def test_a_setting_that_is_no_url_is_one_sentence(home: Path) -> None:
    done = invoke("grade", "--jsonl", "-", given=json.dumps(LINE), STUDYLLM_SERVER="unix:/run/x")
    assert done.exit_code == 1
    assert "server must be a URL" in done.stderr


def test_a_key_cannot_be_written_into_a_file(home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text('server_key = "sk-secret"')
    done = invoke("cards")
    assert done.exit_code == 1
    assert "no setting 'server_key'" in done.stderr
    assert "secret" not in done.stderr
