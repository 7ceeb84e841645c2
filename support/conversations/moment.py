"""One moment of a conversation, as a front end is shown it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from support.conversations.models import Message


@dataclass(frozen=True)
class Moment:
    """Every message up to last_seq is stored, owner and working belong to exactly these.

    revision: how often the conversation had changed by then.
    """

    messages: list[dict[str, Any]]
    owner: str
    working: bool
    last_seq: int
    revision: int


@dataclass(frozen=True)
class Ring:
    """A change that is committed. owes_turn: somebody has to run a turn now. moment: what is new, if that is known."""

    conversation: str
    owes_turn: bool
    moment: Moment | None = None


LOOK = Ring("", False)  # anything may have changed: whoever shows something looks


def as_json(message: Message, photos: Sequence[str]) -> dict[str, Any]:
    """The message as the chat contract has it. photos: the ids of those sent with it."""
    return {
        "seq": message.seq,
        "from": message.sender,
        "name": message.name or None,
        "text": message.text,
        "choices": message.choices,
        "asks": message.asks,
        "citations": message.citations,
        "case": message.case,
        "photos": list(photos),
        "at": message.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "choice": message.choice or None,
        "client_id": str(message.client_id) if message.client_id else None,
    }
