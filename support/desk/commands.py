"""`support agents …`: who may sign in at the desk. `support privacy …`: one customer's data as a whole."""

import argparse
import getpass
import sys
from collections.abc import Sequence
from pathlib import Path

from django import db
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone

from support.desk.accounts import NameTaken, add_agent, set_password, switch_off
from support.desk.audit import record_job
from support.desk.roles import ROLES, role_of
from support.privacy import customer

COMMAND_LINE = "command line"


def agents(argv: Sequence[str]) -> int:
    """Runs one command; its exit code: 0 done, 1 not done (said on stderr), 2 misused."""
    try:
        asked = _agents_parser().parse_args(argv)
    except SystemExit as exit_:
        return int(exit_.code or 0)
    try:
        return asked.run(asked)
    except NameTaken:
        return _no(f"there is an account {asked.name} already; `support agents password {asked.name}` resets it")
    except User.DoesNotExist:
        return _no(f"there is no account {asked.name}")
    except ValidationError as error:
        return _no(" ".join(error.messages))
    except db.Error as error:
        return _no(f"the database does not answer ({' '.join(str(error).split())}); look at SUPPORT_DATABASE_URL")


def _agents_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="support agents", description="Who may sign in at the desk.")
    commands = parser.add_subparsers(required=True, metavar="add | list | password | remove")
    add = commands.add_parser("add", help="a new account")
    add.add_argument("name", metavar="NAME", help="to sign in with")
    add.add_argument("--role", required=True, choices=ROLES, help="agent: answers; lead: all; auditor: reads only")
    add.add_argument("--shown", default="", metavar="NAME", help="the name that customers see")
    add.set_defaults(run=_add)
    commands.add_parser("list", help="all accounts").set_defaults(run=_list)
    password = commands.add_parser("password", help="a new password; ends the sessions of this account")
    password.set_defaults(run=_password)
    remove = commands.add_parser("remove", help="may not sign in any more; what was done under it stays")
    remove.set_defaults(run=_remove)
    for command in (password, remove):
        command.add_argument("name", metavar="NAME")
    for command in (add, password):
        command.add_argument("--generate", action="store_true", help="make a password up and print it once")
    return parser


def _add(asked: argparse.Namespace) -> int:
    typed = _typed(asked.generate)
    user, password = add_agent(asked.name, asked.role, asked.shown, typed)
    print(f"{user.get_username()} may sign in at /desk/ as {asked.role}")
    return _tell_made_up(typed, password)


def _password(asked: argparse.Namespace) -> int:
    User.objects.get(username=asked.name)
    typed = _typed(asked.generate)
    return _tell_made_up(typed, set_password(asked.name, typed))


def _remove(asked: argparse.Namespace) -> int:
    switch_off(asked.name)
    print(f"{asked.name} may not sign in any more")
    return 0


def _list(asked: argparse.Namespace) -> int:
    for user in User.objects.order_by("username"):
        print(f"{user.username:<20} {role_of(user) or 'switched off':<12} {user.first_name}")
    return 0


def _typed(generate: bool) -> str:
    """The password that is typed twice; "" where one is to be made up, as without a terminal."""
    if generate or not sys.stdin.isatty():
        return ""
    first = getpass.getpass("Password (empty: make one up): ")
    if first and getpass.getpass("Again: ") != first:
        raise ValidationError("The two passwords differ.")
    return first


def _tell_made_up(typed: str, password: str) -> int:
    if not typed:
        print(f"password: {password}")
    return 0


def _no(why: str) -> int:
    print(f"support: {why}", file=sys.stderr)
    return 1


def privacy(argv: Sequence[str]) -> int:
    """`support privacy export|erase EMAIL`: one customer's data as a whole. Exit codes as above."""
    parser = argparse.ArgumentParser(prog="support privacy", description="One customer's data, by e-mail address.")
    commands = parser.add_subparsers(required=True, metavar="export | erase")
    export = commands.add_parser("export", help="a ZIP with orders, conversations, cases and photos")
    export.add_argument(
        "--to", type=Path, default=Path("customer.zip"), metavar="FILE", help="customer.zip, if not said"
    )
    erase = commands.add_parser("erase", help="all of it; what was decided stays and names nobody")
    erase.add_argument("--yes", action="store_true", help="do not ask")
    for command, run in ((export, _export), (erase, _erase)):
        command.add_argument("email", metavar="EMAIL")
        command.set_defaults(run=run)
    try:
        asked = parser.parse_args(argv)
    except SystemExit as exit_:
        return int(exit_.code or 0)
    try:
        return asked.run(asked)
    except (db.Error, OSError) as error:
        return _no(f"not done: {' '.join(str(error).split())}")


def _export(asked: argparse.Namespace) -> int:
    if customer.find(asked.email).is_empty:
        return _no("there is nothing of this address")
    asked.to.touch(mode=0o600)
    asked.to.write_bytes(customer.export(asked.email))
    record_job(COMMAND_LINE, "took a customer's data")
    print(f"{asked.to} has it")
    return 0


def _erase(asked: argparse.Namespace) -> int:
    found = customer.find(asked.email)
    if found.is_empty:
        return _no("there is nothing of this address")
    print(
        f"{len(found.orders)} orders, {len(found.theirs)} conversations, {len(found.mentioned)} in which the address "
        f"was only typed, {len(found.cases)} cases"
    )
    if not asked.yes and (not sys.stdin.isatty() or input("Erase it for good? Type yes: ").strip() != "yes"):
        return _no("nothing was erased; --yes does it without asking")
    customer.erase_customer(asked.email, timezone.now(), COMMAND_LINE)
    record_job(COMMAND_LINE, "erased a customer's data")
    print("erased; Rasa's memory goes with the next look of the running assistant")
    return 0
