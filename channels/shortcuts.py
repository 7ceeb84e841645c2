"""What Rasa does again and again in every turn although it changes nothing, done once or not at all.

Each was found by sampling the Rasa process under eight talking customers (docs/decisions/0017-speed.md).
"""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any, TypeVar

import rasa.core.actions.forms
import rasa.core.policies.memoization
import rasa.core.policies.rule_policy
import rasa.core.processor
from rasa.core.actions.action import ActionExtractSlots
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event

from channels.copies import copy_directly
from channels.rules import look_up_rules
from channels.understood import Understood

Thing = TypeVar("Thing")
COPIERS = (  # in these, `copy` only serves lines of a log that is off
    rasa.core.actions.forms,
    rasa.core.policies.memoization,
    rasa.core.policies.rule_policy,
    rasa.core.processor,
)

BY_ACTIONS = {"type": "custom"}
_extract = ActionExtractSlots.run


def take_shortcuts() -> None:
    """To be called when the server starts; once is enough, more often does no harm."""
    if not hasattr(Event.resolve_by_type, "cache_info"):
        Event.resolve_by_type = staticmethod(lru_cache(maxsize=200)(Event.resolve_by_type))
    if not logging.getLogger("rasa").isEnabledFor(logging.DEBUG):
        for module in COPIERS:
            module.copy = NoCopies
    copy_directly()
    look_up_rules()
    ActionExtractSlots.run = extract


async def extract(action: ActionExtractSlots, channel: Any, nlg: Any, tracker: Any, domain: Domain) -> list[Event]:
    """What Rasa fills slots with by itself: nothing where every slot is filled by our actions alone."""
    if all(mapping == BY_ACTIONS for slot in domain.slots for mapping in slot.mappings):
        return []
    return await _extract(action, channel, nlg, tracker, domain)


class NoCopies:
    """Stands for the module `copy` where a copy would be made for a line that is not logged."""

    @staticmethod
    def deepcopy(thing: Thing) -> Thing:
        return thing


class StraightRunner:
    """Runs the model's graph one node after the other, in an order that is found once for each target."""

    def __init__(self, runner: DaskGraphRunner) -> None:
        self._nodes = runner._instantiated_nodes
        self._schema = runner._graph_schema
        self._orders: dict[tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]] = {}
        self.turns = 0  # under way
        self._aside = ThreadPoolExecutor(1, "aside")
        self.understood = Understood()

    def run(self, inputs: dict[str, Any], targets: list[str]) -> dict[str, Any]:
        """The targets' results by name, as GraphRunner.run."""
        results = {name: (name, value) for name, value in inputs.items()}
        for name, needs in self._order(tuple(targets)):
            results[name] = self._nodes[name](*(results[need] for need in needs))
        return {name: results[name][1] for name in targets}

    async def run_beside_others(self, inputs: dict[str, Any], targets: list[str]) -> dict[str, Any]:
        """As run; what a component can `prepare` is done in a thread, if there are other turns that go on meanwhile."""
        results = {name: (name, value) for name, value in inputs.items()}
        for name, needs in self._order(tuple(targets)):
            given = [results[need] for need in needs]
            prepare = getattr(self._nodes[name]._component, "prepare", None)
            if prepare and self.turns > 1:
                await asyncio.get_running_loop().run_in_executor(self._aside, prepare, *(value for _, value in given))
            results[name] = self._nodes[name](*given)
        return {name: results[name][1] for name in targets}

    def _order(self, targets: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        if targets not in self._orders:
            found: dict[str, tuple[str, ...]] = {}
            for target in targets:
                self._visit(target, found)
            self._orders[targets] = tuple(found.items())
        return self._orders[targets]

    def _visit(self, name: str, found: dict[str, tuple[str, ...]]) -> None:
        if name in found or name not in self._schema.nodes:
            return
        needs = tuple(self._schema.nodes[name].needs.values())
        for need in needs:
            self._visit(need, found)
        found[name] = needs
