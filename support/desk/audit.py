"""The audit log's writing side: who looked at or changed a customer's data."""

import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from support.desk.models import AuditEntry
from support.desk.roles import role_of

ONE_LOOK = datetime.timedelta(minutes=5)  # a page that stays open, or is opened again at once, is one look


def record(user: AbstractBaseUser, action: str, conversation: str = "", case: str = "", detail: str = "") -> None:
    """A change, or a look that always counts."""
    AuditEntry.objects.create(
        at=timezone.now(),
        who=user.get_username(),
        role=role_of(user) or "",
        action=action,
        conversation=conversation,
        case=case,
        detail=detail[:300],
    )


def looked(user: AbstractBaseUser, action: str, conversation: str = "", case: str = "", detail: str = "") -> None:
    """A look, once in five minutes."""
    since = timezone.now() - ONE_LOOK
    same = AuditEntry.objects.filter(who=user.get_username(), action=action, conversation=conversation, case=case)
    if not same.filter(at__gte=since, detail=detail[:300]).exists():
        record(user, action, conversation, case, detail)


def record_job(name: str, action: str, conversation: str = "", detail: str = "") -> None:
    """What a job of ours or the command line did."""
    AuditEntry.objects.create(
        at=timezone.now(), who=name, action=action, conversation=conversation, detail=detail[:300]
    )
