"""axe-core on the page as it is now, the inside of the widget included."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

RUN = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  const where = (nodes) => nodes.map((node) => node.target).join(" | ");
  return found.violations.map(({ id, help, nodes }) => `${id}: ${help}: ${where(nodes)}`);
}"""
REST = """() => {
  const places = [document, document.querySelector("support-chat")?.shadowRoot].filter(Boolean);
  const moving = places.flatMap((place) => place.getAnimations()).filter((each) => {
    return each.effect.getComputedTiming().endTime !== Infinity;
  });
  return Promise.all(moving.map((each) => each.finished.catch(() => null)));
}"""


@cache
def script() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


def come_to_rest(page: Page) -> None:
    """Waits for what moves only once; half-seen text has no contrast."""
    page.evaluate(REST)


def violations(page: Page) -> list[str]:
    """Every rule that is broken, and where; once all that moves has come to rest."""
    come_to_rest(page)
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(script())
    return page.evaluate(RUN)
