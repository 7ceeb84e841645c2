"""Everything beside the conversation itself: the page, the API's description."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string

from support.conversations.database import reading
from support.orders.services import demo_orders_to_try
from support.widget.door import door
from support.widget.errors import NOT_FOUND, ApiError

OPENAPI = Path(__file__).with_name("openapi.json")
ORDERS_TO_TRY = 3


async def shop(request: HttpRequest) -> HttpResponse:
    """The page at /: a product of the shop, the assistant on it, demo orders to try where they are loaded."""
    orders = await reading(demo_orders_to_try, ORDERS_TO_TRY)
    return read_only(request, render_to_string("widget/shop.html", {"orders": orders}), "text/html; charset=utf-8")


async def _openapi(request: HttpRequest) -> HttpResponse:
    return read_only(request, OPENAPI.read_bytes(), "application/json")


async def _docs(request: HttpRequest) -> HttpResponse:
    """The API's description for people, made from openapi.json."""
    return read_only(request, render_to_string("widget/docs.html", _for_people()), "text/html; charset=utf-8")


async def _not_found(request: HttpRequest) -> HttpResponse:
    raise ApiError(*NOT_FOUND)


openapi = door(GET=_openapi, HEAD=_openapi)
docs = door(GET=_docs, HEAD=_docs)
not_found = door(GET=_not_found, POST=_not_found)


def read_only(request: HttpRequest, content: str | bytes, kind: str) -> HttpResponse:
    """The content to a GET or HEAD, 405 to anything else."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    return HttpResponse(content, content_type=kind)


@cache
def _for_people() -> dict[str, Any]:
    document = json.loads(OPENAPI.read_text(encoding="utf-8"))
    calls = []
    for path, methods in document["paths"].items():
        for method, call in methods.items():
            if method == "parameters":
                continue
            body = call.get("requestBody", {}).get("content", {})
            examples = [
                json.dumps(example["value"]) for kind in body.values() for example in kind.get("examples", {}).values()
            ]
            answers = [(status, answer["description"]) for status, answer in call["responses"].items()]
            calls.append({"method": method.upper(), "path": path, "examples": examples, "answers": answers, **call})
    return {"info": document["info"], "calls": calls, "schemas": document["components"]["schemas"]}
