"""A turn's message as Rasa takes it, out of the contract; its answer as the contract has it, out of the tracker."""

import re
from typing import Any

from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.shared.core.events import BotUttered, Event, SessionStarted, UserUttered

COMMANDS = re.compile(r"\s*(?:/|EXTERNAL:)(?:[\s/]|EXTERNAL:)*", re.IGNORECASE)
NAME = re.compile(r"\w*\s*(?:[@{].*)?", re.DOTALL)
INTENT = re.compile(r"[a-z_]+")


class BadTurn(ValueError):
    """The request for a turn breaks the contract."""


def plain_words(typed: str) -> str:
    """What a customer typed, where Rasa cannot take it for a command ("/restart", " /inform{…}", "EXTERNAL: …").

    A bare command says nothing, not even what its name would mean as a word; words after a slash stay.
    """
    command = COMMANDS.match(typed)
    words = typed[command.end() :] if command else typed
    return "…" if command and NAME.fullmatch(words) else words.strip()


def message_for(turn: dict[str, Any]) -> UserMessage:
    """The message Rasa is to handle. The customer's own words stay in metadata `text`.

    Raises BadTurn.
    """
    answer, text, photos = turn.get("answer"), turn.get("text"), turn.get("photos") or []
    if answer and answer["fact"] == "intent":
        if not INTENT.fullmatch(answer["value"]):
            raise BadTurn(f"answer.value: an intent is [a-z_]+, got {answer['value']!r}")
        words = "/" + answer["value"]
    elif answer:
        words = "/resume" if answer["fact"] == "owner" else "/choose"
    elif text and text.strip():
        words = plain_words(text)
    elif photos:
        words = "/send_photos"
    else:
        raise BadTurn("text: a turn needs a text, an answer or photos")
    facts = {answer["fact"]: answer["value"]} if answer else None
    carried = ("now", "today", "timezone", "locale", "channel", "address", "text", "settled")
    metadata = {key: turn.get(key) for key in carried}
    metadata["asked"] = turn.get("asked") or []
    metadata["answers"] = {taken["fact"]: taken["value"] for taken in turn.get("answers") or ()}
    metadata |= {"message_id": turn["message"], "answer": facts, "photos": photos}
    return UserMessage(
        words, Silence(), turn["conversation"], None, "conversation", message_id=turn["message"], metadata=metadata
    )


class Silence(OutputChannel):
    """Sends nothing: the answer is read from the tracker, where a second delivery finds it again."""

    @classmethod
    def name(cls) -> str:
        return "conversation"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        pass


def answer_to(message_id: str, events: list[Event]) -> list[dict[str, Any]] | None:
    """The bot messages of the turn that began with this message; None if the tracker does not know it."""
    found, said = False, []
    for event in events:
        if found and isinstance(event, (UserUttered, SessionStarted)):
            break
        if isinstance(event, UserUttered):
            found = event.message_id == message_id
        elif found and isinstance(event, BotUttered):
            said.append(as_message(event.message()))
    return said if found else None


def as_message(uttered: dict[str, Any]) -> dict[str, Any]:
    """A bot utterance of Rasa as the chat contract has it: text, choices, asks, citations, case."""
    custom = uttered.get("custom") or {}
    choices = [{"title": button["title"], "payload": button["payload"]} for button in uttered.get("buttons") or []]
    return {
        "text": uttered.get("text") or "",
        "choices": choices,
        "asks": custom.get("asks"),
        "citations": custom.get("citations") or [],
        "case": custom.get("case"),
    }
