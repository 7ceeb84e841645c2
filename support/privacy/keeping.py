"""What is kept only for so long: photos and transcripts, as many days as the settings say."""

import datetime
import logging

from django.conf import settings
from django.db import transaction

from support.cases.erasure import STILL_NEEDED, held_photos
from support.cases.models import Case
from support.conversations import photos as files
from support.conversations.erasure import deleted
from support.conversations.models import Conversation, Photo
from support.privacy.erasure import erase

logger = logging.getLogger(__name__)
AT_ONCE = 500
RETENTION = "retention"


def keep_no_longer(now: datetime.datetime) -> tuple[int, int]:
    """Deletes what has been kept long enough; how many photos and conversations that were. 0 days: for good.

    Nothing goes that a case still needs, or that somebody waits in. Again: nothing is left to do.
    """
    photos = _old_photos(now, settings.KEEP_PHOTOS_DAYS) if settings.KEEP_PHOTOS_DAYS else 0
    conversations = _old_conversations(now, settings.KEEP_TRANSCRIPTS_DAYS) if settings.KEEP_TRANSCRIPTS_DAYS else 0
    if photos or conversations:
        logger.warning("kept long enough: %s photos and %s conversations are erased", photos, conversations)
    return photos, conversations


def _old_photos(now: datetime.datetime, days: int) -> int:
    old = Photo.objects.filter(message__isnull=False, at__lt=now - datetime.timedelta(days=days)).order_by("at")
    gone = 0
    for photo in old[:AT_ONCE]:
        if photo.pk in held_photos(photo.conversation_id):
            continue
        files.delete_original(photo.pk)
        files.delete_shown(photo.pk)
        with transaction.atomic():
            photo.delete()
            what = f"deleted a photo after {days} days"
            deleted.send(_old_photos, conversation=photo.conversation_id, who=RETENTION, what=what)
        gone += 1
    return gone


def _old_conversations(now: datetime.datetime, days: int) -> int:
    needed = Case.objects.filter(state__in=STILL_NEEDED).values("conversation")
    people = (Conversation.Owner.WAITING, Conversation.Owner.AGENT)
    old = Conversation.objects.filter(erased_at=None, changed_at__lt=now - datetime.timedelta(days=days))
    old = old.exclude(owner__in=people).exclude(pk__in=needed).order_by("changed_at")
    found = list(old.values_list("pk", flat=True)[:AT_ONCE])
    for conversation in found:
        erase(conversation, now, RETENTION)
    return len(found)
