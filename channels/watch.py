"""Whether this Rasa can run a turn: its model, its memory, an action server.

Redis and the event broker are not asked for: while they are away turns go on (locks.py, events.py)."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from channels.turn import primary
from support.telemetry import metrics

WITHIN_S = 2.0


def add_watch(door: Blueprint, token: str) -> None:
    """GET /health (alive), /ready (503 with what is not), /metrics, below this door."""

    @door.route("/health", methods=["GET"])
    async def health(_request: Request) -> HTTPResponse:
        return response.json({"status": "ok"})

    @door.route("/ready", methods=["GET"])
    async def ready(request: Request) -> HTTPResponse:
        parts = await readiness(request.app)
        well = set(parts.values()) == {"ok"}
        return response.json({"status": "ok" if well else "ill", **parts}, 200 if well else 503)

    @door.route("/metrics", methods=["GET"])
    async def read_metrics(request: Request) -> HTTPResponse:
        if not metrics.is_allowed(request.ip, request.headers, token):
            return response.empty(404)
        return response.raw(metrics.page(), content_type=metrics.CONTENT_TYPE)


def is_ready(app: Sanic) -> bool:
    """Whether the model is loaded."""
    agent = getattr(app.ctx, "agent", None)
    return agent is not None and agent.is_ready()


async def readiness(app: Sanic) -> dict[str, str]:
    """Each part "ok" or what is wrong with it in a word; of several action servers one is enough."""
    if not is_ready(app):
        return {"model": "loading"}
    agent = app.ctx.agent
    store = primary(agent.tracker_store)
    parts = {"model": "ok", "tracker": await _asked(store.newest, "")}
    if agent.action_endpoint:
        words = await asyncio.gather(*map(_action_server, agent.action_endpoint.url.split()))
        parts["actions"] = "ok" if "ok" in words else words[0]
    return parts


async def _asked(ask: Any, *args: Any) -> str:
    try:
        await asyncio.wait_for(asyncio.get_running_loop().run_in_executor(None, ask, *args), WITHIN_S)
    except Exception as error:
        return type(error).__name__
    return "ok"


async def _action_server(address: str) -> str:
    within = aiohttp.ClientTimeout(WITHIN_S)
    try:
        async with aiohttp.ClientSession(timeout=within) as http, http.get(f"{address}/health") as answer:
            return "ok" if answer.status == 200 else f"answers {answer.status}"
    except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
        return type(error).__name__
