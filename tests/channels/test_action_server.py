"""What an action is sent, and that what it answers is still checked, only faster."""

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from channels.action_server import call_for, check_answer

ACTION = RemoteAction("action_any", None)
DOMAIN = Domain.from_dict({"actions": ["action_any", {"action_reads": {"send_domain": True}}]})


def tracker_of(messages: int) -> DialogueStateTracker:
    events = []
    for number in range(messages):
        events += [UserUttered(f"message {number}"), SlotSet("seen", number), ActionExecuted("action_listen")]
    return DialogueStateTracker.from_events("someone", events, slots=[])


def test_an_action_sees_the_last_three_messages_and_what_ran() -> None:
    events = call_for(ACTION, tracker_of(9), DOMAIN)["tracker"]["events"]
    assert [event["text"] for event in events if event["event"] == "user"] == ["message 6", "message 7", "message 8"]
    assert [event.get("name") for event in events] == 3 * [None, "action_listen"]


def test_of_a_young_conversation_an_action_sees_all() -> None:
    assert len(call_for(ACTION, tracker_of(2), DOMAIN)["tracker"]["events"]) == 4
    assert call_for(ACTION, tracker_of(0), DOMAIN)["tracker"]["events"] == []


def test_the_rest_is_as_rasa_sends_it() -> None:
    tracker = tracker_of(9)
    tracker.update(ActiveLoop("a_form"))
    tracker.update(UserUttered("again", {"name": "greet"}, metadata={"now": "2026-11-22T10:00:00+00:00"}))
    theirs = ACTION._action_call_format(tracker, DOMAIN)
    ours = call_for(ACTION, tracker, DOMAIN)
    assert ours.keys() == theirs.keys() - {"domain"}
    assert ours["tracker"] == theirs["tracker"] | {"events": ours["tracker"]["events"]}
    seen = [event for event in theirs["tracker"]["events"] if event["event"] in ("user", "action")][-5:]
    for sent, whole in zip(ours["tracker"]["events"], seen, strict=True):
        assert sent == {key: whole[key] for key in ("event", *(("name",) if "name" in whole else ("text", "metadata")))}


def test_the_domain_is_sent_to_who_asks_for_it() -> None:
    reader = RemoteAction("action_reads", None)
    assert "domain" not in call_for(ACTION, tracker_of(1), DOMAIN)
    assert call_for(reader, tracker_of(1), DOMAIN)["domain"] == DOMAIN.as_dict()


def test_a_validation_is_sent_its_form() -> None:
    domain = Domain.from_dict({"actions": ["validate_a_form"], "forms": {"a_form": {"required_slots": ["wish"]}}})
    call = call_for(RemoteAction("validate_a_form", None), tracker_of(1), domain)
    assert call["domain"] == {"forms": {"a_form": {"required_slots": ["wish"]}}}


def test_a_good_answer_passes() -> None:
    assert check_answer(ACTION, {"events": [{"event": "slot", "name": "a", "value": 1}], "responses": [{}]})
    assert check_answer(ACTION, {})


@pytest.mark.parametrize(
    "bad",
    [
        {"events": "none"},
        {"events": [{"name": "a"}]},
        {"events": ["slot"]},
        {"responses": {}},
        {"responses": ["text"]},
        [],
        None,
    ],
)
def test_a_bad_answer_is_refused_as_before(bad: object) -> None:
    with pytest.raises(ValidationError):
        check_answer(ACTION, bad)
