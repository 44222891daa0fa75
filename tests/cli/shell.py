"""Commands as a person or a script types them, without models."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from click.testing import CliRunner

from studyllm.cli import cli

NOTES = """\
# 电路

- **电阻（Resistance）** 是导体对电流的阻碍作用，单位是欧姆。
- **电容（Capacitance）** 是储存电荷的能力，单位是法拉。
- **电感**：电流变化时产生感应电动势的性质。
"""
WITHOUT_MODELS = {"STUDYLLM_LANGUAGE_MODEL": "off", "STUDYLLM_EMBEDDING_MODEL": "off"}


def run(*args: str, ok: bool | None = True, env: Mapping[str, str] | None = None) -> str:
    """stdout of `studyllm ARGS`; with `ok=False`, its stderr; with None it may fail in a sentence. In this process,
    which is ten times as fast."""
    done = CliRunner().invoke(cli, args, prog_name="studyllm", env={**WITHOUT_MODELS, **(env or {})})
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return _said(done.exit_code, done.stdout, done.stderr, ok=ok)


def run_apart(*args: str, ok: bool = True) -> str:
    """The same, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "studyllm", *args],
        capture_output=True,
        text=True,
        env={**os.environ, **WITHOUT_MODELS},
        timeout=60,
    )
    return _said(done.returncode, done.stdout, done.stderr, ok=ok)


def _said(code: int, out: str, err: str, *, ok: bool | None) -> str:
    assert ok is None or (code == 0) is ok, err + out
    assert "Traceback" not in err
    assert "Something went wrong" not in err, err
    return err if ok is False else out


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def terms() -> list[str]:
    """The terms of all cards."""
    return [card["term"] for card in lines(run("cards", "--json"))]
