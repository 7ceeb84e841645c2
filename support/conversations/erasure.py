"""A conversation is erased: what was said and sent in it is gone, also if we are killed in the middle.

begin() is one transaction: afterwards nobody can read it, nobody can write in it, its token opens nothing. What a
transaction cannot take back, files and Rasa's memory, goes afterwards, again and again until end() is told that
nothing is left. An empty row stays: it says when, and keeps the second request for the same from being an error.
"""

import datetime
from collections.abc import Collection

from django.apps import apps
from django.db import transaction
from django.dispatch import Signal

from support.conversations import bell, photos
from support.conversations.bell import Ring
from support.conversations.models import Conversation

CUSTOMER = "customer"

# conversation, who, what (without anything of it): sent in the transaction that deletes, for the audit log.
deleted = Signal()


def begin(conversation_id: str, now: datetime.datetime, who: str = CUSTOMER) -> None:
    """Deletes all that was said. Again: nothing happens. Raises Conversation.DoesNotExist.

    who: "customer", a user name, or the name of a job.
    """
    with transaction.atomic():
        conversation = Conversation.objects.select_for_update().get(pk=conversation_id)
        if conversation.erased_at:
            return
        _delete_what_belongs_to(conversation)
        conversation.timezone, conversation.locale, conversation.address = "", "en", ""
        conversation.owner, conversation.agent, conversation.waiting_since = Conversation.Owner.CLOSED, None, None
        conversation.lease_by, conversation.lease_until = "", None
        conversation.revision += 1
        conversation.erased_at = conversation.changed_at = now
        conversation.save()
        deleted.send(begin, conversation=conversation_id, who=who, what="erased the conversation")
        transaction.on_commit(lambda: bell.ring(Ring(conversation_id, False)))


def _delete_what_belongs_to(conversation: Conversation) -> None:
    """Every row, of whatever part of the house, that points at the conversation; those with files wait for these."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.related_model is Conversation and not getattr(model, "holds_files", False):
                model._base_manager.filter(**{field.name: conversation}).delete()


def forget_photos(conversation_id: str, held: Collection[str]) -> None:
    """Deletes its photos, the files before the rows that know them. Again: what is left. Raises OSError.

    held: photos that must stay. Of these, too, the file as it came goes: it may say where it was taken.
    """
    for photo in Conversation.objects.get(pk=conversation_id).photos.all():
        photos.delete_original(photo.pk)
        if photo.pk not in held:
            photos.delete_shown(photo.pk)
            photo.delete()


def unfinished() -> list[tuple[str, datetime.datetime]]:
    """Conversations that were erased, and when, of which something may be left somewhere; the oldest first."""
    open_ones = Conversation.objects.filter(erased_at__isnull=False, erasure_ended_at=None)
    return list(open_ones.order_by("erased_at").values_list("pk", "erased_at"))


def with_held_photos() -> list[str]:
    """Erased conversations of which photos are still held."""
    return list(
        Conversation.objects.filter(erased_at__isnull=False, photos__isnull=False)
        .distinct()
        .values_list("pk", flat=True)
    )


def end(conversation_id: str, now: datetime.datetime) -> None:
    """Nothing is left that has to go."""
    Conversation.objects.filter(pk=conversation_id).update(erasure_ended_at=now)
