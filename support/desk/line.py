"""The lists beside a conversation: who waits, what I have, what colleagues have, what the assistant talks about."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Case as Either
from django.db.models import Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from support.cases.models import Case
from support.conversations.models import Conversation, Message, OwnerChange
from support.conversations.ownership import shown_name
from support.conversations.waiting import waiting_line
from support.desk.models import Seen

Owner = Conversation.Owner
SHOWN = 50
URGENCIES = ("", "due soon", "overdue")
SOON = datetime.timedelta(days=1)
OF_AN_AGENT = ("agent__username", "agent__first_name")  # what shown_name looks at


@dataclass(frozen=True)
class Row:
    """One conversation in a list. agent: a colleague who has it. since: what its age counts from.

    urgency: of its most urgent case.
    """

    id: str
    owner: str
    agent: str
    since: datetime.datetime
    reason: str
    snippet: str
    unread: int
    cases: tuple[str, ...]
    urgency: str

    @property
    def heading(self) -> str:
        return self.reason or self.agent or (f"Case {self.cases[0]}" if self.cases else "Conversation")

    @property
    def address(self) -> str:
        return address_of(self.id)


@dataclass(frozen=True)
class Lists:
    """waiting, assistant, closed: the first SHOWN of them. in_line: how many wait in all."""

    waiting: list[Row]
    mine: list[Row]
    colleagues: list[Row]
    assistant: list[Row]
    closed: list[Row]
    in_line: int

    @property
    def behind(self) -> int:
        """How many wait behind those shown."""
        return max(0, self.in_line - len(self.waiting))


def lists_for(agent: AbstractBaseUser, now: datetime.datetime) -> Lists:
    """All lists as this agent sees them. Waiting: the most urgent first, then the longest wait."""
    known = Conversation.objects.filter(erased_at=None, last_seq__gt=0)
    of_people = known.filter(owner=Owner.AGENT).order_by("changed_at")
    found = (
        waiting_line().annotate(urgency=_urgency(now)).order_by("-urgency", "waiting_since")[:SHOWN],
        of_people.filter(agent=agent),
        of_people.exclude(agent=agent),
        known.filter(owner=Owner.BOT).order_by("-changed_at")[:SHOWN],
        known.filter(owner=Owner.CLOSED).order_by("-changed_at")[:SHOWN],
    )
    lists = [list(conversations.values_list("pk", flat=True)) for conversations in found]
    rows = _rows({pk for one in lists for pk in one}, agent, now)
    return Lists(*([rows[pk] for pk in one if pk in rows] for one in lists), in_line=waiting_line().count())


def _urgency(now: datetime.datetime) -> Either:
    """The place in URGENCIES of a conversation's most urgent case, as urgency_of has it."""
    promised = Case.objects.exclude(due=Case.Due.SEND).values("conversation")
    overdue, soon = (Q(pk__in=promised.filter(due_at__lte=until)) for until in (now, now + SOON))
    return Either(When(overdue, Value(2)), When(soon, Value(1)), default=Value(0))


def read_up_to(agent: AbstractBaseUser, conversation_id: str, seq: int) -> None:
    """This agent has seen the conversation up to this message."""
    Seen.objects.update_or_create(agent=agent, conversation_id=conversation_id, defaults={"seq": seq})


def _rows(ids: Collection[str], agent: AbstractBaseUser, now: datetime.datetime) -> dict[str, Row]:
    """By conversation. What is shown of each is looked up for these alone, however many there are."""
    of_it = {"conversation": OuterRef("pk")}
    customers = Message.objects.filter(**of_it, sender=Message.Sender.CUSTOMER)
    changes = OwnerChange.objects.filter(**of_it).order_by("-pk")
    read = Coalesce(Subquery(Seen.objects.filter(**of_it, agent=agent).values("seq")[:1]), 0)
    conversations = Conversation.objects.filter(pk__in=ids).annotate(
        reason=Subquery(changes.values("reason")[:1]),
        snippet=Subquery(customers.order_by("-seq").values("text")[:1]),
        read=read,
        unread=Count("messages", filter=Q(messages__sender="customer", messages__seq__gt=F("read"))),
    )
    shown = conversations.select_related("agent").only("owner", "waiting_since", "changed_at", *OF_AN_AGENT)
    cases = _cases(ids)
    return {one.pk: _row(one, cases.get(one.pk, []), agent, now) for one in shown}


def _row(conversation: Any, cases: list[Case], viewer: AbstractBaseUser, now: datetime.datetime) -> Row:
    waits = conversation.owner == Owner.WAITING
    return Row(
        conversation.pk,
        conversation.owner,
        shown_name(conversation.agent) if conversation.agent and conversation.agent != viewer else "",
        conversation.waiting_since if waits else conversation.changed_at,
        (conversation.reason or "") if waits else "",
        conversation.snippet or ("a photo" if conversation.snippet == "" else ""),
        conversation.unread,
        tuple(case.number for case in cases),
        max((urgency_of(case, now) for case in cases), key=URGENCIES.index, default=""),
    )


def urgency_of(case: Case, now: datetime.datetime) -> str:
    """Whether a promise of ours about this case is broken, or will be within a day."""
    if case.due_at is None or case.due == Case.Due.SEND:
        return ""
    return "overdue" if case.due_at <= now else "due soon" if case.due_at <= now + SOON else ""


def _cases(conversation_ids: Collection[str]) -> dict[str, list[Case]]:
    found: dict[str, list[Case]] = {}
    cases = Case.objects.filter(conversation__in=conversation_ids).order_by("-opened_at")
    for case in cases.only("conversation", "number", "due", "due_at"):
        found.setdefault(case.conversation, []).append(case)
    return found


def address_of(conversation_id: str) -> str:
    """Where the desk shows this conversation."""
    return _addresses() + conversation_id


@cache
def _addresses() -> str:
    """What all of them begin with: looked up once, since a lookup costs a good part of a row."""
    return reverse("conversation", args=("0",)).removesuffix("0")
