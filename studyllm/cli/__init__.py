"""The command line, and the only wiring: settings, store, grader, app."""

from studyllm.cli.main import cli, main

__all__ = ["cli", "main"]
