"""A letter while it is put together: its pieces, the links that stand in it, and then its bytes, fixed and queued."""

from __future__ import annotations

import datetime

from django.conf import settings

from support.cases.services import cases_of_conversation
from support.conversations.models import Message, new_id
from support.mail import brakes
from support.mail.blocks import Block, Button, Option, Page, Paragraph, Small
from support.mail.links import Purpose, belong_to, new_link
from support.mail.models import Correspondence, IncomingLetter, OutgoingLetter, SignedLink
from support.mail.page_of import confirmation
from support.mail.spoken import greets, says_goodbye
from support.mail.tokens import message_id
from support.mail.wording import SPOKEN_HERE, text
from support.mail.writing import Envelope, references_for, write_letter


class Draft:
    """A letter while it is put together, with the links that stand in it."""

    def __init__(self, correspondence: Correspondence, now: datetime.datetime) -> None:
        self.correspondence, self.now, self.language = correspondence, now, correspondence.language
        self.body: list[Block] = []
        self.options: tuple[Option, ...] = ()
        self.facts: tuple[str, ...] = ()
        self.links: list[SignedLink] = []

    def link(self, purpose: Purpose) -> str:
        link, url = new_link(purpose, self.correspondence, self.now)
        self.links.append(link)
        return url

    def to_confirm(self) -> list[Block]:
        """Why the address has to be confirmed, and a link that does it."""
        return confirmation(self.language, self.link(Purpose.CONFIRM), not self.correspondence.began_here)

    def in_which_language(self) -> list[Block]:
        """The assistant's words are in another language than the ones around them: that is said before."""
        return [] if self.language == SPOKEN_HERE else [Paragraph(text(self.language, "in_english"))]

    def only_that_there_is_an_answer(self) -> list[Block]:
        """For an address that is not confirmed."""
        return [Paragraph(text(self.language, "waiting")), *self.to_confirm()]

    def link_for(self, payload: str, title: str) -> str:
        link, url = new_link(Purpose.CHOICE, self.correspondence, self.now, payload, title)
        self.links.append(link)
        return url

    def store(
        self,
        key: str,
        answered: IncomingLetter | None,
        told: str,
        is_automatic: bool = True,
        signer: str = "",
        calendar: bytes = b"",
        messages: list[Message] | None = None,
    ) -> OutgoingLetter:
        """Fixes the bytes and queues them, unless a brake holds them for a person."""
        correspondence, identity = self.correspondence, new_id()
        envelope = Envelope(
            identity,
            correspondence.conversation_id,
            correspondence.address,
            correspondence.name,
            _subject(correspondence),
            is_automatic,
            references_for(correspondence, answered),
        )
        content = write_letter(envelope, self._page(signer), calendar, self.now)
        braked = brakes.holds(correspondence.address, self.now) if is_automatic else ""
        letter = OutgoingLetter.objects.create(
            id=identity,
            key=key,
            conversation=correspondence.conversation,
            answers=answered,
            turn=messages[0].in_reply_to if messages else None,
            recipient=correspondence.address,
            header_id=message_id(identity, correspondence.conversation_id),
            content=content,
            told=told,
            choices=[{"code": o.code, "title": o.title, "payload": o.payload} for o in self.options],
            asked=list(self.facts),
            last_seq=messages[-1].seq if messages else correspondence.conversation.last_seq,
            is_automatic=is_automatic,
            state=brakes.state_for(correspondence.address, braked),
            error=braked,
            created_at=self.now,
            try_at=self.now,
        )
        belong_to(self.links, letter)
        if braked:
            brakes.hand_over(correspondence, braked, self.now)
        return letter

    def _page(self, signer: str) -> Page:
        """signer: a person, whose own salutation and farewell stand in the place of ours."""
        correspondence, language = self.correspondence, self.language
        name = _first_name(correspondence.name)
        hello = text(language, "greeting", name=name) if name else text(language, "greeting_nameless")
        own = [block.text for block in self.body if isinstance(block, Paragraph)] if signer else []
        greeting = () if own and greets(own[0]) else (Paragraph(hello),)
        closing = () if own and says_goodbye(own[-1]) else (text(language, "sign_off"),)
        sign_off = (*closing, signer or text(language, "team"))
        why = "why" if correspondence.began_here else "why_chat"
        cases = [case.number for case in cases_of_conversation(correspondence.conversation_id)]
        footer: list[Block] = [Small(text(language, "case", number=", ".join(cases)))] if cases else []
        footer += [
            Small(text(language, why, address=settings.MAIL_ADDRESS)),
            Small(f"{text(language, 'reply')} {text(language, 'person')}"),
        ]
        if correspondence.is_confirmed or not correspondence.began_here:
            footer.append(
                Button(f"{text(language, 'chat_button')} ({text(language, 'once')})", self.link(Purpose.CHAT))
            )
        return Page((*greeting, *self.body), sign_off, tuple(footer), language)


def _subject(correspondence: Correspondence) -> str:
    topic = correspondence.topic
    return f"Re: {topic}" if topic else text(correspondence.language, "subject")


def _first_name(name: str) -> str:
    """The name to greet with, if what stands there is one."""
    plain = name.split(",")[-1].strip() if "," in name else name.strip()
    first = plain.split(" ")[0] if plain else ""
    return first if first.replace("-", "").isalpha() and 2 <= len(first) <= 20 and "@" not in name else ""
