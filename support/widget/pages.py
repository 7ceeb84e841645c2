"""Everything beside the conversation itself: the page, the API's description, static files, health."""

import hashlib
import json
import mimetypes
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseNotModified, JsonResponse
from django.template.loader import render_to_string

from support.conversations.database import reading
from support.widget.door import door
from support.widget.errors import NOT_FOUND, ApiError
from support.widget.process import process

OPENAPI = Path(__file__).with_name("openapi.json")


async def chat(request: HttpRequest) -> HttpResponse:
    """The page at /."""
    return _read_only(request, render_to_string("widget/chat.html"), "text/html; charset=utf-8")


async def _openapi(request: HttpRequest) -> HttpResponse:
    return _read_only(request, OPENAPI.read_bytes(), "application/json")


async def _docs(request: HttpRequest) -> HttpResponse:
    """The API's description for people, made from openapi.json."""
    return _read_only(request, render_to_string("widget/docs.html", _for_people()), "text/html; charset=utf-8")


async def asset(request: HttpRequest, path: str) -> HttpResponse:
    """A static file of any installed app, asked again every time and sent again only when it changed."""
    found = finders.find(path)
    if not isinstance(found, str):
        return HttpResponse("There is no such file.", status=404, content_type="text/plain")
    content = Path(found).read_bytes()
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    if kind.startswith("text/"):
        kind += "; charset=utf-8"
    same = request.headers.get("If-None-Match") == etag
    response = HttpResponseNotModified() if same else _read_only(request, content, kind)
    response["ETag"], response["Cache-Control"] = etag, "no-cache"
    return response


async def health(request: HttpRequest) -> JsonResponse:
    """200 if the database answers and turns are being run, else 503 with what is wrong."""
    parts = {
        "database": await _database(),
        "turns": "ok" if process.runner and process.runner.is_alive() else "stopped",
    }
    well = set(parts.values()) == {"ok"}
    return JsonResponse({"status": "ok" if well else "ill", **parts}, status=200 if well else 503)


async def _not_found(request: HttpRequest) -> HttpResponse:
    raise ApiError(*NOT_FOUND)


openapi = door(GET=_openapi, HEAD=_openapi)
docs = door(GET=_docs, HEAD=_docs)
not_found = door(GET=_not_found, POST=_not_found)


async def _database() -> str:
    try:
        await reading(_ask_database)
    except Exception as error:
        return type(error).__name__
    return "ok"


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM conversations_conversation WHERE id = ''")


def _read_only(request: HttpRequest, content: str | bytes, kind: str) -> HttpResponse:
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
