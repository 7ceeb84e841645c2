"""Starts the action server: on SUPPORT_INNER_HOST, and only for who knows the token."""

from __future__ import annotations

import gc
import hmac
import logging
import os
import time
from typing import Any

from asgiref.sync import sync_to_async

from support.telemetry import logs, metrics

logger = logging.getLogger("actions")
OPEN = ("/health", "/ready", "/metrics")
KEPT_OPEN_S = 120  # longer than Rasa keeps an idle connection, so that it never sends into a closed one


def main() -> None:
    """Serves /webhook (with `Authorization: Bearer` the internal token), /health, /ready and /metrics until stopped."""
    token = os.environ.get("SUPPORT_INTERNAL_TOKEN", "")
    if not token:
        raise SystemExit("SUPPORT_INTERNAL_TOKEN is empty: `support run` sets it")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "support.settings")
    import django

    django.setup()  # before the actions are imported: they use the database
    from django.conf import settings

    app = create_server(token)
    if settings.LOG_FORMAT == "json":
        logs.write_json()
    host, port = os.environ.get("SUPPORT_INNER_HOST", "127.0.0.1"), os.environ.get("SUPPORT_ACTIONS_PORT", "5055")
    gc.freeze()  # what is loaded stays, and is not looked through for garbage again: every call would wait for that
    app.run(host, int(port), access_log=False)


def create_server(token: str) -> Any:
    """The doors of the action server. Not the SDK's own: it lets in other sites' pages, and repeats what was said."""
    from rasa_sdk.executor import ActionExecutor
    from rasa_sdk.interfaces import ActionNotFoundException
    from sanic import Sanic
    from sanic.response import json, raw

    from actions.calls import answer_to
    from support.conversations.services import database_state

    app = Sanic("actions", configure_logging=False)
    app.config.KEEP_ALIVE_TIMEOUT = KEPT_OPEN_S
    expected = f"Bearer {token}".encode()
    executor = ActionExecutor()
    executor.register_package("actions")

    @app.get("/health")
    async def health(_request):
        return json({"status": "ok"})

    @app.get("/ready")
    async def ready(_request):
        parts = await sync_to_async(database_state)()
        well = set(parts.values()) == {"ok"}
        return json({"status": "ok" if well else "ill", **parts}, 200 if well else 503)

    @app.get("/metrics")
    async def read_metrics(request):
        if not metrics.is_allowed(request.ip, request.headers, token):
            return json({"error": "not found"}, 404)
        return raw(metrics.page(), content_type=metrics.CONTENT_TYPE)

    @app.post("/webhook")
    async def run_action(request):
        began, name = time.perf_counter(), (request.json or {}).get("next_action")
        try:
            answer, status = await answer_to(executor, request.json), 200
        except ActionNotFoundException as error:
            answer, status = {"error": error.message, "action_name": name}, 404
        except Exception:
            logger.exception("The action failed")
            answer, status = {"error": "the action failed"}, 500
        _tell(name, status, time.perf_counter() - began)
        return json(answer, status)

    @app.on_request
    async def refuse_strangers(request):
        logs.continue_from(request.headers)
        given = request.headers.get("Authorization", "").encode()
        if request.path not in OPEN and not hmac.compare_digest(given, expected):
            return json({"error": "unauthorized"}, status=401)
        return None

    return app


def _tell(name: str | None, status: int, took_s: float) -> None:
    """One line for each call of Rasa's."""
    metrics.ACTIONS.labels(str(status)).observe(took_s)
    named = name if status == 200 else None
    logger.info("the action ran", extra={"action": named, "outcome": str(status), "ms": round(1000 * took_s, 1)})


if __name__ == "__main__":
    main()
