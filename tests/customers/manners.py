"""The eight manners in which every goal is brought forward."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.customers.expected import expected
from tests.customers.wordings import gaps_filled, put, short_name, typed_in_a_hurry, wordings

if TYPE_CHECKING:
    from tests.customers.visit import Visit

OFFER = "offer"  # the question which other way to take after a refusal
MEANING = "meaning"  # did you mean
CHANGE = "change"
NO_TIME_FOR_ASIDES = (OFFER, MEANING, CHANGE)
PRESSES = 0.3  # how often somebody who could press a button does so
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
        template = visit.dice.choice(known[kind])
        if len(goal.things) > 1:
            template = template.replace("{thing}", "order")
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


MANNERS: tuple[type[Manner], ...] = (
    Terse,
    Wordy,
    Typos,
    TwoAtOnce,
    QuestionFirst,
    CorrectsThemselves,
    WandersOff,
    ComesBack,
)


def _is_alone(visit: Visit) -> bool:
    """Whether naming the thing says which line of the order is meant."""
    lines = visit.persona.bought.lines if visit.persona.bought else ()
    names = [line["sku"].split("-")[0] for line in lines]
    return len(names) > 1 and names.count(names[visit.thing.line]) == 1 and bool(short_name(visit.persona, visit.thing))


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:] + ("" if text[-1] in ".?!" else ".")
