"""Settings to store to grader: what every command is built from."""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from studyllm.cli.elsewhere import server_of, tell
from studyllm.config import OFF, Settings, load
from studyllm.errors import InputError, StudyError
from studyllm.i18n import _
from studyllm.private import log_file, private_folder, put_right
from studyllm.text import clean

if TYPE_CHECKING:
    from studyllm.grading import Grader, Help
    from studyllm.store import Store


@dataclass(frozen=True)
class Session:
    """One run of the program: its home and flags."""

    home: Path | None
    plain: bool | None = None
    """Whether `--plain` or `--no-plain` was given."""

    @cached_property
    def settings(self) -> Settings:
        """Read when a command first needs them."""
        settings = load(self.home)
        return settings if self.plain is None else replace(settings, plain=self.plain)

    def store(self) -> "Store":
        """The home's database, made if need be."""
        keep_private(self.settings)
        return open_store(self.settings)

    @contextmanager
    def grader(self) -> "Iterator[Grader]":
        """The grader that the settings ask for, with what models there are."""
        tell(self.settings)
        made = grader(self.settings)
        try:
            absent = _lacks(made, "absent")
            yield made
            if not absent:
                _lacks(made, "failed")
        finally:
            made.close()


def _lacks(grader: "Grader", state: "Help") -> bool:
    """Says on stderr which help there is where a model is in that state."""
    ready = grader.readiness()
    if state not in (ready.embedding, ready.language, ready.server):
        return False
    click.echo(ready.note, err=True)
    return True


def keep_private(settings: Settings) -> None:
    """Takes a home from others who may read it, and says so; before the app draws."""
    if put_right(settings.home):
        told = _("Others on this machine could read {path}; now only you can.")
        click.echo(clean(told.format(path=settings.home)), err=True)


def back_up(settings: Settings) -> None:
    """A copy of the database when a session ends, if it is time for one; why there is none goes to stderr."""
    from studyllm.store.backups import make_if_due

    try:
        if isinstance(settings.database, Path) and settings.database.exists():
            make_if_due(settings.database, datetime.now(UTC))
    except StudyError as error:
        click.echo(clean(str(error)), err=True)


def open_store(settings: Settings) -> "Store":
    """The database of a home."""
    from studyllm.store import Store

    return Store(settings.database)


def grader(settings: Settings) -> "Grader":
    """A grader with the models that are chosen and there; plain text matching without any."""
    from studyllm.grading import Buffered, ModelGrader, TextGrader

    embedding, language = model_path(settings.embedding_model), model_path(settings.language_model)
    server = server_of(settings)
    if embedding is None and language is None and server is None:
        return TextGrader()
    made = ModelGrader(
        embedding,
        language,
        threads=settings.threads or os.cpu_count() or 1,
        gpu_layers=settings.gpu_layers,
        device=settings.device,
        server=server,
    )
    return Buffered(made) if settings.motion == OFF else made


def model_path(name: str) -> Path | None:
    """Where a chosen model lies or would lie; None when it is switched off. A damaged one is as good as absent."""
    from studyllm.models import ModelState, check, find, place

    if name == OFF:
        return None
    model = find(name)
    return place(model) / "damaged" if check(model) is ModelState.DAMAGED else place(model)


def moment(text: str | None, settings: Settings) -> datetime:
    """The time that `--at` names (ISO 8601; without an offset, the learner's own zone), or now."""
    if text is None:
        return datetime.now(UTC)
    try:
        at = datetime.fromisoformat(text)
        if not 1900 <= at.year <= 2900:
            raise ValueError
        return (at if at.tzinfo else at.replace(tzinfo=settings.day.zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise InputError(
            _("{text!r} is not a time; write it like 2026-11-23T08:30 or 2026-11-23T08:30:00Z.").format(
                text=text
            )
        ) from None


def has_screen() -> bool:
    """Whether a person sits at both ends: of a terminal, or of a browser that `studyllm serve` feeds."""
    return "TEXTUAL_DRIVER" in os.environ or (sys.stdin.isatty() and sys.stdout.isatty())


def writes_over(stream: TextIO) -> bool:
    """Whether a line can be written over where a stream leads: a terminal that obeys more than line breaks."""
    return stream.isatty() and not is_dumb()


def is_dumb() -> bool:
    """Whether the terminal says that it can only print."""
    return os.environ.get("TERM") == "dumb"


@contextmanager
def sentences(session: Session) -> Iterator[None]:
    """A StudyError becomes one line on stderr and exit code 1; what nobody foresaw also goes to the log."""
    try:
        yield
    except StudyError as error:
        raise click.ClickException(" ".join(clean(str(error)).split())) from error
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        raise Misused(error) from error
    except KeyboardInterrupt:
        raise Stopped from None
    except (click.exceptions.Exit, click.ClickException, click.Abort, BrokenPipeError):
        raise
    except Exception as error:
        raise click.ClickException(
            _(
                "Something went wrong that should not have ({error}). What was saved before is kept{more}."
            ).format(error=type(error).__name__, more=_logged(session, error))
        ) from error


class Misused(click.ClickException):
    """Wrong usage, on one line, with exit code 2."""

    exit_code = 2

    def __init__(self, error: click.UsageError) -> None:
        where = error.ctx.command_path if error.ctx else "studyllm"
        said = " ".join(clean(error.format_message()).split())
        super().__init__(_("{message} (`{command} --help` tells more)").format(message=said, command=where))


class Stopped(click.ClickException):
    """Ctrl-C."""

    exit_code = 130

    def __init__(self) -> None:
        super().__init__(_("Stopped. What was saved before is kept; what was under way changed nothing."))


def _logged(session: Session, error: Exception) -> str:
    """Puts the traceback into the log, if there can be one."""
    try:
        settings = load(session.home)
        log_to(settings)
        logging.getLogger("studyllm").error("unforeseen", exc_info=error)
    except (OSError, StudyError):
        return ""
    return clean(_("; the details are in {path}").format(path=settings.log))


def log_to(settings: Settings) -> None:
    """Sends the log to the home's file, which is made with the first line."""
    try:
        private_folder(settings.home)
        log_file(settings.log)
    except OSError as error:
        raise InputError(
            _("The folder {path} cannot be used: {reason}. Choose another one with --home.").format(
                path=settings.home, reason=error.strerror
            )
        ) from error
    handler = logging.FileHandler(settings.log, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logging.getLogger("studyllm").addHandler(handler)
