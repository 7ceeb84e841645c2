"""Manners of leaving the straight way: asking back, wandering off, taking something back, giving up and returning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tests.customers.expected import expected
from tests.customers.manner import CHANGE, MEANING, OFFER, Aside, Manner, Opening
from tests.customers.wordings import put

if TYPE_CHECKING:
    from tests.customers.visit import Visit

NO_TIME_FOR_ASIDES = (OFFER, MEANING, CHANGE)
IN_WORDS_AT_ONCE, IN_WORDS_AT_THE_END, BY_BUTTON_AT_THE_END = range(3)
WRONG: Mapping[str, Mapping[Any, Any]] = {
    "claim.unused": {True: False, False: True},
    "claim.packaging_complete": {True: False, False: True},
    "claim.contents_complete": {True: False, False: True},
    "claim.gift_returned": {True: False, False: True},
    "claim.damage_cause": {"none": "water", "water": "none", "abuse": "none", "external": "none"},
    "claim.reason": {
        "changed_mind": "colour",
        "colour": "changed_mind",
        "quality_problem": "damaged_on_arrival",
        "damaged_on_arrival": "quality_problem",
        "wrong_item": "missing_accessories",
        "missing_accessories": "wrong_item",
    },
    "claim.exchange_for": {"same_item": "same_item_other_colour", "same_item_other_colour": "same_item"},
}


class QuestionFirst(Manner):
    """Asks back before answering: about the policy, and why one wants to know."""

    name = "question first"
    asides = 2

    def begin(self, visit: Visit) -> None:
        self.at = set(visit.dice.sample(range(1, 6), self.asides))
        super().begin(visit)

    def interrupts(self, visit: Visit, question: str) -> bool:
        if visit.messages not in self.at or question in NO_TIME_FOR_ASIDES:
            return False
        self.at.remove(visit.messages)
        visit.aside(self.pick(visit))
        return True

    def pick(self, visit: Visit) -> Aside:
        clauses = visit.dice.choice(sorted(self.page["questions"]))
        return Aside(visit.dice.choice(self.page["questions"][clauses]), frozenset(clauses.split()))


class WandersOff(QuestionFirst):
    """Says things that have nothing to do with it, but not twice in a row."""

    name = "wanders off"

    def begin(self, visit: Visit) -> None:
        super().begin(visit)
        self.at = {visit.dice.choice((1, 2)), visit.dice.choice((4, 5, 6))}

    def pick(self, visit: Visit) -> Aside:
        return Aside(visit.dice.choice(self.page["asides"]))


class CorrectsThemselves(Manner):
    """Answers one question wrongly, and takes it back: at once, at the summary, or by the button there."""

    name = "corrects"

    def begin(self, visit: Visit) -> None:
        super().begin(visit)
        truth = visit.persona.truth(visit.thing)
        asked = expected(visit.persona, visit.told).asked
        known = [fact for fact in asked if truth.get(fact) in WRONG.get(fact, {})]
        self.fact = visit.dice.choice(known) if known else "order.number" if visit.persona.bought else None
        at_once = self.fact == "order.number" or len(visit.goal.things) > 1
        self.how = IN_WORDS_AT_ONCE if at_once else visit.dice.randrange(3)
        self.owes, self.erred = False, False

    def answer(self, visit: Visit, question: str) -> dict[str, str]:
        if question != self.fact or self.erred:
            return super().answer(visit, question)
        self.erred = True
        if self.fact == "order.number":
            self.owes = True
            return {"text": f"SC{80001 + visit.persona.place}"}
        false = WRONG[question][visit.value(question)]
        payload = f"{question}=" + {True: "true", False: "false"}.get(false, str(false))
        text = put(question, false, "says", visit.persona, visit.thing, visit.dice)
        self.owes = True
        visit.answered[OFFER] = 0  # what it may get them refused is another offer than one before
        return (
            {"choice": payload} if payload in visit.customer.choices() and visit.dice.random() < 0.5 else {"text": text}
        )

    def interrupts(self, visit: Visit, question: str) -> bool:
        if not self.owes:
            return False
        if question == "confirm" and self.how == BY_BUTTON_AT_THE_END and "confirm=change" in visit.customer.choices():
            self._by_button(visit)
            return True
        if self.how == IN_WORDS_AT_ONCE or question in ("confirm", OFFER):
            self._correct(visit)
            return True
        return False

    def is_not_done(self, visit: Visit) -> bool:
        """A wrong answer that was refused is taken back; it must not be the end."""
        if not self.owes or visit.customer.case():
            return False
        self._correct(visit)
        return True

    def _correct(self, visit: Visit) -> None:
        self.owes = False
        text = put(self.fact, visit.value(self.fact), "says", visit.persona, visit.thing, visit.dice)
        visit.exempt = True
        visit.answered["confirm"] = 0
        visit.say(visit.dice.choice(self.page["wrong_before"]).format(says=text))

    def _by_button(self, visit: Visit) -> None:
        self.owes = False
        visit.exempt = True
        visit.send(choice="confirm=change")


class ComesBack(Manner):
    """Gives up in the middle and returns: after "forget it" from the beginning, after a goodbye where it was."""

    name = "comes back"

    def begin(self, visit: Visit) -> None:
        self.at, self.forgets = visit.dice.randint(2, 6), visit.dice.random() < 0.5
        super().begin(visit)

    def interrupts(self, visit: Visit, question: str) -> bool:
        if visit.messages < self.at or question in NO_TIME_FOR_ASIDES:
            return False
        self.at = 1000
        if self.forgets:
            self._forget(visit)
        else:
            self._leave(visit, question)
        return True

    def _forget(self, visit: Visit) -> None:
        visit.exempt = True
        visit.say(visit.dice.choice(self.page["forgets"]))
        visit.forget()
        visit.told.clear()
        visit.asked.clear()
        again = self.opening(visit)
        visit.thing, visit.request = visit.goal.things[0], visit.goal.wish
        visit.open_with(Opening(f"{visit.dice.choice(self.page['returns_anyway'])} {again.text}", again.told))

    def _leave(self, visit: Visit, question: str) -> None:
        visit.aside(Aside(visit.dice.choice(self.page["goes"]), question_returns=False))
        visit.exempt = True
        visit.say(visit.dice.choice(self.page["comes_back"]))
        if visit.question() != question:
            visit.problems.append(f"back again, and the question {question} was not there, but {visit.question()}")
