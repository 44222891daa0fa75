"""`studyllm doctor`: what works on this machine, and what to do about what does not."""

import sys
from typing import Any

import click

from studyllm import __version__, i18n
from studyllm.cli.session import Session
from studyllm.cli.show import emit, line
from studyllm.config import OFF, Settings
from studyllm.errors import StudyError
from studyllm.grading.offload import offload
from studyllm.grading.reader import read_out_of
from studyllm.i18n import N_, _, ngettext
from studyllm.models import ModelState, check, find, place
from studyllm.store import Store
from studyllm.text import padded

DEGREES = {
    (True, True): N_("full: a cross-encoder and a language model that judge, and explain"),
    (True, False): N_("cross-encoder only: fewer sure verdicts, composed explanations"),
    (False, True): N_("language model only"),
    (False, False): N_("text matching and your own grades only"),
}

_STATES = {
    "ok": N_("ok"),
    "off": N_("off"),
    "absent": N_("absent"),
    "damaged": N_("damaged"),
    "error": N_("error"),
}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--repair", is_flag=True, help="Make every schedule what the log says.")
@click.option("--deep", is_flag=True, help="Also compare the digests of the model files.")
@click.pass_obj
def doctor(session: Session, as_json: bool, repair: bool, deep: bool) -> None:
    """Check the home, the database, the models and the build; exit code 1 if something is broken."""
    settings = session.settings
    if as_json:
        i18n.use("en")
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
        about = _("studyllm {version}, Python {python}, home {home}")
        line(about.format(version=__version__, python=sys.version.split()[0], home=settings.home))
        for check_ in checks:
            line(f"{padded(_(_STATES[check_['state']]), 8)} {padded(_(check_['name']), 16)} {check_['note']}")
        line(f"{padded(_('help'), 8)} {_(degree)}")
    if broken:
        raise SystemExit(1)


def _chosen(settings: Settings) -> tuple[tuple[str, str], ...]:
    return (
        (N_("embedding model"), settings.embedding_model),
        (N_("language model"), settings.language_model),
    )


def _database(settings: Settings) -> dict[str, Any]:
    try:
        with Store(settings.database) as store:
            trouble = store.trouble()
            cards = store.count()
    except StudyError as error:
        return {"name": N_("database"), "state": "error", "note": str(error)}
    if trouble:
        return {"name": "database", "state": "damaged", "note": trouble}
    said = ngettext("{path}, {count} card", "{path}, {count} cards", cards)
    return {"name": "database", "state": "ok", "note": said.format(path=settings.database, count=cards)}


def _schedules(settings: Settings, repair: bool) -> dict[str, Any]:
    """Every card's schedule, worked out again from the log alone."""
    if not settings.database.exists():
        return {"name": N_("schedules"), "state": "ok", "note": _("no reviews yet")}
    try:
        with Store(settings.database) as store:
            found = store.journal.repair() if repair else store.journal.differences()
    except StudyError as error:
        return {"name": "schedules", "state": "error", "note": str(error)}
    if not found:
        return {"name": "schedules", "state": "ok", "note": _("every card stands where the log says")}
    what = _("{count} not as the log says, the first of them {name} ({what})").format(
        count=len(found), name=found[0].name, what=found[0].what
    )
    if repair:
        return {"name": "schedules", "state": "ok", "note": _("{what}: put right").format(what=what)}
    mend = _("{what}; `studyllm doctor --repair` mends them").format(what=what)
    return {"name": "schedules", "state": "damaged", "note": mend}


def _model(role: str, name: str, deep: bool) -> dict[str, Any]:
    if name == OFF:
        return {"name": role, "state": "off", "note": _("switched off in the settings")}
    try:
        model = find(name)
        state = check(model, deep=deep)
    except StudyError as error:
        return {"name": role, "state": "error", "note": str(error)}
    advice = {
        ModelState.OK: model.title,
        ModelState.ABSENT: _("{model} is not here; `studyllm models pull {model}` fetches it"),
        ModelState.DAMAGED: _("{model} is damaged; `studyllm models pull {model}` fetches it again"),
    }
    note = advice[state].format(model=model.name)
    if state is ModelState.OK and model.role == "language" and read_out_of(place(model)) is None:
        note += _("; not measured as a judge: it explains, and answers are judged without it")
    return {"name": role, "state": state.value, "note": note}


def _offload(settings: Settings) -> dict[str, Any]:
    return {"name": N_("GPU offload"), "state": "ok", "note": offload(settings.gpu_layers)}
