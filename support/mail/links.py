"""Links in letters: following one shows what it would do, pressing the button there does it, once."""

from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.db import transaction
from django.db.models import F

from support.conversations import log
from support.conversations.log import Inbound
from support.conversations.models import Conversation, Message
from support.conversations.question import ChoiceExpired, ChoiceNeverOffered
from support.mail.models import Correspondence, OutgoingLetter, SignedLink
from support.mail.tokens import digest, new_secret

Purpose = SignedLink.Purpose
SHORT = datetime.timedelta(minutes=15)
LONG = datetime.timedelta(days=14)
WITH = "conversation__correspondence"
CONFIRMED = "order.email=confirmed"


class LinkGone(Exception):
    """There is no such link, it was used, or its time is over."""


def new_link(
    purpose: Purpose, correspondence: Correspondence, now: datetime.datetime, payload: str = "", title: str = ""
) -> tuple[SignedLink, str]:
    """A link and its address. It is good for one pressing; only its digest is kept."""
    secret, kept = new_secret()
    link = SignedLink.objects.create(
        token_digest=kept,
        purpose=purpose,
        conversation=correspondence.conversation,
        address=correspondence.address,
        payload=payload,
        title=title[:300],
        expires_at=now + (LONG if purpose == Purpose.CHOICE else SHORT),
    )
    return link, f"{settings.PUBLIC_URL.rstrip('/')}/mail/{secret}"


def belong_to(links: list[SignedLink], letter: OutgoingLetter) -> None:
    """These links stand in this letter."""
    SignedLink.objects.filter(pk__in=[link.pk for link in links]).update(letter=letter)


def look_at(secret: str, now: datetime.datetime) -> SignedLink:
    """The link, unused. Looking changes nothing: mail scanners follow links. Raises LinkGone."""
    link = SignedLink.objects.select_related(WITH).filter(token_digest=digest(secret)).first()
    if link is None or link.used_at or link.expires_at <= now or link.conversation.erased_at:
        raise LinkGone
    return link


def expired_confirmation(secret: str) -> SignedLink | None:
    """A short link whose time is over or that was used, in place of which a new one can be asked for."""
    found = SignedLink.objects.filter(token_digest=digest(secret), purpose__in=(Purpose.CONFIRM, Purpose.CHAT))
    return found.filter(conversation__erased_at=None).select_related(WITH).first()


def press(secret: str, now: datetime.datetime) -> tuple[SignedLink, str]:
    """Does what the link says; a chat link gives the token that opens the conversation. Raises LinkGone."""
    with transaction.atomic():
        link = look_at(secret, now)
        if not SignedLink.objects.filter(pk=link.pk, used_at=None).update(used_at=now):
            raise LinkGone
        if link.purpose == Purpose.CHOICE:
            _choose(link, link.payload, now)
            return link, ""
        Conversation.objects.filter(pk=link.conversation_id).update(address=link.address)
        withheld = Correspondence.objects.filter(conversation=link.conversation_id, withheld_seq__isnull=False)
        if link.purpose == Purpose.CHAT:
            withheld.update(withheld_seq=None)  # it is read there
            return link, log.another_token(link.conversation_id, now)
        withheld.update(told_seq=F("withheld_seq"), withheld_seq=None)
        _choose(link, CONFIRMED, now)
        return link, ""


def _choose(link: SignedLink, payload: str, now: datetime.datetime) -> None:
    """Takes the choice as the customer's message; one that is no longer open changes nothing."""
    inbound = Inbound(uuid.UUID(link.token_digest[:32]), "", payload, (), Message.Channel.MAIL)
    try:
        log.receive(link.conversation_id, inbound, now)
    except (ChoiceExpired, ChoiceNeverOffered):
        if payload != CONFIRMED:
            raise LinkGone from None
