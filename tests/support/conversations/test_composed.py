"""What composed statements store and find is what Django's own would."""

import datetime
import uuid
from collections.abc import Callable

import pytest
from conversation_log import NOW
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from support.conversations.composed import Query, _column, change, insert, update
from support.conversations.models import Conversation, Message, Turn

CHOICES = [{"title": "Yes “please”", "payload": "confirm=yes"}]
IN_A_WEEK = NOW + datetime.timedelta(days=7)


def message(conversation: str, seq: int, **fields) -> Message:
    return Message(conversation_id=conversation, seq=seq, sender=Message.Sender.CUSTOMER, at=NOW, **fields)


def stored(row: Message | Turn | Conversation) -> dict:
    return type(row).objects.filter(pk=row.pk).values().get()


@pytest.mark.parametrize(
    "fields",
    [{}, {"text": "50 % of it's \N{DROPLET}", "choices": CHOICES, "client_id": uuid.uuid4(), "asks": {"fact": "x"}}],
)
def test_a_row_is_inserted_as_django_inserts_it(conversation: str, fields: dict) -> None:
    ours, theirs = message(conversation, 1, **fields), message(conversation, 1, **fields)
    insert(ours)
    found = stored(ours)
    Message.objects.all().delete()
    theirs.save(force_insert=True)
    assert found == stored(theirs) | {"id": ours.pk}
    assert (ours._state.adding, ours._state.db) == (theirs._state.adding, theirs._state.db)


def test_what_the_table_refuses_is_refused(conversation: str) -> None:
    insert(message(conversation, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(message(conversation, 1))


def test_only_the_fields_named_are_updated(conversation: str) -> None:
    row = Conversation.objects.get()
    row.owner, row.lease_until, row.locale = Conversation.Owner.WAITING, IN_A_WEEK, "fr"
    update(row, "owner", "lease_until")
    row.refresh_from_db()
    assert (row.owner, row.lease_until, row.locale) == ("waiting", IN_A_WEEK, "en")


def test_a_row_is_updated_only_if_it_is_as_it_was_thought_to_be(conversation: str) -> None:
    asked = message(conversation, 1)
    insert(asked)
    turn = Turn(conversation_id=conversation, message=asked, seq=1)
    insert(turn)
    done = {"state": Turn.State.DONE, "ended_at": NOW}
    assert not change(Turn, turn.pk, done, state=Turn.State.RUNNING)
    assert stored(turn)["state"] == "queued"
    assert change(Turn, turn.pk, done, state=Turn.State.QUEUED, conversation=conversation)
    assert (stored(turn)["state"], stored(turn)["ended_at"]) == ("done", NOW)


def test_values_that_are_stored_as_they_are_are_those_that_django_stores(conversation: str) -> None:
    """Each field that a turn writes, with a value of the type that goes past Django's conversion."""
    for model in (Conversation, Message, Turn):
        for field in model._meta.concrete_fields:
            _, _, kind = _column(field)
            for value in {str: ["", "it's 5 %"], int: [0, 7], float: [0.0, 2.5], bool: [False, True]}.get(kind, ()):
                assert field.get_db_prep_save(value, connection) == value
                assert type(field.get_db_prep_save(value, connection)) is kind


@pytest.mark.parametrize(
    "make",
    [
        lambda pk: Message.objects.filter(conversation=pk).order_by("-seq").values_list("seq", "choices", "asks")[:3],
        lambda pk: Message.objects.filter(sender__in=["bot", "customer"], conversation=pk).values_list(
            "at", "client_id"
        ),
        lambda pk: Message.objects.filter(Q(conversation=pk) | Q(conversation__in=[pk])).values_list(),
        lambda pk: Conversation.objects.filter(pk=pk, erased_at=None).values_list("created_at", "owner"),
    ],
)
def test_the_rows_found_are_djangos(conversation: str, make: Callable) -> None:
    for seq in range(1, 6):
        insert(message(conversation, seq, choices=CHOICES, client_id=uuid.uuid4()))
    query = Query(make)
    assert list(query.rows(conversation)) == list(make(conversation)) != []
    assert list(query.rows("another")) == []
    with CaptureQueriesContext(connection) as said:
        list(query.rows(conversation))
    assert len(said) == 1


def test_numbers_are_put_where_their_samples_stood(conversation: str) -> None:
    for seq in range(1, 6):
        insert(message(conversation, seq))
    part = Query(
        lambda last, pk, after: Message.objects.filter(conversation=pk, seq__gt=after, seq__lte=last).values_list(
            "seq"
        ),
        *(1_000_001, "<id>", 1_000_002),
    )
    assert [seq for (seq,) in part.rows(4, conversation, 1)] == [2, 3, 4]
