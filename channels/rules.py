"""What the rules of the dialogue say, looked up once for each situation instead of rule by rule each time.

Rasa holds every rule against the conversation for each action it predicts, and first once more in case a rule names a
text instead of an intent; ours name none.
"""

import json
from collections import OrderedDict
from typing import Any

from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.shared.core.constants import ACTION_LISTEN_NAME, PREVIOUS_ACTION, USER
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

SITUATIONS_KEPT = 10_000
Found = tuple[str | None, str | None, bool]
_search, _match = RulePolicy._find_action_from_rules, RulePolicy._get_possible_keys


def look_up_rules() -> None:
    """Makes Rasa do so. To be called when the server starts, not where rules are learned."""
    RulePolicy._find_action_from_rules = find
    RulePolicy._get_possible_keys = matching


def find(
    policy: RulePolicy, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
) -> Found:
    """As Rasa finds it; nothing for a text, unless there are rules that might look at one."""
    if use_text_for_last_user_input and not known(policy).look_at_texts:
        return None, None, False
    return _search(policy, tracker, domain, use_text_for_last_user_input)


def matching(policy: RulePolicy, lookup: dict[str, str], states: list[State]) -> set[str]:
    """The rules that fit; only the latest states count, as many as the longest rule has."""
    rules = known(policy)
    which = RULES if lookup is policy.lookup[RULES] else RULES_FOR_LOOP_UNHAPPY_PATH
    recent = states[-rules.longest :]
    situation = (which, json.dumps(recent, sort_keys=True))
    if situation not in rules.found:
        rules.found[situation] = _match(policy, lookup, recent)
        if len(rules.found) > SITUATIONS_KEPT:
            rules.found.popitem(last=False)
    return rules.found[situation]


class Known:
    """The rules of one policy: their greatest length, whether a text may fit one, and what was found so far."""

    def __init__(self, lookup: dict[str, Any]) -> None:
        rules = [json.loads(key) for which in (RULES, RULES_FOR_LOOP_UNHAPPY_PATH) for key in lookup[which]]
        self.longest = max(map(len, rules), default=0) + 1
        self.look_at_texts = any(_may_fit_a_text(rule[-1]) for rule in rules)
        self.found: OrderedDict[tuple[str, str], set[str]] = OrderedDict()


def known(policy: RulePolicy) -> Known:
    """What is known of this policy's rules."""
    if "known_rules" not in vars(policy):
        policy.known_rules = Known(policy.lookup)
    return policy.known_rules


def _may_fit_a_text(state: State) -> bool:
    """Whether the state after a message could be met by its text: it does not ask for an intent."""
    after_message = state.get(PREVIOUS_ACTION, {}).get(ACTION_NAME) in (None, ACTION_LISTEN_NAME)
    return after_message and not state.get(USER, {}).get(INTENT)
