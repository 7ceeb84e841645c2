"""The web process: Django, the runner that brings turns to their end, and live push."""

import os
from typing import Any

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "support.settings")
django_application = get_asgi_application()

from support.desk.ticket_clock import TicketClock  # noqa: E402 (needs Django's settings)
from support.desk.turn_events import TurnEvents  # noqa: E402
from support.widget.body_limit import limited  # noqa: E402
from support.widget.by_address import by_address  # noqa: E402
from support.widget.garbage import look_through_once  # noqa: E402
from support.widget.process import lifespan  # noqa: E402
from support.widget.straight import straight  # noqa: E402

http_application = by_address(limited(straight(django_application)))


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] == "lifespan":
        look_through_once()
        await lifespan(receive, send, TicketClock(), TurnEvents())
    elif scope["type"] == "http":
        await http_application(scope, receive, send)
