"""Runs the mailroom until it is told to stop; http://SUPPORT_INNER_HOST:PORT has /health, /ready and /metrics."""

from __future__ import annotations

import os
import signal
import socket
import threading


def main() -> None:
    """Runs until SIGTERM or SIGINT."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "support.settings")
    import django

    django.setup()
    from django.conf import settings

    from support.mail.mailroom import Mailroom
    from support.mail.watch import watch_server
    from support.telemetry import logs

    if settings.LOG_FORMAT == "json":
        logs.write_json()

    host = os.environ.get("SUPPORT_INNER_HOST", "127.0.0.1")
    port = int(os.environ.get("SUPPORT_MAILROOM_PORT", "5056"))
    mailroom = Mailroom(f"{socket.gethostname()}:{port}")  # whoever listens there is the only one with this name
    server = watch_server(mailroom, host, port)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: mailroom.stop())
    threads = mailroom.start()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    mailroom.stopping.wait()
    for thread in threads:
        thread.join(5)


if __name__ == "__main__":
    main()
