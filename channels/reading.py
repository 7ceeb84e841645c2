"""Words as the model reads them: what Rasa finds in them, by a shorter way, and beside other turns."""

from datetime import datetime, timezone
from functools import partial
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.nlu.classifiers.regex_message_handler import RegexMessageHandler
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message


async def read(
    processor: MessageProcessor, message: UserMessage, tracker: DialogueStateTracker | None = None
) -> dict[str, Any]:
    """What this processor's model finds in a message; tracker: for components that look at one.

    A button says what it means. Rasa would read it as words first, and then put its meaning in place of the result.
    """
    unread = Message({TEXT: message.text or ""})
    named = YAMLStoryReader.unpack_regex_message(unread, processor.domain, RegexMessageHandler.__name__)
    if named is not unread:
        return dict(named.as_dict(only_output_properties=True))
    by_graph = partial(_by_graph, processor, message, tracker)
    found = await processor.graph_runner.understood.understand(message.text or "", _days(message), by_graph)
    return dict(found)


async def _by_graph(
    processor: MessageProcessor, message: UserMessage, tracker: DialogueStateTracker | None
) -> dict[str, Any]:
    inputs, target = {PLACEHOLDER_MESSAGE: [message], PLACEHOLDER_TRACKER: tracker}, processor.model_metadata.nlu_target
    found = (await processor.graph_runner.run_beside_others(inputs, [target]))[target][0]
    nothing = {TEXT: "", INTENT: {INTENT_NAME_KEY: None, PREDICTED_CONFIDENCE_KEY: 0.0}, ENTITIES: []}
    return nothing | found.as_dict(only_output_properties=True)


def _days(message: UserMessage) -> tuple[str | None, str]:
    """What dates in a message are seen from: the customer's day, if it is told, and the one in UTC."""
    return (message.metadata or {}).get("today"), datetime.now(timezone.utc).date().isoformat()
