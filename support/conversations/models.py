"""The conversation log: append-only messages, the turns the bot owes, the owner, the photos."""

import uuid

from django.conf import settings
from django.db import models


def new_id() -> str:
    return uuid.uuid4().hex


class Conversation(models.Model):
    """One customer's conversation. Only its owner answers. agent: which one, if an agent owns it.

    last_seq and revision move in the transaction that changes the conversation: last_seq with every message,
    revision with everything a front end shows. lease_by names the one claim that may run its turns.
    An erased conversation is an empty shell: nothing reads it, nothing writes in it, its token opens nothing.
    """

    class Owner(models.TextChoices):
        BOT = "bot"
        WAITING = "waiting"
        AGENT = "agent"
        CLOSED = "closed"

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    token_digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the token that opens it")
    timezone = models.CharField(max_length=64, blank=True, help_text="IANA name; empty: unknown")
    locale = models.CharField(max_length=35, default="en")
    address = models.CharField(max_length=254, blank=True, help_text="an e-mail address shown to be the customer's")
    owner = models.CharField(max_length=8, choices=Owner.choices, default=Owner.BOT)
    agent = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    waiting_since = models.DateTimeField(null=True, blank=True)
    waiting_explained = models.BooleanField(default=False, help_text="utter_still_waiting was said in this wait")
    told_opening = models.DateTimeField(null=True, blank=True, help_text="the opening the customer was last told of")
    last_seq = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    lease_by = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True, help_text="since then nobody can read it")
    erasure_ended_at = models.DateTimeField(null=True, blank=True, help_text="nothing of it is left anywhere")

    class Meta:
        indexes = (
            models.Index(
                *("owner", "waiting_since", "last_seq", "id"),
                name="waiting_line",
                condition=models.Q(erased_at=None, waiting_since__isnull=False),
            ),
            models.Index("owner", "changed_at", name="conversations_by_owner", condition=models.Q(erased_at=None)),
            models.Index("erased_at", name="erased_conversations", condition=models.Q(erased_at__isnull=False)),
            models.Index("changed_at", name="conversation_changed"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(owner="agent", agent__isnull=False)
                | (~models.Q(owner="agent") & models.Q(agent=None)),
                name="an_agent_owns_by_name",
            ),
        )

    def __str__(self) -> str:
        return self.id


class OtherToken(models.Model):
    """One more token that opens a conversation: on another device, by a link from a letter."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="other_tokens")
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.conversation_id} since {self.made_at}"


class Message(models.Model):
    """One thing said. Never changed. seq counts from 1 in its conversation, without gaps."""

    class Sender(models.TextChoices):
        CUSTOMER = "customer"
        BOT = "bot"
        AGENT = "agent"

    class Channel(models.TextChoices):
        CHAT = "chat"
        MAIL = "mail"

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="messages")
    seq = models.PositiveIntegerField()
    sender = models.CharField(max_length=8, choices=Sender.choices)
    name = models.CharField(max_length=100, blank=True, help_text="the agent's name")
    text = models.TextField(blank=True)
    choice = models.CharField(max_length=500, blank=True, help_text="payload of the choice a customer took")
    answers = models.JSONField(default=list, help_text="payloads of the choices a customer took at once, by letter")
    asked = models.JSONField(default=list, help_text="the facts that the letter it answers asked for, by number")
    choices = models.JSONField(default=list)
    asks = models.JSONField(null=True)
    citations = models.JSONField(default=list)
    case = models.JSONField(null=True)
    client_id = models.UUIDField(null=True)
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.CHAT, help_text="how it came in")
    in_reply_to = models.ForeignKey("Turn", models.CASCADE, null=True, related_name="replies")
    at = models.DateTimeField()

    class Meta:
        ordering = ("seq",)
        constraints = (
            models.UniqueConstraint(fields=("conversation", "seq"), name="one_message_a_seq"),
            models.UniqueConstraint(fields=("conversation", "client_id"), name="one_message_a_client_id"),
        )

    def __str__(self) -> str:
        return f"{self.conversation_id}/{self.seq}"


class Turn(models.Model):
    """What the bot owes for one customer message. It ends once: done (answered), failed or skipped (not the owner)."""

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        SKIPPED = "skipped"

    OPEN = (State.QUEUED, State.RUNNING)

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="turns")
    message = models.OneToOneField(Message, models.CASCADE, related_name="turn")
    seq = models.PositiveIntegerField(help_text="its message's seq: turns run in this order")
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    patience_used_s = models.FloatField(default=0, help_text="how long the assistant was not there for it")
    error = models.TextField(blank=True)
    settled = models.JSONField(null=True, help_text="facts an agent settled when handing back: {fact: value}")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index("conversation", "seq", name="open_turns", condition=models.Q(state__in=("queued", "running"))),
        )

    def __str__(self) -> str:
        return f"{self.conversation_id}/{self.seq} {self.state}"


class OwnerChange(models.Model):
    """Who had a conversation, since when and why: written with every change of owner.

    agent: the user name of the agent who has it now. who: who changed it: a user name, "customer" or "assistant".
    """

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="owner_changes")
    previous = models.CharField(max_length=8)
    owner = models.CharField(max_length=8)
    agent = models.CharField(max_length=150, blank=True)
    who = models.CharField(max_length=150, default="assistant")
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.conversation_id}: {self.previous} → {self.owner}"


class Note(models.Model):
    """What only people at SOOCAS see beside a conversation. author: a user name; empty: the assistant."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="notes")
    author = models.CharField(max_length=150, blank=True)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.conversation_id}: a note by {self.author or 'the assistant'}"


class Rating(models.Model):
    """How the customer liked it: asked once in a conversation. value: 1 (not at all) to 3 (well); null: no answer."""

    conversation = models.OneToOneField(Conversation, models.CASCADE, related_name="rating")
    asked_at = models.DateTimeField()
    value = models.PositiveSmallIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.conversation_id}: {self.value}"


class Photo(models.Model):
    """A photo the customer sent. Its files carry its id: the original as it came, and the copy that is shown."""

    holds_files = True  # an erasure deletes the files first, then the row that knows them

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="photos")
    message = models.ForeignKey(Message, models.SET_NULL, null=True, related_name="photos")
    position = models.PositiveSmallIntegerField(default=0, help_text="its place in the message")
    kind = models.CharField(max_length=20, help_text="media type of the original, by decoding it")
    width = models.PositiveIntegerField(help_text="upright")
    height = models.PositiveIntegerField(help_text="upright")
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ("message", "position", "at")

    def __str__(self) -> str:
        return self.id
