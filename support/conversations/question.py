"""What is open: the choices offered since the customer last said something."""

import re
from dataclasses import dataclass
from typing import Any

from support.conversations.composed import Query
from support.conversations.models import Conversation, Message
from support.conversations.words import title_of

BACK_TO_BOT = "owner=bot"
TO_A_PERSON = "intent=talk_to_human"
_NEWEST_FIRST = Query(
    lambda pk: Message.objects.filter(conversation=pk).order_by("-seq").values_list("sender", "choices", "asks")[:100]
)
NUMBER = re.compile(r"\(?([1-9][0-9]?)[.)]?")


class ChoiceExpired(Exception):
    """This choice was offered, but the conversation has gone on."""


class ChoiceNeverOffered(Exception):
    """This choice was never offered in this conversation."""


@dataclass(frozen=True)
class Choice:
    title: str
    payload: str

    def as_answer(self) -> dict[str, str]:
        fact, _, value = self.payload.partition("=")
        return {"fact": fact, "value": value}


def open_choices(conversation: Conversation) -> tuple[list[Choice], list[Choice]]:
    """All open choices, and those that a number counts through (the newest list, if its question is a choice).

    The way back from the waiting line stays open as long as one waits.
    """
    every: list[Choice] = []
    numbered: list[Choice] = []
    for choices, asks in _since_customer(conversation):
        offered = [Choice(choice["title"], choice["payload"]) for choice in choices]
        every += offered
        kind = (asks or {"kind": "choice"}).get("kind")
        if offered or asks:
            numbered = offered if kind in ("choice", "confirm") else []
    if conversation.owner == Conversation.Owner.WAITING and BACK_TO_BOT not in {choice.payload for choice in every}:
        every += [choice for choice in _ever_offered(conversation) if choice.payload == BACK_TO_BOT][-1:]
    return every, numbered


def taken(conversation: Conversation, payload: str) -> Choice:
    """The open choice with this payload; to a person always. Raises ChoiceExpired, ChoiceNeverOffered."""
    for choice in open_choices(conversation)[0]:
        if choice.payload == payload:
            return choice
    if payload == TO_A_PERSON and (title := title_of(payload)):
        return Choice(title, payload)
    if any(choice.payload == payload for choice in _ever_offered(conversation)):
        raise ChoiceExpired(payload)
    raise ChoiceNeverOffered(payload)


def meant(conversation: Conversation, text: str) -> Choice | None:
    """The open choice that a customer named by typing its title or its number."""
    every, numbered = open_choices(conversation)
    typed = text.strip().casefold()
    for choice in every:
        if choice.title.strip().casefold() == typed:
            return choice
    number = NUMBER.fullmatch(typed)
    if number and int(number[1]) <= len(numbered):
        return numbered[int(number[1]) - 1]
    return None


def _since_customer(conversation: Conversation) -> list[tuple[Any, Any]]:
    """Choices and asks of what was said since, oldest first."""
    recent: list[tuple[Any, Any]] = []
    for sender, choices, asks in _NEWEST_FIRST.rows(conversation.pk):
        if sender == Message.Sender.CUSTOMER:
            break
        recent.append((choices, asks))
    return recent[::-1]


def _ever_offered(conversation: Conversation) -> list[Choice]:
    lists: Any = conversation.messages.exclude(choices=[]).values_list("choices", flat=True)
    return [Choice(choice["title"], choice["payload"]) for choices in lists for choice in choices]
