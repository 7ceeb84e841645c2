"""What Prometheus reads from a process. Each process has its own; few labels, and none says anything of a customer."""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, disable_created_metrics
from prometheus_client import generate_latest as generated
from prometheus_client.exposition import CONTENT_TYPE_LATEST as CONTENT_TYPE

__all__ = ["CONTENT_TYPE", "is_allowed", "page"]

SECONDS = (0.005, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
PROXIED = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Real-IP", "Forwarded")
HANDOFF_REASONS = (  # what a reason has in it; the rest of it is nobody's business here
    "customer asked for a person",
    "not understood",
    "order could not be proven",
    "refused, wants a person",
    "a turn failed",
    "the same answer twice running",
    "letters to",
    "answers to this address",
    "put back into the line",
    "passed on",
)
disable_created_metrics()
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)


def _histogram(name: str, what: str, *labels: str) -> Histogram:
    return Histogram(f"support_{name}", what, labels, buckets=SECONDS, registry=REGISTRY)


def _counter(name: str, what: str, *labels: str) -> Counter:
    return Counter(f"support_{name}", what, labels, registry=REGISTRY)


def _gauge(name: str, what: str) -> Gauge:
    return Gauge(f"support_{name}", what, registry=REGISTRY)


# web
TURNS = _histogram("turn_seconds", "A turn, from being taken to its stored answer: answered, failed", "outcome")
LIMITED = _counter("requests_limited", "Requests over a limit, by the limit's name", "limit")
PHOTOS_REFUSED = _counter("photos_refused", "Photos not taken, by the error's code", "code")
STREAMS = _gauge("event_streams", "Event streams that are open in this process")
UNANSWERED = _gauge("oldest_unanswered_seconds", "How long the oldest open turn of the bot waits (the whole house's)")
WAITING = _gauge("waiting_conversations", "Conversations in the waiting line (the whole house's)")
LONGEST_WAIT = _gauge("longest_wait_seconds", "How long the first of the waiting line waits (the whole house's)")
OVERDUE = _gauge("cases_overdue", "Open cases whose promise is broken (the whole house's)")
# rasa
RASA_TURNS = _histogram("rasa_turn_seconds", "A turn in Rasa: answered, replayed, refused, failed", "outcome")
ACTION_CALLS = _histogram("rasa_action_call_seconds", "One call of the action server, as Rasa sees it")
# actions
ACTIONS = _histogram("action_seconds", "One action, by the status of the answer", "status")
DECISIONS = _counter("decisions_told", "Decisions told, by outcome and the clauses they rest on", "outcome", "clauses")
# mailroom
LETTERS_IN = _gauge("oldest_letter_in_seconds", "How long the oldest letter waits to be dealt with (the whole house's)")
LETTERS_OUT = _gauge("oldest_letter_out_seconds", "How long the oldest letter waits to be sent (the whole house's)")
LETTERS_STANDING = _gauge("letters_standing", "Letters in that were parked or held for a person (the whole house's)")
# web, actions, mailroom
HANDOFFS = _counter("handoffs", "Conversations put into the waiting line, by reason", "reason")


def count_handoff(reason: str) -> None:
    """reason: as it stands in the owner's change; of a text that we do not know nothing is shown."""
    HANDOFFS.labels(next((known for known in HANDOFF_REASONS if known in reason), "other")).inc()


def page() -> bytes:
    """All metrics of this process, as Prometheus reads them (CONTENT_TYPE)."""
    return generated(REGISTRY)


def is_allowed(peer: str, headers: Mapping[str, str], token: str) -> bool:
    """Whether this request may read them: it shows the internal token, or comes from this machine and past no proxy."""
    given = headers.get("Authorization")
    if given is not None:
        return bool(token) and hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    return _is_loopback(peer) and not any(headers.get(name) for name in PROXIED)


def _is_loopback(peer: str) -> bool:
    try:
        return ipaddress.ip_address(peer).is_loopback
    except ValueError:
        return False
