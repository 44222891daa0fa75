"""Files of a folder of notes are never run, whatever they are called."""

import os
import subprocess
import sys
from pathlib import Path


def test_a_file_named_as_a_library_is_not_run_where_the_program_is_started(tmp_path: Path) -> None:
    for name in ("json.py", "click.py", "sqlalchemy.py"):
        (tmp_path / name).write_text("raise SystemExit('a file of the notes was run')\n", "utf-8")
    home = os.environ | {"STUDYLLM_HOME": str(tmp_path / "home"), "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "studyllm", "due", "--json"],
        cwd=tmp_path,
        env=home,
        capture_output=True,
        text=True,
    )
    assert "was run" not in done.stdout + done.stderr
    assert done.returncode == 0
