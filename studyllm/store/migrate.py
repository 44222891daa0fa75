"""Bringing tables up to date: the newest migration, how they are run, and what is said where that cannot be."""

from pathlib import Path
from typing import TYPE_CHECKING

from studyllm.i18n import _
from studyllm.location import Place

if TYPE_CHECKING:
    from sqlalchemy import Connection

VERSION = "0009"
"""The newest migration; a test compares it with the files in `migrations/versions`."""
FOLDER = Path(__file__).parent / "migrations"


def upgrade(connection: "Connection", revision: str = "head") -> None:
    """Runs the migrations that are still to be run, in the connection's transaction."""
    from alembic import command  # late: half a second that only a new or old database needs
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def newer(place: Place, found: str) -> str:
    """What is said of a database of a newer release."""
    return _(
        "{path} was made by a newer studyllm (its version is {found}, this one reads up to {known}). "
        "Nothing was changed; install the newer studyllm again."
    ).format(path=place, found=found, known=VERSION)
