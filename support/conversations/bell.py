"""Tells this process at once that a conversation changed. Other processes find out by looking, every second or so."""

from collections.abc import Callable
from dataclasses import dataclass

from support.conversations.moment import Moment


@dataclass(frozen=True)
class Ring:
    """A change that is committed. owes_turn: somebody has to run a turn now. moment: what is new, if that is known."""

    conversation: str
    owes_turn: bool
    moment: Moment | None = None


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
    ring(Ring("", False))


def is_closing() -> bool:
    return _closing


def ring(change: Ring) -> None:
    for listener in list(_listeners):
        listener(change)
