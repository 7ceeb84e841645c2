"""The servers of the server profile, for `make bench`: PostgreSQL, Redis and RabbitMQ of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tests.servers.postgresql import running_postgresql
from tests.servers.rabbitmq import running_rabbitmq
from tests.servers.redis_server import running_redis


@contextmanager
def servers() -> Iterator[dict[str, str]]:
    """The settings of the server profile, for servers that run as long as this lasts."""
    with ExitStack() as running:
        postgresql, redis, rabbitmq = (
            running.enter_context(start()) for start in (running_postgresql, running_redis, running_rabbitmq)
        )
        addresses = {"SUPPORT_REDIS_URL": redis.url, "SUPPORT_BROKER_URL": rabbitmq.url}
        addresses["SUPPORT_DATABASE_URL"] = postgresql.create("support")
        addresses["SUPPORT_TRACKER_URL"] = postgresql.create("rasa")
        yield addresses
