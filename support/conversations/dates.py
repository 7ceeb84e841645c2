"""Which day it is where the customer is."""

import datetime
import zoneinfo

LAST_TO_END = datetime.timezone(datetime.timedelta(hours=-12))


def is_timezone(name: str) -> bool:
    """True for an IANA name such as America/New_York."""
    try:
        return bool(zoneinfo.ZoneInfo(name))
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        return False


def customer_date(instant: datetime.datetime, timezone: str) -> datetime.date:
    """The customer's calendar date. An unknown zone means UTC-12, where a day ends last (I.where)."""
    return instant.astimezone(zoneinfo.ZoneInfo(timezone) if timezone else LAST_TO_END).date()
