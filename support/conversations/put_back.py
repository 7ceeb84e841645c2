"""After a backup was put back: our log and Rasa's memory may be of different moments, and the log is the truth.

A memory that is older would do again what was done (open a second case); a newer one knows of cases that are not there.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator

from django.conf import settings
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import Connection

from support.conversations.models import Turn

USERS = text("SELECT id, sender_id, data FROM events WHERE type_name = 'user' ORDER BY sender_id, id")
FORGET = text("DELETE FROM events WHERE sender_id = :sender AND id >= :since")


def agree_with_log() -> dict[str, int]:
    """Rasa forgets what the log does not know, and a conversation whole of which it lacks an answered turn.

    How many conversations were "cut back" and "forgotten". Nothing may run. Raises SQLAlchemyError, DatabaseError.
    """
    done = {"cut back": 0, "forgotten": 0}
    with create_engine(settings.TRACKER_URL).begin() as tracker:
        if not inspect(tracker).has_table("events"):
            return done
        for conversation, remembered in list(_conversations(tracker)):
            since, what = _unknown_since(conversation, remembered)
            if since is not None:
                tracker.execute(FORGET, {"sender": conversation, "since": since})
                done[what] += 1
    return done


def _conversations(tracker: Connection) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """Each with what its turns began with: the event's id, and the turn's, which is Rasa's message id. In order."""
    for conversation, rows in itertools.groupby(tracker.execute(USERS), key=lambda row: row.sender_id):
        yield conversation, [(row.id, str(json.loads(row.data).get("message_id"))) for row in rows]


def _unknown_since(conversation: str, remembered: list[tuple[int, str]]) -> tuple[int | None, str]:
    """The event from which on this is to be forgotten, None if nothing is; and how that is called."""
    turns = dict(Turn.objects.filter(conversation=conversation).order_by("seq").values_list("pk", "state"))
    answered = [turn for turn, state in turns.items() if state == Turn.State.DONE]
    if answered and answered[-1] not in {turn for _, turn in remembered}:
        return 0, "forgotten"
    return next((event for event, turn in remembered if turn not in turns), None), "cut back"
