"""What a ticket tells the people in the helpdesk: who waits for what, the case, what was said."""

import datetime
from collections.abc import Iterator

from django.conf import settings

from support.conversations.models import Conversation, Message, OwnerChange
from support.desk.card import Card, CaseCard, DecisionInWords, card_of
from support.desk.transcript import Entry, entries_of

WHO = {"customer": "Customer", "bot": "Assistant", "agent": "Agent", "note": "Note"}


def opening(conversation: Conversation, reference: str, now: datetime.datetime) -> tuple[str, str, bool]:
    """Title, text, and whether it is urgent. reference: what the title can be found again by."""
    card = card_of(conversation, now)
    change = OwnerChange.objects.filter(conversation=conversation, owner="waiting").last()
    why = change.reason if change and change.reason else "a person is asked for"
    numbers = [case.case.number for case in card.cases[:1]] + ([card.order.number] if card.order else [])
    title = " · ".join([why[:80], *numbers, f"[{reference}]"])
    lines = [
        why,
        f"{settings.PUBLIC_URL}/desk/conversations/{conversation.pk}",
        "A public comment reaches the customer in the chat. Resolved: back to the assistant. Closed: the end.",
        "",
        *_about(card),
        "",
        *(_line(entry) for entry in entries_of(conversation)),
    ]
    return title, "\n".join(lines), any(case.urgency for case in card.cases)


def remark(message: Message, photos: int) -> str:
    """One thing said in the chat since."""
    who = message.name or WHO[message.sender]
    what = [message.text] if message.text else []
    what += [f"({photos} photo{'s' if photos > 1 else ''})"] if photos else []
    return f"{who}: {' '.join(what)}"


def _about(card: Card) -> Iterator[str]:
    for case in card.cases:
        yield from _case(case)
    if not card.cases and card.so_far_decision:
        yield "Asked so far:"
        yield from (f"  {name}: {value} ({source})" for name, value, source in card.so_far_facts)
        yield from _decision(card.so_far_decision)


def _case(case: CaseCard) -> Iterator[str]:
    yield f"Case {case.case.number}: {case.state}" + (f". {case.due}" if case.due else "")
    for item in case.items:
        yield item.item.name
        yield from (f"  {name}: {value} ({source})" for name, value, source in item.facts)
        yield from _decision(item.decision)


def _decision(decision: DecisionInWords) -> Iterator[str]:
    yield f"  {decision.headline}"
    yield from (f"  {reason['clause']}: {reason['text']}" for reason in decision.reasons)
    yield from (f"  {limit}" for limit in decision.limits)


def _line(entry: Entry) -> str:
    at = f"{entry.at:%d %b %H:%M} UTC"
    if entry.kind == "change":
        return f"{at}  – {entry.text}"
    photos = f" ({len(entry.photos)} photos)" if entry.photos else ""
    return f"{at}  {entry.name or WHO[entry.kind]}: {entry.text}{photos}"
