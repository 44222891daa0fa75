"""Settings to store to grader: what every command is built from."""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studyllm.config import OFF, Settings, load
from studyllm.errors import InputError, StudyError

if TYPE_CHECKING:
    from studyllm.grading import Grader
    from studyllm.store import Store


@dataclass(frozen=True, slots=True)
class Session:
    """One run of the program: where its home is. Settings are read when a command first needs them."""

    home: Path | None

    @property
    def settings(self) -> Settings:
        return load(self.home)

    def store(self) -> "Store":
        """The home's database, made if need be."""
        return open_store(self.settings)

    @contextmanager
    def grader(self) -> "Iterator[Grader]":
        """The grader that the settings ask for, with what models there are."""
        made = grader(self.settings)
        try:
            yield made
        finally:
            made.close()


def open_store(settings: Settings) -> "Store":
    """The database of a home."""
    from studyllm.store import Store

    return Store(settings.database)


def grader(settings: Settings) -> "Grader":
    """A grader with the models that are chosen and there; plain text matching without any."""
    from studyllm.grading import ModelGrader, TextGrader

    embedding = model_path(settings.embedding_model)
    language = model_path(settings.language_model)
    if embedding is None and language is None and settings.embedding_model == settings.language_model == OFF:
        return TextGrader()
    return ModelGrader(
        None if settings.embedding_model == OFF else embedding,
        None if settings.language_model == OFF else language,
        threads=settings.threads or os.cpu_count() or 1,
        gpu_layers=settings.gpu_layers,
        device=settings.device,
    )


def model_path(name: str) -> Path | None:
    """Where a chosen model lies; None when it is switched off or absent."""
    from studyllm.models import find, path

    return None if name == OFF else path(find(name))


def moment(text: str | None, settings: Settings) -> datetime:
    """The time that `--at` names (ISO 8601; without an offset, the learner's own zone), or now."""
    if text is None:
        return datetime.now(UTC)
    try:
        at = datetime.fromisoformat(text)
        return (at if at.tzinfo else at.replace(tzinfo=settings.day.zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise InputError(
            f"{text!r} is not a time; write it like 2026-11-23T08:30 or 2026-11-23T08:30:00Z."
        ) from None


def has_terminal() -> bool:
    """Whether a person sits at both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty()


@contextmanager
def sentences(session: Session) -> Iterator[None]:
    """A StudyError becomes one line on stderr and exit code 1; what nobody foresaw also goes to the log."""
    try:
        yield
    except StudyError as error:
        raise click.ClickException(" ".join(str(error).split())) from error
    except (click.exceptions.Exit, click.ClickException, click.Abort, BrokenPipeError):
        raise
    except Exception as error:
        log_to(load(session.home))
        logging.getLogger("studyllm").exception("unforeseen")
        raise click.ClickException(
            f"Something went wrong that should not have ({type(error).__name__}). What was saved before is kept; "
            f"the details are in {load(session.home).log}."
        ) from error


def log_to(settings: Settings) -> None:
    """Sends the log to the home's file, which is made with the first line."""
    settings.home.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(settings.log, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logging.getLogger("studyllm").addHandler(handler)
