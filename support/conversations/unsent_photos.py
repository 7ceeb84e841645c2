"""Photos that were uploaded and never sent, and files that no photo knows: cleared away after a while."""

import datetime
from collections.abc import Iterator

from support.conversations import photos
from support.conversations.models import Photo
from support.conversations.photo_files import photo_files


def clear_away(before: datetime.datetime) -> None:
    """Deletes those from before this moment. Again: nothing happens. Raises OSError."""
    for photo in Photo.objects.filter(message=None, conversation__erased_at=None, at__lt=before).values_list(
        "pk", flat=True
    ):
        deleted, _ = Photo.objects.filter(pk=photo, message=None).delete()  # unless it was sent just now
        if deleted:
            photos.delete_original(photo)
            photos.delete_shown(photo)
    for name in strays(before):
        photo_files().delete(name)


def strays(before: datetime.datetime) -> Iterator[str]:
    """Files from before this moment that no photo knows: written by a process that died before it had the row."""
    for names in photo_files().older(before):
        ids = {name: name.rpartition("/")[2].split(".")[0] for name in names}
        known = set(Photo.objects.filter(pk__in=ids.values()).values_list("pk", flat=True))
        yield from (name for name, photo in ids.items() if photo not in known)
