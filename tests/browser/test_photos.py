"""Photos in a browser: what phones take is taken, what is none is refused in one sentence, and several go at once."""

import io
from collections.abc import Callable
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.shopper import Shopper


def twelve_megapixels() -> bytes:
    """As a phone takes it: 4000 × 3000, on its side, with the place it was taken at."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (48.0, 12.0, 30.0)
    out = io.BytesIO()
    Image.effect_noise((1000, 750), 60).resize((4000, 3000)).convert("RGB").save(out, "JPEG", quality=90, exif=exif)
    return out.getvalue()


def heic() -> bytes:
    pillow_heif.register_heif_opener()
    out = io.BytesIO()
    Image.radial_gradient("L").resize((640, 480)).convert("RGB").save(out, "HEIF")
    return out.getvalue()


def file(name: str, content: bytes, kind: str) -> dict[str, str | bytes]:
    return {"name": name, "buffer": content, "mimeType": kind}


def shown_sizes(shopper: Shopper, count: int) -> list[list[int]]:
    """Of the photos in the conversation, once they are drawn."""
    expect(shopper.photos).to_have_count(count)
    return shopper.photos.evaluate_all("(all) => all.map((one) => [one.width, one.height])")


def test_what_phones_take_is_taken_and_shown_upright(shopper: Shopper, picture: Callable) -> None:
    shopper.pick(file("IMG_1.jpg", twelve_megapixels(), "image/jpeg"), file("IMG_2.HEIC", heic(), "image/heic"))
    expect(shopper.ready).to_have_count(2)
    shopper.is_accessible()
    picture(shopper, "chat-photos")
    shopper.field.fill("this is how it came")
    shopper.send()
    sent = shopper.log()[0]
    assert (len(sent["photos"]), sent["text"]) == (2, "this is how it came")
    (upright, lying) = shown_sizes(shopper, 2)
    assert upright[0] < upright[1]
    assert lying[0] > lying[1]
    shown = shopper.call("GET", f"/photos/{sent['photos'][0]}").content
    assert Image.open(io.BytesIO(shown)).size == (3000, 4000)
    assert not Image.open(io.BytesIO(shown)).getexif()


REFUSED = [
    ("renamed text", "photo.jpg", b"I am no photo. " * 100, "Please choose a photo"),
    ("a document", "invoice.pdf", b"%PDF-1.7", "Please choose a photo"),
    ("text named HEIC", "photo.heic", b"I am no photo. " * 100, "Please choose a photo"),
    ("30 MB", "photo.jpg", bytes(30 * 1024 * 1024), "This photo is too large"),
    ("torn", "photo.heic", heic()[:-500], "can't be opened"),
]


@pytest.mark.complains(r"status of 4(00|13|15)")
@pytest.mark.parametrize(("what", "name", "content", "sentence"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_is_no_photo_is_refused_in_one_sentence(
    shopper: Shopper, what: str, name: str, content: bytes, sentence: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    shopper.pick(tmp_path / name)
    expect(shopper.problem).to_contain_text(sentence)
    shopper.is_accessible()
    for _ in range(shopper.tiles.count()):
        shopper.chat.get_by_role("button", name="Remove Photo").click()
    expect(shopper.tiles).to_have_count(0)
    shopper.say("never mind, hello")
    assert shopper.log()[0]["photos"] == []


def test_a_photo_can_be_dropped_and_pasted_and_taken_back(shopper: Shopper, photo_file: Path) -> None:
    content = list(photo_file.read_bytes())
    give = """(panel, [content, kind]) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(content)], "given.jpg", { type: "image/jpeg" }));
      const options = { bubbles: true, cancelable: true, composed: true };
      panel.dispatchEvent(kind === "drop" ? new DragEvent("drop", { ...options, dataTransfer: data })
        : new ClipboardEvent("paste", { ...options, clipboardData: data }));
    }"""
    for number, kind in enumerate(("drop", "paste"), 1):
        shopper.panel.evaluate(give, [content, kind])
        expect(shopper.ready).to_have_count(number)
    shopper.chat.get_by_role("button", name="Remove Photo 1").click()
    expect(shopper.tiles).to_have_count(1)
    shopper.send()
    assert len(shopper.log()[0]["photos"]) == 1
    assert len(shown_sizes(shopper, 1)) == 1


def test_an_upload_that_the_network_broke_is_tried_again(shopper: Shopper, photo_file: Path) -> None:
    shopper.say("hello")
    broken = []

    def once(route) -> None:
        if broken:
            route.continue_()
        else:
            broken.append(route.abort("connectionreset"))

    shopper.page.route("**/photos", once)
    shopper.pick(photo_file)
    expect(shopper.problem).to_contain_text("again")
    shopper.chat.get_by_role("button", name="Try Photo 1 again").click()
    expect(shopper.ready).to_have_count(1)
    shopper.complaints.clear()  # the broken connection itself
