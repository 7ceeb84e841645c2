"""What must come of a customer's true facts, by the policy alone, and which questions the policy needs for it.

Nothing here looks at a conversation: the facts are told one by one, as `policy.decide` says that they are missing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from policy import Decision, decide, open_requests, parse_facts
from tests.customers.goals import Thing
from tests.customers.persona import WISHES, Persona

SETTLED = ("eligible", "needs_review")
EVIDENCE = {
    "photos": ("claim.photos", 1, "evidence.photos"),
    "troubleshooting": ("claim.troubleshooting_done", True, "claim.troubleshooting_done"),
    "serial_number_or_description": ("claim.serial_number", "given", "evidence.serial_number"),
}


@dataclass(frozen=True)
class Item:
    """One thing of the case: [[line, how many]], the facts that decide it, its decision, what has to be handed in."""

    thing: Thing
    lines: list[list[int]]
    facts: dict[str, Any]
    decision: Decision
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Expected:
    """end: "case", "nothing" or "person". asked: every question the policy needs, in order; request: the last one.

    refused_by: the clauses, where the last word was a refusal.
    """

    end: str
    items: tuple[Item, ...]
    asked: tuple[str, ...]
    request: str | None
    refused_by: frozenset[str]


def expected(persona: Persona, told: Collection[str] = ()) -> Expected:
    """The end of this customer's request. told: the facts of the first thing that need not be asked any more."""
    return _Walk(persona, frozenset(told)).run()


class _Walk:
    def __init__(self, persona: Persona, told: frozenset[str]) -> None:
        self.persona, self.goal, self.told = persona, persona.goal, told
        self.asked: list[str] = []
        self.request: str | None = None
        self.items: list[Item] = []
        self.refused: Decision | None = None

    def run(self) -> Expected:
        self._order()
        for thing in self.goal.things:
            self._decide(thing)
            if self.goal.wish == "cancel" and self.request == "cancel":
                break
            self.told = frozenset()
        if self.items:
            self.asked.append("confirm")
        return Expected(
            self._end(),
            tuple(self.items),
            tuple(self.asked),
            self.request,
            frozenset(reason.clause for reason in self.refused.reasons if reason.effect == "against")
            if self.refused
            else frozenset(),
        )

    def _end(self) -> str:
        if self.goal.person or self.goal.cannot_prove:
            return "person"
        return "case" if self.items and self.goal.says_yes else "nothing"

    def _order(self) -> None:
        if self.persona.bought is None:
            self._ask(*(() if "order.channel" in self.told else ("order.number", "order.channel")))
            return
        self._ask("order.number", "order.email")
        lines = self.persona.bought.lines
        several = len(lines) > 1 or lines[0].get("quantity", 1) > 1
        if several and self.goal.wish != "cancel":
            self._ask("order.lines")

    def _ask(self, *facts: str) -> None:
        self.asked += [fact for fact in facts if fact not in self.told]

    def _decide(self, thing: Thing) -> None:
        truth = self.persona.truth(thing)
        returned = any(item.decision.route == "return" for item in self.items)
        facts = self.persona.setting() | self.persona.shop_facts(thing, returned)
        if self.persona.bought is None:
            facts["order.channel"] = truth["order.channel"]
        facts |= {fact: truth[fact] for fact in self.told if fact.startswith("claim.") and fact in truth}
        self._request(facts, truth)
        decision = self._asked_until_settled(facts, truth)
        if decision.outcome not in SETTLED:
            self.refused = decision
            return
        self.refused = None
        if self.request != "cancel" and "claim.reason" not in facts:
            facts["claim.reason"] = truth["claim.reason"]
            self._ask("claim.reason")
        self._evidence(facts, truth, thing)

    def _request(self, facts: dict[str, Any], truth: dict[str, Any]) -> None:
        """The wish; where they only say what is wrong, the one way that is open, or their wish among several."""
        if self.request is None:
            self.request = self.goal.wish
            if self.goal.opens == "problem":
                opened = open_requests(parse_facts(facts | {"claim.reason": truth["claim.reason"]}))
                self.request = opened[0] if len(opened) == 1 else self.goal.wish
                if len(opened) != 1:
                    self._ask("request")
        self._go_for(facts, self.request)

    def _go_for(self, facts: dict[str, Any], request: str) -> None:
        self.request = facts["request"] = request
        facts.pop("claim.remedy", None)
        if request in WISHES:
            facts["claim.remedy"] = WISHES[request]

    def _asked_until_settled(self, facts: dict[str, Any], truth: dict[str, Any]) -> Decision:
        while True:
            decision = decide(parse_facts(facts))
            if decision.outcome == "incomplete":
                fact = next(fact for fact in decision.missing if fact in truth)
                facts[fact] = truth[fact]
                self._ask(fact)
            elif decision.outcome in SETTLED or not self._goes_another_way(decision):
                return decision
            else:  # the other way is offered with the refusal, that is no question of its own
                self._go_for(facts, self.goal.then)

    def _goes_another_way(self, decision: Decision) -> bool:
        offered = {door.request for door in decision.alternatives}
        return len(self.goal.things) == 1 and self.goal.then in offered

    def _evidence(self, facts: dict[str, Any], truth: dict[str, Any], thing: Thing) -> None:
        wanted = decide(parse_facts(facts)).evidence
        for name in wanted:
            fact, value, question = EVIDENCE[name]
            facts[fact] = value
            self._ask(question)
            if question == "evidence.serial_number" and truth[question] == "none":
                self._ask("evidence.defect_description")
        lines = self._lines(thing)
        self.items.append(Item(thing, lines, facts, decide(parse_facts(facts)), wanted))

    def _lines(self, thing: Thing) -> list[list[int]]:
        if self.persona.bought is None:
            return []
        if self.request == "cancel":
            return [[place, line.get("quantity", 1)] for place, line in enumerate(self.persona.bought.lines)]
        return [[thing.line, thing.pieces]]
