"""The people at the desk: one account each, with one role."""

import secrets

from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from support.desk.roles import ROLES


class NameTaken(Exception):
    """There is an account of this name."""


def add_agent(name: str, role: str, shown_name: str = "", password: str = "") -> tuple[User, str]:
    """A new account and its password, made up if none is given.

    shown_name: what customers see, the name itself if not given. Raises NameTaken, ValueError (no such role),
    ValidationError (a weak password).
    """
    if role not in ROLES:
        raise ValueError(f"{role} is no role: {', '.join(ROLES)}")
    if User.objects.filter(username__iexact=name).exists():
        raise NameTaken(name)
    user = User(username=name, first_name=shown_name or name.replace(".", " ").title())
    given = password or secrets.token_urlsafe(15)
    validate_password(given, user)
    user.set_password(given)
    with transaction.atomic():
        user.save()
        user.groups.add(Group.objects.get(name=role))
    return user, given


def set_password(name: str, password: str = "") -> str:
    """A new password, made up if none is given; every session of this account ends. Raises User.DoesNotExist,
    ValidationError."""
    user = User.objects.get(username=name)
    given = password or secrets.token_urlsafe(15)
    validate_password(given, user)
    user.set_password(given)
    user.save(update_fields=["password"])
    return given


def switch_off(name: str) -> None:
    """The account may not sign in any more, and its sessions end; what it did stays. Raises User.DoesNotExist."""
    user = User.objects.get(username=name)
    user.is_active = False
    user.save(update_fields=["is_active"])
