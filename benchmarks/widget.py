"""How heavy the chat widget is and how quick, in Chromium, beside a bare page and deep-chat. Prints, asserts nothing.

    python -m benchmarks.widget [--rounds 9] [--alternative 2.4.2]

Starts the whole assistant and a shop of another origin with three pages: nothing, our widget, deep-chat (fetched from
npm into a temporary folder). Every figure is a median; milliseconds depend on the machine and its other work.
"""

import argparse
import gzip
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
import uuid
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Browser, CDPSession, sync_playwright

from support.run.free_ports import free_port
from support.run.stack import Stack, running_stack

ROOT = Path(__file__).resolve().parents[1]
PAGE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>A shop</title><main><h1>A shop</h1></main>'
READY = {
    "bare page": "true",
    "our widget": "document.querySelector('support-chat')?.shadowRoot?.querySelector('.launcher')",
    "deep-chat": "document.querySelector('deep-chat')?.shadowRoot?.querySelector('#text-input')",
}
TILL_READY = """() => new Promise((done) => {
  const look = () => (%s) ? done(performance.now()) : setTimeout(look, 1);
  look();
})"""
TILL_ANSWERED = """(text) => new Promise((done) => {
  const inside = document.querySelector("support-chat").shadowRoot;
  const before = inside.querySelectorAll(".bot").length;
  const field = inside.querySelector(".field");
  new MutationObserver((_, self) => {
    if (inside.querySelectorAll(".bot").length === before) return;
    self.disconnect();
    requestAnimationFrame(() => done(performance.now() - pressed));
  }).observe(inside.querySelector(".log"), { childList: true });
  field.value = text;
  const pressed = performance.now();
  inside.querySelector(".send").click();
})"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--alternative", default="2.4.2", help="version of deep-chat")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shop, shop_url = open_shop(folder)
        with running_stack(folder / "var", SUPPORT_CORS_ORIGINS=shop_url) as stack, sync_playwright() as playwright:
            fill_shop(folder, stack.base_url, asked.alternative)
            print_weight(folder)
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            print_ready(browser, shop_url, asked.rounds)
            print_answers(browser, stack, asked.rounds)
            browser.close()
        shop.shutdown()
    return 0


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


def open_shop(folder: Path) -> tuple[ThreadingHTTPServer, str]:
    port = free_port()
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{port}"


def fill_shop(folder: Path, assistant: str, version: str) -> None:
    (folder / "package.json").write_text("{}")
    npm = [ROOT / "widget/run.sh", "npm", "install", "--silent", "--prefix", folder, f"deep-chat@{version}"]
    subprocess.run(npm, check=True)
    bundle = folder / "node_modules/deep-chat/dist/deepChat.bundle.js"
    shutil.copy(bundle, folder / "deep-chat.js")
    pages = {
        "bare page": "",
        "our widget": f'<script src="{assistant}/widget.js" async></script>',
        "deep-chat": '<script src="deep-chat.js" type="module"></script><deep-chat></deep-chat>',
    }
    for what, script in pages.items():
        (folder / f"{what.replace(' ', '-')}.html").write_text(PAGE + script)


def print_weight(folder: Path) -> None:
    ours = (ROOT / "support/widget/static/widget/widget.js").read_bytes()
    theirs = (folder / "deep-chat.js").read_bytes()
    print("packed by gzip, everything included")
    for what, content in (("our widget", ours), ("deep-chat", theirs)):
        size = len(gzip.compress(content, mtime=0))
        print(f"  {what:12} {size:7} bytes   {size / len(gzip.compress(ours, mtime=0)):5.1f} ×")


def print_ready(browser: Browser, shop_url: str, rounds: int) -> None:
    """From the first byte of navigation to the part one can use; each time a new profile, nothing cached."""
    print("until it can be used: milliseconds, and of these milliseconds of the page's own thread")
    figures: dict[str, list[tuple[float, float]]] = {what: [] for what in READY}
    for _ in range(rounds):
        for what, ready in READY.items():
            with browser.new_context() as context:
                page = context.new_page()
                session = context.new_cdp_session(page)
                session.send("Performance.enable")
                page.goto(f"{shop_url}/{what.replace(' ', '-')}.html", wait_until="commit")
                figures[what].append((page.evaluate(TILL_READY % ready), thread_ms(session)))
    for what, pairs in figures.items():
        wait, busy = (statistics.median(column) for column in zip(*pairs, strict=True))
        print(f"  {what:12} {wait:7.0f} {busy:7.0f}")


def thread_ms(session: CDPSession) -> float:
    metrics = session.send("Performance.getMetrics")["metrics"]
    return 1000 * next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration")


def print_answers(browser: Browser, stack: Stack, rounds: int) -> None:
    """The same question to the same assistant: in the widget until it is painted, and by the API alone."""
    question = "who pays the postage?"
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(stack.base_url)
        page.locator("support-chat .launcher").click()
        page.evaluate(TILL_ANSWERED, question)  # begins the conversation
        shown, alone = [], []
        with httpx.Client(base_url=f"{stack.base_url}/chat/api", timeout=30) as http:
            conversation = begin(http)
            ask(http, conversation, question)
            for _ in range(rounds):
                shown.append(page.evaluate(TILL_ANSWERED, question))
                page.locator("support-chat .typing").wait_for(state="hidden")
                alone.append(ask(http, conversation, question))
    median, floor = statistics.median(shown), statistics.median(alone)
    print("from pressing send to the answer: milliseconds")
    print(f"  in the widget, painted  {median:6.0f}   (slowest of {rounds}: {max(shown):.0f})")
    print(f"  by the API alone        {floor:6.0f}   the widget adds {median - floor:.0f}")


def begin(http: httpx.Client) -> str:
    started = http.post("/conversations", json={}).json()
    http.headers["Authorization"] = f"Bearer {started['token']}"
    return started["id"]


def ask(http: httpx.Client, conversation: str, text: str) -> float:
    """Milliseconds from sending it to having the answer, heard over the event stream."""
    began = time.perf_counter()
    seq = http.post(
        f"/conversations/{conversation}/messages", json={"client_id": str(uuid.uuid4()), "text": text}
    ).json()["seq"]
    with http.stream("GET", f"/conversations/{conversation}/events", params={"after": seq}) as events:
        for line in events.iter_lines():
            if line.startswith("id: "):
                return 1000 * (time.perf_counter() - began)
    raise AssertionError("the stream ended without an answer")


if __name__ == "__main__":
    raise SystemExit(main())
