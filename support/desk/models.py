"""What the desk keeps of its own: the audit log, who has read how far, answers often given, tickets elsewhere."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models

from support.conversations.models import Conversation


class NeverChanges(Exception):
    """The audit log is written once."""


class AuditRows(models.QuerySet["AuditEntry"]):
    def update(self, **_: Any) -> NoReturn:
        raise NeverChanges

    def delete(self) -> NoReturn:
        raise NeverChanges


class AuditEntry(models.Model):
    """Who looked at or changed a customer's data. Append-only: triggers of the database refuse everything else.

    It names conversations and cases, never a customer, so it outlives an erasure.
    """

    at = models.DateTimeField(db_index=True)
    who = models.CharField(max_length=150, help_text="a user name; of a job, its name")
    role = models.CharField(max_length=10, blank=True)
    action = models.CharField(max_length=40)
    conversation = models.CharField(max_length=32, blank=True, db_index=True)
    case = models.CharField(max_length=16, blank=True)
    detail = models.CharField(max_length=300, blank=True)

    objects = AuditRows.as_manager()

    class Meta:
        ordering = ("-at", "-id")
        verbose_name_plural = "audit entries"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.who} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise NeverChanges
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NeverChanges


class Seen(models.Model):
    """How far an agent has read a conversation."""

    agent = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="+")
    seq = models.PositiveIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("agent", "conversation"), name="seen_once"),)

    def __str__(self) -> str:
        return f"{self.agent_id} {self.conversation_id}/{self.seq}"


class CannedAnswer(models.Model):
    """An answer that is given often. text may have gaps: {agent}, {order}, {case}, {item}, {answer_by}."""

    title = models.CharField(max_length=80, unique=True)
    text = models.TextField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "title")

    def __str__(self) -> str:
        return self.title


class TurnCount(models.Model):
    """How often Rasa told something on a day (UTC). An intent with its zone of confidence; what a message that was not
    understood was nearest to; a policy that acted."""

    class What(models.TextChoices):
        INTENT = "intent"
        MISREAD = "misread"
        POLICY = "policy"

    LONGEST = 100

    day = models.DateField()
    what = models.CharField(max_length=8, choices=What.choices)
    name = models.CharField(max_length=LONGEST)
    detail = models.CharField(max_length=LONGEST, blank=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("day", "what", "name", "detail"), name="one_count"),)

    def __str__(self) -> str:
        return f"{self.day} {self.what} {self.name} {self.detail}: {self.count}"


class CountedEvent(models.Model):
    """An event of Rasa that was counted, by an id that says nothing: delivered again, it is not counted again."""

    id = models.CharField(primary_key=True, max_length=40)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.id


class HelpdeskTicket(models.Model):
    """One handover, as a ticket in the helpdesk beside us. It outlives an erasure until the ticket is gone there, too.

    handover: the OwnerChange it is for. ticket: its number there. tried_at: since then it may be there, with a greater
    number than newest_then. opened_seq: what its opening tells of; carried_seq: up to which message it has all.
    brought: the answers that came back from there. not_before: when to look again.
    """

    handover = models.BigIntegerField(unique=True)
    conversation = models.CharField(max_length=32, db_index=True)
    ticket = models.PositiveIntegerField(null=True)
    tried_at = models.DateTimeField(null=True)
    newest_then = models.PositiveIntegerField(default=0)
    opened_seq = models.PositiveIntegerField(default=0)
    carried_seq = models.PositiveIntegerField(default=0)
    brought = models.JSONField(default=list)
    not_before = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index("not_before", name="tickets_to_look_at", condition=models.Q(ended_at=None)),)

    def __str__(self) -> str:
        return f"{self.conversation}: ticket {self.ticket or '-'}"
