"""On the page of a shop that lives elsewhere, under a policy as strict as policies get."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from support.run.stack import Stack
from tests.browser.shopper import Shopper

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A shop</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<script src="{assistant}/widget.js" async></script></head>
<body><main><h1>A shop of its own</h1><p>It sells brushes.</p></main></body></html>"""
POLICY = (
    "default-src 'none'; script-src {assistant}; connect-src {assistant}; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


@pytest.fixture(scope="module")
def elsewhere(stack: Stack, other_origin: str) -> Iterator[str]:
    """A website of another origin with our script tag; its headers allow our script and our API, and nothing else."""

    class Shop(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = PAGE.format(assistant=stack.base_url).encode() if self.path == "/" else b""
            self.send_response(200 if page else 204)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", POLICY.format(assistant=stack.base_url))
            self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", urlsplit(other_origin).port), Shop)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield other_origin
    server.shutdown()
    server.server_close()


def test_one_script_tag_is_enough(tabs: Callable[..., Shopper], elsewhere: str, photo_file: Path) -> None:
    shopper = tabs()
    shopper.address = elsewhere
    shopper.visit().open_chat()
    shopper.is_accessible()
    shopper.pick(photo_file)
    shopper.field.fill("who pays the postage?")
    shopper.send()
    assert "R.freight.soocas" in shopper.cited()
    expect(shopper.photos).to_have_count(1)
    shopper.page.reload()
    expect(shopper.said).to_have_count(len(shopper.log()))
    assert shopper.page.context.cookies() == []


@pytest.mark.complains(r"CORS policy", r"ERR_FAILED")
def test_a_shop_that_is_not_allowed_cannot_talk_to_it(
    tabs: Callable[..., Shopper], elsewhere: str, stack: Stack
) -> None:
    """The same page under another name: the script loads, the API does not answer it."""
    shopper = tabs()
    shopper.address = elsewhere.replace("localhost", "127.0.0.1")
    shopper.visit().open_chat()
    shopper.type("hello")
    expect(shopper.banner).to_contain_text("offline")
    expect(shopper.said).to_have_count(0)
