"""A case in which nothing is left to do closes by itself, so many days after its last step and its last date."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from support.cases.deciding import close
from support.cases.life import CLOCK, SETTLED, Act, MoveNotAllowed, State
from support.cases.models import Case

OVER = (*SETTLED, State.REFUSED)
EVERYWHERE = timedelta(hours=12)  # a day has ended in every zone so long after it has in UTC


def to_close(now: datetime) -> QuerySet[Case]:
    """Settled or refused, nothing happened for SUPPORT_CLOSE_CASES_DAYS, no date of the customer's is to come."""
    if not settings.CLOSE_CASES_DAYS:
        return Case.objects.none()
    ended = (now - EVERYWHERE).date()
    quiet = Case.objects.filter(state__in=OVER, changed_at__lte=now - timedelta(days=settings.CLOSE_CASES_DAYS))
    no_money_to_come = Q(money_by=None) | Q(money_by__lt=ended)
    no_goods_to_ask_for = Q(goods_back_by=None) | Q(goods_back_by__lt=ended)
    return quiet.filter(no_money_to_come, no_goods_to_ask_for).order_by("changed_at")


def close_by_itself(case: Case, now: datetime) -> bool:
    """Once, with the reason; the customer is told nothing. False: somebody has gone on with it meanwhile."""
    days = settings.CLOSE_CASES_DAYS
    act = Act(CLOCK, now, f"close:{case.changed_at:%Y%m%d%H%M%S%f}")
    try:
        close(case.number, act, reason=f"nothing left to do for {days} days")
    except MoveNotAllowed:
        return False
    return True
