"""The chat API: conversations, messages, live events. The contract is openapi.json beside this file."""

import json
from collections.abc import AsyncIterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.utils import timezone

from support.conversations import erasure, history, log, question, turns
from support.conversations.database import reading, writing
from support.conversations.models import Conversation
from support.widget.door import admitted, authorise, authorise_erasure, door, json_body, remember, token_of
from support.widget.errors import ApiError, bad
from support.widget.inbound import read_after, read_inbound, read_start
from support.widget.limits import address_of, admit
from support.widget.process import process

STREAMS_AT_ONCE = 20


async def start(request: HttpRequest) -> JsonResponse:
    await admit("conversations", address_of(request))
    customer_timezone, locale = read_start(json_body(request, optional=True))
    conversation, token = await writing(log.start, customer_timezone, locale, timezone.now())
    remember(token, conversation.pk)
    return JsonResponse({"id": conversation.pk, "token": token}, status=201)


async def send_message(request: HttpRequest, conversation_id: str) -> JsonResponse:
    token = token_of(request)
    await admitted(token, conversation_id)
    await admit("messages", conversation_id)
    inbound = read_inbound(json_body(request))
    try:
        seq = await _receive(conversation_id, inbound)
    except Conversation.DoesNotExist:
        await reading(authorise, token, conversation_id)
        raise
    except question.ChoiceExpired:
        message = "That choice belongs to an earlier question. Please answer the newest one."
        raise ApiError(409, "choice_expired", message, "choice") from None
    except question.ChoiceNeverOffered:
        raise bad("choice", "This choice was not offered in this conversation.") from None
    except log.PhotosUnknown as error:
        raise bad("photos", f"This conversation has no photo {error}.") from None
    except log.PhotosUsed as error:
        raise ApiError(409, "photo_sent", f"The photo {error} was already sent.", "photos") from None
    return JsonResponse({"seq": seq}, status=202)


async def _receive(conversation_id: str, inbound: log.Inbound) -> int:
    """Stored; and where the turn for it can begin at once, it does."""
    if not process.runner:
        return await writing(log.receive, conversation_id, inbound, timezone.now())
    seq, claim = await writing(turns.receive, conversation_id, inbound, timezone.now(), process.runner.lease)
    if claim:
        process.runner.run(claim)
    return seq


async def erase_conversation(request: HttpRequest, conversation_id: str) -> HttpResponse:
    token = token_of(request)
    await reading(authorise_erasure, token, conversation_id)
    await writing(erasure.begin, conversation_id, timezone.now())
    if process.sweep:
        await process.sweep.finish(conversation_id)
    return HttpResponse(status=204)


async def read_messages(request: HttpRequest, conversation_id: str) -> JsonResponse:
    token, after = token_of(request), read_after(request)
    await admitted(token, conversation_id)
    try:
        moment = await reading(history.snapshot, conversation_id, after)
    except Conversation.DoesNotExist:
        await reading(authorise, token, conversation_id)
        raise
    return JsonResponse({"messages": moment.messages, "owner": moment.owner, "working": moment.working})


async def events(request: HttpRequest, conversation_id: str) -> StreamingHttpResponse:
    token, after = token_of(request), read_after(request)
    await reading(authorise, token, conversation_id)
    if process.live and process.live.open_streams(conversation_id) >= STREAMS_AT_ONCE:
        raise ApiError(429, "too_many", "This conversation is followed in many places already.", None, 15)
    response = StreamingHttpResponse(_stream(conversation_id, after), content_type="text/event-stream")
    response["X-Accel-Buffering"] = "no"
    response["Cache-Control"] = "no-store, no-transform"  # what compresses, buffers
    return response


async def _stream(conversation_id: str, after: int) -> AsyncIterator[bytes]:
    """One event a message, id = seq; `owner` and `working` events, without id, when they change."""
    live = process.live
    state: dict[str, object] = {}
    yield b"retry: 1000\n\n"
    if live is None:
        return
    with live.subscribed(conversation_id) as stream:
        shown = None
        while not live.stopping:
            try:
                moment = stream.take(shown) or await reading(history.snapshot, conversation_id, after)
            except Conversation.DoesNotExist:
                return  # erased: who comes back is told by the token
            news = [f"id: {message['seq']}\ndata: {json.dumps(message)}\n\n" for message in moment.messages]
            for name, value in (("owner", moment.owner), ("working", moment.working)):
                if state.get(name) != value:
                    state[name] = value
                    news.append(f"event: {name}\ndata: {json.dumps({name: value})}\n\n")
            if news:
                yield "".join(news).encode()
            after, shown, stream.revision = max(after, moment.last_seq), moment, moment.revision
            while not await stream.is_woken(settings.HEARTBEAT_S):
                yield b": still here\n\n"


conversations = door(POST=start)
conversation = door(DELETE=erase_conversation)
messages = door(GET=read_messages, POST=send_message)
live_events = door(GET=events)
