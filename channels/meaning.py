"""What a message means in its conversation: found in the whole and in its parts, named as the rules act on it."""

from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.trackers import DialogueStateTracker

from channels.identifiers_aside import without_identifiers
from channels.intent import (
    about_an_order,
    acted_on,
    asked,
    asks_the_same,
    asks_where,
    by_name,
    calls_for_help,
    in_another_language,
    is_for_a_person,
    lets_go,
    undoes,
)
from channels.long_messages import is_vague, read_whole, sentences_of
from channels.reading import read
from channels.taken_back import read_instead
from channels.things import read_things

LEAVES, FEWEST_WORDS = ("stop_request", "goodbye"), 2


class Meaning:
    """Of one message, read by this processor's model."""

    def __init__(self, processor: MessageProcessor, tracker: DialogueStateTracker, message: UserMessage) -> None:
        self.processor, self.tracker, self.message = processor, tracker, message
        self.day = {"today": (message.metadata or {}).get("today")}

    async def parsed(self) -> dict[str, Any]:
        """Understood as NLU does, with the intent and topic that the rules act on."""
        text = self.message.text or ""
        parsed = await read(self.processor, self.message, self.tracker)
        if not text.startswith("/"):
            parsed = await self._with_its_parts(parsed, text)
        parsed["intent"], parsed["topic"] = self._named(parsed, text)
        return parsed

    async def _with_its_parts(self, parsed: dict[str, Any], text: str) -> dict[str, Any]:
        by_mail = (self.message.metadata or {}).get("channel") == "mail"
        opens = by_mail or not self.tracker.active_loop
        parsed = await self._without_identifiers(parsed, text)
        parsed = parsed if opens else await read_instead(parsed, text, self._understand)
        parsed = await read_whole(parsed, text, self._understand_aside, opens)
        return await read_things(parsed, sentences_of(text), self._understand)

    def _named(self, parsed: dict[str, Any], text: str) -> tuple[dict[str, Any], dict[str, Any] | None]:
        """The intent, and which question about the policy is asked, if one is."""
        intent, topic = asked(acted_on(parsed), parsed)
        in_a_request, before = bool(self.tracker.active_loop), topic_before(self.tracker)
        if not in_a_request:
            intent = about_an_order(intent, parsed)
        if before and not topic and asks_the_same(parsed):
            intent, topic = {**intent, "name": before["intent"]}, before
        if parsed.get("language"):
            intent = in_another_language(text, intent)
        plainly = (
            ("talk_to_human", is_for_a_person(text)),
            ("stop_request", lets_go(text) or (not in_a_request and undoes(text))),
            ("ask_why", in_a_request and asks_where(text)),
        )
        for name, applies in plainly:
            if applies:
                intent, topic = {**intent, "name": name}, None
        return intent, topic

    async def _without_identifiers(self, parsed: dict[str, Any], text: str) -> dict[str, Any]:
        """What the words beside an order number and an address want, where the whole does not say it."""
        intent = parsed.get("intent") or {}
        rest = without_identifiers(text, parsed.get("entities") or ())
        if calls_for_help(rest):
            return {**parsed, "intent": {**intent, "name": "give_information", "zone": "accept"}}
        corrects_nothing = intent.get("name") == "correct_answer" and not self.tracker.active_loop
        rest = rest if is_vague(intent) or corrects_nothing else ""
        understood = await self._understand(rest) if rest else {}
        wanted = by_name(understood) if understood else {}
        leaves = wanted.get("name") in LEAVES and len(rest.split()) < FEWEST_WORDS  # "try dana@…"
        if not wanted or is_vague(wanted) or leaves:
            return parsed
        return {**parsed, "intent": wanted, "intent_ranking": understood.get("intent_ranking") or []}

    async def _understand(self, sentence: str) -> dict[str, Any]:
        """A piece of the message, its dates seen from the customer's day as those of the whole."""
        return await read(self.processor, UserMessage(sentence, metadata=self.day))

    async def _understand_aside(self, sentence: str) -> dict[str, Any]:
        return await self._without_identifiers(await self._understand(sentence), sentence)


def topic_before(tracker: DialogueStateTracker) -> dict[str, Any] | None:
    """What the message before this one asked about the policy."""
    latest = tracker.latest_message
    return (latest.parse_data or {}).get("topic") if latest else None
