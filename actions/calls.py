"""Rasa's calls: an action is run by its name, and with a form's validation the action that asks the next question."""

from __future__ import annotations

from typing import Any

from rasa_sdk.executor import ActionExecutor

Call = dict[str, Any]
Answer = dict[str, Any]


async def answer_to(executor: ActionExecutor, call: Call) -> Answer:
    """Its events and responses; `ahead`: those of the action that Rasa will call next with what this one has set.

    Rasa sees for itself whether that came true (channels/action_server.py). Raises ActionNotFoundException.
    """
    answer: Answer = await executor.run(call)
    question = await _question(executor, call, answer["events"])
    return {**answer, "ahead": question} if question else answer


async def _question(executor: ActionExecutor, call: Call, events: list[dict[str, Any]]) -> Answer | None:
    """What asks for the slot that this validation has named. Such an action asks, and does nothing else."""
    told = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
    name = f"action_ask_{told.get('requested_slot')}"
    if not call["next_action"].startswith("validate_") or name not in executor.actions:
        return None
    tracker = {**call["tracker"], "slots": {**call["tracker"]["slots"], **told}}
    return {"next_action": name, **await executor.run({**call, "next_action": name, "tracker": tracker})}
