"""The log's reading side: what a front end shows."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from support.conversations.log import digest
from support.conversations.models import Conversation, Message, OtherToken, Photo, Turn
from support.conversations.moment import Moment, as_json


def conversation_of(token: str) -> str | None:
    """The id of the conversation this token opens; an erased one opens no more."""
    return _of(token).filter(erased_at=None).values_list("pk", flat=True).first()


def erasable_by(token: str) -> str | None:
    """The id of the conversation this token opened, whether it was erased meanwhile or not."""
    return _of(token).values_list("pk", flat=True).first()


def _of(token: str) -> QuerySet[Conversation]:
    known = digest(token)
    other = OtherToken.objects.filter(token_digest=known).values("conversation")
    return Conversation.objects.filter(Q(token_digest=known) | Q(pk__in=other))


def snapshot(conversation_id: str, after: int) -> Moment:
    """What was said after this seq. Raises Conversation.DoesNotExist (erased, too).

    Owner, working and last_seq come from one statement, hence from one moment; messages of that moment never change.
    """
    open_turns = Turn.objects.filter(conversation=OuterRef("pk"), state__in=Turn.OPEN)
    whole = Conversation.objects.filter(pk=conversation_id, erased_at=None)
    row = whole.values("owner", "last_seq", "revision", working=Exists(open_turns)).get()
    said: list[Message] = []
    if after < row["last_seq"]:
        said = list(Message.objects.filter(conversation=conversation_id, seq__gt=after, seq__lte=row["last_seq"]))
    photos = _photos(said)
    messages = [as_json(message, photos.get(message.pk, ())) for message in said]
    return Moment(messages, row["owner"], row["working"], row["last_seq"], row["revision"])


def _photos(messages: list[Message]) -> dict[int, list[str]]:
    """The ids of the photos of these messages, by message; only customers send any."""
    sent = [message.pk for message in messages if message.sender == Message.Sender.CUSTOMER]
    found: dict[int, list[str]] = {}
    if sent:
        rows = Photo.objects.filter(message__in=sent).order_by("message", "position", "at")
        for message, photo in rows.values_list("message", "pk"):
            found.setdefault(message, []).append(photo)
    return found


def revisions(conversation_ids: list[str]) -> dict[str, int]:
    """How often each of these conversations has changed."""
    return dict(Conversation.objects.filter(pk__in=conversation_ids).values_list("pk", "revision"))
