"""The `support` command. Each part is imported only when it is asked for: `decide` must start at once."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from support.run.problem import Problem

WHAT = """\
run       start the whole assistant and keep it running; Ctrl-C stops it (run web, run rasa, …: one kind alone)
health    whether a process of this machine is alive (web, rasa, actions, mailroom): exit code 0 or 1
chat      talk to the running assistant in this terminal
train     train the model, if the training data changed (--force: anyway)
backup    copy databases, photos and letters into a folder, while everything runs
restore   put such a copy back where nothing is
decide    decide cases by the written policy: facts in, decisions out, JSON Lines
orders    import orders, show one
cases     list cases, show one
replay    decide all cases again under other numbers: what flips, and what it costs
privacy   one customer's data as a whole: export it, erase it
agents    accounts of the people at the desk: add, list, password, remove
mail      send a letter (.eml) as a customer would; see letters that stand still
manage    Django's own commands (migrate, shell, …)

Settings are environment variables: see .env.example. `support COMMAND --help` says more."""


def main(argv: list[str] | None = None) -> int:
    """Runs one command. Its exit code; 2 for what the person who typed it can put right."""
    commands: dict[str, Callable[[list[str]], int]] = {
        "run": _run,
        "health": _health,
        "chat": _chat,
        "train": _train,
        "backup": _backup,
        "restore": _restore,
        "decide": _decide,
        "orders": _orders,
        "cases": _cases,
        "replay": _replay,
        "agents": _agents,
        "privacy": _privacy,
        "mail": _mail,
        "manage": _manage,
    }
    parser = argparse.ArgumentParser(
        prog="support",
        description=WHAT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage="support COMMAND …",
    )
    parser.add_argument("command", choices=commands, metavar="COMMAND", help=", ".join(commands))
    arguments = sys.argv[1:] if argv is None else argv
    chosen = parser.parse_args(arguments[:1]).command
    try:
        return commands[chosen](arguments[1:])
    except Problem as problem:
        print(f"support: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # `support decide … | head`
        sys.stderr.close()
        return 0


def _run(argv: list[str]) -> int:
    from support.run import supervisor

    parser = argparse.ArgumentParser(prog="support run", description="Start the whole assistant; Ctrl-C stops it.")
    alone = "only processes of this kind, with the secrets from the environment; prepare: migrate, and end"
    parser.add_argument("part", nargs="?", choices=(*supervisor.KINDS, supervisor.PREPARE), help=alone)
    part = parser.parse_args(argv).part
    return supervisor.main_alone(part) if part else supervisor.main()


def _health(argv: list[str]) -> int:
    from support.run import environment, health

    parser = argparse.ArgumentParser(prog="support health", description="Whether a process of this machine is alive.")
    parser.add_argument("kind", choices=health.ADDRESSES)
    kind = parser.parse_args(argv).kind
    alive = health.is_alive(kind, environment.read_settings(environment.read_environ()))
    print(f"{kind} is {'alive' if alive else 'not alive'}")
    return 0 if alive else 1


def _train(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="support train", description="Train the model, if the training data changed.")
    parser.add_argument("--force", action="store_true", help="train although nothing changed")
    force = parser.parse_args(argv).force
    from support.run import environment, model

    environ = environment.read_environ()
    values = environment.read_settings(environ)
    trained = model.train(environment.ROOT, environment.for_children(environ, values), print, force)
    print(f"the model is models/{trained.name}")
    return 0


def _backup(argv: list[str]) -> int:
    from support.run import backup

    what = "Copy databases that are files, photos and letters; not the secrets, PostgreSQL or a bucket."
    values, folder = _values_and_folder("support backup", what, argv)
    _tell(backup.back_up(values, folder), f"copied into {folder}")
    print("not in it: SUPPORT_VAR/secrets, what lies in PostgreSQL or a bucket")
    return 0


def _restore(argv: list[str]) -> int:
    from support.run import backup

    what = "Put a backup back where nothing is; on PostgreSQL, after pg_restore."
    values, folder = _values_and_folder("support restore", what, argv)
    steps = [lambda: _tell(backup.put_back(values, folder), f"put back from {folder}"), _agree]
    if not values["SUPPORT_DATABASE_URL"].startswith(backup.SQLITE):
        steps.reverse()  # the tables are there already; if they cannot be reached, no file is either
    for step in steps:
        step()
    return 0


def _agree() -> None:
    """What a moment other than now wants put right, in databases that were put back."""
    _set_up_django()
    from django.db import DatabaseError
    from sqlalchemy.exc import SQLAlchemyError

    from support.conversations.put_back import agree_with_log
    from support.mail.commands import look_up_first

    try:
        for what, count in agree_with_log().items():
            print(f"conversations that Rasa remembered otherwise than the log has them, {what}: {count}")
        print(f"letters that are looked up before they are sent: {look_up_first()}")
    except (DatabaseError, SQLAlchemyError) as error:
        said = str(error).strip().splitlines()[0]
        raise Problem(f"the databases cannot be used ({said}): they are put back first") from error


def _values_and_folder(prog: str, what: str, argv: list[str]) -> tuple[dict[str, str], Path]:
    from support.run import environment

    parser = argparse.ArgumentParser(prog=prog, description=what)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args(argv).folder
    return environment.read_settings(environment.read_environ()), folder


def _tell(files: dict[str, int], where: str) -> None:
    print(f"{where}: " + ", ".join(f"{name} ({count})" for name, count in files.items()))


def _chat(argv: list[str]) -> int:
    from support.chat.terminal import main as chat

    return chat(argv)


def _decide(argv: list[str]) -> int:
    from support import decide

    return decide.run(argv, sys.stdin, sys.stdout, sys.stderr)


def _orders(argv: list[str]) -> int:
    _set_up_django()
    from support.orders import commands

    return commands.main(argv)


def _cases(argv: list[str]) -> int:
    _set_up_django()
    from support.cases import commands

    return commands.main(argv)


def _replay(argv: list[str]) -> int:
    _set_up_django()
    from support.cases import commands

    return commands.replay_main(argv)


def _agents(argv: list[str]) -> int:
    _set_up_django()
    from support.desk import commands

    return commands.agents(argv)


def _privacy(argv: list[str]) -> int:
    _set_up_django()
    from support.desk import commands

    return commands.privacy(argv)


def _mail(argv: list[str]) -> int:
    _set_up_django()
    from support.mail import commands

    return commands.main(argv)


def _manage(argv: list[str]) -> int:
    _set_up_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["support manage", *argv])
    return 0


def _set_up_django() -> None:
    import os

    from support.run import environment

    values = environment.read_settings(environment.read_environ())
    Path(values["SUPPORT_VAR"]).mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "support.settings")
    import django

    django.setup()


if __name__ == "__main__":
    sys.exit(main())
