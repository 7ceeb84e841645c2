"""What the customer is told: stored once, said in the chat by whoever may speak there, open for the mail part."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from policy import CLAUSES
from support.cases.dates import dates_of, promise_of
from support.cases.days import case_card
from support.cases.life import Act, ActorKind
from support.cases.models import Case, Notice
from support.conversations.log import open_log
from support.conversations.models import Conversation, Message

Chat, Letter, Owner = Notice.Chat, Notice.Letter, Conversation.Owner
REMINDER_TO_SEND = "reminder_send"


@dataclass(frozen=True)
class Telling:
    """What is to be said, in whole paragraphs, and the clauses behind it."""

    kind: str
    pieces: tuple[str, ...]
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True)
class OpenLetter:
    """A notice for the mail part. told_in_chat: the seq of its message there, None while it waits or never comes."""

    id: int
    case: str
    order_number: str
    conversation: str
    kind: str
    pieces: tuple[str, ...]
    citations: tuple[dict[str, str], ...]
    dates: dict[str, str]
    agent: str
    created_at: datetime
    told_in_chat: int | None


def announce(case: Case, telling: Telling, act: Act) -> Notice:
    """Stores the notice of this act and says it in the chat if that may be; call it where the case is locked."""
    notice = Notice.objects.create(
        case=case,
        key=act.key,
        kind=telling.kind,
        conversation=case.conversation,
        pieces=[piece for piece in telling.pieces if piece],
        citations=_citations(telling.clauses),
        dates=dates_of(case).as_json(),
        actor=act.by.kind,
        actor_name=act.by.name,
        created_at=act.at,
    )
    say_in_chat(notice, act.at)
    return notice


def say_in_chat(notice: Notice, now: datetime) -> None:
    """One message in the conversation log, in the same transaction as the notice's own state.

    An agent's decision is said under the agent's name where a person leads or is awaited, by the bot elsewhere. What
    the clock has to say waits while a person leads.
    """
    with transaction.atomic():
        if not Conversation.objects.filter(pk=notice.conversation, erased_at=None).exists():
            notice.chat = Chat.DROPPED
        else:
            with open_log(notice.conversation, now) as log:
                owner = log.conversation.owner
                by_agent = notice.actor == ActorKind.AGENT
                if owner == Owner.AGENT and not by_agent:
                    return
                as_agent = by_agent and owner in (Owner.AGENT, Owner.WAITING)
                message = log.append(
                    Message.Sender.AGENT if as_agent else Message.Sender.BOT,
                    "\n\n".join(notice.pieces),
                    name=notice.actor_name if as_agent else "",
                    citations=notice.citations,
                    case=case_card(notice.case, notice.conversation),
                )
                notice.chat, notice.seq = Chat.TOLD, message.seq
        notice.save(update_fields=["chat", "seq"])


def can_be_said(now: datetime) -> QuerySet[Notice]:
    """What waited and may be said by now, or is out of date."""
    waiting = Notice.objects.filter(chat=Chat.WAITING)
    led = Conversation.objects.filter(owner=Owner.AGENT, erased_at=None).values("pk")
    late = ~Q(case__due=Case.Due.SEND) | Q(case__due_at__lte=now)
    return waiting.filter(~Q(conversation__in=led) | Q(late, kind=REMINDER_TO_SEND)).order_by("pk")


def say_what_waited(limit: int, now: datetime) -> int:
    """Says what had to wait, if it may be said by now; drops what is out of date. How many are settled."""
    settled = 0
    for pk in can_be_said(now).values_list("pk", flat=True)[:limit]:
        with transaction.atomic():
            notice = Notice.objects.select_for_update().filter(pk=pk, chat=Chat.WAITING).first()
            if notice is None:
                continue
            if _is_out_of_date(notice, now):
                Notice.objects.filter(pk=pk).update(chat=Chat.DROPPED)
                notice.chat = Chat.DROPPED
            else:
                say_in_chat(notice, now)
            settled += notice.chat != Chat.WAITING
    return settled


def open_letters(limit: int = 100) -> list[OpenLetter]:
    """The notices that nobody has decided about yet, the oldest first."""
    found = Notice.objects.filter(letter=Letter.OPEN).select_related("case").order_by("pk")[:limit]
    return [_letter(notice) for notice in found]


def settle_letter(notice_id: int, sent: bool, now: datetime) -> bool:
    """Sent as a letter, or found not needed; True if that was still open: then, and only then, it is yours to send.

    Call it in the transaction that queues the letter.
    """
    open_one = Notice.objects.filter(pk=notice_id, letter=Letter.OPEN)
    return bool(open_one.update(letter=Letter.SENT if sent else Letter.NOT_NEEDED, letter_at=now))


def _is_out_of_date(notice: Notice, now: datetime) -> bool:
    case = notice.case
    if notice.kind != REMINDER_TO_SEND:
        return False
    return promise_of(case) is None or case.due != Case.Due.SEND or (case.due_at is not None and case.due_at <= now)


def _letter(notice: Notice) -> OpenLetter:
    return OpenLetter(
        id=notice.pk,
        case=notice.case.number,
        order_number=notice.case.order_number,
        conversation=notice.conversation,
        kind=notice.kind,
        pieces=tuple(notice.pieces),
        citations=tuple(notice.citations),
        dates=notice.dates,
        agent=notice.actor_name,
        created_at=notice.created_at,
        told_in_chat=notice.seq,
    )


def _citations(clauses: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"clause": clause, "text": CLAUSES[clause].text} for clause in dict.fromkeys(clauses) if clause in CLAUSES]
