"""What we promised, to whom, and why; how it went on, and what the customer was told of it."""

from typing import Any

from django.db import models

from support.cases.life import ActorKind, State


class Case(models.Model):
    """One request of one customer about one order: what a person at SOOCAS decides on.

    Dates are the customer's, the last day included; None: nothing is due. due, due_at: the promise that runs now, and
    the first instant at which it is broken. remind_at: when somebody has to be reminded of it; None: done, or nobody.
    """

    State = State

    class Due(models.TextChoices):
        ANSWER = "answer"  # ours, by review_by
        SEND = "send"  # the customer's, by send_by
        REFUND = "refund"  # ours, by refund_starts_by

    number = models.CharField(max_length=16, unique=True)
    opened_by = models.CharField(max_length=100, unique=True, help_text="message id and action: opens one case only")
    conversation = models.CharField(max_length=64, db_index=True)
    order_number = models.CharField(max_length=64, blank=True, db_index=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.UNDER_REVIEW)
    outcome = models.CharField(max_length=20)
    policy_version = models.CharField(max_length=40)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
    timezone = models.CharField(max_length=64, blank=True)

    review_by = models.DateField(help_text="the last day to answer, in the customer's time zone")
    send_by = models.DateField(null=True)
    refund_starts_by = models.DateField(null=True)
    money_by = models.DateField(null=True, help_text="with a card")
    goods_back_by = models.DateField(null=True, help_text="the last day to ask for goods that failed the inspection")
    goods_back_asked_at = models.DateTimeField(null=True)
    warranty_until = models.DateField(null=True)

    due = models.CharField(max_length=10, choices=Due.choices, blank=True)
    due_at = models.DateTimeField(null=True)
    remind_at = models.DateTimeField(null=True, db_index=True)
    overdue_since = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index("state", "opened_at", name="cases_by_state"),
            models.Index("due_at", "overdue_since", name="cases_by_due"),
            models.Index("opened_at", name="cases_by_opening"),
        )

    def __str__(self) -> str:
        return self.number


class CaseItem(models.Model):
    """One thing of the order with its own reason: its facts with their sources, its evidence, its decision.

    facts: {"claim.reason": {"value": "colour", "source": "customer"}, …}; sources are shop, customer, agent, photo.
    decision: the decision contract's JSON as it was made, so that it can be made again years later.
    finding: what the warehouse found, with the names of policy.Finding. result: how it ended.
    granted: what a person promised, {"remedy": …, "freight": {"return": …, "replacement": …}, "amount": …}.
    """

    class Result(models.TextChoices):
        REFUND = "refund"
        REPLACEMENT = "replacement"
        EXCHANGE = "exchange"
        REFUSED = "refused"

    case = models.ForeignKey(Case, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    lines = models.JSONField(help_text="the order's lines with how many of each: [[line, quantity], …]")
    facts = models.JSONField()
    evidence = models.JSONField()
    decision = models.JSONField()
    finding = models.JSONField(null=True)
    granted = models.JSONField(null=True)
    result = models.CharField(max_length=12, choices=Result.choices, blank=True)

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("case", "position"), name="one_item_a_position"),)


class Written(models.Model):
    """A row that is written once and never changed, with who wrote it."""

    actor = models.CharField(max_length=10, choices=ActorKind.choices)
    actor_id = models.CharField(max_length=64, blank=True)
    actor_name = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()
    key = models.CharField(max_length=120, help_text="the same again writes nothing")

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(f"a {type(self).__name__} is never changed")
        super().save(*args, **kwargs)


class CaseMove(Written):
    """One move along one edge: who, when, why, and the clauses or the agent's reason.

    due, due_at: the promise that it ended, and the first instant at which that would have been broken.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="moves")
    previous = models.CharField(max_length=20, choices=State.choices)
    state = models.CharField(max_length=20, choices=State.choices)
    clauses = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    due = models.CharField(max_length=10, choices=Case.Due.choices, blank=True)
    due_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("case", "key"), name="one_move_a_key"),)
        indexes = (models.Index("at", name="moves_by_time"),)

    def __str__(self) -> str:
        return f"{self.case_id}: {self.previous} → {self.state}"


class ItemVersion(Written):
    """How an item stood before and after a change: version 1 is as it was opened, written with the first change."""

    item = models.ForeignKey(CaseItem, models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    facts = models.JSONField()
    finding = models.JSONField(null=True)
    decision = models.JSONField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("version",)
        constraints = (
            models.UniqueConstraint(fields=("item", "version"), name="one_row_a_version"),
            models.UniqueConstraint(fields=("item", "key"), name="one_version_a_key"),
        )

    def __str__(self) -> str:
        return f"{self.item_id} version {self.version}"


class Notice(models.Model):
    """What the customer is told about a case: written once, brought to the chat and, by the mail part, as a letter.

    pieces: the paragraphs, whole. dates: {"send_by": "2026-11-27", …}. chat: waiting while a person leads the
    conversation and the clock has something to say. letter: open until the mail part sends it or finds it not needed.
    """

    class Chat(models.TextChoices):
        WAITING = "waiting"
        TOLD = "told"
        DROPPED = "dropped"  # out of date before it could be said, or the conversation is gone

    class Letter(models.TextChoices):
        OPEN = "open"
        SENT = "sent"
        NOT_NEEDED = "not_needed"

    case = models.ForeignKey(Case, models.CASCADE, related_name="notices")
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=30)
    conversation = models.CharField(max_length=64)
    pieces = models.JSONField()
    citations = models.JSONField(default=list)
    dates = models.JSONField(default=dict)
    actor = models.CharField(max_length=10, choices=ActorKind.choices)
    actor_name = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField()
    chat = models.CharField(max_length=10, choices=Chat.choices, default=Chat.WAITING)
    seq = models.PositiveIntegerField(null=True, help_text="of the message in the conversation log")
    letter = models.CharField(max_length=10, choices=Letter.choices, default=Letter.OPEN)
    letter_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("case", "key"), name="one_notice_a_key"),)
        indexes = (
            models.Index("id", name="notices_for_the_chat", condition=models.Q(chat="waiting")),
            models.Index("id", name="notices_for_letters", condition=models.Q(letter="open")),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class Reminder(models.Model):
    """That somebody was reminded of one promise, or that it was found broken: once each."""

    class What(models.TextChoices):
        SOON = "soon"
        OVERDUE = "overdue"

    class Audience(models.TextChoices):
        CUSTOMER = "customer"
        DESK = "desk"

    case = models.ForeignKey(Case, models.CASCADE, related_name="reminders")
    due = models.CharField(max_length=10, choices=Case.Due.choices)
    due_at = models.DateTimeField()
    what = models.CharField(max_length=10, choices=What.choices)
    audience = models.CharField(max_length=10, choices=Audience.choices)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("case", "due", "due_at", "what"), name="one_reminder_a_promise"),
        )
        indexes = (models.Index("at", name="reminders_by_time"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.due} {self.what}"


class Lease(models.Model):
    """Work that one process at a time may do, and until when."""

    name = models.CharField(primary_key=True, max_length=40)
    holder = models.CharField(max_length=64)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.holder}"
