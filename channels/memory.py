"""What Rasa remembers of a conversation, taken out of its tracker store."""

from typing import Any

from channels.turn import primary


async def forget_tracker(agent: Any, conversation: str) -> None:
    """Deletes every event of this conversation; a turn that runs ends first. Raises DBAPIError."""
    async with agent.lock_store.lock(conversation, wait_time_in_seconds=0.02):
        await primary(agent.tracker_store).forget(conversation)
