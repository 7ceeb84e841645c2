"""No secret is in a log or in the state; every answer carries the headers that keep scripts and other sites out."""

import re
import uuid

from support.run.keys import FILES
from support.run.stack import Stack
from tests.conversations.agent import Agent
from tests.conversations.customer import Customer
from tests.security.callers import Scene
from tests.security.test_routes import TABLE

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}


def test_no_secret_is_in_a_log_or_in_the_state(stack: Stack):
    customer, agent = Customer(stack.base_url), Agent(stack, "keeps-secrets")
    customer.say("hello")
    customer.http.get(f"/chat/api/conversations/{customer.id}/messages?token={stack.token[:-1]}")
    secrets = {file: (stack.var / "secrets" / file).read_text() for file in FILES.values()}
    secrets |= {"token": customer.http.headers["Authorization"].split()[1], "password": agent.password}
    secrets |= {"session": agent.http.cookies["desk"]}
    written = {name: (stack.var / "run" / name).read_text(errors="replace") for name in ("state.json", "full.log")}
    for name, text in (written | {"log": stack.log}).items():
        assert [secret for secret, value in secrets.items() if value in text] == [], name
    assert {oct((stack.var / "secrets" / file).stat().st_mode)[-3:] for file in FILES.values()} == {"600"}


def test_every_answer_carries_the_headers(scene: Scene):
    for line in TABLE["web"]:
        method, route = line.split()
        if method != "GET" or route.endswith(("/live", "/events")):
            continue
        address = re.sub(r"<(\w+)>", lambda part: scene.parts[part[1]], route)
        caller = "lead" if route.startswith("/desk/") else "customer"
        answer = scene.callers[caller].get(address)
        assert lacks(answer.headers) == [], line
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, line
        assert "unsafe" not in policy, line
        if route.startswith("/desk/"):
            assert "no-store" in answer.headers["Cache-Control"], line


def lacks(headers) -> list[str]:
    return [name for name, value in EVERYWHERE.items() if headers.get(name, "").lower() != value.lower()]


def test_the_cookies_of_the_desk_go_to_the_desk_only_and_to_no_script(stack: Stack):
    agent = Agent(stack, f"agent-{uuid.uuid4().hex[:8]}", "agent").http  # the callers of the scene sign out somewhere
    given = {cookie.name: cookie for cookie in agent.cookies.jar}
    assert set(given) == {"desk", "desk_form"}
    for cookie in given.values():
        assert cookie.path == "/desk/"
        assert cookie.has_nonstandard_attr("HttpOnly")
        assert cookie.get_nonstandard_attr("SameSite") == "Strict"
