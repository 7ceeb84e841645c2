"""`support health web`: whether the process of this kind on this machine is alive, for who watches a container."""

from __future__ import annotations

from collections.abc import Mapping

from support.run.child import answers
from support.run.environment import reachable

ADDRESSES = {
    "web": ("SUPPORT_WEB_HOST", "SUPPORT_WEB_PORT", "/health"),
    "rasa": ("SUPPORT_INNER_HOST", "SUPPORT_RASA_PORT", "/webhooks/conversation/health"),
    "actions": ("SUPPORT_INNER_HOST", "SUPPORT_ACTIONS_PORT", "/health"),
    "mailroom": ("SUPPORT_INNER_HOST", "SUPPORT_MAILROOM_PORT", "/health"),
}


def is_alive(kind: str, values: Mapping[str, str]) -> bool:
    """Whether the (first) process of this kind answers within two seconds that nothing is wrong with itself."""
    host, port, path = ADDRESSES[kind]
    return answers(f"http://{reachable(values[host])}:{values[port]}{path}")
