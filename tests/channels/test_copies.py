"""A tracker's copy is what Rasa's own would be."""

import pytest
from rasa.core.actions.forms import FormAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    LoopInterrupted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from channels.copies import copy_directly, copy_of, with_events

DOMAIN = Domain.from_dict(
    {
        "intents": ["greet"],
        "slots": {
            "wish": {"type": "any", "mappings": [{"type": "custom"}]},
            "told": {"type": "bool", "initial_value": False, "mappings": [{"type": "custom"}]},
        },
        "forms": {"a_form": {"required_slots": ["wish"]}},
    }
)
EVENTS = [
    ActionExecuted("action_listen"),
    UserUttered("hello", {"name": "greet", "confidence": 1.0}),
    ActiveLoop("a_form"),
    ActionExecuted("a_form"),
    SlotSet("requested_slot", "wish"),
    SlotSet("wish", {"a": ["list"]}),
    BotUttered("Hello!"),
    ActionExecutionRejected("a_form"),
    LoopInterrupted(True),
]


@pytest.fixture(autouse=True, scope="module")
def copied_directly():
    copy_directly()


def tracker_after(count: int) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("someone", EVENTS[:count], DOMAIN.slots)


def state_of(tracker: DialogueStateTracker) -> dict:
    slots = {name: vars(slot) for name, slot in tracker.slots.items()}
    return vars(tracker) | {"events": list(tracker.events), "slots": slots}


@pytest.mark.parametrize("count", range(len(EVENTS) + 1))
def test_a_copy_is_as_rasas_own(count) -> None:
    tracker = tracker_after(count)
    assert state_of(copy_of(tracker)) == state_of(tracker.travel_back_in_time(float("inf")))


def test_what_happens_to_a_copy_does_not_happen_to_the_conversation() -> None:
    tracker = tracker_after(6)
    before = state_of(copy_of(tracker))
    twin = copy_of(tracker)
    for event in (
        SlotSet("wish", "another"),
        SlotSet("told", True),
        ActionExecutionRejected("a_form"),
        LoopInterrupted(True),
    ):
        twin.update(event)
    assert state_of(copy_of(tracker)) == before != state_of(twin)


def test_a_form_sees_what_it_would_do_as_in_rasas_own_copy() -> None:
    form, tracker, further = FormAction("a_form", None), tracker_after(6), [SlotSet("wish", "a return")]
    every = [*tracker.events, SlotSet("requested_slot", "wish"), ActionExecuted("a_form"), *further]
    theirs = DialogueStateTracker.from_events("someone", every, DOMAIN.slots)
    assert state_of(with_events(form, tracker, further, DOMAIN)) == state_of(theirs)


def test_what_happens_to_the_conversation_does_not_happen_to_a_copy() -> None:
    tracker = tracker_after(6)
    twin = copy_of(tracker)
    before = state_of(copy_of(tracker))
    tracker.update(SlotSet("wish", "another"))
    assert tracker.get_slot("wish") == "another"
    assert state_of(copy_of(twin)) == before


def test_a_new_start_empties_the_slots_of_one_tracker_only() -> None:
    tracker = tracker_after(6)
    twin = copy_of(tracker)
    twin.update(SlotSet("told", True))
    twin.update(AllSlotsReset())
    assert twin.current_slot_values() == {slot.name: slot.initial_value for slot in DOMAIN.slots}
    assert tracker.get_slot("wish") == {"a": ["list"]}
    assert not any(slot.has_been_set for slot in twin.slots.values())


def test_no_conversation_changes_the_domain() -> None:
    tracker = tracker_after(6)
    tracker.update(SlotSet("told", True))
    assert {slot.name: (slot.value, slot.has_been_set) for slot in DOMAIN.slots} == {
        slot.name: (slot.initial_value, False) for slot in DOMAIN.slots
    }


def test_a_slot_that_does_not_exist_stays_so() -> None:
    tracker = tracker_after(6)
    tracker.update(SlotSet("unheard_of", 1))
    assert "unheard_of" not in tracker.slots
