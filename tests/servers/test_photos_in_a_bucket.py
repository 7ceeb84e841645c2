"""Photos in an S3-compatible store, a real one: as in a folder, and away for a while nothing is lost."""

import datetime
import io
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from support.conversations import log, photos
from support.conversations.erasure import begin, forget_photos
from support.conversations.models import Photo
from support.conversations.photo_files import Bucket, PhotosAway
from support.conversations.unsent_photos import clear_away
from support.run.free_ports import free_port
from tests.servers.swift import Swift, running_swift
from tests.support.desk.live_desk import DOMAIN
from tests.support.widget.rasa_double import RasaDouble
from tests.support.widget.web_server import Customer, WebServer

NOW = datetime.datetime.now(datetime.timezone.utc)
HOUR = datetime.timedelta(hours=1)


def picture(colour: str = "red") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(file, "JPEG")
    return file.getvalue()


@pytest.fixture(scope="module")
def swift() -> Iterator[Swift]:
    with running_swift() as server:
        yield server


@pytest.fixture
def bucket(swift: Swift, settings, tmp_path: Path) -> Swift:
    settings.PHOTOS_URL, settings.PHOTOS_DIR = swift.url, tmp_path / "none"
    return swift


def sent(conversation: str) -> str:
    return log.add_photo(conversation, picture(), photos.develop(picture()), NOW).pk


@pytest.fixture
def conversation(db) -> str:
    return log.start("", "en", NOW)[0].pk


def of(photo: str) -> set[str]:
    return {f"{photo[:2]}/{photo}.jpg", f"{photo[:2]}/{photo}.original"}


def test_what_is_kept_is_read_again_and_nothing_is_on_the_disk(bucket: Swift, settings, conversation: str) -> None:
    photo = sent(conversation)
    assert photos.original(photo) == picture()
    assert Image.open(io.BytesIO(photos.shown(photo))).size == (64, 48)
    assert of(photo) <= bucket.names()
    assert not settings.PHOTOS_DIR.exists()


def test_an_erased_photo_is_gone(bucket: Swift, conversation: str) -> None:
    photo, other = sent(conversation), sent(log.start("", "en", NOW)[0].pk)
    begin(conversation, NOW)
    forget_photos(conversation, ())
    forget_photos(conversation, ())  # again: nothing happens
    assert not of(photo) & bucket.names()
    assert of(other) <= bucket.names()
    with pytest.raises(FileNotFoundError):
        photos.shown(photo)


def test_what_was_never_sent_and_what_no_photo_knows_is_cleared_away_after_a_while(bucket: Swift, conversation) -> None:
    unsent, lost = sent(conversation), sent(conversation)
    Photo.objects.filter(pk=lost).delete()
    clear_away(NOW - HOUR)
    assert of(unsent) | of(lost) <= bucket.names()
    clear_away(NOW + HOUR)
    assert not (of(unsent) | of(lost)) & bucket.names()


def test_a_wrong_secret_is_no_missing_photo(bucket: Swift) -> None:
    with pytest.raises(PhotosAway):
        Bucket(bucket.url.replace("a-secret", "another")).read("ab/c.jpg")


def test_while_the_store_is_away_the_customer_is_told_and_afterwards_it_is_taken(swift: Swift, tmp_path: Path) -> None:
    rasa = RasaDouble(free_port())
    rasa.start()
    web = WebServer(tmp_path, rasa.port, SUPPORT_PHOTOS_URL=swift.url)
    web.prepare(DOMAIN)
    web.start()
    try:
        customer = Customer(web.url)
        before = customer.upload(picture("blue")).json()["photo"]
        swift.stop()
        began = time.monotonic()
        refused = customer.upload(picture())
        assert refused.status_code == 503
        assert refused.json()["error"]["message"] == "The photo cannot be stored right now. Please try again later."
        assert customer.http.get(f"{customer.path}/photos/{before}").status_code == 503
        assert time.monotonic() - began < 15
        assert customer.say("hello") == "You said: hello"  # everything else goes on
        swift.start()
        photo = customer.upload(picture()).json()["photo"]
        assert customer.post(photos=[before, photo]).status_code == 202
        assert customer.settled()[-2]["photos"] == [before, photo]
        for one in (before, photo):
            shown = customer.http.get(f"{customer.path}/photos/{one}")
            assert (shown.status_code, shown.headers["content-type"]) == (200, "image/jpeg")
    finally:
        web.stop()
        rasa.stop()
