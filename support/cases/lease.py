"""One process at a time: who holds a piece of work, and until when. Nobody waits for one that died longer than that."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from support.cases.models import Lease

LONGEST = timedelta(minutes=5)  # one that ends later was made before the clock was put back


def take(name: str, holder: str, now: datetime, length: timedelta) -> bool:
    """True if the work is this holder's until now + length; taken again by the same holder, it is prolonged."""
    over = Q(until__lt=now) | Q(until__gt=now + max(length, LONGEST))
    free = Lease.objects.filter(Q(holder=holder) | over, name=name)
    if free.update(holder=holder, until=now + length):
        return True
    if Lease.objects.filter(name=name).exists():
        return False
    try:
        with transaction.atomic():
            Lease.objects.create(name=name, holder=holder, until=now + length)
    except IntegrityError:  # somebody else was there first
        return False
    return True


def give_back(name: str, holder: str) -> None:
    """Ends it before its time, so that the next one need not wait."""
    Lease.objects.filter(name=name, holder=holder).delete()
