"""Every request to the chat API comes in here: its method, its token, its body, and what went wrong."""

import json
import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from support.conversations import words
from support.conversations.database import reading
from support.conversations.history import conversation_of, erasable_by
from support.conversations.log import digest
from support.conversations.models import Conversation
from support.telemetry import logs
from support.widget.body_limit import PHOTOS_PATH, TOO_LONG
from support.widget.errors import NOT_FOUND, UNAUTHORIZED, ApiError
from support.widget.limits import address_of, admit

logger = logging.getLogger(__name__)

View = Callable[..., Awaitable[HttpResponseBase]]
TOKENS_KNOWN = 10_000
_opened: dict[str, str] = {}  # by the digest of a token: what it opens never changes
BEARER = re.compile(r"bearer +([A-Za-z0-9_\-.~+/=]+) *", re.IGNORECASE)


def door(**views: View) -> View:
    """One view for a path: door(GET=…, POST=…). Whatever goes wrong is answered in the contract's shape."""

    async def view(request: HttpRequest, **path: str) -> HttpResponseBase:
        with logs.about(path.get("conversation_id", "")):
            return await answer(request, **path)

    async def answer(request: HttpRequest, **path: str) -> HttpResponseBase:
        try:
            if limit := request.scope.get(TOO_LONG):  # type: ignore[attr-defined]
                raise too_large(request.path, limit)
            if request.method not in views:
                raise ApiError(405, "method_not_allowed", f"This takes {' or '.join(views)}.")
            await admit("requests", address_of(request))
            return await views[request.method](request, **path)
        except ApiError as error:
            response = error.response()
            if error.status == 405:
                response["Allow"] = ", ".join(views)
            return response
        except Conversation.DoesNotExist:
            return ApiError(*NOT_FOUND).response()
        except Exception:
            logger.exception("%s %s failed", request.method, request.path)
            return ApiError(500, "internal", "Something went wrong on our side. Please try again.").response()

    view.csrf_exempt = True  # type: ignore[attr-defined]  # nothing here is opened by a cookie
    return view


def too_large(path: str, limit: int) -> ApiError:
    """What is said to a body over the limit; to a photo the same as to one that is a little too large."""
    if PHOTOS_PATH.fullmatch(path):
        return ApiError(413, "photo_too_large", words.words(words.PHOTO_TOO_BIG).text, "file")
    return ApiError(413, "too_large", f"This is too large: at most {limit // 1024} KB are taken here.")


def token_of(request: HttpRequest) -> str:
    """The bearer token. Raises ApiError 401."""
    match = BEARER.fullmatch(request.headers.get("Authorization", ""))
    if not match:
        raise ApiError(*UNAUTHORIZED)
    return match[1]


def authorise(token: str, conversation_id: str) -> None:
    """Nothing, if this token opens this conversation. Raises ApiError 401 (no such token), 404 (another's)."""
    _opens(conversation_of(token), conversation_id)


async def admitted(token: str, conversation_id: str) -> None:
    """As authorise, without asking the database again; what is done next has to find the conversation (erased, not).

    Raises ApiError as authorise.
    """
    known = digest(token)
    if _opened.get(known) != conversation_id:
        await reading(authorise, token, conversation_id)
        remember(token, conversation_id)


def remember(token: str, conversation_id: str) -> None:
    """This token opens this conversation."""
    while len(_opened) >= TOKENS_KNOWN:
        del _opened[next(iter(_opened))]
    _opened[digest(token)] = conversation_id


def authorise_erasure(token: str, conversation_id: str) -> None:
    """As authorise, and again after the conversation is erased: who asks twice gets the same answer."""
    _opens(erasable_by(token), conversation_id)


def _opens(opened: str | None, conversation_id: str) -> None:
    if opened is None:
        raise ApiError(*UNAUTHORIZED)
    if opened != conversation_id:
        raise ApiError(*NOT_FOUND)


def json_body(request: HttpRequest, optional: bool = False) -> dict[str, Any]:
    """The body, a JSON object. Raises ApiError 400, 415."""
    body = request.body
    if optional and not body.strip():
        return {}
    if request.content_type != "application/json":
        raise ApiError(415, "not_json", "This takes JSON: Content-Type: application/json.")
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise ApiError(400, "bad_json", "The body is no valid JSON.") from None
    if not isinstance(value, dict):
        raise ApiError(400, "bad_json", "The body must be a JSON object.")
    return value
