"""Time zones by name; what knows them is imported with the first."""

import os
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from studyllm.errors import InputError
from studyllm.i18n import _


def zone(name: str) -> tzinfo:
    """The time zone of that IANA name, or the machine's own for "local"."""
    if name == "local":
        return _local_zone()
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InputError(
            _("There is no time zone {name!r}; use an IANA name such as Asia/Shanghai.").format(name=name)
        ) from error


def _local_zone() -> tzinfo:
    """A zone that knows its daylight saving, so that days far ahead begin at the right hour."""
    name = os.environ.get("TZ", "").removeprefix(":")
    if not name:
        link = Path("/etc/localtime")
        target = str(link.resolve()) if link.is_symlink() else ""
        name = target.partition("zoneinfo/")[2]
    if not name:
        return datetime.now().astimezone().tzinfo or UTC
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return datetime.now().astimezone().tzinfo or UTC
