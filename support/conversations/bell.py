"""Tells that a conversation changed: this process at once, the others through Redis where there is one.

Without it other processes find out by looking (support/conversations/lookout.py).
"""

from collections.abc import Callable

from support.conversations import far_bell
from support.conversations.moment import LOOK, Ring

Listener = Callable[[Ring], None]
_listeners: list[Listener] = []
_closing = False


def listen(listener: Listener) -> Callable[[], None]:
    """Calls listener(ring) after each committed change, in its thread; returns how to end it."""
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)


def close() -> None:
    """The process ends: everybody who waits for the bell is woken to see it."""
    global _closing
    _closing = True
    hear(LOOK)


def is_closing() -> bool:
    return _closing


def ring(change: Ring) -> None:
    """A change of this process."""
    hear(change)
    far_bell.send(change)


def hear(change: Ring) -> None:
    """A change, whoever made it."""
    for listener in list(_listeners):
        listener(change)
