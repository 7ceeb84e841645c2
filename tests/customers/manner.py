"""A manner: how somebody begins, answers and strays. This plain one answers in sentences, now and then by a button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.customers.wordings import gaps_filled, short_name, wordings

if TYPE_CHECKING:
    from tests.customers.visit import Visit

OFFER = "offer"  # the question which other way to take after a refusal
MEANING = "meaning"  # did you mean
CHANGE = "change"
PRESSES = 0.3  # how often somebody who could press a button does so


@dataclass(frozen=True)
class Opening:
    """A first message, and which facts it tells."""

    text: str
    told: tuple[str, ...]


@dataclass(frozen=True)
class Aside:
    """Something that is no answer. clauses: the answer has to cite one of them."""

    text: str
    clauses: frozenset[str] = frozenset()
    question_returns: bool = True


class Manner:
    """Plain: one sentence to begin with, answers in words, now and then by a button."""

    name = "plain"
    presses = PRESSES

    @property
    def page(self) -> dict[str, Any]:
        return wordings()

    def begin(self, visit: Visit) -> None:
        visit.open_with(self.opening(visit))

    def opening(self, visit: Visit, kind: str = "says") -> Opening:
        """The wish in a sentence, or what is wrong."""
        goal, thing, truth = visit.goal, visit.thing, visit.persona.truth(visit.thing)
        is_wish = goal.opens == "wish"
        known = self.page["openings"][goal.wish] if is_wish else self.page["problems"][truth["claim.reason"]]
        several = len(goal.things) > 1 and goal.wish != "cancel"
        elsewhere = visit.persona.bought is None  # who bought elsewhere did not get it "from you"
        fits = [
            each
            for each in known[kind]
            if not (several and "this {thing}" in each) and not (elsewhere and "from you" in each)
        ]
        template = visit.dice.choice(fits)
        if several:
            template = template.replace("{thing}", "things")
        told = ["request" if is_wish else "claim.reason"]
        if "{thing}" in template and thing.pieces == 1 and _is_alone(visit):
            told.append("order.lines")
        return Opening(gaps_filled(template, visit.persona, thing, None, visit.dice), tuple(told))

    def interrupts(self, visit: Visit, question: str) -> bool:
        """Whether they said something else than the answer."""
        return False

    def is_not_done(self, visit: Visit) -> bool:
        """Whether they have more to say although nothing is asked; they have said it then."""
        return False

    def answer(self, visit: Visit, question: str) -> dict[str, str]:
        payload = visit.button(question)
        if payload and visit.dice.random() < self.presses:
            return visit.pressing(payload)
        return {"text": self.typed(visit, self.in_words(visit, question))} if self._has_words(visit, question) else (
            visit.plainly(question)
        )  # fmt: skip

    def in_words(self, visit: Visit, question: str) -> str:
        """A reply, or a whole sentence."""
        kinds = ["replies", "says"]
        visit.dice.shuffle(kinds)
        return next(text for text in (visit.words(question, kind) for kind in (*kinds, "words")) if text)

    def typed(self, visit: Visit, text: str) -> str:
        """As it comes out of the keyboard."""
        return text

    def _has_words(self, visit: Visit, question: str) -> bool:
        return any(visit.words(question, kind) for kind in ("replies", "says", "words"))


def _is_alone(visit: Visit) -> bool:
    """Whether naming the thing says which line of the order is meant."""
    lines = visit.persona.bought.lines if visit.persona.bought else ()
    names = [line["sku"].split("-")[0] for line in lines]
    return len(names) > 1 and names.count(names[visit.thing.line]) == 1 and bool(short_name(visit.persona, visit.thing))
