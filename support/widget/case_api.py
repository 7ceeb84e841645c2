"""A case over the chat API: its days as a calendar file."""

from django.http import HttpRequest, HttpResponse

from support.cases.services import CaseNotFound, calendar_file
from support.conversations.database import reading
from support.orders.services import proven_in
from support.widget.door import authorise, door, token_of
from support.widget.errors import NOT_FOUND, ApiError


async def show(request: HttpRequest, conversation_id: str, number: str) -> HttpResponse:
    """The days of this case, if the conversation opened it or has proven its order."""
    file = await reading(_file, token_of(request), conversation_id, number)
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    response["Content-Disposition"] = f'attachment; filename="SOOCAS-{number}.ics"'
    response["Cache-Control"] = "private, no-store"
    return response


def _file(token: str, conversation_id: str, number: str) -> bytes:
    authorise(token, conversation_id)
    try:
        return calendar_file(number, conversation_id, proven_in(conversation_id))
    except CaseNotFound:
        raise ApiError(*NOT_FOUND) from None


calendar = door(GET=show)
