"""What can go wrong around the running assistant. When one returns, all is well again, or will be by itself."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

import psycopg2
from redis import Redis

from support.run.stack import Stack
from tests.faults.crowd import Crowd
from tests.servers.postgresql import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ
from tests.servers.redis_server import RedisServer

Fault = Callable[[Stack, Crowd], None]
A_MINUTE = 3  # five deaths within a minute end the assistant (support/run/child.py)
LOCKED_S = 5


def kill_at_random(seconds: float) -> Fault:
    """SIGKILL of any process at any moment, again and again."""

    def fault(stack: Stack, crowd: Crowd) -> None:
        names = stack.names()
        until, deaths = time.monotonic() + seconds, {name: deque[float](maxlen=A_MINUTE) for name in names}
        while time.monotonic() < until:
            time.sleep(random.uniform(0.5, 6))
            name = random.choice(names)
            recent = deaths[name]
            if stack.pid(name) and not (len(recent) == A_MINUTE and time.monotonic() - recent[0] < 75):
                recent.append(time.monotonic())
                stack.kill(name)
        stack.await_healthy()

    return fault


def hang(name: str, seconds: float) -> Fault:
    """The process is there, takes what it is sent, and answers nothing; then it goes on where it stood."""

    def fault(stack: Stack, crowd: Crowd) -> None:
        pid = stack.pid(name)
        assert pid
        os.kill(pid, signal.SIGSTOP)
        try:
            time.sleep(seconds)
        finally:
            os.kill(pid, signal.SIGCONT)

    return fault


def jump_clock(file: Path, hours: float) -> Fault:
    """The wall clock of all processes is another (libfaketime reads the file), and web is killed in that moment."""

    def fault(stack: Stack, crowd: Crowd) -> None:
        file.write_text(f"{hours:+g}h\n")
        stack.kill("web")
        stack.await_healthy()

    return fault


def lock_sqlite(setting: str) -> Fault:
    """Another program writes in this database for seconds, twice."""

    def fault(stack: Stack, crowd: Crowd) -> None:
        for _ in range(2):
            database = sqlite3.connect(stack.settings[setting].removeprefix("sqlite:///"), timeout=30)
            database.execute("BEGIN IMMEDIATE")
            time.sleep(LOCKED_S)
            database.rollback()
            database.close()
            crowd.await_answers(3)

    return fault


def lock_postgresql(server: PostgreSQL, table: str) -> Fault:
    """Nobody can read or write this table for seconds."""

    def fault(stack: Stack, crowd: Crowd) -> None:
        with psycopg2.connect(server.address("support")) as database, database.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
            time.sleep(LOCKED_S)
        database.close()

    return fault


def restart(server: PostgreSQL | RedisServer | RabbitMQ, away_s: float) -> Fault:
    """The server is gone at once, and after a while there again. (Redis has then forgotten everything.)"""

    def fault(stack: Stack, crowd: Crowd) -> None:
        server.stop()
        time.sleep(away_s)
        server.start()

    return fault


def empty_redis(server: RedisServer) -> Fault:
    """FLUSHALL, ten times within two seconds."""

    def fault(stack: Stack, crowd: Crowd) -> None:
        for _ in range(10):
            Redis.from_url(server.url).flushall()
            time.sleep(0.2)

    return fault
