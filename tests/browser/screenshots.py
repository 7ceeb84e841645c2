"""Small pictures of pages for the README."""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page

from tests.browser.accessibility import come_to_rest

COLOURS = 64


def save(page: Page, part: Locator | None, file: Path) -> None:
    """What is on the screen, or this part of it, in few colours."""
    come_to_rest(page)
    file.parent.mkdir(parents=True, exist_ok=True)
    shot = Image.open(io.BytesIO((part or page).screenshot(caret="hide"))).convert("RGB")
    shot.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
