"""Photos that were never sent, and files without a photo, are cleared away after a while; no other is."""

import datetime
import os
from pathlib import Path

import pytest
from conversation_log import NOW, say
from django.conf import settings
from test_erasure import files, photo_of

from support.conversations.models import Photo
from support.conversations.unsent_photos import clear_away

MINUTE = datetime.timedelta(minutes=1)


def shown(photo: str) -> Path:
    """The file that is shown of it."""
    return settings.PHOTOS_DIR / photo[:2] / f"{photo}.jpg"


@pytest.mark.parametrize(("before", "left"), [(NOW - MINUTE, 1), (NOW, 1), (NOW + MINUTE, 0)])
def test_a_photo_that_was_never_sent_goes_after_a_while(conversation, before, left):
    photo_of(conversation)
    clear_away(before)
    assert (Photo.objects.count(), len(files())) == (left, 2 * left)


def test_a_photo_that_was_sent_stays(conversation):
    photo = photo_of(conversation)
    say(conversation, photos=(photo,))
    clear_away(NOW + MINUTE)
    assert files() == {f"{photo}.jpg", f"{photo}.original"}


def test_a_file_without_a_photo_goes_after_a_while(conversation):
    known, lost = photo_of(conversation), photo_of(conversation)
    say(conversation, photos=(known,))
    Photo.objects.filter(pk=lost).delete()
    half_written = shown(known).with_name(".writing-x")
    half_written.write_bytes(b"half")
    for path in (shown(lost), shown(lost).with_suffix(".original"), half_written, shown(known)):
        os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    clear_away(NOW - MINUTE)
    assert len(files()) == 5
    clear_away(NOW + MINUTE)
    assert files() == {f"{known}.jpg", f"{known}.original"}


def test_nothing_happens_where_there_is_no_folder(db):
    clear_away(NOW)
