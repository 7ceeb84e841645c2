"""Who may do what at the desk. A role is a Django group of the same name."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest

LOOK = "look"  # at conversations, cases and numbers
ACT = "act"  # take, answer, decide, change
AUDIT = "audit"  # read the audit log
LEAD = "lead"  # accounts, canned answers, a customer's data as a whole

ROLES = {
    "agent": frozenset({LOOK, ACT}),
    "lead": frozenset({LOOK, ACT, AUDIT, LEAD}),
    "auditor": frozenset({LOOK, AUDIT}),
}


def role_of(user: AbstractBaseUser | AnonymousUser) -> str | None:
    """The user's role; None for one who is signed out, switched off or has none."""
    if not user.is_active:
        return None
    if not hasattr(user, "_desk_role"):
        names = set(user.groups.values_list("name", flat=True))
        user._desk_role = next((role for role in ("lead", "agent", "auditor") if role in names), None)
    return user._desk_role


def may(user: AbstractBaseUser | AnonymousUser, right: str) -> bool:
    return right in ROLES.get(role_of(user) or "", ())


def rights(request: HttpRequest) -> dict[str, object]:
    """For the pages of the desk: the role, and what it may."""
    user = getattr(request, "user", None)
    if user is None:
        return {}
    return {"role": role_of(user), "acts": may(user, ACT), "audits": may(user, AUDIT), "leads": may(user, LEAD)}
