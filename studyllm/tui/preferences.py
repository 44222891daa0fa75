"""Settings that are chosen in the app: they hold at once, and are kept in `config.toml`."""

from typing import TYPE_CHECKING

from studyllm.config_file import with_setting
from studyllm.errors import StudyError

if TYPE_CHECKING:
    from studyllm.config import Settings
    from studyllm.tui.study import Study


def keep(study: "Study", settings: "Settings", name: str) -> None:
    """Settings from now on, one of which was changed; where the file cannot be written that is said, and they hold
    until the app is closed."""
    study.settings = settings
    try:
        with_setting(settings.home / "config.toml", name, getattr(settings, name)).write()
    except StudyError as error:
        study.report(error)
