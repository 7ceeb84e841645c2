"""Photos over the chat API."""

import io

import httpx
import pillow_heif
import pytest
from PIL import Image
from test_chat_api import error_of
from web_server import Customer


def picture(kind: str = "JPEG", size=(120, 90), **options) -> bytes:
    pillow_heif.register_heif_opener()
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp"), ("HEIF", "image/heic")],
)
def test_a_photo_goes_in_and_is_shown_as_jpeg(customer, kind, media_type):
    response = customer.upload(picture(kind), "whatever.txt")
    assert response.status_code == 201
    photo = response.json()
    assert {name: photo[name] for name in ("width", "height", "kind")} == {
        "width": 120,
        "height": 90,
        "kind": media_type,
    }
    shown = customer.http.get(f"{customer.path}/photos/{photo['photo']}")
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert Image.open(io.BytesIO(shown.content)).size == (120, 90)


def test_photos_are_sent_with_a_message(customer, rasa):
    ids = [customer.upload(picture()).json()["photo"] for _ in range(2)]
    assert customer.post(photos=ids, text="look").status_code == 202
    assert customer.settled()[0]["photos"] == ids
    assert rasa.calls[-1]["photos"] == ids
    assert error_of(customer.post(photos=ids[:1])) == (409, "photo_sent", "photos")


def test_photos_need_no_text(customer):
    photo = customer.upload(picture()).json()["photo"]
    assert customer.post(photos=[photo]).status_code == 202
    assert customer.settled()[-1]["text"] == f"You said: {[photo]}"


def test_a_photo_of_another_conversation_is_not_there(customer, web):
    photo = customer.upload(picture()).json()["photo"]
    other = Customer(web.url)
    assert error_of(other.http.get(f"{other.path}/photos/{photo}")) == (404, "not_found", None)
    assert error_of(other.post(photos=[photo])) == (400, "invalid", "photos")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"just text", (415, "photo_kind", "file")),
        (b"", (415, "photo_kind", "file")),
        (picture("GIF"), (415, "photo_kind", "file")),
        (picture("JPEG", size=(500, 400))[:3000], (400, "photo_broken", "file")),
        (picture().ljust(10 * 1024 * 1024 + 1, b"\0"), (413, "photo_too_large", "file")),
        (picture("PNG", size=(8001, 5000)), (413, "photo_too_many_pixels", "file")),
    ],
    ids=["text", "nothing", "gif", "truncated", "10 MB and a byte", "over 40 megapixels"],
)
def test_anything_else_is_refused_with_one_sentence(customer, content, expected):
    assert error_of(customer.upload(content)) == expected


def test_30_mb_are_refused_before_they_are_read_whole(customer):
    response = customer.upload(bytes(30 * 1024 * 1024))
    assert error_of(response) == (413, "photo_too_large", "file")
    assert response.json()["error"]["message"] == "Too large."


def test_30_mb_without_a_length_are_refused_too(customer):
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    chunks = (bytes(1024 * 1024) for _ in range(30))
    response = customer.http.post(f"{customer.path}/photos", content=chunks, headers=headers)
    assert error_of(response) == (413, "photo_too_large", "file")


def test_what_is_no_form_with_one_file_is_named(customer):
    url = f"{customer.path}/photos"
    assert error_of(customer.http.post(url, json={})) == (415, "not_multipart", "file")
    assert error_of(customer.http.post(url, files={"other": b"x"})) == (400, "invalid", "file")
    assert error_of(customer.http.post(url, files=[("file", b"x"), ("file", b"y")])) == (400, "invalid", "file")
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    assert error_of(customer.http.post(url, content=b"nonsense", headers=headers)) == (400, "invalid", "file")
    headers = {"Content-Type": "multipart/form-data"}
    assert error_of(customer.http.post(url, content=b"nonsense", headers=headers)) == (400, "invalid", "file")


def test_the_place_is_not_in_what_is_shown(customer):
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010F] = "CameraMaker"
    photo = customer.upload(picture(exif=exif)).json()["photo"]
    shown = customer.http.get(f"{customer.path}/photos/{photo}").content
    assert b"CameraMaker" not in shown
    assert b"Exif" not in shown


def test_what_is_shown_can_be_nothing_but_a_photo(customer):
    """A page and an archive can hide behind a photo; what is shown was drawn anew from its pixels."""
    page = b"<script>alert(1)</script>"
    archive = b"PK\x03\x04" + bytes(200) + b"PK\x05\x06"
    photo = customer.upload(picture(comment=page) + page + archive, "photo.html").json()["photo"]
    shown = customer.http.get(f"{customer.path}/photos/{photo}")
    assert b"script" not in shown.content
    assert b"PK\x03\x04" not in shown.content
    headers = {name: shown.headers[name] for name in ("Content-Type", "X-Content-Type-Options", "Content-Disposition")}
    assert headers == {
        "Content-Type": "image/jpeg",
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": 'inline; filename="photo.jpg"',
    }
    assert shown.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in shown.headers["Cache-Control"]


def test_photos_lie_where_no_address_leads(customer, web):
    photo = customer.upload(picture()).json()["photo"]
    assert (web.folder / "photos" / photo[:2] / f"{photo}.jpg").is_file()
    for path in (f"/static/{photo}.jpg", f"/photos/{photo[:2]}/{photo}.jpg", f"/media/{photo}.jpg", f"/{photo}.jpg"):
        assert httpx.get(web.url + path).status_code == 404
    assert httpx.get(f"{web.url}/chat/api{customer.path}/photos/{photo}").status_code == 401


def test_a_photo_id_is_no_path(customer):
    for path in ("..%2f..%2fsupport.sqlite3", "nothing", "0" * 32):
        assert customer.http.get(f"{customer.path}/photos/{path}").status_code == 404
