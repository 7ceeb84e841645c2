"""Copies of a tracker, taken as they are. Rasa makes one for each action, by living through the conversation again."""

from collections import deque
from copy import copy

from rasa.core.actions.forms import FormAction
from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SlotSet
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker


def copy_directly() -> None:
    """Makes Rasa copy so. To be called when the server starts."""
    Slot.__copy__ = copy_of_slot
    DialogueStateTracker.copy = copy_of
    FormAction._temporary_tracker = with_events


def copy_of(tracker: DialogueStateTracker) -> DialogueStateTracker:
    """The same conversation at the same point, in a tracker of its own; its events are shared."""
    twin = copy(tracker)
    twin.events = deque(tracker.events, tracker.events.maxlen)
    twin.slots = {name: copy(slot) for name, slot in tracker.slots.items()}
    twin.active_loop = copy(tracker.active_loop)
    twin.model_id = twin.assistant_id = None  # what is tried on a copy is not marked yet
    return twin


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
