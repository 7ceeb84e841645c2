"""Photos over the chat API: in as they come, out as they are shown."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.utils import timezone

from support.conversations import log, words
from support.conversations.database import reading
from support.conversations.models import Photo
from support.conversations.photos import (
    SHOWN_HEADERS,
    Broken,
    Developed,
    PhotoRefused,
    TooBig,
    TooManyPixels,
    WrongKind,
    develop,
    shown,
)
from support.telemetry import metrics
from support.widget.door import authorise, door, token_of
from support.widget.errors import NOT_FOUND, ApiError, bad
from support.widget.limits import address_of, admit

REFUSALS: dict[type[PhotoRefused], tuple[int, str, str]] = {
    WrongKind: (415, "photo_kind", words.PHOTO_WRONG_KIND),
    Broken: (400, "photo_broken", words.PHOTO_BROKEN),
    TooBig: (413, "photo_too_large", words.PHOTO_TOO_BIG),
    TooManyPixels: (413, "photo_too_many_pixels", words.PHOTO_TOO_MANY_PIXELS),
}


async def upload(request: HttpRequest, conversation_id: str) -> JsonResponse:
    token = token_of(request)
    await reading(authorise, token, conversation_id)
    await admit("photos", conversation_id)
    await admit("photos_of_address", address_of(request))
    if request.content_type != "multipart/form-data":
        raise ApiError(415, "not_multipart", "A photo is sent as multipart/form-data, field file.", "file")
    try:
        original, developed = await asyncio.get_running_loop().run_in_executor(_darkroom(), _developed, request)
    except PhotoRefused as refused:
        status, code, response = REFUSALS[type(refused)]
        metrics.PHOTOS_REFUSED.labels(code).inc()
        raise ApiError(status, code, words.words(response).text, "file") from refused
    except (MultiPartParserError, SuspiciousOperation):
        raise bad("file", "The form cannot be read: multipart/form-data with one file in field file.") from None
    try:
        photo = await reading(log.add_photo, conversation_id, original, developed, timezone.now())
    except OSError as error:
        raise ApiError(503, "no_room", "The photo cannot be stored right now. Please try again later.") from error
    answer = {"photo": photo.pk, "width": photo.width, "height": photo.height, "kind": photo.kind}
    return JsonResponse(answer, status=201)


async def show(request: HttpRequest, conversation_id: str, photo_id: str) -> HttpResponse:
    content = await reading(_shown, token_of(request), conversation_id, photo_id)
    return HttpResponse(content, headers=SHOWN_HEADERS)


def _shown(token: str, conversation_id: str, photo_id: str) -> bytes:
    authorise(token, conversation_id)
    if not Photo.objects.filter(pk=photo_id, conversation=conversation_id).exists():
        raise ApiError(*NOT_FOUND)
    try:
        return shown(photo_id)
    except FileNotFoundError:
        raise ApiError(*NOT_FOUND) from None
    except OSError as error:
        raise ApiError(503, "no_room", "The photo cannot be shown right now. Please try again later.") from error


@cache
def _darkroom() -> ThreadPoolExecutor:
    """Two photos at a time: 40 megapixels take some 250 MB while they are developed."""
    return ThreadPoolExecutor(2, "darkroom")


def _developed(request: HttpRequest) -> tuple[bytes, Developed]:
    files = request.FILES.getlist("file")
    if len(files) != 1:
        raise bad("file", "The form takes exactly one file, in field file.")
    original = files[0].read()
    return original, develop(original)


photos = door(POST=upload)
photo = door(GET=show)
