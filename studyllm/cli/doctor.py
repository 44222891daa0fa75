"""`studyllm doctor`: what works on this machine, and what to do about what does not."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import click

from studyllm import __version__, i18n
from studyllm.cli.elsewhere import checked
from studyllm.cli.session import Session, grader
from studyllm.cli.show import emit, line
from studyllm.config import OFF, Settings
from studyllm.errors import StudyError
from studyllm.grading import Question
from studyllm.grading.offload import offload
from studyllm.grading.reader import read_out_of
from studyllm.i18n import N_, _, clauses, in_a_row, listed, ngettext
from studyllm.location import Place, Server
from studyllm.models import Model, ModelState, check, clear, find, place, strays
from studyllm.speech import voice
from studyllm.store import Store
from studyllm.store.damage import Damage, Salvaged, examine, salvage
from studyllm.text import clean, padded

DEGREES = {
    (True, True): N_("full: a cross-encoder and a language model that judge, and explain"),
    (True, False): N_("cross-encoder only: fewer sure verdicts, composed explanations"),
    (False, True): N_("language model only"),
    (False, False): N_("text matching and your own grades only"),
}

_LARGE = 20_000_000
"""Bytes of a database that takes some seconds to read."""
_LOADING = 60.0
"""Seconds that a model has to load."""
_STATES = {
    "ok": N_("ok"),
    "off": N_("off"),
    "absent": N_("absent"),
    "damaged": N_("damaged"),
    "error": N_("error"),
}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option(
    "--repair",
    is_flag=True,
    help="Mend the database, and every schedule from the log; a copy is kept.",
)
@click.pass_obj
def doctor(session: Session, as_json: bool, repair: bool) -> None:
    """Check the home, the database, the models and the build; exit code 1 if something is broken."""
    settings = session.settings
    if as_json:
        i18n.use("en")
    checks = [_database(settings, repair)]
    if checks[0]["state"] == "ok":
        checks.append(_schedules(settings, repair))
    models = [_model(role, name, settings) for role, name in _chosen(settings)]
    checks += [
        *models,
        _models_folder(repair),
        checked(settings),
        _offload(settings),
        *_own_ways(settings),
    ]
    embeds, judges = (check["state"] == "ok" for check in models)
    degree = DEGREES[embeds, judges]
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
        line(f"{padded(_('grading'), 8)} {_(degree)}")
    if broken:
        raise SystemExit(1)


def _chosen(settings: Settings) -> tuple[tuple[str, str], ...]:
    return (
        (N_("embedding model"), settings.embedding_model),
        (N_("language model"), settings.language_model),
    )


def _database(settings: Settings, repair: bool) -> dict[str, Any]:
    """The file, its version, and every row of it, read as the program reads it."""
    path, name = settings.database, N_("database")
    if isinstance(path, Server):
        if refused := _opens(path):
            return {"name": name, "state": "error", "note": refused}
        kept = _("; its files are the server's to check and to copy (pg_amcheck, pg_dump)") if repair else ""
        return {"name": name, "state": "ok", "note": _counted(path) + kept}
    if not path.exists():
        return {"name": name, "state": "ok", "note": _("none yet: the first import makes it")}
    try:
        refused = _opens(path)
        if path.stat().st_size > _LARGE:
            click.echo(clean(_("Reading every row of {path}…").format(path=path)), err=True)
        found = examine(path)
        if found is None and refused:
            return {"name": name, "state": "error", "note": refused}
        if found is None:
            return {"name": name, "state": "ok", "note": _counted(path)}
        if repair and found.repairable:
            return {"name": name, "state": "ok", "note": _salvaged(found, salvage(path, datetime.now(UTC)))}
    except StudyError as error:
        return {"name": name, "state": "error", "note": str(error)}
    said = _("{what}; `studyllm doctor --repair` mends what can be mended and keeps a copy")
    return {
        "name": name,
        "state": "damaged",
        "note": said.format(what=found.what) if found.repairable else found.what,
    }


def _opens(path: Place) -> str:
    """Why the program refuses a database; empty when it opens it, brought up to date first."""
    try:
        Store(path).close()
    except StudyError as error:
        return str(error)
    return ""


def _counted(path: Place) -> str:
    with Store(path) as store:
        cards = store.count()
    return ngettext("{path}, {count} card", "{path}, {count} cards", cards).format(path=path, count=cards)


def _salvaged(found: Damage, done: Salvaged) -> str:
    said = ngettext(
        "{what}: put right, {count} row mended", "{what}: put right, {count} rows mended", done.mended
    )
    if done.aside:
        said += ngettext(
            ", {aside} row set aside in {file}", ", {aside} rows set aside in {file}", done.aside
        )
    if done.lost:
        said += _("; the log lost rows, every card that can be read stands where it stood")
    said += _("; as it was it is kept as {kept}")
    return said.format(what=found.what, count=done.mended, aside=done.aside, file=done.file, kept=done.kept)


def _schedules(settings: Settings, repair: bool) -> dict[str, Any]:
    """Every card's schedule, worked out again from the log alone."""
    if isinstance(settings.database, Path) and not settings.database.exists():
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


def _model(role: str, name: str, settings: Settings) -> dict[str, Any]:
    """One of our models has the bytes that were published; one of the learner's own has to load."""
    if name == OFF:
        return {"name": role, "state": "off", "note": _("switched off in the settings")}
    try:
        model = find(name)
        state = check(model, deep=True)
        if state is ModelState.OK and model.local is not None and not _loads(model, settings):
            state = ModelState.DAMAGED
    except StudyError as error:
        return {"name": role, "state": "error", "note": str(error)}
    advice = {
        ModelState.OK: model.title,
        ModelState.ABSENT: _("{model} is not here; `studyllm models pull {model}` fetches it"),
        ModelState.DAMAGED: _("{model} is damaged; `studyllm models pull {model}` fetches it again"),
    }
    note = advice[state].format(model=model.name)
    if state is ModelState.DAMAGED and model.local is not None:
        note = _("{path} cannot be loaded; the settings can name another one").format(path=model.local)
    if state is ModelState.OK and model.role == "language" and read_out_of(place(model)) is None:
        note += _("; not measured as a judge: it explains, and answers are judged without it")
    return {"name": role, "state": state.value, "note": note}


def _loads(model: Model, settings: Settings) -> bool:
    """Whether the models' process can load it; a minute at most."""
    alone = replace(
        settings,
        embedding_model=model.name if model.role == "embedding" else OFF,
        language_model=model.name if model.role == "language" else OFF,
        server=OFF,
    )
    until = monotonic() + _LOADING
    with closing(grader(alone)) as made:
        made.prepare(Question("?", "?"))
        while (state := getattr(made.readiness(), model.role)) == "loading" and monotonic() < until:
            sleep(0.05)
    return bool(state != "failed")


def _models_folder(repair: bool) -> dict[str, Any]:
    """What lies among the models and is none."""
    found = strays()
    removed = clear(found) if repair else 0
    if removed:
        found = strays()
    said = [_("nothing that is not used")]
    if found.all:
        names = listed(path.name for path in found.all[:2])
        told = _(
            "{size:.1f} GB of unfinished downloads and files that are no model of the catalogue: {names}"
        )
        said = [told.format(size=found.bytes / 1e9, names=names)]
        if found.unfinished and not repair:
            said.append(_("`studyllm doctor --repair` removes the unfinished ones"))
    if removed:
        told = ngettext(
            "{count} unfinished download removed", "{count} unfinished downloads removed", removed
        )
        said.append(told.format(count=removed))
    return {"name": N_("models' folder"), "state": "ok", "note": clauses(said)}


def _own_ways(settings: Settings) -> Iterator[dict[str, Any]]:
    """What reads aloud here; keys and themes of the learner's own, where there are some."""
    found_voice = voice()
    said = _("{program} reads aloud") if found_voice else _("no program that reads aloud, such as espeak-ng")
    state = "ok" if found_voice else "absent"
    note = said.format(program=found_voice.program if found_voice else "")
    yield {"name": N_("speech"), "state": state, "note": note}
    if settings.keys:
        from studyllm.tui.keymap import check as check_keys
        from studyllm.tui.keymap import commands

        found = check_keys(commands(), settings.keys)
        yield _looked(N_("keys"), len(found.keys), found.problems)
    if settings.themes:
        from studyllm.tui.themes import own

        made = own(settings)
        yield _looked(N_("themes"), len(made.themes), made.problems)


def _looked(name: str, count: int, problems: Sequence[str]) -> dict[str, Any]:
    if problems:
        return {"name": name, "state": "error", "note": in_a_row(problems)}
    said = ngettext("{count} of your own", "{count} of your own", count).format(count=count)
    return {"name": name, "state": "ok", "note": said}


def _offload(settings: Settings) -> dict[str, Any]:
    return {"name": N_("GPU offload"), "state": "ok", "note": offload(settings.gpu_layers)}
