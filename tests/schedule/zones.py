"""Places whose clocks change in different ways, and study days as a person there says them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI, NEW_YORK, LORD_HOWE = map(ZoneInfo, ("Asia/Shanghai", "America/New_York", "Australia/Lord_Howe"))
ZONES = (SHANGHAI, NEW_YORK, LORD_HOWE)
ROLLOVER = 4
BEGIN = date(2026, 1, 5)


def told(now: datetime, zone: ZoneInfo) -> date:
    """The study day as a person says it: before four in the morning it is still yesterday."""
    local = now.astimezone(zone)
    return local.date() - timedelta(days=local.hour < ROLLOVER)


def moment(day: date, clock: str, zone: ZoneInfo) -> datetime:
    """When a clock on the wall shows that time on a study day."""
    at = time.fromisoformat(clock)
    on = day + timedelta(days=at.hour < ROLLOVER)
    return datetime.combine(on, at, zone).astimezone(UTC)
