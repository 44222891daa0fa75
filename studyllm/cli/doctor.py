"""`studyllm doctor`: what works on this machine, and what to do about what does not."""

import sys
from typing import Any

import click

from studyllm import __version__
from studyllm.cli.session import Session
from studyllm.cli.show import emit, line
from studyllm.config import OFF, Settings
from studyllm.errors import StudyError
from studyllm.grading.offload import offload
from studyllm.models import State, check, find
from studyllm.store import Store

DEGREES = {
    (True, True): "full: embedding similarity and a language model that explains",
    (True, False): "embedding similarity only: verdicts without streamed explanations",
    (False, True): "language model only",
    (False, False): "text matching and your own grades only",
}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--repair", is_flag=True, help="Make every schedule what the log says.")
@click.option("--deep", is_flag=True, help="Also compare the digests of the model files.")
@click.pass_obj
def doctor(session: Session, as_json: bool, repair: bool, deep: bool) -> None:
    """Check the home, the database, the models and the build; exit code 1 if something is broken."""
    settings = session.settings
    checks = [_database(settings), _schedules(settings, repair)]
    checks += [_model(role, name, deep) for role, name in _chosen(settings)]
    checks.append(_offload(settings))
    works = tuple(check["state"] == "ok" for check in checks[2:4])
    degree = DEGREES[works[0], works[1]]
    broken = any(check["state"] in ("damaged", "error") for check in checks)
    if as_json:
        emit(
            {"version": __version__, "python": sys.version.split()[0], "home": str(settings.home)}
            | {"help": degree, "ok": not broken, "checks": checks}
        )
    else:
        line(f"studyllm {__version__}, Python {sys.version.split()[0]}, home {settings.home}")
        for check_ in checks:
            line(f"{check_['state']:<8} {check_['name']:<16} {check_['note']}")
        line(f"help     {degree}")
    if broken:
        raise SystemExit(1)


def _chosen(settings: Settings) -> tuple[tuple[str, str], ...]:
    return (("embedding model", settings.embedding_model), ("language model", settings.language_model))


def _database(settings: Settings) -> dict[str, Any]:
    try:
        with Store(settings.database) as store:
            trouble = store.trouble()
            cards = store.count()
    except StudyError as error:
        return {"name": "database", "state": "error", "note": str(error)}
    if trouble:
        return {"name": "database", "state": "damaged", "note": trouble}
    return {"name": "database", "state": "ok", "note": f"{settings.database}, {cards} cards"}


def _schedules(settings: Settings, repair: bool) -> dict[str, Any]:
    """Every card's schedule, worked out again from the log alone."""
    if not settings.database.exists():
        return {"name": "schedules", "state": "ok", "note": "no reviews yet"}
    try:
        with Store(settings.database) as store:
            found = store.repair() if repair else store.differences()
    except StudyError as error:
        return {"name": "schedules", "state": "error", "note": str(error)}
    if not found:
        return {"name": "schedules", "state": "ok", "note": "every card stands where the log says"}
    what = f"{len(found)} not as the log says, the first of them {found[0].name} ({found[0].what})"
    if repair:
        return {"name": "schedules", "state": "ok", "note": f"{what}: put right"}
    return {"name": "schedules", "state": "damaged", "note": f"{what}; `studyllm doctor --repair` mends them"}


def _model(role: str, name: str, deep: bool) -> dict[str, Any]:
    if name == OFF:
        return {"name": role, "state": "off", "note": "switched off in the settings"}
    try:
        model = find(name)
        state = check(model, deep=deep)
    except StudyError as error:
        return {"name": role, "state": "error", "note": str(error)}
    advice = {
        State.OK: model.title,
        State.ABSENT: f"{model.name} is not here; `studyllm models pull {model.name}` fetches it",
        State.DAMAGED: f"{model.name} is damaged; `studyllm models pull {model.name}` fetches it again",
    }
    return {"name": role, "state": state.value, "note": advice[state]}


def _offload(settings: Settings) -> dict[str, Any]:
    return {"name": "GPU offload", "state": "ok", "note": offload(settings.gpu_layers)}
