"""What Rasa remembers of a conversation, taken out of its tracker store."""

from typing import Any

from sqlalchemy import text

from channels.turn import primary


async def forget_tracker(agent: Any, conversation: str) -> None:
    """Deletes every event of this conversation; a turn that runs ends first. Raises DBAPIError."""
    store = primary(agent.tracker_store)
    async with agent.lock_store.lock(conversation, wait_time_in_seconds=0.02):
        with store.session_scope() as session:
            if session.get_bind().dialect.name == "sqlite":
                session.execute(text("PRAGMA secure_delete = ON"))  # the bytes, too, and not only the rows
            session.query(store.SQLEvent).filter_by(sender_id=conversation).delete()
            session.commit()
