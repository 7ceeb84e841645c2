"""What the dates do by themselves: remind, mark what is overdue, say what had to wait, close what is over. Each once.

Each case is one transaction under its own lock, and the reminder's row is unique: killed in the middle, nothing of it
has happened; done by two at once, it has happened once.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from support.cases import tellings
from support.cases.closing import close_by_itself, to_close
from support.cases.life import CLOCK, Act
from support.cases.models import Case, Reminder
from support.cases.notices import announce, can_be_said, say_what_waited

logger = logging.getLogger(__name__)

AGAIN_AFTER = timedelta(hours=1)
Due, What, Audience = Case.Due, Reminder.What, Reminder.Audience


def step(now: datetime, limit: int = 20) -> int:
    """Does the next few things that are due at this moment; how many it did. 0: nothing is left to do now."""
    done = sum(_remind_or_postpone(pk, now) for pk in _to_remind(now)[:limit])
    done += sum(mark_overdue(pk, now) for pk in _broken(now)[:limit])
    done += sum(close_by_itself(case, now) for case in to_close(now)[:limit])
    return done + say_what_waited(limit, now)


def is_anything_due(now: datetime) -> bool:
    """Whether `step` would find something."""
    return any(found.exists() for found in (_to_remind(now), _broken(now), to_close(now), can_be_said(now)))


def remind(case_id: int, now: datetime) -> bool:
    """The customer before "send by", the desk before ours; a promise that is broken already is only marked."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case_id)
        if case.remind_at is None or case.remind_at > now:
            return False
        if case.due_at is not None and now < case.due_at and _write(case, What.SOON, now) and case.due == Due.SEND:
            announce(case, tellings.reminder_to_send(case), Act(CLOCK, now, f"remind:{case.due}:{case.due_at:%Y%m%d}"))
        case.remind_at = None
        case.save(update_fields=["remind_at"])
        return True


def mark_overdue(case_id: int, now: datetime) -> bool:
    """From the first instant after the last day on."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case_id)
        if case.due_at is None or case.due_at > now or case.overdue_since is not None:
            return False
        _write(case, What.OVERDUE, now)
        case.overdue_since = case.due_at
        case.save(update_fields=["overdue_since"])
        return True


def _remind_or_postpone(case_id: int, now: datetime) -> bool:
    """One case that cannot be told (a word that is missing, say) keeps no other waiting."""
    try:
        return remind(case_id, now)
    except Exception:
        logger.exception("Case %s: nobody could be reminded; trying again in an hour", case_id)
        Case.objects.filter(pk=case_id).update(remind_at=now + AGAIN_AFTER)
        return True


def _to_remind(now: datetime):
    return Case.objects.filter(remind_at__lte=now).order_by("remind_at").values_list("pk", flat=True)


def _broken(now: datetime):
    found = Case.objects.filter(due_at__lte=now, overdue_since=None)
    return found.order_by("due_at").values_list("pk", flat=True)


def _write(case: Case, what: What, now: datetime) -> bool:
    """True if it was not written before. Overdue is always the desk's to see."""
    is_customers = case.due == Due.SEND and what == What.SOON
    _, created = Reminder.objects.get_or_create(
        case=case,
        due=case.due,
        due_at=case.due_at,
        what=what,
        defaults={"audience": Audience.CUSTOMER if is_customers else Audience.DESK, "at": now},
    )
    return created
