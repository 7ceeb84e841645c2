"""How often one conversation or one address may do something. Counted in this process, or in Redis by all together."""

import logging
import math
import re
import time
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from redis.asyncio import Redis
from redis.exceptions import RedisError

from support.telemetry import metrics
from support.widget.errors import ApiError

logger = logging.getLogger(__name__)

ANSWERS_WITHIN_S = 0.25
ASKED_AGAIN_S = 5.0  # after it was away
# Limit.wait_s in one step, by the clock of Redis: KEYS[1] is full until then; ARGV: seconds a piece, seconds for all.
COUNT = """
local clock = redis.call('TIME')
local now = clock[1] + clock[2] / 1000000
local piece, seconds = tonumber(ARGV[1]), tonumber(ARGV[2])
local until_ = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now) + piece
if until_ - now > seconds + 1e-6 then return tostring(until_ - now - seconds) end
redis.call('SET', KEYS[1], string.format('%.6f', until_), 'PX', math.ceil((until_ - now) * 1000))
return '0'
"""


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


class Shared:
    """The counts of all web processes together. One for each event loop, as its connections are."""

    def __init__(self, url: str) -> None:
        within = {"socket_timeout": ANSWERS_WITHIN_S, "socket_connect_timeout": ANSWERS_WITHIN_S}
        self._count = Redis.from_url(url, **within).register_script(COUNT)
        self._away_until = 0.0

    async def wait_s(self, name: str, limit: Limit, key: str) -> float | None:
        """As Limit.wait_s; None while Redis is away: then each process counts for itself."""
        if time.monotonic() < self._away_until:
            return None
        piece_s = limit.seconds / limit.count
        try:
            return float(await self._count(keys=[f"support:limit:{name}:{key}"], args=[piece_s, limit.seconds]))
        except (RedisError, OSError) as error:
            self._away_until = time.monotonic() + ASKED_AGAIN_S
            logger.error("Redis is away, limits are counted in each process: %s", error)
            return None


_limits: dict[str, Limit] = {}


@cache
def _shared() -> Shared | None:
    return Shared(settings.REDIS_URL) if settings.REDIS_URL else None


async def admit(limit: str, key: str) -> None:
    """Counts one more for this key, under the limit of this name in the settings. Raises ApiError 429."""
    if limit not in _limits:
        _limits[limit] = Limit(settings.LIMITS[limit])
    this, shared = _limits[limit], _shared()
    wait_s = await shared.wait_s(limit, this, key) if shared and this.count else None
    if wait_s is None:
        wait_s = this.wait_s(key, time.monotonic())
    if wait_s:
        seconds = math.ceil(wait_s)
        metrics.LIMITED.labels(limit).inc()
        raise ApiError(429, "too_many", f"That was a lot at once. Please try again in {seconds} s.", None, seconds)


def address_of(request: HttpRequest) -> str:
    """Where the request comes from; behind `PROXIES` proxies of ours, what the outermost of them saw."""
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if 0 < settings.PROXIES <= len(forwarded):
        return forwarded[-settings.PROXIES]
    return request.META.get("REMOTE_ADDR", "")
