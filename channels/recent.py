"""A conversation as Rasa needs it to go on: its latest messages, and what had come of everything before.

Rasa goes through all events again and again in each turn, so that the five hundredth would cost many times the first.
Nothing is lost by it: every event stays in the tracker's table, and what was said in the log.
"""

from collections import deque
from collections.abc import Iterable

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker

MOST_MESSAGES = 8
KEPT_MESSAGES = 4  # an action sees three, a rule looks back as far as two


def keep_recent(tracker: DialogueStateTracker, slots: Iterable[Slot]) -> None:
    """Puts slots and the open form in place of what happened before the last messages, once those are many."""
    events = list(tracker.events)
    said = [place for place, event in enumerate(events) if isinstance(event, UserUttered)]
    if len(said) <= MOST_MESSAGES:
        return
    first = said[-KEPT_MESSAGES]
    while first and not _listens(events[first]):
        first -= 1
    tracker.events = deque([*_result_of(events[:first], slots), *events[first:]], tracker.events.maxlen)


def _listens(event: Event) -> bool:
    return isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME


def _result_of(events: list[Event], slots: Iterable[Slot]) -> list[Event]:
    before = DialogueStateTracker.from_events("", events, slots)
    filled = [SlotSet(name, slot.value) for name, slot in before.slots.items() if slot.value != slot.initial_value]
    return [*filled, *([ActiveLoop(before.active_loop_name)] if before.active_loop_name else [])]
