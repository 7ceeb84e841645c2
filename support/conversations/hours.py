"""When people are there (R.hours): each day between two times of the wall clock, across midnight if need be."""

import datetime
import zoneinfo
from dataclasses import dataclass
from functools import cache

from babel.dates import format_date, format_time, get_timezone_name
from django.conf import settings

UTC = datetime.timezone.utc
LOCALE = "en"


@dataclass(frozen=True)
class Hours:
    """opens, closes: of the wall clock in zone; closing at or before the opening is on the next day."""

    opens: datetime.time
    closes: datetime.time
    zone: zoneinfo.ZoneInfo

    def next_opening(self, now: datetime.datetime) -> datetime.datetime | None:
        """The instant at which somebody will be there; None: somebody is there now. The closing time is closed."""
        day = now.astimezone(self.zone).date()
        spans = [self._span(day + datetime.timedelta(days)) for days in (-1, 0, 1, 2)]
        if any(start <= now < end for start, end in spans):
            return None
        return next(start for start, _ in spans if start > now)

    def _span(self, day: datetime.date) -> tuple[datetime.datetime, datetime.datetime]:
        """From this day's opening to its closing. In UTC: on one wall clock, nights of a time change are miscounted."""
        end = day if self.closes > self.opens else day + datetime.timedelta(1)
        return self._instant(day, self.opens), self._instant(end, self.closes)

    def _instant(self, day: datetime.date, time: datetime.time) -> datetime.datetime:
        return datetime.datetime.combine(day, time, self.zone).astimezone(UTC)

    def words(self) -> dict[str, str]:
        """opens, closes and zone as people write them: 6:30 pm, 4:00 am, Pacific time."""
        return {"opens": _time(self.opens), "closes": _time(self.closes), "zone": zone_name(self.zone.key)}


@cache
def service_hours() -> Hours:
    """As SUPPORT_HOURS and SUPPORT_HOURS_TIMEZONE set them."""
    opens, closes = (datetime.time.fromisoformat(text) for text in settings.HOURS.split("-"))
    return Hours(opens, closes, zoneinfo.ZoneInfo(settings.HOURS_TIMEZONE))


def in_words(instant: datetime.datetime, timezone: str) -> str:
    """An instant on the customer's wall clock: "on Thursday, 26 November at 9:30 pm, your time".

    timezone: IANA name; "" (unknown): on the wall clock of the service, which is then named.
    """
    zone = zoneinfo.ZoneInfo(timezone) if timezone else service_hours().zone
    there = instant.astimezone(zone)
    whose = "your time" if timezone else zone_name(zone.key)
    return f"on {format_date(there, 'EEEE, d MMMM', locale=LOCALE)} at {_time(there)}, {whose}"


def zone_name(key: str) -> str:
    """A time zone as people call it: Pacific time."""
    return get_timezone_name(zoneinfo.ZoneInfo(key), width="long", locale=LOCALE, zone_variant="generic").replace(
        "Time", "time"
    )


def _time(time: datetime.time | datetime.datetime) -> str:
    return format_time(time, "h:mm a", locale=LOCALE).lower().replace("\u202f", " ")
