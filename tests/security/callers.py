"""Who may knock at the running service, and what they knock at."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

import httpx

from support.run.stack import Stack
from tests.conversations.agent import Agent
from tests.conversations.customer import Customer, photo
from tests.conversations.shop import EMAIL, Shop

NOBODYS_EMAIL = "nobody.at.all@example.com"
FORMS: dict[str, dict[str, Any]] = {  # route: what is sent; JSON for the chat API, a form for the desk
    "/messages": {"text": "hello"},
    "/email": {"address": NOBODYS_EMAIL},
    "/say": {"text": "Hello"},
    "/mail/retry": {"id": "in:999999"},
    "/training-line": {"text": "hm", "intent": "greet"},
    "/privacy/find": {"email": NOBODYS_EMAIL},
    "/privacy/export": {"email": NOBODYS_EMAIL},
    "/privacy/erase": {"email": NOBODYS_EMAIL, "again": NOBODYS_EMAIL},
}


@dataclass
class Scene:
    """The callers by name, each a client; and what stands in for each part of an address."""

    callers: dict[str, httpx.Client]
    parts: dict[str, str]

    def call(self, caller: str, method: str, route: str, form_token: bool = True) -> int:
        """The status that this caller gets."""
        http = self.callers[caller]
        address = re.sub(r"<(\w+)>", lambda part: self.parts[part[1]], route)
        with http.stream(
            method, address, **_body(http, method, route, form_token)
        ) as answer:  # a live stream has no end
            return answer.status_code


def make_scene(stack: Stack, shop: Shop) -> Scene:
    """A customer with a photo and a case, another customer, and one of each role at the desk."""
    customer, stranger = Customer(stack.base_url), Customer(stack.base_url)
    today = (datetime.now(timezone.utc) - timedelta(hours=5)).replace(hour=12)
    number = shop.sells(today - timedelta(days=1), delivery_due_at=today + timedelta(days=5))
    customer.say(f"cancel order {number} please, {EMAIL}")
    customer.choose("confirm=yes")
    case = customer.case()
    assert case, customer.transcript()
    sent = customer.http.post(f"/chat/api/conversations/{customer.id}/photos", files={"file": ("p.jpg", photo())})
    customer.send(photos=[sent.json()["photo"]])
    people = {role: Agent(stack, f"{role}-{uuid.uuid4().hex[:8]}", role).http for role in ("agent", "lead", "auditor")}
    nobody = httpx.Client(base_url=stack.base_url, timeout=30, trust_env=False, verify=False)
    parts = {"conversation_id": customer.id, "photo_id": sent.json()["photo"], "number": case["number"]}
    parts |= {"move": "approve", "letter_id": "999999", "secret": "x" * 32, "path": "widget/icon.svg"}
    for http in (nobody, customer.http, stranger.http):
        http.get("/desk/sign-in")
    return Scene({"nobody": nobody, "customer": customer.http, "stranger": stranger.http, **people}, parts)


def _body(http: httpx.Client, method: str, route: str, form_token: bool) -> dict[str, Any]:
    """What goes with the call: whoever was at the sign-in page has the token of a form."""
    if method in ("GET", "DELETE"):
        return {}
    if route.endswith("/photos"):
        return {"files": {"file": ("p.jpg", photo())}}
    form = next((form for end, form in FORMS.items() if route.endswith(end)), {})
    fresh = str(uuid.uuid4())
    if not route.startswith("/desk/"):
        return {"json": form | ({"client_id": fresh} if route.endswith("/messages") else {})}
    token = {"X-CSRFToken": http.cookies["desk_form"]} if form_token else {}
    part = {} if route.endswith("sign-out") else {"HX-Request": "true"}
    return {"data": form | {"client_id": fresh, "key": fresh}, "headers": token | part}
