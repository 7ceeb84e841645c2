"""What every answer carries, who may read what from another origin, and what the pages are made of."""

import re

import httpx
import pytest
from web_server import Customer

API = "/chat/api"
SHOP, STRANGER = "https://shop.example", "https://evil.example"
PAGES = ("/", "/privacy", "/privacy?lang=de", f"{API}/docs")
FILES = ("/widget.js", "/static/widget/icon.svg", "/static/widget/privacy.css")
OTHERS = ("/health", f"{API}/openapi.json", f"{API}/nothing", "/nothing", "/static/nothing")


@pytest.mark.parametrize("path", PAGES + FILES + OTHERS)
def test_everything_carries_the_security_headers_and_no_cookie(web, path):
    headers = httpx.get(f"{web.url}{path}", verify=False).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Set-Cookie" not in headers


def test_a_conversation_needs_no_cookie(customer):
    customer.say("hello")
    photo = customer.http.get(f"{customer.path}/photos/nothing")
    assert not customer.http.cookies
    assert "Set-Cookie" not in photo.headers


@pytest.mark.parametrize("path", PAGES)
def test_the_pages_have_no_script_or_style_in_them_and_name_no_foreign_host(web, path):
    page = httpx.get(f"{web.url}{path}", verify=False).text
    assert not re.search(r"<script(?![^>]*\ssrc=)[^>]*>|<style|\sstyle=|\son\w+=|javascript:", page)
    assert re.findall(r"https?://[^\s\"'`<]+|(?<=[\"'])//[^\s\"'`]+", page) == []


@pytest.mark.parametrize("path", PAGES)
def test_no_script_of_a_page_can_parse_text_as_html(web, path):
    policy = httpx.get(f"{web.url}{path}", verify=False).headers["Content-Security-Policy"]
    assert policy.endswith("require-trusted-types-for 'script'; trusted-types 'none'")


@pytest.mark.parametrize("path", FILES)
def test_the_widget_may_be_loaded_by_any_page(web, path):
    headers = httpx.get(f"{web.url}{path}", verify=False, headers={"Origin": STRANGER}).headers
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in headers


@pytest.mark.parametrize("path", ["/", "/privacy", "/health", f"{API}/openapi.json", f"{API}/nothing"])
def test_nothing_else_may_be_put_into_another_page(web, path):
    headers = httpx.get(f"{web.url}{path}", verify=False, headers={"Origin": STRANGER}).headers
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in headers


def preflight(url: str, origin: str, method: str = "POST") -> httpx.Response:
    asked = {"Access-Control-Request-Method": method, "Access-Control-Request-Headers": "authorization,content-type"}
    return httpx.options(url, headers={"Origin": origin, **asked})


@pytest.mark.parametrize("path", ["", "/some", "/some/messages", "/some/events", "/some/photos", "/some/photos/one"])
def test_an_allowed_origin_may_use_every_call_of_the_chat_api(web, path):
    answer = preflight(f"{web.url}{API}/conversations{path}", SHOP)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["Access-Control-Allow-Origin"] == SHOP
    assert set(answer.headers["Access-Control-Allow-Methods"].split(", ")) == {"GET", "POST", "DELETE", "OPTIONS"}
    allowed = {name.lower() for name in answer.headers["Access-Control-Allow-Headers"].split(", ")}
    assert {"authorization", "content-type", "last-event-id"} <= allowed
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "Origin" in answer.headers["Vary"]


@pytest.mark.parametrize(
    "origin",
    [STRANGER, "null", "https://shop.example.evil.example", "http://shop.example", "https://shop.example:8443"],
)
def test_no_other_origin_may(web, origin):
    customer = Customer(web.url)
    answers = [
        preflight(f"{web.url}{API}/conversations", origin),
        httpx.post(f"{web.url}{API}/conversations", headers={"Origin": origin}),
        customer.http.get(f"{customer.path}/messages", headers={"Origin": origin}),
    ]
    for answer in answers:
        assert not [name for name in answer.headers if name.lower().startswith("access-control")]
        assert "Origin" in answer.headers["Vary"]


def test_errors_can_be_read_by_an_allowed_origin_too(web):
    error = httpx.get(f"{web.url}{API}/conversations/some/messages", headers={"Origin": SHOP})
    assert error.status_code == 401
    assert error.headers["Access-Control-Allow-Origin"] == SHOP
    assert "Retry-After" in error.headers["Access-Control-Expose-Headers"]


def test_only_the_chat_api_answers_a_preflight(web):
    for path in ("/", "/privacy", "/health"):
        answer = preflight(f"{web.url}{path}", SHOP)
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert "Access-Control-Allow-Methods" not in answer.headers


@pytest.mark.parametrize("packing", ["gzip", "identity"])
def test_a_static_file_is_sent_once_and_packed_if_the_browser_can(web, packing):
    asked = {"Accept-Encoding": packing}
    first = httpx.get(f"{web.url}/static/widget/privacy.css", headers=asked)
    assert first.headers.get("Content-Encoding", "identity") == packing
    assert first.text.startswith(":root")
    again = httpx.get(f"{web.url}/static/widget/privacy.css", headers=asked | {"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["/static/../settings.py", "/static/%2e%2e/settings.py", "/static/widget", "/static/"])
def test_nothing_but_static_files_is_sent_as_one(web, path):
    assert httpx.get(f"{web.url}{path}", verify=False).status_code in (400, 404)
