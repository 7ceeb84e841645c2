"""The log's reading side: what a front end shows."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from support.conversations.log import digest
from support.conversations.models import Conversation, Message, Turn


@dataclass(frozen=True)
class Snapshot:
    """One moment: every message up to last_seq is stored, working belongs to exactly these."""

    messages: list[dict[str, Any]]
    owner: str
    working: bool
    last_seq: int


def conversation_of(token: str) -> str | None:
    """The id of the conversation this token opens; an erased one opens no more."""
    return _of(token).filter(erased_at=None).values_list("pk", flat=True).first()


def erasable_by(token: str) -> str | None:
    """The id of the conversation this token opened, whether it was erased meanwhile or not."""
    return _of(token).values_list("pk", flat=True).first()


def _of(token: str) -> QuerySet[Conversation]:
    return Conversation.objects.filter(token_digest=digest(token))


def snapshot(conversation_id: str, after: int) -> Snapshot:
    """What was said after this seq. Raises Conversation.DoesNotExist (erased, too).

    Owner, working and last_seq come from one statement, hence from one moment; messages of that moment never change.
    """
    open_turns = Turn.objects.filter(conversation=OuterRef("pk"), state__in=Turn.OPEN)
    whole = Conversation.objects.filter(pk=conversation_id, erased_at=None)
    row = whole.values("owner", "last_seq", working=Exists(open_turns)).get()
    messages = []
    if after < row["last_seq"]:
        said = Message.objects.filter(conversation=conversation_id, seq__gt=after, seq__lte=row["last_seq"])
        messages = [as_json(message) for message in said.prefetch_related("photos")]
    return Snapshot(messages, row["owner"], row["working"], row["last_seq"])


def as_json(message: Message) -> dict[str, Any]:
    """The message as the chat contract has it."""
    return {
        "seq": message.seq,
        "from": message.sender,
        "name": message.name or None,
        "text": message.text,
        "choices": message.choices,
        "asks": message.asks,
        "citations": message.citations,
        "case": message.case,
        "photos": [photo.pk for photo in message.photos.all()],
        "at": message.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "choice": message.choice or None,
        "client_id": str(message.client_id) if message.client_id else None,
    }


def revisions(conversation_ids: list[str]) -> dict[str, int]:
    """How often each of these conversations has changed."""
    return dict(Conversation.objects.filter(pk__in=conversation_ids).values_list("pk", "revision"))
