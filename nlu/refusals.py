"""Rasa policy: the stories that say what a bare "no" means, looked up only where there is one."""

from __future__ import annotations

from typing import Any

from rasa.core.policies.memoization import AugmentedMemoizationPolicy
from rasa.core.policies.policy import PolicyPrediction
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class RememberedRefusals(AugmentedMemoizationPolicy):
    """Remembers data/stories; predicts nothing unless the latest intent is one of `intents`.

    All else is ruled by data/rules, and looking for a story that fits costs as much as all rules together.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """intents: those of which only the stories know the meaning."""
        return AugmentedMemoizationPolicy.get_default_config() | {"intents": ["deny"]}

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """The remembered action, or none."""
        latest = tracker.latest_message.intent.get("name") if tracker.latest_message else None
        if latest in self.config["intents"] and not tracker.active_loop_name:
            return super().predict_action_probabilities(tracker, domain, rule_only_data, **kwargs)
        return self._prediction(self._default_predictions(domain))
