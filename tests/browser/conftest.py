"""Chromium, the shop page of the running assistant, and customers in front of it."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect, sync_playwright

from support.run.stack import Stack
from tests.browser.orders import Orders
from tests.browser.shopper import Shopper

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIETLY = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
QUIETLY += ("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage")
DESKTOP = {"width": 1280, "height": 800}
PATIENCE_MS = 30_000  # a busy machine is slow, and no reason to fail


@pytest.fixture(scope="package")  # Playwright keeps an event loop running, which Django's tests cannot have
def browser() -> Iterator[Browser]:
    executable = next(filter(None, map(shutil.which, CHROMIUM)), None)
    assert executable, "no Chromium on PATH: ./setup.sh browser says how to get it"
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(QUIETLY))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def orders(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Orders:
    noon = (datetime.now(timezone.utc) - timedelta(hours=5)).replace(hour=12)
    return Orders(stack, tmp_path_factory.mktemp("browser-orders"), noon)


@pytest.fixture
def tabs(browser: Browser, stack: Stack, request: pytest.FixtureRequest) -> Iterator[Callable[..., Shopper]]:
    """Opens tabs: tabs() a new browser profile, tabs(beside=other) one more tab of the same.

    At the end none of them may have complained, but for what the test marks: @pytest.mark.complains(r"413", …).
    """
    contexts, opened = [], []

    def open_tab(beside: Shopper | None = None, **options) -> Shopper:
        if beside:
            context = beside.page.context
        else:
            settings = {"viewport": DESKTOP, "locale": "en-US", "timezone_id": "America/New_York"} | options
            context = browser.new_context(**settings)
            context.set_default_timeout(PATIENCE_MS)
            contexts.append(context)
        shopper = Shopper(context.new_page(), stack.base_url)
        opened.append(shopper)
        return shopper

    yield open_tab
    marked = request.node.get_closest_marker("complains")
    try:
        if not getattr(request.node, "failed", False):
            for shopper in opened:
                shopper.has_no_complaints(marked.args if marked else ())
    finally:
        for context in contexts:
            context.close()


@pytest.fixture
def shopper(tabs: Callable[..., Shopper]) -> Shopper:
    """In front of the shop page, the chat open."""
    return tabs().visit().open_chat()


@pytest.fixture(scope="session")
def picture(request: pytest.FixtureRequest) -> Callable[[Shopper, str], None]:
    """Keeps the chat, or the whole page, as a small PNG, when asked for: pytest --screenshots docs/screenshots."""
    folder = request.config.getoption("--screenshots")

    def keep(shopper: Shopper, name: str, whole_page: bool = False) -> None:
        assert re.fullmatch(r"[a-z0-9-]+", name)
        if folder:
            from tests.browser.screenshots import save

            save(shopper.page, None if whole_page else shopper.panel, Path(folder) / f"{name}.png")

    return keep


@pytest.fixture(scope="session")
def photo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photo as a phone takes it, only smaller."""
    file = tmp_path_factory.mktemp("photos") / "toothbrush.jpg"
    Image.radial_gradient("L").resize((800, 600)).convert("RGB").save(file, "JPEG")
    return file
