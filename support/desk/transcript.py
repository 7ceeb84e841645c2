"""A conversation as the desk shows it: what was said, the notes, and who had it when."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User

from support.conversations.models import Conversation, Message, Note, OwnerChange

OWNERS = {"bot": "the assistant", "waiting": "the waiting line", "closed": "nobody: it is closed"}


@dataclass(frozen=True)
class Entry:
    """kind: customer, bot, agent, note or change."""

    kind: str
    at: datetime.datetime
    name: str = ""
    text: str = ""
    photos: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    citations: tuple[dict[str, str], ...] = field(default=())
    case: str = ""


def entries_of(conversation: Conversation) -> list[Entry]:
    """Everything in the order it happened."""
    names = dict(User.objects.values_list("username", "first_name"))
    said = [_said(message) for message in conversation.messages.prefetch_related("photos")]
    notes = [_note(note, names) for note in conversation.notes.all()]
    changes = [_change(change, names) for change in conversation.owner_changes.all()]
    return sorted([*said, *notes, *changes], key=lambda entry: entry.at)


def _said(message: Message) -> Entry:
    return Entry(
        message.sender,
        message.at,
        message.name,
        message.text,
        tuple(photo.pk for photo in message.photos.all()),
        tuple(choice["title"] for choice in message.choices),
        tuple(message.citations),
        (message.case or {}).get("number", ""),
    )


def _note(note: Note, names: dict[str, str]) -> Entry:
    by = names.get(note.author) or note.author
    return Entry("note", note.at, by or "The assistant would have said", note.text)


def _change(change: OwnerChange, names: dict[str, Any]) -> Entry:
    who = (
        {"assistant": "The assistant", "customer": "The customer"}.get(change.who)
        or names.get(change.who)
        or change.who
    )
    to = names.get(change.agent) or change.agent or OWNERS[change.owner]
    if change.agent and change.agent == change.who:
        how = "opened it again" if change.previous == "closed" else "took it"
        return Entry("change", change.at, text=f"{who} {how}")
    if change.owner == "closed":
        return Entry("change", change.at, text=f"{who} closed it")
    return Entry("change", change.at, text=f"{who} gave it to {to}" + (f" ({change.reason})" if change.reason else ""))
