"""Django's sessions, users and form tokens, for the desk alone: the chat stays free of cookies and of their cost."""

from typing import Any

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.middleware.csrf import CsrfViewMiddleware

DESK = "/desk/"


class AtTheDesk:
    """Beside one of Django's middlewares: other paths pass it by."""

    def __call__(self, request: HttpRequest) -> Any:
        if self.async_mode or request.path.startswith(DESK):  # type: ignore[attr-defined]
            return super().__call__(request)  # type: ignore[misc]
        return self.get_response(request)  # type: ignore[attr-defined]

    async def __acall__(self, request: HttpRequest) -> Any:
        if request.path.startswith(DESK):
            return await super().__acall__(request)  # type: ignore[misc]
        return await self.get_response(request)  # type: ignore[attr-defined]


class DeskSessions(AtTheDesk, SessionMiddleware):
    """And nothing of the desk is kept by a browser or a proxy."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        response.headers.setdefault("Cache-Control", "no-store")
        return super().process_response(request, response)


class DeskUsers(AtTheDesk, AuthenticationMiddleware):
    pass


class DeskMessages(AtTheDesk, MessageMiddleware):
    pass


class DeskCsrf(AtTheDesk, CsrfViewMiddleware):
    async def process_view(self, request: HttpRequest, *view: Any) -> Any:
        """Compares two tokens in memory; asynchronous so that it costs the chat no thread."""
        return super().process_view(request, *view) if request.path.startswith(DESK) else None
