"""What Prometheus reads moves as the assistant is talked to: turns, decisions, handoffs, streams, limits, photos."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

import httpx
from prometheus_client.parser import text_string_to_metric_families

from support.run.stack import Stack
from tests.conversations.customer import Customer
from tests.conversations.shop import EMAIL, Shop

Numbers = dict[tuple[str, ...], float]


def numbers(stack: Stack) -> Numbers:
    """All samples of all four processes: (name, label values in the order of their labels' names…), added up."""
    ports = {name: stack.settings[f"SUPPORT_{name}_PORT"] for name in ("WEB", "RASA", "ACTIONS", "MAILROOM")}
    found: Numbers = {}
    for name, port in ports.items():
        path = "/webhooks/conversation/metrics" if name == "RASA" else "/metrics"
        answer = httpx.get(f"http://127.0.0.1:{port}{path}", trust_env=False)
        assert answer.status_code == 200, name
        for family in text_string_to_metric_families(answer.text):
            for sample in family.samples:
                key = (sample.name, *(value for _, value in sorted(sample.labels.items())))
                found[key] = found.get(key, 0) + sample.value
    return found


def test_the_numbers_move_as_customers_are_answered(
    customer: Customer, customers: Callable[[], Customer], shop: Shop, today: datetime, stack: Stack
) -> None:
    number = shop.sells(today - timedelta(days=90), delivered_at=today - timedelta(days=85))
    before = numbers(stack)
    customer.say(f"return order {number}, {EMAIL}, I changed my mind")
    other = customers()
    other.say("I want to talk to a human")
    path = f"/chat/api/conversations/{other.id}"
    assert other.http.post(f"{path}/photos", files={"file": ("p.jpg", b"no photo")}).status_code == 415
    with other.http.stream("GET", f"{path}/events") as stream:
        lines = stream.iter_lines()
        while not next(lines).startswith("data:"):
            pass
        during = numbers(stack)

    def grew(*key: str) -> float:
        return during.get(key, 0) - before.get(key, 0)

    turns = grew("support_turn_seconds_count", "answered")
    assert turns == 2
    assert grew("support_rasa_turn_seconds_count", "answered") == turns
    assert grew("support_rasa_action_call_seconds_count") == grew("support_action_seconds_count", "200") >= turns
    assert grew("support_handoffs_total", "customer asked for a person") == 1
    assert grew("support_waiting_conversations") == 1
    assert during[("support_longest_wait_seconds",)] > 0
    assert grew("support_photos_refused_total", "photo_kind") == 1
    assert grew("support_event_streams") == 1
    assert grew("support_decisions_told_total", "R.window", "not_eligible") == 1


def test_a_limit_that_is_reached_is_counted(customer: Customer, stack: Stack) -> None:
    before = numbers(stack).get(("support_requests_limited_total", "messages"), 0)
    posts = (customer.post(client_id=str(uuid.UUID(int=1)), choice="x=y") for _ in range(1000))
    assert 429 in (
        post.status_code for post in posts
    )  # ends at the first: how many it takes depends on how fast they are
    assert numbers(stack)[("support_requests_limited_total", "messages")] - before == 1


def test_no_sample_names_anybody(customer: Customer, stack: Stack) -> None:
    customer.say(f"Xaver Quux, xaver@example.org, {EMAIL}")
    labels = {label for key in numbers(stack) for label in key[1:]}
    assert not [label for label in labels if "@" in label or customer.id in label or "Quux" in label]


def test_metrics_are_nothing_the_public_can_find(stack: Stack) -> None:
    url = f"{stack.base_url}/metrics"
    assert httpx.get(url, headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 404
    assert httpx.get(url, headers={"Authorization": "Bearer guessed"}).status_code == 404
    behind = {"X-Forwarded-For": "203.0.113.7", "Authorization": f"Bearer {stack.token}"}
    assert httpx.get(url, headers=behind).status_code == 200


def test_each_process_says_what_it_cannot_do_without(stack: Stack) -> None:
    rasa = f"{stack.rasa_url}/webhooks/conversation"
    mailroom = f"http://127.0.0.1:{stack.settings['SUPPORT_MAILROOM_PORT']}"
    for url in (f"{stack.base_url}/ready", f"{rasa}/ready", f"{mailroom}/ready"):
        assert httpx.get(url).json()["status"] == "ok", url
    stack.kill("actions")
    answer = httpx.get(f"{rasa}/ready")
    assert (answer.status_code, answer.json()["actions"]) == (503, "ClientConnectorError")
    assert httpx.get(f"{rasa}/health").status_code == 200
    stack.await_healthy("actions")
    assert httpx.get(f"{rasa}/ready").status_code == 200
