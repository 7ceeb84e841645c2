"""Copies of a tracker, taken as they are. Rasa makes one for each action, by living through the conversation again."""

from collections import deque
from copy import copy
from typing import Any

from rasa.core.actions.forms import FormAction
from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SlotSet
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker

_set, _reset = DialogueStateTracker._set_slot, DialogueStateTracker._reset_slots


def copy_directly() -> None:
    """Makes Rasa copy so. To be called when the server starts."""
    Slot.__copy__ = shared
    DialogueStateTracker._set_slot = set_slot
    DialogueStateTracker._reset_slots = reset_slots
    DialogueStateTracker.copy = copy_of
    FormAction._temporary_tracker = with_events


def copy_of(tracker: DialogueStateTracker) -> DialogueStateTracker:
    """The same conversation at the same point, in a tracker of its own; its events and slots are shared."""
    twin = copy(tracker)
    twin.events = deque(tracker.events, tracker.events.maxlen)
    twin.slots = dict(tracker.slots)
    twin.active_loop = copy(tracker.active_loop)
    twin.model_id = twin.assistant_id = None  # what is tried on a copy is not marked yet
    return twin


def shared(slot: Slot) -> Slot:
    """No copy: a slot in a tracker is never changed, another takes its place. There are dozens, and few are set."""
    return slot


def set_slot(tracker: DialogueStateTracker, key: str, value: Any) -> None:
    """As Rasa sets it, in a slot of this tracker's own."""
    if key in tracker.slots:
        tracker.slots[key] = copy_of_slot(tracker.slots[key])
    _set(tracker, key, value)


def reset_slots(tracker: DialogueStateTracker) -> None:
    """As Rasa resets them, each in a slot of this tracker's own."""
    for name, slot in list(tracker.slots.items()):
        tracker.slots[name] = copy_of_slot(slot)
    _reset(tracker)


def copy_of_slot(slot: Slot) -> Slot:
    """As `copy` makes it, without asking how."""
    twin = object.__new__(type(slot))
    twin.__dict__.update(slot.__dict__)
    return twin


def with_events(
    form: FormAction, tracker: DialogueStateTracker, events: list[Event], _domain: Domain
) -> DialogueStateTracker:
    """A copy in which this form has run and these events have followed."""
    twin = copy_of(tracker)
    requested = SlotSet(REQUESTED_SLOT, form.get_slot_to_fill(tracker))
    twin.update_with_events([requested, ActionExecuted(form.name()), *events], None, override_timestamp=False)
    return twin
