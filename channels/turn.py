"""One turn of one conversation: run it once, stop it where it goes wrong, find its answer again."""

import asyncio
import json
import re
from typing import Any

import aiohttp
from rasa.core.actions.action import ActionExecutionRejection
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.lock_store import LockError
from rasa.core.processor import MessageProcessor
from rasa.shared.core.events import BotUttered, Event, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import ClientResponseError
from sqlalchemy.exc import DBAPIError

from channels.action_server import ActionServer, TurnCalls
from channels.event_table import Overtaken
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
from channels.shortcuts import StraightRunner
from channels.taken_back import read_instead
from channels.things import read_things

COMMANDS = re.compile(r"\s*(?:/|EXTERNAL:)(?:[\s/]|EXTERNAL:)*", re.IGNORECASE)
NAME = re.compile(r"\w*\s*(?:[@{].*)?", re.DOTALL)
INTENT = re.compile(r"[a-z_]+")
LEAVES, FEWEST_WORDS = ("stop_request", "goodbye"), 2
AWAY = (
    aiohttp.ClientConnectionError,
    aiohttp.ClientPayloadError,
    asyncio.TimeoutError,
    DBAPIError,
    LockError,
    Overtaken,
)


class BadTurn(ValueError):
    """The request for a turn breaks the contract."""


class TurnFailed(Exception):
    """The turn did not come to its end; nothing of it is in the tracker.

    temporary: something it needs (action server, database) did not answer, so trying again makes sense.
    """

    def __init__(self, cause: BaseException) -> None:
        super().__init__(f"{type(cause).__name__}: {cause}")
        self.temporary = isinstance(cause, AWAY)


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


class TurnProcessor(MessageProcessor):
    """Rasa's processor for one turn on one tracker.

    Rasa goes on when an action fails ("Bot will continue, but the actions events are lost") and when the tracker
    cannot be saved (it falls back to memory). Here either ends the turn before anything of it is stored.
    """

    def __init__(self, processor: MessageProcessor, tracker: DialogueStateTracker) -> None:
        vars(self).update(vars(processor))
        self.tracker = tracker
        self.trouble: BaseException | None = None
        self.day: dict[str, Any] = {}
        self.tracker_store = primary(processor.tracker_store)
        if processor.action_endpoint:
            self.action_endpoint = Watched(TurnCalls(processor.action_endpoint), "request", self)

    async def get_tracker(self, conversation_id: str) -> DialogueStateTracker:
        return self.tracker

    async def parse_message(
        self, message: UserMessage, tracker: DialogueStateTracker | None = None, *_: Any
    ) -> dict[str, Any]:
        """Understood as NLU does, and named as the rules act on it. /model/parse, which tools use, is not touched."""
        parsed = await read(self, message, tracker)
        text = message.text or ""
        if not text.startswith("/"):
            by_mail = (message.metadata or {}).get("channel") == "mail"
            self.day = {"today": (message.metadata or {}).get("today")}
            parsed = await self._without_identifiers(parsed, text)
            opens = by_mail or not self.tracker.active_loop
            parsed = parsed if opens else await read_instead(parsed, text, self._understand)
            parsed = await read_whole(parsed, text, self._understand_aside, opens)
            parsed = await read_things(parsed, sentences_of(text), self._understand)
        parsed["intent"], parsed["topic"] = asked(acted_on(parsed), parsed)
        if not self.tracker.active_loop:
            parsed["intent"] = about_an_order(parsed["intent"], parsed)
        before = topic_before(self.tracker)
        if before and not parsed["topic"] and asks_the_same(parsed):
            parsed["intent"], parsed["topic"] = {**parsed["intent"], "name": before["intent"]}, before
        if parsed.get("language"):
            parsed["intent"] = in_another_language(text, parsed["intent"])
        if is_for_a_person(text):
            parsed["intent"], parsed["topic"] = {**parsed["intent"], "name": "talk_to_human"}, None
        if lets_go(text) or (not self.tracker.active_loop and undoes(text)):
            parsed["intent"], parsed["topic"] = {**parsed["intent"], "name": "stop_request"}, None
        if self.tracker.active_loop and asks_where(text):
            parsed["intent"], parsed["topic"] = {**parsed["intent"], "name": "ask_why"}, None
        return parsed

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
        return await read(self, UserMessage(sentence, metadata=self.day))

    async def _understand_aside(self, sentence: str) -> dict[str, Any]:
        return await self._without_identifiers(await self._understand(sentence), sentence)

    async def _update_tracker_session(self, tracker: DialogueStateTracker, *args: Any, **kwargs: Any) -> None:
        """Without sessions a conversation begins once; Rasa would look through all events to see that it has."""
        if not tracker.events or self.domain.session_config.are_sessions_enabled():
            await super()._update_tracker_session(tracker, *args, **kwargs)

    @staticmethod
    def _log_slots(_tracker: DialogueStateTracker) -> None:
        """Rasa would write all slots as text, for a line that is not logged."""

    async def run_action_extract_slots(self, *args: Any, **kwargs: Any) -> DialogueStateTracker:
        return self._unless_troubled(await super().run_action_extract_slots(*args, **kwargs))

    async def _run_action(self, action: Any, *args: Any, **kwargs: Any) -> bool:
        return self._unless_troubled(await super()._run_action(Watched(action, "run", self), *args, **kwargs))

    def _unless_troubled(self, result: Any) -> Any:
        if self.trouble:
            raise TurnFailed(self.trouble) from self.trouble
        return result


class Watched:
    """A part of Rasa whose one coroutine method tells the turn what it raised, whoever swallows it later."""

    def __init__(self, part: Any, method: str, turn: TurnProcessor) -> None:
        self._part, self._method, self._turn = part, method, turn

    def __getattr__(self, name: str) -> Any:
        attribute = getattr(self._part, name)
        return self._listening(attribute) if name == self._method else attribute

    def _listening(self, method: Any) -> Any:
        async def call(*args: Any, **kwargs: Any) -> Any:
            try:
                return await method(*args, **kwargs)
            except ActionExecutionRejection:
                raise
            except Exception as error:
                if not (isinstance(error, ClientResponseError) and error.status == 400):  # 400: a form's rejection
                    self._turn.trouble = self._turn.trouble or error
                raise

        return call


def topic_before(tracker: DialogueStateTracker) -> dict[str, Any] | None:
    """What the message before this one asked about the policy."""
    latest = tracker.latest_message
    return (latest.parse_data or {}).get("topic") if latest else None


def primary(store: Any) -> Any:
    """The tracker store itself, without the fallback to memory that Rasa wraps around it."""
    return getattr(store, "_tracker_store", store)


def quick(processor: MessageProcessor) -> MessageProcessor:
    """The same processor, once it has what saves time in each turn."""
    if not isinstance(processor.graph_runner, StraightRunner):
        processor.graph_runner = StraightRunner(processor.graph_runner)
    if processor.action_endpoint and not isinstance(processor.action_endpoint, ActionServer):
        processor.action_endpoint = ActionServer(processor.action_endpoint)
    return processor


async def tracker_of(processor: MessageProcessor, store: Any, conversation: str) -> DialogueStateTracker:
    """As the processor gets it, from the store itself: a new one is stored when its first turn ends, not before."""
    tracker = await store.get_or_create_tracker(conversation, append_action_listen=False)
    tracker.model_id = processor.model_metadata.model_id
    tracker.assistant_id = tracker.assistant_id or processor.model_metadata.assistant_id
    return tracker


async def run_turn(agent: Any, turn: dict[str, Any]) -> tuple[list[dict[str, Any]], bool]:
    """The bot's messages for this turn, and whether they were found instead of made. At most one run per message id.

    replay_only: it is not run now if it never ran; there are no messages then.

    Raises BadTurn, TurnFailed (nothing stored).
    """
    message = message_for(turn)
    try:
        async with agent.lock_store.lock(message.sender_id, wait_time_in_seconds=0.02):
            return await _run(agent.processor, primary(agent.tracker_store), message, turn)
    except (DBAPIError, LockError, Overtaken) as error:
        raise TurnFailed(error) from error


async def _run(
    processor: MessageProcessor, store: Any, message: UserMessage, turn: dict[str, Any]
) -> tuple[list[dict[str, Any]], bool]:
    """As run_turn, once the conversation is locked."""
    tracker = await tracker_of(processor, store, message.sender_id)
    said = answer_to(message.message_id, tracker.events)
    if said is None and turn.get("attempt", 1) > 1:
        whole = await store.retrieve_full_tracker(message.sender_id)
        said = answer_to(message.message_id, whole.events) if whole else None
    if said is not None:
        return said, True
    if turn.get("replay_only"):
        return [], False
    runner = quick(processor).graph_runner
    runner.turns += 1
    try:
        await TurnProcessor(processor, tracker).handle_message(message)
    finally:
        runner.turns -= 1
    return json.loads(json.dumps(answer_to(message.message_id, tracker.events))), False
