"""Files that are a photo and something else, or more than they seem: what is shown is a JPEG of our own, quickly."""

import io
import struct
import time
import zipfile
import zlib

import pillow_heif
import pytest
from PIL import Image

from support.conversations.photos import PhotoRefused, WrongKind, develop

CPU_S = 3.0
SCRIPT = b"<html><script>alert(document.domain)</script></html>"


def picture(kind: str = "JPEG", size=(60, 40), **options) -> bytes:
    pillow_heif.register_heif_opener()
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, kind, **options)
    return out.getvalue()


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(zipfile.ZipInfo("evil.js"), "alert(1)")  # without the time: each run collects the same tests
    return out.getvalue()


POLYGLOTS = {
    "JPEG, then a page": picture() + SCRIPT,
    "JPEG, then an archive": picture() + archive(),
    "JPEG with a page as its comment": picture(comment=SCRIPT),
    "JPEG with a script as its notes": picture(exif=b"Exif\0\0" + SCRIPT),
    "PNG, then a page": picture("PNG") + SCRIPT,
    "WebP, then an archive": picture("WEBP") + archive(),
}


@pytest.mark.parametrize("name", POLYGLOTS)
def test_of_a_photo_that_is_something_else_too_only_the_photo_is_shown(name):
    shown = develop(POLYGLOTS[name]).shown
    assert shown.startswith(b"\xff\xd8")
    for piece in (b"<script", b"alert", b"PK\x03\x04", b"Exif"):
        assert piece not in shown


@pytest.mark.parametrize("before", [SCRIPT, archive(), b"GIF89a/*", b"%PDF-1.7\n", b"\n", b"<svg onload='alert(1)'>"])
def test_a_photo_behind_something_else_is_none(before):
    with pytest.raises(WrongKind):
        develop(before + picture())


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_of_a_moving_picture_the_first_moment_is_shown(kind):
    moments = [Image.new("RGB", (60, 40), colour) for colour in ("red", "green", "blue")]
    out = io.BytesIO()
    moments[0].save(out, kind, save_all=True, append_images=moments[1:], duration=50)
    shown = Image.open(io.BytesIO(develop(out.getvalue()).shown))
    red, green, blue = shown.getpixel((30, 20))
    assert (shown.format, getattr(shown, "n_frames", 1)) == ("JPEG", 1)
    assert red > 200
    assert green + blue < 60


def webp_of(width: int, height: int) -> bytes:
    """A WebP of some bytes that says it is this large."""
    size = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    chunk = b"VP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + size
    small = picture("WEBP")[12:]
    return b"RIFF" + struct.pack("<I", 4 + len(chunk) + len(small)) + b"WEBP" + chunk + small


def heic_of(width: int, height: int) -> bytes:
    """A HEIC whose header says it is this large."""
    whole = picture("HEIF", size=(64, 64))
    place = whole.index(b"ispe") + 8
    return whole[:place] + struct.pack(">II", width, height) + whole[place + 8 :]


def packed_notes() -> bytes:
    """A small PNG with 200 MB of packed text in it."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(200)) + packer.flush()
    whole = picture("PNG")
    return whole[:33] + chunk(b"zTXt", b"Comment\0\0" + packed) + whole[33:]


@pytest.mark.parametrize(
    "bomb", [webp_of(16_000, 16_000), heic_of(30_000, 30_000), packed_notes()], ids=("webp", "heic", "text")
)
def test_a_bomb_goes_off_nowhere(bomb):
    began = time.process_time()
    with pytest.raises(PhotoRefused):
        develop(bomb)
    assert time.process_time() - began < CPU_S


@pytest.mark.parametrize("size", [(1, 40_000_001), (16_383, 16_383)])
def test_narrow_and_long_counts_as_large(size):
    with pytest.raises(PhotoRefused):
        develop(webp_of(*size) if max(size) < 20_000 else heic_of(*size))
