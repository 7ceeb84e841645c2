"""Tells this process at once that a conversation changed. Other processes find out by looking, every second or so."""

from collections.abc import Callable

Listener = Callable[[str, bool], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> Callable[[], None]:
    """Calls listener(conversation id, owes_turn) after each committed change, in its thread; returns how to end it."""
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)


def ring(conversation_id: str, owes_turn: bool) -> None:
    for listener in list(_listeners):
        listener(conversation_id, owes_turn)
