"""What the desk's audit log hears of, from parts of the house that do not know the desk."""

from typing import Any

from django.apps import AppConfig


class Desk(AppConfig):
    name = "support.desk"

    def ready(self) -> None:
        from support.conversations.erasure import deleted

        deleted.connect(_write_down, dispatch_uid="audit log")


def _write_down(conversation: str, who: str, what: str, **_: Any) -> None:
    from support.desk.audit import record_job

    record_job(who, what, conversation)
