"""Settings of one home, from flags over environment over `config.toml`; reading them creates nothing."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from studyllm.cards import Algorithm, Backlog, Deck, Scheduling, Spread
from studyllm.config_tables import TABLES
from studyllm.deck_kinds import kinds_of
from studyllm.errors import InputError
from studyllm.i18n import LANGUAGES, N_, _, listed
from studyllm.location import Place, place_of
from studyllm.schedule.day import Day
from studyllm.schedule.easy import off_from, week_from
from studyllm.schedule.zones import zone
from studyllm.text import clean

OFF, AUTO = "off", "auto"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a learner may choose; each field but `home` is a key of `config.toml`."""

    home: Path
    """Folder of `config.toml`, the log and, by default, the database."""
    database: Place = Path("study.db")
    """Its file, relative to the home, or a PostgreSQL server: `postgresql+psycopg://user@host/name`."""
    language_model: str = "default"
    """Name or path of the llama.cpp model; "off" to do without."""
    embedding_model: str = "e5-small"
    """Name or path of the embedding model; "off" to do without."""
    server: str = AUTO
    """URL of an OpenAI-compatible server that reads and explains too: "auto" is that of OPENAI_BASE_URL, if it
    names this machine; "off" sends nothing anywhere."""
    server_model: str = AUTO
    """What the server calls the model; "auto" is the only one it has."""
    gpu_layers: int | Literal["auto"] = "auto"
    """Layers to offload: "auto" (all, where the build can) or a number."""
    device: str = "auto"
    """Device of the embedding model: "auto", "cpu", "cuda", "mps"."""
    threads: int = 0
    """Threads for the models; 0 is one per core."""
    time_zone: str = "local"
    """IANA name, or "local"."""
    rollover: int = 4
    """Hour at which a study day begins."""
    theme: str = "textual-dark"
    """A Textual theme, to begin with; one that is chosen in the app (Ctrl+P) is kept."""
    interface: str = "auto"
    """Language of the interface: "auto" (that of the locale), "en" or "zh"; answers keep their own."""
    plain: bool = False
    """Prompts and lines instead of screens, for screen readers: what `--plain` does."""
    confidence: bool = False
    """Ask how sure you are of each answer before its verdict; also in the palette (Ctrl+P)."""
    motion: Literal["full", "off"] = "full"
    """"off": nothing slides, fades, blinks or is written out letter by letter."""
    sounds: bool = False
    """The terminal's bell: once for a verdict, twice at the end."""
    speech: bool = False
    """Reads each question aloud, and the note after its verdict; Ctrl+T reads once."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Other keys, by the name of what they do: `studyllm keys` lists the names."""
    themes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Themes of the learner's own: the colours of each, by the names of Textual's."""

    def __post_init__(self) -> None:
        if isinstance(self.database, Path):
            object.__setattr__(self, "database", self.home / self.database)

    @property
    def log(self) -> Path:
        return self.home / "studyllm.log"

    @property
    def drafts(self) -> Path:
        """Folder of texts about whole sections that were begun."""
        return self.home / "drafts"

    @property
    def day(self) -> Day:
        return Day(zone(self.time_zone), self.rollover)


def default_home(environ: Mapping[str, str] = os.environ) -> Path:
    """`STUDYLLM_HOME`, or the platform's folder for application data."""
    if given := environ.get("STUDYLLM_HOME"):
        return Path(given).expanduser()
    import platformdirs

    return platformdirs.user_data_path("studyllm", appauthor=False)


def load(home: Path | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings of a home; raises InputError for a file or value that cannot be understood."""
    settings = Settings(home=(home or default_home(environ)).expanduser().absolute())
    path = settings.home / "config.toml"
    given: dict[str, Any] = {}
    for name, value in read_toml(path, missing={}).items():
        if name not in _KEYS:
            said = _("{path}: there is no setting {name!r}; known are {known}.")
            raise InputError(said.format(path=path, name=name, known=listed(_KEYS)))
        given[name] = value
    for name in _KEYS:
        if name in TABLES:
            continue
        variable = f"STUDYLLM_{name.upper()}"
        if variable in environ:
            given[name] = environ[variable]
    return replace(settings, **{name: _value(name, value) for name, value in given.items()})


_KEYS = tuple(field.name for field in fields(Settings) if field.name != "home")


def _value(name: str, value: Any) -> Any:
    """A setting in its own type."""
    if name in ("threads", "rollover") or (name == "gpu_layers" and value != "auto"):
        return _number(name, value)
    if name in _SWITCHES:
        return _switched(name, value)
    if name in TABLES:
        return TABLES[name](value)
    if value is False:
        return OFF
    if not isinstance(value, str):
        raise InputError(_("The setting {name} is a text, not {value!r}.").format(name=name, value=value))
    if name == "database":
        return place_of(value)
    if name == "time_zone":
        zone(value)
    known, otherwise = _WORDS.get(name, ((), ""))
    if known and (value.partition(":")[0] if name == "device" else value) not in known:
        raise InputError(_(otherwise).format(value=value))
    return value


def _switched(name: str, value: Any) -> bool:
    told = {"true": True, "1": True, "false": False, "0": False}.get(str(value).lower())
    if told is None:
        said = _("The setting {name} is true or false, not {value!r}.")
        raise InputError(said.format(name=name, value=value))
    return told


_SWITCHES = ("plain", "confidence", "sounds", "speech")
_WORDS: dict[str, tuple[tuple[str, ...], str]] = {
    "interface": (("auto", *LANGUAGES), N_("The setting interface is auto, en or zh, not {value!r}.")),
    "motion": (("full", OFF), N_("The setting motion is full or off, not {value!r}.")),
    "device": (
        ("auto", "cpu", "cuda", "mps", "xpu"),
        N_("The setting device is auto, cpu, cuda or mps, not {value!r}."),
    ),
}
"""Settings that are one of a few words, and what is said of others."""


def _number(name: str, value: Any) -> int:
    """A whole number, which may come as text from the environment."""
    try:
        number = int(value) if isinstance(value, str) else value
    except ValueError:
        number = None
    if not isinstance(number, int) or isinstance(number, bool) or abs(number) > 10_000:
        raise InputError(
            _("The setting {name} is a whole number, not {value!r}.").format(name=name, value=value)
        )
    if name == "threads" and number < 0:
        raise InputError(_("The setting threads is 0 or more, not {value}.").format(value=number))
    if name == "rollover" and not 0 <= number <= 23:
        raise InputError(_("The setting rollover is an hour from 0 to 23, not {value}.").format(value=number))
    return number


def read_toml(path: Path, missing: dict[str, Any] | None = None) -> dict[str, Any]:
    """The content of a TOML file, or `missing` when there is none; raises InputError with the line of a mistake."""
    try:
        if missing is not None and not path.exists():
            return missing
        if path.exists() and not path.is_file():
            raise InputError(_("{path} is not a file.").format(path=path))
        import tomllib

        text = path.read_text("utf-8-sig")
        return tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else _("it is not UTF-8 text")
        said = _("{path} cannot be read: {reason}.")
        raise InputError(said.format(path=path, reason=reason)) from error
    except (ValueError, RecursionError) as error:  # beside mistakes of form, numbers and lists without end
        from studyllm.toml_mistakes import mistake  # late: few files have one

        said = _("{path} is not valid TOML: {error}.")
        raise InputError(said.format(path=path, error=mistake(text, error))) from error


_SCHEDULE = tuple(field.name for field in fields(Scheduling) if field.name != "weights")


def scheduling_from(given: Mapping[str, Any], before: Scheduling = Scheduling()) -> Scheduling:  # noqa: B008 - frozen
    """How a deck is to be scheduled, in the words of a deck file; raises InputError for what cannot be."""
    told: dict[str, Any] = dict(given)
    if unknown := sorted(set(told) - set(_SCHEDULE)):
        said = _("There is no {name!r} in a schedule; known are {known}.")
        raise InputError(said.format(name=unknown[0], known=listed(_SCHEDULE)))
    for name, kind in (("algorithm", Algorithm), ("spread", Spread), ("backlog", Backlog)):
        if name in told:
            if told[name] not in list(kind):
                said = _("`{name}` is {known}; not {value!r}.")
                raise InputError(said.format(name=name, known=listed(kind), value=told[name]))
            told[name] = kind(told[name])
    if "retention" in told:
        share = told["retention"]
        if not isinstance(share, int | float) or isinstance(share, bool) or not 0.7 <= share <= 0.99:
            raise InputError(_("`retention` is a share from 0.7 to 0.99, not {value!r}.").format(value=share))
    _check_steps(told)
    for name, read in (("easy_days", week_from), ("days_off", off_from)):
        if name in told:
            told[name] = read(told[name])
    if not isinstance(told.get("exam"), date | None) or isinstance(told.get("exam"), datetime):
        raise InputError(_("`exam` is a date like 2027-01-15, not {value!r}.").format(value=told["exam"]))
    for name, least, most, said in _WHOLE:
        if name in told and (type(told[name]) is not int or not least <= told[name] <= most):
            raise InputError(_(said).format(value=told[name]))
    return replace(before, **told)


def _check_steps(told: dict[str, Any]) -> None:
    """Steps as a tuple of minutes; raises InputError for what are none."""
    for name in ("learning_steps", "relearning_steps"):
        steps = told.get(name, [])
        whole = isinstance(steps, list | tuple) and all(
            type(step) is int and 1 <= step <= 720 for step in steps
        )
        if not whole or len(steps) > 6:
            raise InputError(
                _("`{name}` are up to six whole numbers of minutes, from 1 to 720, not {value!r}.").format(
                    name=name, value=steps
                )
            )
        if name in told:
            told[name] = tuple(steps)


_WHOLE = (
    ("leech", 1, 1000, N_("`leech` is a number of lapses from 1 to 1000, not {value!r}.")),
    ("correct", 0, 5, N_("`correct` is a number of correct recalls from 0 (off) to 5, not {value!r}.")),
)
"""Whole numbers of a schedule: the least, the most, and what is said of any other."""


def load_deck(path: Path) -> Deck:
    """A deck file; its `notes` are paths relative to the file."""
    content = read_toml(path)
    _check_deck(path, content)
    folder = path.resolve().parent
    limits = {name: content[name] for name in _LIMITS if name in content}
    return Deck(
        name=content.get("name", path.stem),
        notes=tuple(_resolved(path, folder / note) for note in content["notes"]),
        kinds=kinds_of(path, content),
        exclude=tuple(content.get("exclude", ())),
        skip_headings=tuple(content.get("skip_headings", ())),
        language=content.get("language", "auto"),
        scheduling=_scheduling(path, content.get("schedule")),
        file=path,
        **limits,
    )


def _resolved(file: Path, note: Path) -> Path:
    try:
        return note.resolve()
    except (OSError, RuntimeError) as error:  # links in a circle; a name that is too long
        said = _("{path}: `notes` has {name}, which leads nowhere.")
        raise InputError(said.format(path=file, name=note)) from error


_LIMITS = ("new_per_day", "reviews_per_day")


def is_deck_name(name: str) -> bool:
    """Whether a text may name a deck: one line without controls."""
    return bool(name.strip()) and clean(name) == name and "\n" not in name


def _check_deck(path: Path, content: Mapping[str, Any]) -> None:
    """Raises InputError for what a deck file cannot hold."""
    known = {field.name for field in fields(Deck)} - {"scheduling", "file"} | {
        "schedule",
        "directions",
        "cloze",
    }
    if unknown := sorted(set(content) - known):
        raise InputError(
            _("{path}: there is no key {name!r} in a deck; known are {known}.").format(
                path=path, name=unknown[0], known=listed(sorted(known))
            )
        )
    for name in ("notes", "exclude", "skip_headings", "kinds"):
        given = content.get(name, [])
        if not isinstance(given, list) or not all(
            isinstance(text, str) and "\0" not in text for text in given
        ):
            raise InputError(_("{path}: `{name}` must be a list of texts.").format(path=path, name=name))
    if not all(glob.removesuffix("/*").strip("./ ") for glob in content.get("exclude", [])):
        raise InputError(_("{path}: `exclude` has an empty pattern.").format(path=path))
    title = content.get("name", path.stem)
    if not isinstance(title, str) or not is_deck_name(title):
        raise InputError(_("{path}: `name` must be a line of text.").format(path=path))
    if not content.get("notes"):
        said = _("{path}: `notes` must list the files and folders that the cards come from.")
        raise InputError(said.format(path=path))
    for name in _LIMITS:
        limit = content.get(name, 0)
        if not isinstance(limit, int) or isinstance(limit, bool) or not 0 <= limit <= 1_000_000:
            said = _("{path}: `{name}` must be a whole number from 0 to a million.")
            raise InputError(said.format(path=path, name=name))
    language = content.get("language", "auto")
    if language not in ("auto", "zh", "en"):
        raise InputError(_("{path}: `language` must be auto, zh or en.").format(path=path))


def _scheduling(path: Path, schedule: object) -> Scheduling | None:
    """How a deck is scheduled, if its file says so."""
    if schedule is None:
        return None
    if not isinstance(schedule, dict):
        raise InputError(_("{path}: `schedule` must be a table, as in [schedule].").format(path=path))
    try:
        return scheduling_from(schedule)
    except InputError as error:
        raise InputError(_("{path}, [schedule]: {error}").format(path=path, error=error)) from None
