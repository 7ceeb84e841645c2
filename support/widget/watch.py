"""For who runs the web process: is it alive, is it ready, and its metrics. Only the first is for everybody."""

from __future__ import annotations

import asyncio

import aiohttp
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from support.cases.case_list import count_overdue
from support.conversations.database import reading
from support.conversations.readiness import database_state
from support.conversations.waiting import waiting
from support.telemetry import metrics
from support.widget.process import process

RASA_WITHIN_S = 2.0


async def health(request: HttpRequest) -> JsonResponse:
    """200 while the process lives and looks for turns; to start it anew would help against a 503."""
    return _told({"turns": "ok" if process.runner and process.runner.is_alive() else "stopped"})


async def ready(request: HttpRequest) -> JsonResponse:
    """200 if customers can be answered, else 503 with what is not well: database, migrations, turns, Rasa's model.

    ?own: without Rasa. For a load balancer: a message is taken and kept while Rasa is away.
    """
    own = "own" in request.GET
    database, rasa = await asyncio.gather(reading(database_state), _nothing() if own else _rasa())
    turns = "ok" if process.runner and process.runner.is_alive() else "stopped"
    stopping = "stopping" if process.live and process.live.stopping else "ok"
    return _told({**database, "turns": turns, "process": stopping, **rasa})


async def metrics_page(request: HttpRequest) -> HttpResponse:
    """Prometheus' text, to who may have it; to anybody else there is nothing here."""
    if not metrics.is_allowed(request.META.get("REMOTE_ADDR", ""), request.headers, settings.INTERNAL_TOKEN):
        raise Http404
    await reading(_measure)
    return HttpResponse(metrics.page(), content_type=metrics.CONTENT_TYPE)


def _measure() -> None:
    now = timezone.now()
    waits = waiting(now)
    metrics.UNANSWERED.set(waits.unanswered_s)
    metrics.WAITING.set(waits.line)
    metrics.LONGEST_WAIT.set(waits.longest_s)
    metrics.OVERDUE.set(count_overdue(now))
    metrics.STREAMS.set(process.live.count() if process.live else 0)


async def _nothing() -> dict[str, str]:
    return {}


async def _rasa() -> dict[str, str]:
    return {"rasa": await _rasas_word()}


async def _rasas_word() -> str:
    """Of several one is enough."""
    words = await asyncio.gather(*map(_word_of, settings.RASA_URLS))
    return "ok" if "ok" in words else words[0]


async def _word_of(address: str) -> str:
    if not process.runner:
        return "stopped"
    within = aiohttp.ClientTimeout(RASA_WITHIN_S)
    try:
        async with process.runner.http.get(f"{address}/webhooks/conversation/", timeout=within) as answer:
            return "ok" if answer.status == 200 else "loading" if answer.status == 503 else f"answers {answer.status}"
    except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
        return type(error).__name__


def _told(parts: dict[str, str]) -> JsonResponse:
    well = set(parts.values()) == {"ok"}
    return JsonResponse({"status": "ok" if well else "ill", **parts}, status=200 if well else 503)
