"""`studyllm mcp`: a model that talks with the learner asks their cards, over stdin and stdout."""

import sys
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

from studyllm.cli.elsewhere import tell
from studyllm.cli.session import Session, back_up, grader, log_to
from studyllm.errors import InputError
from studyllm.i18n import _

if TYPE_CHECKING:
    from studyllm.glossary import Finding
    from studyllm.grading import Grader


@click.command()
@click.option("--deck", metavar="NAME", help="Only this deck, until another one is asked for.")
@click.pass_obj
def mcp(session: Session, deck: str | None) -> None:
    """Let an assistant that speaks MCP ask your cards; it starts this command itself.

    Answers are graded here. The assistant gets no reference before the verdict, and no grade of its own.
    """
    if find_spec("mcp") is None:
        raise InputError(_("This needs one more package: `pip install 'studyllm[mcp]'` fetches it."))
    if sys.stdin.isatty():
        raise InputError(
            _("An assistant starts this command and talks with it; docs/mcp.md says how to set one up.")
        )
    from studyllm.glossary import finder_for
    from studyllm.mcp.examiner import Examiner, Glossary
    from studyllm.mcp.server import server_of
    from studyllm.store.vectors import Vectors

    settings = session.settings
    log_to(settings)
    kept = Vectors(settings.home / "vectors.db", settings.embedding_model)

    def make_grader() -> "Grader":
        tell(settings)
        return grader(settings)

    def now() -> datetime:
        return datetime.now(UTC)

    with session.store() as store:
        if deck is not None:
            store.require(deck)

        def finder(before: "Finding | None") -> "Finding":
            return finder_for(store, kept, settings.log, before)

        glossary = Glossary(store, settings.day, finder, now)
        examiner = Examiner(
            store, settings.day, make_grader=make_grader, find=glossary.find, clock=now, deck=deck
        )
        try:
            server_of(examiner).run("stdio")
        finally:
            examiner.close()
            glossary.close()
    back_up(settings)
