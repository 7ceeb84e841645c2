"""A photo is what decodes as one, to its end; what is shown says nothing about where it was taken."""

import io
import struct
import zlib

import pillow_heif
import pytest
from PIL import Image

from support.conversations import photos
from support.conversations.photos import Broken, TooBig, TooManyPixels, WrongKind, develop

GPS_IFD, ORIENTATION = 0x8825, 0x0112


def picture(kind: str, size=(60, 40), mode="RGB", **options) -> bytes:
    pillow_heif.register_heif_opener()
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(out, kind, **options)
    return out.getvalue()


def notes(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[0x010F] = "CameraMaker"
    exif.get_ifd(GPS_IFD)[1] = "N"
    exif.get_ifd(GPS_IFD)[2] = (48.0, 12.0, 30.0)
    return exif


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp"), ("HEIF", "image/heic")],
)
def test_the_four_kinds_are_taken_and_shown_as_jpeg(kind, expected):
    developed = develop(picture(kind))
    assert (developed.kind, developed.width, developed.height) == (expected, 60, 40)
    assert Image.open(io.BytesIO(developed.shown)).format == "JPEG"


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "ICO", "PDF"])
def test_other_kinds_are_refused(kind):
    with pytest.raises(WrongKind):
        develop(picture(kind, size=(32, 32)))


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"\0" * 99]
)
def test_what_is_no_photo_is_refused(content):
    with pytest.raises(WrongKind):
        develop(content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
def test_a_truncated_photo_is_refused(kind, kept):
    whole = picture(kind, size=(400, 300))
    with pytest.raises((Broken, WrongKind)):
        develop(whole[: int(len(whole) * kept)])


def test_the_photo_is_shown_upright_and_measured_upright():
    developed = develop(picture("JPEG", exif=notes(orientation=6)))
    assert (developed.width, developed.height) == (40, 60)
    assert Image.open(io.BytesIO(developed.shown)).size == (40, 60)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_what_is_shown_has_none_of_the_cameras_notes(kind):
    original = picture(kind, exif=notes())
    assert b"CameraMaker" in original
    shown = develop(original).shown
    assert b"CameraMaker" not in shown
    assert not Image.open(io.BytesIO(shown)).getexif()


def test_10_mb_are_taken_and_one_byte_more_is_not():
    padded = picture("JPEG").ljust(photos.MAX_BYTES, b"\0")
    assert develop(padded).width == 60
    with pytest.raises(TooBig):
        develop(padded + b"\0")


def claimed(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is this large."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(8000, 5001), (20000, 20000), (2_000_000, 2_000_000)])
def test_more_than_40_megapixels_are_refused_without_decoding(size):
    with pytest.raises(TooManyPixels):
        develop(claimed(*size))


def test_a_jpeg_that_is_drawn_over_and_over_is_refused_without_decoding():
    """Each scan of a progressive JPEG costs as much as the whole photo, and takes twenty bytes."""
    whole = picture("JPEG", size=(2000, 2000), progressive=True)
    last = whole.rindex(b"\xff\xda")
    assert develop(whole).width == 2000
    with pytest.raises(TooManyPixels):
        develop(whole[:-2] + whole[last:-2] * 200 + whole[-2:])


def test_40_megapixels_are_taken_and_shown_smaller():
    developed = develop(picture("JPEG", size=(8000, 5000), mode="L", quality=20))
    assert (developed.width, developed.height) == (8000, 5000)
    assert max(Image.open(io.BytesIO(developed.shown)).size) == photos.SHOWN_SIDE_PX


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "LA"), ("PNG", "P"), ("PNG", "1"), ("JPEG", "CMYK")]
)
def test_every_colour_mode_can_be_shown(kind, mode):
    assert Image.open(io.BytesIO(develop(picture(kind, mode=mode)).shown)).mode in ("RGB", "L")


def test_both_files_are_kept_and_no_half_written_one(tmp_path, settings):
    settings.PHOTOS_DIR = tmp_path
    original = picture("PNG")
    photos.keep("ab" * 16, original, develop(original))
    assert photos.original("ab" * 16) == original
    assert sorted(path.suffix for path in (tmp_path / "ab").iterdir()) == [".jpg", ".original"]
