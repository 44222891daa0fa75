"""Short commands wait for no library that they do not use."""

import subprocess
import sys
from pathlib import Path

from tests.cli.shell import run


def test_looking_and_grading_waits_for_no_library(tmp_path: Path) -> None:
    (tmp_path / "n.md").write_text("- **电阻**：阻碍电流的物理量。\n")
    run("import", str(tmp_path))
    heavy = ("textual", "sqlalchemy", "studyllm.grading.client", "msgspec", "asyncio")
    for words in (["due"], ["answer", "1", "--grade", "4"]):
        code = (
            f"import sys; from studyllm.cli import cli; cli({words}, standalone_mode=False);"
            f"print([m for m in {heavy} if m in sys.modules])"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert done.stdout.splitlines()[-1] == "[]", done
