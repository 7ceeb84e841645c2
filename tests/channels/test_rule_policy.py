"""The rules say the same, found quickly and from recent events, in whatever situation a conversation gets into."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from rasa.core.policies.rule_policy import RulePolicy
from rasa.core.training import load_data
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActionExecutionRejected, ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from channels import rules
from channels.recent import keep_recent

ROOT = Path(__file__).resolve().parents[2]
FORM = "request_form"


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.from_file(str(ROOT / "domain.yml"))


@pytest.fixture(scope="module")
def policy(domain, tmp_path_factory) -> RulePolicy:
    """Our own rules, learned; without the search for contradictions, which training has done."""
    config = RulePolicy.get_default_config() | {"check_for_contradictions": False}
    storage, context = LocalModelStorage.create(tmp_path_factory.mktemp("rules")), ExecutionContext(GraphSchema({}))
    learned = RulePolicy.create(config, storage, Resource("rules"), context)
    learned.train(load_data(str(ROOT / "data" / "rules"), domain), domain)
    return learned


@pytest.fixture
def rasas_own(monkeypatch) -> None:
    monkeypatch.setattr(RulePolicy, "_find_action_from_rules", rules._search)
    monkeypatch.setattr(RulePolicy, "_get_possible_keys", rules._match)


def conversations(domain: Domain, seed: int) -> Iterator[tuple[DialogueStateTracker, DialogueStateTracker]]:
    """What happens in 50 turns, sensible or not, seen after each event: whole, and as far as it is kept."""
    dice = random.Random(seed)
    tracker, kept = (DialogueStateTracker("someone", domain.slots) for _ in range(2))
    others = [name for name in domain.user_actions if name.startswith("action_") and "_ask_" not in name]
    for _turn in range(50):
        events: list[Event] = [ActionExecuted("action_listen")]
        events += [UserUttered("words", {"name": dice.choice(domain.intents), "confidence": 1.0})]
        if dice.random() < 0.1:
            events += [SlotSet("withdrawing", dice.choice([True, False, None]))]
        if tracker.active_loop_name and dice.random() < 0.5:
            events += [ActionExecutionRejected(FORM), ActionExecuted(dice.choice(others))]
        if dice.random() < 0.7:
            events += [ActionExecuted(FORM), ActiveLoop(dice.choice([FORM, FORM, FORM, None]))]
        keep_recent(kept, domain.slots)
        for event in events:
            tracker.update(event)
            kept.update(event)
            yield tracker, kept


@pytest.mark.parametrize("seed", range(2))
def test_in_every_situation_the_same_is_predicted(policy, domain, rasas_own, seed) -> None:
    predicted = set()
    for tracker, kept in conversations(domain, seed):
        theirs, source = policy._predict(tracker, domain)
        with pytest.MonkeyPatch.context() as ours:
            ours.setattr(RulePolicy, "_find_action_from_rules", rules.find)
            ours.setattr(RulePolicy, "_get_possible_keys", rules.matching)
            found, found_source = policy._predict(kept, domain)
        assert vars(found).keys() == vars(theirs).keys()
        for name, value in vars(theirs).items():
            assert getattr(found, name) == value, (name, list(tracker.events)[-8:])
        if max(theirs.probabilities) == 1.0:
            assert found_source == source
            predicted.add(domain.action_names_or_texts[theirs.probabilities.index(1.0)])
    assert len(predicted) > 12
    assert len(kept.events) < len(tracker.events) / 3


def test_rules_that_look_at_a_text_are_known() -> None:
    listening = '{"prev_action": {"action_name": "action_listen"}, "user": {"%s": "hello"}}'
    for read, looks in (("intent", False), ("text", True)):
        lookup = {rules.RULES: {f"[{listening % read}]": "utter_greet"}, rules.RULES_FOR_LOOP_UNHAPPY_PATH: {}}
        assert rules.Known(lookup).look_at_texts is looks
