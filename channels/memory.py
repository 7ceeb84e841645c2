"""What Rasa remembers of a conversation, taken out of its tracker store."""

from typing import Any

from channels.turn import primary, quick


async def forget_tracker(agent: Any, conversation: str) -> None:
    """Deletes every event of this conversation, and what any text was understood as; a turn that runs ends first.

    Raises DBAPIError.
    """
    async with agent.lock_store.lock(conversation, wait_time_in_seconds=0.02):
        await primary(agent.tracker_store).forget(conversation)
        quick(agent.processor).graph_runner.understood.forget()
