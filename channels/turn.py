"""One turn of one conversation: run it once, stop it where it goes wrong, find its answer again."""

import asyncio
import json
from typing import Any

import aiohttp
from rasa.core.actions.action import ActionExecutionRejection
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import LockError
from rasa.core.processor import MessageProcessor
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import ClientResponseError
from sqlalchemy.exc import DBAPIError

from channels.action_server import ActionServer, TurnCalls
from channels.event_table import Overtaken
from channels.meaning import Meaning
from channels.shortcuts import StraightRunner
from channels.turn_messages import answer_to, message_for

AWAY = (
    aiohttp.ClientConnectionError,
    aiohttp.ClientPayloadError,
    asyncio.TimeoutError,
    DBAPIError,
    LockError,
    Overtaken,
)


class TurnFailed(Exception):
    """The turn did not come to its end; nothing of it is in the tracker.

    temporary: something it needs (action server, database) did not answer, so trying again makes sense.
    """

    def __init__(self, cause: BaseException) -> None:
        super().__init__(f"{type(cause).__name__}: {cause}")
        self.temporary = isinstance(cause, AWAY)


class TurnProcessor(MessageProcessor):
    """Rasa's processor for one turn on one tracker.

    Rasa goes on when an action fails ("Bot will continue, but the actions events are lost") and when the tracker
    cannot be saved (it falls back to memory). Here either ends the turn before anything of it is stored.
    """

    def __init__(self, processor: MessageProcessor, tracker: DialogueStateTracker) -> None:
        vars(self).update(vars(processor))
        self.tracker = tracker
        self.trouble: BaseException | None = None
        self.tracker_store = primary(processor.tracker_store)
        if processor.action_endpoint:
            self.action_endpoint = Watched(TurnCalls(processor.action_endpoint), "request", self)

    async def get_tracker(self, conversation_id: str) -> DialogueStateTracker:
        return self.tracker

    async def parse_message(
        self, message: UserMessage, tracker: DialogueStateTracker | None = None, *_: Any
    ) -> dict[str, Any]:
        """Understood as NLU does, and named as the rules act on it. /model/parse, which tools use, is not touched."""
        return await Meaning(self, tracker or self.tracker, message).parsed()

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
