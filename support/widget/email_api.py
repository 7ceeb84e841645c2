"""A customer leaves an address in the chat, to go on by e-mail."""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from support.conversations.database import writing
from support.mail.services import NotAnAddress, TooManyLetters, leave_address
from support.widget.door import admitted, door, json_body, token_of
from support.widget.errors import ApiError, bad


async def leave(request: HttpRequest, conversation_id: str) -> JsonResponse:
    await admitted(token_of(request), conversation_id)
    try:
        address = await writing(leave_address, conversation_id, json_body(request).get("address"), timezone.now())
    except NotAnAddress:
        raise bad("address", "address takes an e-mail address.") from None
    except TooManyLetters:
        message = "Enough letters went to this address, or out of this conversation. Please try again later."
        raise ApiError(429, "too_many_letters", message, "address", 600) from None
    return JsonResponse({"address": address}, status=202)


email = door(POST=leave)
