"""The log's reading side: what a front end shows."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from support.conversations.composed import Query
from support.conversations.log import digest
from support.conversations.models import Conversation, Message, OtherToken, Photo, Turn
from support.conversations.moment import Moment, as_json


def conversation_of(token: str) -> str | None:
    """The id of the conversation this token opens; an erased one opens no more."""
    row = next(_OPENED.rows(digest(token)), None)
    return row and row[0]


def erasable_by(token: str) -> str | None:
    """The id of the conversation this token opened, whether it was erased meanwhile or not."""
    return _opened_by(digest(token)).values_list("pk", flat=True).first()


def _opened_by(known: str) -> QuerySet[Conversation]:
    other = OtherToken.objects.filter(token_digest=known).values("conversation")
    return Conversation.objects.filter(Q(token_digest=known) | Q(pk__in=other))


def snapshot(conversation_id: str, after: int) -> Moment:
    """What was said after this seq. Raises Conversation.DoesNotExist (erased, too).

    Owner, working and last_seq come from one statement, hence from one moment; messages of that moment never change.
    """
    row = next(_STATE.rows(conversation_id), None)
    if row is None:
        raise Conversation.DoesNotExist(conversation_id)
    owner, last_seq, revision, working = row
    said: list[Message] = []
    photos: dict[int, list[str]] = {}
    if after < last_seq:
        said = [Message.from_db("default", _COLUMNS, row) for row in _SAID.rows(conversation_id, after, last_seq)]
        for message, photo in _PHOTOS.rows(conversation_id, after, last_seq):
            photos.setdefault(message, []).append(photo)
    messages = [as_json(message, photos.get(message.pk, ())) for message in said]
    return Moment(messages, owner, working, last_seq, revision)


def revisions(conversation_ids: list[str]) -> dict[str, int]:
    """How often each of these conversations has changed."""
    return dict(Conversation.objects.filter(pk__in=conversation_ids).values_list("pk", "revision"))


def changed_since(moment: datetime) -> dict[str, int]:
    """How often each conversation that changed since then has changed; erased ones, too."""
    return dict(Conversation.objects.filter(changed_at__gte=moment).values_list("pk", "revision"))


def _state(pk: str) -> QuerySet[Any]:
    open_turns = Turn.objects.filter(conversation=OuterRef("pk"), state__in=Turn.OPEN)
    whole = Conversation.objects.filter(pk=pk, erased_at=None)
    return whole.annotate(working=Exists(open_turns)).values_list("owner", "last_seq", "revision", "working")


def _photos(pk: str, after: int, last: int) -> QuerySet[Any]:
    sent = Photo.objects.filter(conversation=pk, message__seq__gt=after, message__seq__lte=last)
    return sent.order_by("message", "position", "at").values_list("message", "pk")


_PART = ("<id>", 1_000_001, 1_000_002)  # of which conversation, after which seq, up to which
_COLUMNS = [field.attname for field in Message._meta.concrete_fields]
_OPENED = Query(lambda known: _opened_by(known).filter(erased_at=None).values_list("pk")[:1])
_STATE = Query(_state)
_SAID = Query(lambda pk, after, last: Message.objects.filter(conversation=pk, seq__gt=after, seq__lte=last), *_PART)
_PHOTOS = Query(_photos, *_PART)
