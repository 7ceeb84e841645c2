"""Who watches a process calls it by its address, not by one of our names: a probe, a scraper of metrics.

Django refuses a Host that is not in SUPPORT_ALLOWED_HOSTS, because pages can be built from it. These answers are not.
"""

from typing import Any

from django.conf import settings

from support.telemetry.logs import PROBED

SCRAPED = (
    "/metrics"  # without the token as before: a page in somebody's browser must not get there by a name of its own
)


def by_address(application: Any) -> Any:
    """The ASGI application, to which a request of this kind comes under one of our own names."""

    async def answered(scope: dict[str, Any], receive: Any, send: Any) -> None:
        headers = dict(scope["headers"])
        if scope["path"] in PROBED or (scope["path"] == SCRAPED and b"authorization" in headers):
            ours = settings.ALLOWED_HOSTS[0].lstrip(".").replace("*", "localhost").encode()
            kept = [(name, value) for name, value in scope["headers"] if name not in (b"host", b"x-forwarded-host")]
            scope = {**scope, "headers": [*kept, (b"host", ours)]}
        await application(scope, receive, send)

    return answered
