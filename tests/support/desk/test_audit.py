"""Every look at and every change of a customer's data is written down, and nobody edits it."""

import pytest
from django.db import DatabaseError, connection, transaction

from support.desk import audit
from support.desk.models import AuditEntry, NeverChanges
from tests.support.desk.desk_scene import NOW, user


def actions(conversation: str) -> list[tuple[str, str]]:
    return list(AuditEntry.objects.filter(conversation=conversation).order_by("pk").values_list("who", "action"))


@pytest.mark.parametrize("statement", ["UPDATE desk_auditentry SET who = 'x'", "DELETE FROM desk_auditentry"])
def test_the_database_refuses_to_change_or_delete_a_row(people, statement):
    audit.record(user("agent"), "looked")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEntry.objects.get().who == "mia"


def test_the_model_refuses_too(people):
    audit.record(user("agent"), "looked")
    entry = AuditEntry.objects.get()
    for attempt in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(who="x"),
    ):
        with pytest.raises(NeverChanges):
            attempt()


def test_looking_at_a_conversation_is_one_look_in_five_minutes(people, scene):
    for path in ("", "/said", "/owner", "/card"):
        people["agent"].get(f"/desk/conversations/{scene.conversation}{path}")
    people["auditor"].get(f"/desk/conversations/{scene.conversation}")
    assert actions(scene.conversation) == [("mia", "looked at a conversation"), ("ada", "looked at a conversation")]


def test_photos_lists_and_the_search_are_looks_too(people, scene):
    people["agent"].get(f"/desk/photos/{scene.photo}")
    people["agent"].get(f"/desk/photos/{scene.photo}/original")
    people["agent"].get("/desk/cases?find=SC10234")
    found = set(AuditEntry.objects.values_list("action", flat=True))
    assert found == {"looked at a photo", "took the original of a photo", "looked at the list of cases"}


def test_a_look_at_the_letters_of_a_conversation_names_it(people, scene):
    people["agent"].get(f"/desk/mail?conversation={scene.conversation}")
    assert actions(scene.conversation) == [("mia", "looked at letters")]


def test_every_act_is_written_with_who_did_it(people, scene):
    htmx = {"HX-Request": "true"}
    base = f"/desk/conversations/{scene.conversation}"
    people["agent"].post(f"{base}/take", headers=htmx)
    people["agent"].post(f"{base}/say", {"text": "careful", "kind": "note"}, headers=htmx)
    people["agent"].post(f"{base}/close", headers=htmx)
    assert actions(scene.conversation) == [
        ("mia", "took the conversation"),
        ("mia", "wrote a note"),
        ("mia", "closed the conversation"),
    ]
    assert AuditEntry.objects.filter(role="agent").count() == 3


def test_what_was_refused_leaves_no_act(people, scene):
    people["auditor"].post(f"/desk/conversations/{scene.conversation}/take")
    assert not AuditEntry.objects.filter(action__startswith="took").exists()


def test_nothing_that_a_customer_wrote_is_in_it(people, scene):
    people["agent"].get(f"/desk/conversations/{scene.conversation}")
    assert not any("please" in str(row) for row in AuditEntry.objects.values_list())
    assert NOW
