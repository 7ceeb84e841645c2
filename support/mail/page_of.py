"""From what was said in a conversation to the pieces of a letter: what is told, what is asked, what can be chosen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from support.conversations.models import Message
from support.mail.blocks import Block, Button, Option, Paragraph, Question, Small
from support.mail.wording import text

CONFIRMING = "order.email=confirmed"
LINKED_BY_NUMBER = 6  # a list longer than this is answered in words or by its number, not by a row of links

LinkFor = Callable[[str, str], str]  # payload, title → address


@dataclass(frozen=True)
class Asked:
    """The pieces of a letter and what a reply can name by its code."""

    blocks: tuple[Block, ...]
    options: tuple[Option, ...]
    facts: tuple[str, ...]
    asks_to_confirm: bool


def asked_in(
    messages: Sequence[Message], language: str, link_for: LinkFor, asked_before: Collection[str] = ()
) -> Asked:
    """The letter that says these messages of one turn, in their order, questions last.

    The question that the dialogue waits for is said last and stands first. One that a link answers has no number.
    asked_before: the facts that a letter asked for to which there is no answer yet.
    """
    told = [message for message in messages if not _is_question(message)]
    questions = [message for message in messages if _is_question(message)]
    questions = questions[-1:] + questions[:-1]
    blocks: list[Block] = [Paragraph(message.text) for message in told if message.text.strip()]
    shown = [message for message in questions if not _confirms(message)]
    facts = tuple(str((message.asks or {}).get("fact", "")) for message in shown)
    if len(shown) > 1:
        asked, options = _many(shown, language, again=set(facts) <= set(asked_before))
    else:
        asked, options = _one([*told, *questions], shown, language, link_for)
    blocks += [*asked, *_clauses(messages, language)]
    return Asked(tuple(blocks), tuple(options), facts, len(shown) < len(questions))


def _many(questions: list[Message], language: str, again: bool) -> tuple[list[Block], list[Option]]:
    """Numbered questions whose choices have letters. again: the letter before has them all."""
    blocks: list[Block] = [Paragraph(text(language, "questions_again" if again else "questions"))]
    every: list[Option] = []
    for number, message in enumerate(questions, 1):
        options = [
            Option(f"{number}{chr(ord('a') + index)}", choice["title"], choice["payload"])
            for index, choice in enumerate(message.choices[:26])
        ]
        blocks.append(Question(number, message.text, tuple(options)))
        every += options
    if every:
        blocks.append(Paragraph(text(language, "question_hint")))
    return blocks, every


def _one(
    messages: list[Message], questions: list[Message], language: str, link_for: LinkFor
) -> tuple[list[Block], list[Option]]:
    """One question, or none: every choice of the letter counted through, each with its link."""
    blocks: list[Block] = [Paragraph(message.text) for message in questions if message.text.strip()]
    choices = [choice for message in messages if not _confirms(message) for choice in message.choices]
    has_links = len(choices) <= LINKED_BY_NUMBER
    options = [
        Option(
            str(number),
            choice["title"],
            choice["payload"],
            link_for(choice["payload"], choice["title"]) if has_links else "",
        )
        for number, choice in enumerate(_once(choices), 1)
    ]
    if options:
        blocks += [Paragraph(text(language, "choices")), Question(0, "", tuple(options))]
    return blocks, options


def _once(choices: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({choice["payload"]: choice for choice in choices}.values())


def _is_question(message: Message) -> bool:
    return bool(message.asks)


def _confirms(message: Message) -> bool:
    return any(choice["payload"] == CONFIRMING for choice in message.choices)


def _clauses(messages: Sequence[Message], language: str) -> list[Block]:
    cited = dict.fromkeys(citation["clause"] for message in messages for citation in message.citations)
    return [Small(text(language, "rules", clauses=", ".join(cited)))] if cited else []


def confirmation(language: str, url: str, was_left: bool = False) -> list[Block]:
    """Why the address has to be confirmed, and the link that does it. was_left: in the chat, by whoever it was."""
    why = text(language, "confirm_left" if was_left else "confirm")
    return [Paragraph(why), Button(text(language, "confirm_button"), url)]
