"""One customer's visit: they say what they want, answer what is asked from what is true of them, and go."""

from __future__ import annotations

import random
import time
from collections import Counter
from typing import Any

from tests.customers.expected import expected
from tests.customers.goals import Thing
from tests.customers.listener import Listener
from tests.customers.manner import CHANGE, MEANING, OFFER, Aside, Manner, Opening
from tests.customers.persona import Persona
from tests.customers.wordings import put

MAX_MESSAGES = 45
NO_MEANINGS = ("intent=talk_to_human", "intent=stop_request")
INTENTS = {
    "return": "start_return",
    "exchange": "start_exchange",
    "warranty": "start_warranty_claim",
    "cancel": "cancel_order",
    "quality_problem": "report_defect",
    "damaged_on_arrival": "report_damage_on_arrival",
    "wrong_item": "report_wrong_item",
    "missing_accessories": "report_missing_parts",
}


class Derailed(Exception):
    """The conversation went where it must not; the text says how."""


class Visit:
    """asked: every question as it came. repeated: those that came again although they were answered,
    each with what had been said last."""

    def __init__(self, persona: Persona, manner: Manner, customer: Listener, pause_s: float = 0, seed: int = 0) -> None:
        self.pause_s = pause_s
        self.persona, self.manner, self.customer = persona, manner, customer
        self.goal = persona.goal
        self.dice = random.Random(f"{manner.name}/{persona.goal.name}" + (f"/{seed}" if seed else ""))
        self.thing = self.goal.things[0]
        self.request = self.goal.wish
        self.told: set[str] = set()
        self.answered: Counter[str] = Counter()
        self.asked: list[str] = []
        self.repeated: list[tuple[str, str]] = []
        self.last_said = ""
        self.declined = False
        self.problems: list[str] = []
        self.answer_ms: list[float] = []
        self.messages = 0
        self.exempt = False  # the last message was no answer, so its question may come again

    def run(self) -> None:
        """From hello to the end. Raises Derailed."""
        if self.goal.photos_first:
            self.exempt = True
            self.send(photo=True)
            self.told.add("evidence.photos")
        self.manner.begin(self)
        if self.goal.person == "at once":
            self.ask_for_a_person()
        while self.customer.owner == "bot" and not self.is_settled():
            question = self.question()
            if question is None:
                if not self.manner.is_not_done(self):
                    return
            elif self.goal.person and len(self.asked) >= 4:
                self.ask_for_a_person()
            elif not self.manner.interrupts(self, question):
                self.respond(question)

    def is_settled(self) -> bool:
        """Whether the case is open, or they have said no to it or to any other way."""
        has_said_no = self.declined or (not self.goal.says_yes and self.answered["confirm"] > 0)
        return has_said_no or self.customer.case() is not None

    def question(self) -> str | None:
        """The open question, by what it asks or by what it lets one choose."""
        fact, choices = self.customer.question(), self.customer.choices()
        if any(payload.startswith("change=") for payload in choices):
            return CHANGE
        if fact not in (None, "request"):
            return fact
        if "confirm=no" in choices:
            return OFFER
        if any(payload.startswith("intent=") and payload not in NO_MEANINGS for payload in choices):
            return MEANING
        return "request" if f"request={self.request}" in choices else fact

    def open_with(self, opening: Opening) -> None:
        """The first message of a request."""
        self.told |= set(opening.told)
        for fact in opening.told:
            self.answered[fact] += 1
        self.exempt = True
        self.say(opening.text)

    def respond(self, question: str) -> None:
        """Answer the open question, in this customer's manner; more plainly the second time it comes."""
        self.exempt = False
        tries = self.answered[question]
        if question == "evidence.photos":
            self.answered[question] += 1
            self.send(photo=True)
        elif question == MEANING:
            self.send(choice=self._meaning())
        elif question == CHANGE:
            self.send(choice=self._change())
        elif tries:
            self.answered[question] += 1
            self.send(**self.plainly(question))
        else:
            self.answered[question] += 1
            answer = self.manner.answer(self, question)
            if question == OFFER:
                self.request, self.declined = self.value(OFFER) or self.request, self.value(OFFER) is None
            self.send(**answer)

    def value(self, fact: str) -> Any:
        """What is true."""
        if fact == "request":
            return self.request
        if fact == OFFER:
            ways = (self.goal.then, self.goal.wish)  # their own wish is offered where another one was understood
            return next((way for way in ways if f"request={way}" in self.customer.choices()), None)
        if fact == "confirm":
            return "yes" if self.goal.says_yes else "no"
        if fact in ("order.number", "order.email", "order.lines"):
            return None
        return self.persona.truth(self.thing).get(fact)

    def button(self, fact: str) -> str | None:
        """The payload that says what is true, if there is such a button."""
        value = self.value(fact)
        if fact == OFFER:
            payload = f"request={value}" if value else "confirm=no"
        elif fact == "order.number":
            payload = None if self.persona.bought else "order.channel=elsewhere"
        elif fact == "order.lines":
            payload = self._lines_payload()
        else:
            payload = payload_of(fact, value)
        choices = self.customer.choices()
        if fact == "claim.item_country" and payload not in choices and value != "unsure":
            payload = "claim.item_country=elsewhere"
        return payload if payload in choices else None

    def words(self, fact: str, kind: str) -> str | None:
        """What is true in words of this kind (says, replies, words)."""
        value = self.value(fact)
        if fact == OFFER:
            if value and len([p for p in self.customer.choices() if p.startswith("request=")]) > 1:
                return put("request", value, kind, self.persona, self.thing, self.dice)
            return put("request", "take" if value else "decline", kind, self.persona, self.thing, self.dice)
        return put(fact, value, kind, self.persona, self.thing, self.dice)

    def plainly(self, fact: str) -> dict[str, str]:
        """By its button, else in a word or two: what one does when one was not understood."""
        payload = self.button(fact)
        if payload:
            return self.pressing(payload)
        text = self.words(fact, "words") or self.words(fact, "replies")
        if text is None:
            raise Derailed(f"asked for {fact}, of which this customer knows nothing")
        return {"text": text}

    def pressing(self, payload: str) -> dict[str, str]:
        """Press a button. One that says "somewhere else" or starts another question is no answer yet."""
        if payload == "claim.item_country=elsewhere":
            self.exempt = True
            self.answered["claim.item_country"] -= 1
        if payload.startswith("request="):
            self.request = payload.removeprefix("request=")
        return {"choice": payload}

    def aside(self, aside: Aside) -> None:
        """Say something that is no answer; the open question has to come back."""
        before = self.question()
        self.exempt = True
        said = self.say(aside.text)
        if aside.clauses and not aside.clauses & {c["clause"] for m in said for c in m["citations"]}:
            self.problems.append(f"{aside.text!r} was not answered with {' or '.join(sorted(aside.clauses))}")
        if aside.question_returns and self.customer.owner == "bot" and self.question() != before:
            self.problems.append(f"after {aside.text!r} the question {before} did not come back, but {self.question()}")

    def ask_for_a_person(self) -> None:
        """And get one, at once."""
        self.exempt = True
        self.say(self.dice.choice(self.manner.page["person"]))
        if self.customer.owner != "waiting":
            raise Derailed("asked for a person and got none")

    def say(self, text: str) -> list[dict[str, Any]]:
        return self.send(text=self.manner.typed(self, text))

    def send(self, **message: Any) -> list[dict[str, Any]]:
        """One message and what came of it."""
        self.messages += 1
        if self.messages > MAX_MESSAGES:
            raise Derailed(f"still talking after {MAX_MESSAGES} messages")
        if self.pause_s:  # a benchmark's customers type at the pace of people
            time.sleep(self.dice.uniform(0.5, 1.5) * self.pause_s)
        photo = message.pop("photo", False)
        self.last_said = message.get("text") or message.get("choice") or "(a photo)"
        said = self.customer.send_photo() if photo else self.customer.send(**message)
        self._hear(said)
        return said

    def _hear(self, said: list[dict[str, Any]]) -> None:
        if any("approved" in message["text"].lower() for message in said):
            self.problems.append("it said that something is approved (I.review)")
        self._look_for_the_thing(said)
        question = self.question()
        if question is None or self.customer.owner != "bot" or self.is_settled():
            return
        if question not in (CHANGE, OFFER) and not (self.exempt and question in self.asked):
            self.asked.append(question)
        again = self.answered[question] > 0 or (question == MEANING and not self.exempt)
        if again and not self.exempt and not self.goal.cannot_prove:
            self.repeated.append((question, self.last_said))

    def _look_for_the_thing(self, said: list[dict[str, Any]]) -> None:
        """Which of several things the next questions are about: the one that was just named."""
        if len(self.goal.things) < 2 or self.request == "cancel" or self.question() == "confirm":
            return
        text = " ".join(message["text"] for message in said)
        names = {self.persona.bought.lines[thing.line]["name"]: thing for thing in self.goal.things}
        last = max(names, key=lambda name: text.rfind(name))
        if text.rfind(last) >= 0 and self.question() not in ("order.lines", None) and names[last] is not self.thing:
            self.thing: Thing = names[last]
            self.forget("claim.")
            self.forget("evidence.")

    def forget(self, prefix: str = "") -> None:
        """What has to be answered anew."""
        for fact in [fact for fact in self.answered if fact.startswith(prefix)]:
            del self.answered[fact]

    def _meaning(self) -> str:
        wanted = INTENTS[self.goal.wish if self.goal.opens == "wish" else self.thing.truth["claim.reason"]]
        payload = f"intent={wanted}"
        if payload not in self.customer.choices():
            raise Derailed(f"was not understood, and {payload} is not among the meanings offered")
        self.exempt = True
        return payload

    def _change(self) -> str:
        """The button of the fact they had wrong."""
        payload = f"change={getattr(self.manner, 'fact', None)}"
        if payload not in self.customer.choices():
            raise Derailed(f"asked what to change, and {payload} is not among the choices")
        self.answered[payload.removeprefix("change=")] = 0
        self.exempt = True
        return payload

    def _lines_payload(self) -> str:
        return ",".join(f"{thing.line}x{thing.pieces}" for thing in self.goal.things)

    def needed(self) -> list[str]:
        """The questions that the policy needs, but for what was told unasked."""
        return list(expected(self.persona, self.told).asked)


def payload_of(fact: str, value: Any) -> str:
    """The payload of the button that says this."""
    return f"{fact}=" + {True: "true", False: "false"}.get(value, str(value))
