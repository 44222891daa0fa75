"""`make pictures`: every screen in both languages, drawn into docs/pictures/; some of them by
`python -m tests.tui.pictures NAME…`. Look at them before you commit them."""

import asyncio
import os
import shutil
import sys
import tempfile
from pathlib import Path
from unittest.mock import patch

from studyllm.tui.importing import unread
from tests.tui.scenes import PICTURES, SCENES, WIDE, draw, furnish


def main() -> None:
    os.environ["TZ"] = "UTC"
    PICTURES.mkdir(exist_ok=True)
    alone = patch.object(unread, "line_reader_of", lambda _study: None)  # whatever models are on this machine
    with alone, tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        furnish(home)
        for name in sys.argv[1:] or SCENES:
            for language in ("en", "zh"):
                copy = Path(folder) / f"{name}-{language}"
                shutil.copytree(home, copy)
                path = PICTURES / f"{name}-{language}.svg"
                path.write_text(asyncio.run(draw(name, language, copy, WIDE)), "utf-8")
                print(path)


if __name__ == "__main__":
    main()
