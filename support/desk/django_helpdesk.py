"""Tickets in a django-helpdesk (2.6), over its REST API, with an account of its own that is staff there.

Its traps, each tested against a real one: a follow-up's title becomes the ticket's; a comment is rendered as a Django
template, so that braces a customer types can break it; a ticket may be stored although the answer is an error.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

import httpx
from django.conf import settings

from support.desk.helpdesk import (
    CLOSED,
    OPEN,
    SOLVED,
    Answer,
    HelpdeskAway,
    HelpdeskRefuses,
    Photos,
    Ticket,
    TicketGone,
)

WITHIN_S = 15.0
STATUS = {1: OPEN, 2: OPEN, 3: SOLVED, 4: CLOSED, 5: CLOSED}  # open, reopened, resolved, closed, duplicate
CLOSED_THERE, NORMAL, HIGH = 4, 3, 2
MARK = re.compile(r"\[(\d+)\] ")
TEMPLATE = re.compile(r"(?<=\{)(?=[{%#])|(?<=[}%#])(?=\})")  # between the two characters of a template's tag


class DjangoHelpdesk:
    """address: https://USER:PASSWORD@HOST/ROOT/. agents: number of an account there → the name that customers read."""

    def __init__(self, address: str, queue: int, agents: Mapping[str, str], anybody: str, page: int = 50) -> None:
        parts = urlsplit(address)
        self.root = urlunsplit(
            (parts.scheme, parts.netloc.rpartition("@")[2], parts.path.rstrip("/") + "/api/", "", "")
        )
        self.login = (unquote(parts.username or ""), unquote(parts.password or ""))
        self.queue, self.agents, self.anybody, self.page = queue, agents, anybody, page

    def open_ticket(self, title: str, text: str, urgent: bool) -> int:
        priority = HIGH if urgent else NORMAL
        fields = {"queue": self.queue, "title": title[:200], "description": text, "priority": priority}
        return self._ask("POST", "tickets/", data=fields)["id"]

    def find_ticket(self, part_of_title: str, newer_than: int) -> int | None:
        for ticket in self._newest_first():
            if ticket["id"] <= newer_than:
                return None
            if part_of_title in ticket["title"]:
                return ticket["id"]
        return None

    def read(self, ticket: int) -> Ticket:
        found = self._ask("GET", f"tickets/{ticket}/")
        said = sorted(found["followup_set"], key=lambda one: one["id"])
        ours = said[0]["user"] if said else None  # who opened it
        answers = (one for one in said if one["public"] and one["user"] not in (ours, None) and one["comment"])
        marks = (MARK.match(one["comment"] or "") for one in said if one["user"] == ours)
        ends = [one for one in said if STATUS.get(one["new_status"], OPEN) != OPEN and one["user"] is not None]
        return Ticket(
            STATUS.get(found["status"], OPEN),
            tuple(self._answer(one) for one in answers),
            frozenset(int(mark[1]) for mark in marks if mark),
            self._answer(ends[-1]) if ends else None,
        )

    def remark(self, ticket: int, mark: int, text: str, photos: Photos) -> None:
        self._follow_up(ticket, f"[{mark}] {text}", photos=photos)

    def close(self, ticket: int, why: str) -> None:
        self._follow_up(ticket, why, new_status=CLOSED_THERE)

    def delete(self, ticket: int) -> None:
        try:
            self._ask("DELETE", f"tickets/{ticket}/")
        except TicketGone:
            return

    def _follow_up(self, ticket: int, text: str, photos: Photos = (), **fields: Any) -> None:
        comment = TEMPLATE.sub(" ", text)
        files = [("attachments", (name, content, "image/jpeg")) for name, content in photos]
        data = {"ticket": ticket, "comment": comment, "public": "false", **fields}
        self._ask("POST", "followups/", data=data, files=files or None)

    def _answer(self, follow_up: Mapping[str, Any]) -> Answer:
        agent = str(follow_up["user"])
        return Answer(str(follow_up["id"]), agent, self.agents.get(agent, self.anybody), follow_up["comment"] or "")

    def _newest_first(self) -> Iterator[dict[str, Any]]:
        page = self._ask("GET", "tickets/", params={"page_size": self.page, "page": "last"})
        while True:
            yield from sorted(page["results"], key=lambda ticket: -ticket["id"])
            if not page["previous"]:
                return
            query = dict(httpx.URL(page["previous"]).params)
            page = self._ask("GET", "tickets/", params=query)

    def _ask(self, method: str, path: str, **what: Any) -> Any:
        try:
            with httpx.Client(base_url=self.root, auth=self.login, timeout=WITHIN_S, trust_env=False) as http:
                reply = http.request(method, path, **what)
        except httpx.HTTPError as error:
            raise HelpdeskAway(f"{type(error).__name__}: {error}") from error
        if reply.status_code == 404:
            raise TicketGone(path)
        if reply.status_code in (400, 413, 415):
            raise HelpdeskRefuses(f"{method} {path}: {reply.status_code} {reply.text[:200]}")
        if not reply.is_success:
            raise HelpdeskAway(f"{method} {path}: {reply.status_code}")
        return reply.json() if reply.content else None


def from_settings() -> DjangoHelpdesk | None:
    """None: no helpdesk is set, the desk is all there is."""
    if not settings.HELPDESK_URL:
        return None
    pairs = (pair.split("=", 1) for pair in settings.HELPDESK_AGENTS.split(",") if pair.strip())
    agents = {number.strip(): name.strip() for number, name in pairs}
    return DjangoHelpdesk(settings.HELPDESK_URL, settings.HELPDESK_QUEUE, agents, settings.MAIL_NAME)
