"""The program `studyllm`; `python -m studyllm` is the same."""

import sys


def main() -> None:
    """The command line; Ctrl-C while it is being loaded ends it without a word, since nothing was begun."""
    try:
        from studyllm.cli import main as begin
    except KeyboardInterrupt:
        sys.exit(130)
    begin()


if __name__ == "__main__":
    main()
