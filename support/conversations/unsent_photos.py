"""Photos that were uploaded and never sent, and files that no photo knows: cleared away after a while."""

import datetime
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from support.conversations import photos
from support.conversations.models import Photo


def clear_away(before: datetime.datetime) -> None:
    """Deletes those from before this moment. Again: nothing happens. Raises OSError."""
    for photo in Photo.objects.filter(message=None, conversation__erased_at=None, at__lt=before).values_list(
        "pk", flat=True
    ):
        deleted, _ = Photo.objects.filter(pk=photo, message=None).delete()  # unless it was sent just now
        if deleted:
            photos.original_path(photo).unlink(missing_ok=True)
            photos.display_path(photo).unlink(missing_ok=True)
    for file in strays(before):
        file.unlink(missing_ok=True)


def strays(before: datetime.datetime) -> Iterator[Path]:
    """Files from before this moment that no photo knows: written by a process that died before it had the row."""
    for folder in sorted(settings.PHOTOS_DIR.glob("??")):
        known = set(Photo.objects.filter(pk__startswith=folder.name).values_list("pk", flat=True))
        for file in folder.iterdir():
            if file.name.split(".")[0] not in known and file.stat().st_mtime < before.timestamp():
                yield file
