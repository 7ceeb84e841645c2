"""The mailroom's little web server: is it alive, is it ready, its metrics."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django.conf import settings
from django.db import connection
from django.db.models import Min
from django.utils import timezone

from support.conversations.readiness import database_state
from support.conversations.waiting import age_s
from support.mail.mailroom import Mailroom
from support.mail.models import IncomingLetter, OutgoingLetter
from support.telemetry import metrics

State = IncomingLetter.State


def watch_server(mailroom: Mailroom, host: str, port: int) -> ThreadingHTTPServer:
    """Answers GET /health, /ready and /metrics, once it serves."""

    class Watch(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                self._answer()
            finally:
                connection.close()  # this thread's own

        def _answer(self) -> None:
            path = self.path.partition("?")[0]
            if path == "/health":
                self._tell({"mailroom": "ok" if mailroom.is_alive() else "stopped"})
            elif path == "/ready":
                self._tell({**database_state(), "mailroom": "ok" if mailroom.is_alive() else "stopped"})
            elif path == "/metrics" and self._may_read():
                _measure()
                self._send(200, metrics.CONTENT_TYPE, metrics.page())
            else:
                self._send(404, "text/plain", b"")

        def _may_read(self) -> bool:
            return metrics.is_allowed(self.client_address[0], self.headers, settings.INTERNAL_TOKEN)

        def _tell(self, parts: dict[str, str]) -> None:
            well = set(parts.values()) == {"ok"}
            told = {"status": "ok" if well else "ill", **parts}
            self._send(200 if well else 503, "application/json", json.dumps(told).encode())

        def _send(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return ThreadingHTTPServer((host, port), Watch)


def _measure() -> None:
    now = timezone.now()
    letters_in = IncomingLetter.objects.filter(state=State.RECEIVED).aggregate(since=Min("received_at"))["since"]
    letters_out = OutgoingLetter.objects.filter(state__in=OutgoingLetter.OPEN).aggregate(since=Min("created_at"))
    metrics.LETTERS_IN.set(age_s(letters_in, now))
    metrics.LETTERS_OUT.set(age_s(letters_out["since"], now))
    metrics.LETTERS_STANDING.set(IncomingLetter.objects.filter(state__in=(State.PARKED, State.HELD)).count())
