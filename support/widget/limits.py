"""How often one conversation or one address may do something. Counted in this process."""

import math
import re
import time

from django.conf import settings
from django.http import HttpRequest

from support.widget.errors import ApiError


class Limit:
    """`count` at once, and then as many again every `seconds`. "120/30"; "0": no limit. Raises ValueError."""

    KEPT = 100_000

    def __init__(self, written: str) -> None:
        match = re.fullmatch(r"(\d+)(?:/([1-9]\d*))?", written)
        if not match or (int(match[1]) and not match[2]):
            raise ValueError(f"a limit is written count/seconds, or 0; got {written!r}")
        self.count, self.seconds = int(match[1]), int(match[2] or 0)
        self.full_until: dict[str, float] = {}

    def wait_s(self, key: str, now: float) -> float:
        """0 and one more is counted, or how long to wait for the next."""
        if not self.count:
            return 0
        if len(self.full_until) > self.KEPT:
            self.full_until = {kept: until for kept, until in self.full_until.items() if until > now}
        until = max(self.full_until.get(key, 0), now) + self.seconds / self.count
        if until - now > self.seconds + 1e-9:
            return until - now - self.seconds
        self.full_until[key] = until
        return 0


_limits: dict[str, Limit] = {}


def admit(limit: str, key: str) -> None:
    """Counts one more for this key, under the limit of this name in the settings. Raises ApiError 429."""
    if limit not in _limits:
        _limits[limit] = Limit(settings.LIMITS[limit])
    if wait_s := _limits[limit].wait_s(key, time.monotonic()):
        seconds = math.ceil(wait_s)
        raise ApiError(429, "too_many", f"That was a lot at once. Please try again in {seconds} s.", None, seconds)


def address_of(request: HttpRequest) -> str:
    """Where the request comes from; behind `PROXIES` proxies of ours, what the outermost of them saw."""
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if 0 < settings.PROXIES <= len(forwarded):
        return forwarded[-settings.PROXIES]
    return request.META.get("REMOTE_ADDR", "")
