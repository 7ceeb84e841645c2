"""Manners of speaking: terse, wordy, with slips, two answers at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.customers.manner import Manner, Opening
from tests.customers.wordings import put, typed_in_a_hurry

if TYPE_CHECKING:
    from tests.customers.visit import Visit


class Terse(Manner):
    """Buttons and single words."""

    name = "terse"
    presses = 0.6

    def begin(self, visit: Visit) -> None:
        visit.open_with(self.opening(visit, "words"))

    def in_words(self, visit: Visit, question: str) -> str:
        return visit.words(question, "words") or super().in_words(visit, question)


class Wordy(Manner):
    """Tells everything at once, with a greeting and a story around it; never presses a button."""

    name = "wordy"
    presses = 0.0

    def begin(self, visit: Visit) -> None:
        dice, persona, thing = visit.dice, visit.persona, visit.thing
        opening = self.opening(visit)
        sentences, told = [opening.text], list(opening.told)
        if len(visit.goal.things) == 1 and visit.goal.opens == "wish" and visit.goal.wish != "cancel":
            reason = put("claim.reason", thing.truth.get("claim.reason"), "says", persona, thing, dice)
            if reason:
                sentences.append(reason)
                told.append("claim.reason")
        if persona.bought:
            sentences.append(f"My order number is {persona.number}")
            told.append("order.number")
            if dice.random() < 0.5:
                sentences[-1] += f", placed with {persona.email}"
                told.append("order.email")
        else:
            channel = put("order.channel", visit.goal.bought, "says", persona, thing, dice)
            sentences += [channel] if channel else []
            told += ["order.channel"] if channel else []
        text = " ".join(
            [
                dice.choice(self.page["greetings"]),
                *dice.sample(self.page["small_talk"], dice.randint(0, 1)),
                *(_sentence(each) for each in sentences),
                dice.choice(self.page["thanks"]),
            ]
        )
        visit.open_with(Opening(text, tuple(told)))

    def in_words(self, visit: Visit, question: str) -> str:
        text = super().in_words(visit, question)
        if question.startswith("claim.") and visit.dice.random() < 0.3:
            return f"Thank you for asking. {_sentence(text)}"
        return text


class Typos(Manner):
    """Types fast, and on a phone."""

    name = "typos"
    presses = 0.0

    def typed(self, visit: Visit, text: str) -> str:
        return typed_in_a_hurry(text, visit.dice)


class TwoAtOnce(Manner):
    """Answers the question and the one that is going to come."""

    name = "two at once"

    def answer(self, visit: Visit, question: str) -> dict[str, str]:
        needed = visit.needed()
        later = needed[needed.index(question) + 1 :] if question in needed else []
        following = next((fact for fact in later if not visit.answered[fact]), None)
        first = visit.words(question, "says")
        second = following and visit.words(following, "says")
        if not (first and second) or question in ("order.lines", "request", "confirm"):
            return super().answer(visit, question)
        visit.answered[following] += 1
        visit.told.add(following)
        joint = ", and " if visit.dice.random() < 0.5 else ". "
        return {"text": f"{first}{joint}{second}"}


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:] + ("" if text[-1] in ".?!" else ".")
