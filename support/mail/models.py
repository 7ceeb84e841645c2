"""Letters in and out, whom they are exchanged with, the links in them, the addresses that take no more."""

from __future__ import annotations

from django.db import models

from support.conversations.models import Conversation, Message, Turn, new_id
from support.mail.kinds import Kind


class Correspondence(models.Model):
    """That a conversation is (also) held by mail: with which address, about what, up to which message it was told.

    began_here: the conversation began with a letter from this address, so what the bot says in it before the address is
    confirmed rests on nothing but that letter. topic: the subject without Re:.
    """

    conversation = models.OneToOneField(Conversation, models.CASCADE, related_name="correspondence")
    address = models.CharField(max_length=254, db_index=True)
    name = models.CharField(max_length=200, blank=True)
    topic = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=5, default="en")
    began_here = models.BooleanField()
    told_seq = models.PositiveIntegerField(default=0)
    withheld_seq = models.PositiveIntegerField(null=True, help_text="told_seq, before the address had to be confirmed")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.conversation_id} with {self.address}"

    @property
    def is_confirmed(self) -> bool:
        """Whether this address was shown to be the customer's by a link that was sent to it."""
        return bool(self.address) and self.conversation.address == self.address

    @property
    def may_be_told(self) -> bool:
        """Whether what is said goes to this address: not to one that was only left in the chat."""
        return self.began_here or self.is_confirmed


class IncomingLetter(models.Model):
    """A mail that came in. Its bytes lie in the file named by its key before this row exists, and are never changed."""

    holds_files = True  # an erasure deletes the files first, then the row that knows them

    class State(models.TextChoices):
        RECEIVED = "received"  # to be dealt with
        TAKEN = "taken"  # a message of its conversation
        STORED = "stored"  # automatic: kept, never answered
        HELD = "held"  # for a person: not from whom it should be
        PARKED = "parked"  # could not be dealt with
        REFUSED = "refused"  # too large: said so

    key = models.CharField(max_length=64, unique=True, help_text="the same mail again has the same key")
    header_id = models.CharField(max_length=500, blank=True, db_index=True)
    sender = models.CharField(max_length=254, blank=True, db_index=True)
    sender_name = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=500, blank=True)
    size_bytes = models.PositiveIntegerField()
    received_at = models.DateTimeField()
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in Kind], blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    reason = models.TextField(blank=True, help_text="why it is held, parked or refused")
    attempts = models.PositiveIntegerField(default=0)
    try_at = models.DateTimeField(help_text="when it is to be dealt with (again)")
    released_at = models.DateTimeField(null=True, help_text="somebody at the desk says that a held letter is all right")
    conversation = models.ForeignKey(Conversation, models.CASCADE, null=True, related_name="incoming_letters")
    message = models.OneToOneField(Message, models.SET_NULL, null=True, related_name="incoming_letter")
    reply = models.TextField(blank=True)
    signature = models.TextField(blank=True)
    quoted = models.TextField(blank=True)
    authenticity = models.JSONField(default=list, help_text="what our own mail exchanger found out about the sender")
    refused_files = models.JSONField(default=list)

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index("try_at", name="letters_to_deal_with", condition=models.Q(state="received")),
            models.Index("state", "id", name="letters_by_state"),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"


class OutgoingLetter(models.Model):
    """A letter we owe. Its bytes and its Message-ID are fixed in the transaction that stores it.

    key: what it answers, once: turn:…, message:…, notice:…, link:…. choices: [{"code", "title", "payload"}], by which
    a reply names what it chooses. last_seq: up to which message of the conversation it tells.
    """

    holds_files = True  # an erasure deletes the files first, then the row that knows them

    class State(models.TextChoices):
        QUEUED = "queued"
        SENDING = "sending"
        SENT = "sent"
        PARKED = "parked"  # more than three tries
        SUPPRESSED = "suppressed"  # the address takes no more
        HELD = "held"  # a brake: a person decides

    OPEN = (State.QUEUED, State.SENDING)

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    key = models.CharField(max_length=120, unique=True)
    conversation = models.ForeignKey(Conversation, models.CASCADE, null=True, related_name="outgoing_letters")
    answers = models.ForeignKey(IncomingLetter, models.SET_NULL, null=True, related_name="answers")
    turn = models.OneToOneField(Turn, models.SET_NULL, null=True, related_name="letter")
    recipient = models.CharField(max_length=254, db_index=True)
    header_id = models.CharField(max_length=200, unique=True)
    content = models.BinaryField()
    told = models.TextField(blank=True, help_text="its words, to notice when the same is said twice")
    choices = models.JSONField(default=list)
    asked = models.JSONField(default=list, help_text="the facts it asks for, by the numbers of its questions")
    last_seq = models.PositiveIntegerField(default=0)
    is_automatic = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("created_at",)
        indexes = (
            models.Index("try_at", name="letters_to_send", condition=models.Q(state__in=("queued", "sending"))),
            models.Index("recipient", "created_at", name="letters_to_an_address"),
        )

    def __str__(self) -> str:
        return f"{self.key} {self.state}"


class SignedLink(models.Model):
    """A link in a letter. Following it shows what it would do; pressing the button there does it, once."""

    class Purpose(models.TextChoices):
        CONFIRM = "confirm"  # the address is the customer's
        CHAT = "chat"  # goes on in the chat
        CHOICE = "choice"  # takes a choice of its letter

    token_digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="signed_links")
    letter = models.ForeignKey(OutgoingLetter, models.CASCADE, null=True, related_name="links")
    address = models.CharField(max_length=254)
    payload = models.CharField(max_length=500, blank=True)
    title = models.CharField(max_length=300, blank=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.purpose} of {self.conversation_id}"


class Recipient(models.Model):
    """What bounces say about an address we write to."""

    address = models.CharField(max_length=254, unique=True)
    soft_bounces = models.PositiveIntegerField(default=0)
    suppressed_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.address
