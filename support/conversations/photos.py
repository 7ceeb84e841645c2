"""Photos: what may come in (decided by decoding it whole), where it lies, what of it is shown."""

import hashlib
import io
from dataclasses import dataclass

import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from support.conversations.photo_files import photo_files

KINDS = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "HEIF": "image/heic"}
DECODERS = ("JPEG", "PNG", "WEBP", "HEIF")
MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
SCAN, MAX_SCANS = b"\xff\xda", 100  # cameras and programs write up to a dozen
SHOWN_SIDE_PX = 4096

SHOWN_HEADERS = {  # with the JPEG that is shown, wherever it is: never taken for a page, never kept after an erasure
    "Content-Type": "image/jpeg",
    "Content-Disposition": 'inline; filename="photo.jpg"',
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


class PhotoRefused(Exception):
    """Not a photo that we take. Its subclasses say why."""


class WrongKind(PhotoRefused):
    """Not a JPEG, PNG, WebP or HEIC."""


class Broken(PhotoRefused):
    """It begins like one of them, but cannot be decoded to its end."""


class TooBig(PhotoRefused):
    """More than MAX_BYTES."""


class TooManyPixels(PhotoRefused):
    """More than MAX_PIXELS."""


@dataclass(frozen=True)
class Developed:
    """A decoded photo: its kind, its upright size, and the JPEG that is shown, without what the camera noted."""

    kind: str
    width: int
    height: int
    shown: bytes


def develop(original: bytes) -> Developed:
    """Decodes the whole photo. Raises PhotoRefused.

    The header is read first, so that a small file that claims to be huge is refused before memory is spent on it.
    """
    if len(original) > MAX_BYTES:
        raise TooBig(len(original))
    pillow_heif.register_heif_opener(thumbnails=False)
    try:
        image = Image.open(io.BytesIO(original), formats=DECODERS)
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise (TooManyPixels if isinstance(error, Image.DecompressionBombError) else WrongKind)(str(error)) from error
    except Exception as error:
        raise Broken(str(error)) from error
    with image:
        if image.width * image.height > MAX_PIXELS:
            raise TooManyPixels(f"{image.width} x {image.height}")
        if image.format in ("JPEG", "MPO") and original.count(SCAN) > MAX_SCANS:
            raise TooManyPixels("every scan of a progressive JPEG costs as much as the whole photo")
        try:
            kind = KINDS[image.format or ""]
            image.load()
            upright = ImageOps.exif_transpose(image)
            return Developed(kind, upright.width, upright.height, _shown(upright))
        except Exception as error:
            raise Broken(str(error)) from error


def _shown(upright: Image.Image) -> bytes:
    """A JPEG for every browser: colours kept, transparency on white, nothing of the camera's notes."""
    profile = upright.info.get("icc_profile")
    if upright.has_transparency_data:
        layer = upright.convert("RGBA")
        upright = Image.new("RGB", upright.size, "white")
        upright.paste(layer, mask=layer.getchannel("A"))
    elif upright.mode not in ("RGB", "L"):
        upright, profile = upright.convert("RGB"), None
    upright.thumbnail((SHOWN_SIDE_PX, SHOWN_SIDE_PX))
    clean = Image.new(upright.mode, upright.size)
    clean.paste(upright)
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=85, icc_profile=profile)
    return out.getvalue()


def keep(photo_id: str, original: bytes, developed: Developed) -> None:
    """Stores both files; when it returns they are kept. Raises OSError."""
    files = photo_files()
    files.write(_name(photo_id, "original"), original)
    files.write(_name(photo_id, "jpg"), developed.shown)


def original(photo_id: str) -> bytes:
    """The file as it came: for people at SOOCAS only, it may say where it was taken. Raises OSError."""
    return photo_files().read(_name(photo_id, "original"))


def shown(photo_id: str) -> bytes:
    """The JPEG that is shown. Raises FileNotFoundError, OSError."""
    return photo_files().read(_name(photo_id, "jpg"))


def delete_original(photo_id: str) -> None:
    """Again: nothing happens. Raises OSError."""
    photo_files().delete(_name(photo_id, "original"))


def delete_shown(photo_id: str) -> None:
    """Again: nothing happens. Raises OSError."""
    photo_files().delete(_name(photo_id, "jpg"))


def fingerprint(original: bytes) -> str:
    return hashlib.sha256(original).hexdigest()


def _name(photo_id: str, ending: str) -> str:
    return f"{photo_id[:2]}/{photo_id}.{ending}"
