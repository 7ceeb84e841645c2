"""What a case has to say, as letters: with its dates as a calendar file."""

from __future__ import annotations

import datetime

from django.db import transaction

from support.cases.calendar_file import calendar_file
from support.cases.services import OpenLetter, open_letters, settle_letter
from support.mail.blocks import Paragraph
from support.mail.draft import Draft
from support.mail.models import Correspondence, OutgoingLetter
from support.mail.wording import text


def owe_notices(now: datetime.datetime) -> int:
    """A letter for each open notice whose customer writes with us; the others need none. How many letters."""
    return sum(_owe(notice, now) for notice in open_letters())


def _owe(notice: OpenLetter, now: datetime.datetime) -> int:
    correspondence = (
        Correspondence.objects.select_related("conversation")
        .filter(conversation=notice.conversation, conversation__erased_at=None)
        .first()
    )
    with transaction.atomic():
        if not settle_letter(notice.id, correspondence is not None, now) or correspondence is None:
            return 0
        key = f"notice:{notice.id}"
        if OutgoingLetter.objects.filter(key=key).exists():
            return 0
        draft, calendar = Draft(correspondence, now), b""
        if correspondence.is_confirmed:
            draft.body = [*draft.in_which_language(), *(Paragraph(piece) for piece in notice.pieces)]
            calendar = calendar_file(notice.case, notice.conversation)
        else:
            draft.body = draft.only_that_there_is_an_answer()
        signer = text(draft.language, "agent", name=notice.agent) if notice.agent else ""
        draft.store(
            key, None, "\n".join(notice.pieces), is_automatic=not notice.agent, signer=signer, calendar=calendar
        )
    return 1
