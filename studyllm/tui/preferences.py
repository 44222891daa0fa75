"""Settings that are chosen in the app: they hold at once, and are kept in `config.toml`."""

from dataclasses import replace
from typing import TYPE_CHECKING

from studyllm.config_file import with_setting
from studyllm.errors import StudyError

if TYPE_CHECKING:
    from studyllm.tui.study import Study


def keep(study: "Study", name: str, value: str | bool) -> None:
    """A setting from now on; where the file cannot be written that is said, and it holds until the app is closed."""
    study.settings = replace(study.settings, **{name: value})
    try:
        with_setting(study.settings.home / "config.toml", name, value).write()
    except StudyError as error:
        study.report(error)
