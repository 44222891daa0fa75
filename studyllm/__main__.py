"""The program `studyllm`; `python -m studyllm` is the same."""

import os
import sys


def main() -> None:
    """The command line; Ctrl-C while it is being loaded ends it without a word, since nothing was begun."""
    try:
        if os.environ.get("_STUDYLLM_COMPLETE", "").endswith("_complete"):
            from studyllm.completion import main as complete

            complete()
            return
        from studyllm.cli import main as begin
    except KeyboardInterrupt:
        sys.exit(130)
    begin()


if __name__ == "__main__":
    if not sys.flags.safe_path:
        del sys.path[0]  # where it was started: a file beside notes (json.py, mcp.py) is no code of ours
    main()
