"""Which letters are owed: one for each turn that a letter began, one for what an agent says, one for a notice."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import groupby

from django.db import transaction
from django.db.models import F

from support.cases.calendar_file import calendar_file
from support.cases.docket import CaseNotFound
from support.cases.models import Notice
from support.conversations.log import open_log
from support.conversations.models import Conversation, Message, Turn, new_id
from support.conversations.words import words
from support.mail.beginning import correspondence_for
from support.mail.blocks import Block, Button, Paragraph
from support.mail.draft import Draft
from support.mail.letter import Letter
from support.mail.links import Purpose
from support.mail.models import Correspondence, IncomingLetter, OutgoingLetter, SignedLink
from support.mail.page_of import Asked, asked_in
from support.mail.wording import text

AWAY_AFTER = datetime.timedelta(minutes=10)
OTHER_LANGUAGE = "utter_other_language"
Sender, Channel, State = Message.Sender, Message.Channel, OutgoingLetter.State
REFUSAL_WORDS = {
    "kind": "utter_photo_refused_kind",
    "broken": "utter_photo_refused_broken",
    "size": "utter_photo_refused_size",
    "pixels": "utter_photo_refused_pixels",
}


def behind(limit: int = 100) -> list[int]:
    """Correspondences whose conversation has gone on since their last letter."""
    going_on = Correspondence.objects.filter(conversation__last_seq__gt=F("told_seq"), conversation__erased_at=None)
    return list(going_on.order_by("conversation__changed_at").values_list("pk", flat=True)[:limit])


def owe_answers(correspondence_id: int, now: datetime.datetime) -> int:
    """Stores a letter for each turn that ended and each thing an agent said; how many. Again: nothing happens.

    What is told and the letters that tell it are one transaction.
    """
    owed = 0
    with transaction.atomic():
        conversation = Conversation.objects.select_for_update(of=("self",)).get(correspondence=correspondence_id)
        correspondence = Correspondence.objects.get(pk=correspondence_id)
        correspondence.conversation = conversation
        for messages in _groups(conversation, correspondence.told_seq):
            first, last = messages[0], messages[-1]
            if first.sender != Sender.CUSTOMER:
                due = _is_due(first, now)
                if due is None:
                    break
                if due:
                    tell = _owe if correspondence.may_be_told else _withhold
                    owed += tell(correspondence, messages, now)
            correspondence.told_seq = last.seq
        correspondence.save(update_fields=["told_seq", "withheld_seq"])
    return owed


def _groups(conversation: Conversation, told_seq: int) -> Iterator[list[Message]]:
    """What was said since, a turn's answer together; notices of cases have letters of their own."""
    said = conversation.messages.filter(seq__gt=told_seq).order_by("seq").select_related("in_reply_to__message", "turn")
    noticed = set(Notice.objects.filter(conversation=conversation.pk, seq__gt=told_seq).values_list("seq", flat=True))
    for _, group in groupby(said, key=lambda m: (m.sender, m.in_reply_to_id or _begun(m) or f"alone {m.seq}")):
        messages = [message for message in group if message.seq not in noticed]
        if messages:
            yield messages


def _begun(message: Message) -> str | None:
    """The turn that this word of the assistant begins: handed back by an agent, it goes on by itself."""
    turn = getattr(message, "turn", None) if message.sender == Sender.BOT else None
    return turn.pk if turn else None


def _is_due(message: Message, now: datetime.datetime) -> bool | None:
    """Whether this is told by letter: what answers a letter is; what an agent says to somebody who is away, and with
    which words the assistant goes on then.

    None: not known yet.
    """
    if message.in_reply_to and message.in_reply_to.message.sender == Sender.CUSTOMER:
        return message.in_reply_to.message.channel == Channel.MAIL
    if _begun(message) and message.turn.state in Turn.OPEN:
        return None
    customers = Message.objects.filter(conversation=message.conversation_id, sender=Sender.CUSTOMER)
    before = customers.filter(seq__lt=message.seq).order_by("-seq").first()
    if before is None or before.channel == Channel.MAIL:
        return True
    if message.sender != Sender.AGENT:
        return False
    if customers.filter(seq__gt=message.seq, channel=Channel.CHAT).exists():
        return False
    confirmed = SignedLink.objects.filter(conversation=message.conversation_id, purpose=Purpose.CONFIRM)
    if confirmed.filter(used_at__gt=before.at).exists():  # gone on by mail since
        return True
    return True if max(before.at + AWAY_AFTER, message.at) <= now else None


def _owe(correspondence: Correspondence, messages: list[Message], now: datetime.datetime) -> int:
    """One letter for these messages; 0 if it was owed before."""
    first = messages[0]
    key = f"turn:{first.in_reply_to_id}" if first.in_reply_to_id else f"message:{first.pk}"
    if OutgoingLetter.objects.filter(key=key).exists():
        return 0
    answered = None
    if first.in_reply_to:
        answered = IncomingLetter.objects.filter(message=first.in_reply_to.message).first()
    asked_before = () if answered else _asked_last(correspondence)
    answered = answered or _newest_incoming(correspondence, first)
    draft = Draft(correspondence, now)
    is_agent = first.sender == Sender.AGENT
    told = "\n".join(message.text for message in messages)
    draft.body = [] if is_agent or _names_the_language(told) else draft.in_which_language()
    asked = asked_in(messages, draft.language, draft.link_for, asked_before)
    told = _unless_repeated(correspondence, told, first, now, draft, asked)
    draft.body += _refused_files(draft.language, answered)
    signature = text(draft.language, "agent", name=first.name) if is_agent and first.name else ""
    calendar = _calendar(correspondence, messages)
    draft.store(key, answered, told, is_automatic=not is_agent, signer=signature, calendar=calendar, messages=messages)
    return 1


def _names_the_language(told: str) -> bool:
    """Whether the assistant says itself that it only understands English."""
    return words(OTHER_LANGUAGE).text.removeprefix("{theirs}") in told


def _asked_last(correspondence: Correspondence) -> tuple[str, ...]:
    """What the last letter asked for."""
    last = correspondence.conversation.outgoing_letters.order_by("-created_at").first()
    return tuple(last.asked) if last else ()


def _withhold(correspondence: Correspondence, messages: list[Message], now: datetime.datetime) -> int:
    """To an address that is not confirmed goes, once, that there is an answer; itself it goes when it is confirmed."""
    if correspondence.withheld_seq is not None:
        return 0
    correspondence.withheld_seq = correspondence.told_seq
    draft = Draft(correspondence, now)
    draft.body = draft.only_that_there_is_an_answer()
    draft.store(f"withheld:{messages[0].pk}", _newest_incoming(correspondence, messages[0]), "")
    return 1


def _calendar(correspondence: Correspondence, messages: list[Message]) -> bytes:
    """The days of the case that these messages tell about, for an address that is the customer's."""
    numbers = [message.case["number"] for message in messages if message.case]
    if not numbers or not correspondence.is_confirmed:
        return b""
    try:
        return calendar_file(numbers[-1], correspondence.conversation_id)
    except CaseNotFound:  # of an order proven here, opened elsewhere: told, without its days
        return b""


def _unless_repeated(
    correspondence: Correspondence, told: str, first: Message, now: datetime.datetime, draft: Draft, asked: Asked
) -> str:
    """The pieces of the letter; the same words twice running become a person's matter instead (loops)."""
    last = correspondence.conversation.outgoing_letters.filter(is_automatic=True).order_by("-created_at").first()
    is_bot = first.sender == Sender.BOT and first.in_reply_to_id
    if (
        is_bot
        and last is not None
        and last.told == told
        and correspondence.conversation.owner == Conversation.Owner.BOT
    ):
        with open_log(correspondence.conversation_id, now) as log:
            log.give_to(Conversation.Owner.WAITING, "the same answer twice running, by mail")
        correspondence.conversation.owner = Conversation.Owner.WAITING
        passed_on = words("utter_mail_passed_on").text
        draft.body.append(Paragraph(passed_on))
        return passed_on
    thanks = [] if asked.blocks else [Paragraph(text(draft.language, "thanks"))]
    draft.body += [*thanks, *asked.blocks]
    draft.options, draft.facts = asked.options, asked.facts
    if asked.asks_to_confirm:
        draft.body += draft.to_confirm()
    return told


def _refused_files(language: str, answered: IncomingLetter | None) -> list[Block]:
    lines = []
    for file in answered.refused_files if answered else ():
        name = file["name"] or "?"
        if file["reason"] == "count":
            lines.append(text(language, "file_count", name=name))
        else:
            lines.append(f"{text(language, 'file_refused', name=name)} {words(REFUSAL_WORDS[file['reason']]).text}")
    return [Paragraph(line) for line in dict.fromkeys(lines)]


def _newest_incoming(correspondence: Correspondence, message: Message) -> IncomingLetter | None:
    taken = IncomingLetter.objects.filter(conversation=correspondence.conversation_id, message__seq__lt=message.seq)
    return taken.order_by("-message__seq").first()


def owe_notice(key: str, letter: Letter, row: IncomingLetter, name: str, now: datetime.datetime) -> None:
    """A letter that answers one which becomes no message: too large, for instance."""
    if OutgoingLetter.objects.filter(key=key).exists():
        return
    correspondence = correspondence_for(letter, now)
    draft = Draft(correspondence, now)
    draft.body = [Paragraph(text(draft.language, name))]
    row.conversation = correspondence.conversation
    draft.store(key, row, text(draft.language, name))


def owe_new_link(link: SignedLink, now: datetime.datetime) -> None:
    """A letter with a new link in place of one whose time is over; to the same address, a few times at most."""
    correspondence = Correspondence.objects.select_related("conversation").get(conversation=link.conversation)
    if correspondence.address != link.address:
        return
    with transaction.atomic():
        draft = Draft(correspondence, now)
        title = text(draft.language, "chat_button" if link.purpose == Purpose.CHAT else "confirm_button")
        words_before = Paragraph(text(draft.language, "new_link"))
        draft.body = [words_before, Button(title, draft.link(Purpose(link.purpose)))]
        draft.store(f"link:{new_id()}", None, "", is_automatic=True)
