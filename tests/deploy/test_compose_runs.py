"""The services of deploy/compose.yml behind its nginx: customers talk while web and rasa are replaced one by one."""

import json
import os
import subprocess
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace

import psycopg2
import pytest

from tests.conversations.shop import EMAIL, Shop
from tests.deploy.composition import DEPLOY, composition
from tests.deploy.containers import Containers, all_started, running_nginx
from tests.servers.postgresql import FOLDERS, PostgreSQL, running_postgresql
from tests.servers.programs import program, until
from tests.servers.rabbitmq import running_rabbitmq
from tests.servers.redis_server import running_redis
from tests.servers.roaming import Roaming

CUSTOMERS = 8


@pytest.fixture(scope="module")
def postgresql() -> Iterator[PostgreSQL]:
    """With the two databases, made by the script that PostgreSQL's container runs."""
    with running_postgresql() as server:
        server.create("support")
        given = composition()["services"]["postgres"]["environment"]
        reached = {"PGHOST": "127.0.0.1", "PGPORT": str(server.port)}
        path = f"{Path(program('psql', FOLDERS)).parent}:{os.environ['PATH']}"
        subprocess.run([str(DEPLOY / "postgres.sh")], env={**os.environ, **given, **reached, "PATH": path}, check=True)
        yield server


@pytest.fixture(scope="module")
def containers(postgresql: PostgreSQL, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Containers]:
    with running_redis() as redis, running_rabbitmq() as rabbitmq:
        servers = {
            "SUPPORT_DATABASE_URL": postgresql.address("support").replace("postgresql:", "postgres:"),
            "SUPPORT_TRACKER_URL": postgresql.address("rasa").replace("support@", "rasa@"),
            "SUPPORT_REDIS_URL": redis.url,
            "SUPPORT_BROKER_URL": rabbitmq.url,
        }
        all_of_them = Containers(tmp_path_factory.mktemp("volume"), servers)
        try:
            all_started(all_of_them)
            with running_nginx(all_of_them.nginx_port) as reload:
                all_of_them.reload_nginx = reload
                yield all_of_them
        finally:
            for service in ("web-1", "web-2", "mailroom", "rasa-1", "rasa-2", "actions"):
                if service in all_of_them.running:
                    all_of_them.stop(service)


@pytest.fixture(scope="module")
def shop(containers: Containers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    settings = containers.settings("web-1")
    one = Shop(SimpleNamespace(settings=settings), tmp_path_factory.mktemp("orders"))
    yield one
    one.close()


def visitor(containers: Containers) -> Roaming:
    """A customer who knows only nginx, and sends a message again while it is not acknowledged, as the widget does."""
    return Roaming(SimpleNamespace(base_urls=[containers.url]))


def cancels(customer: Roaming, number: str) -> None:
    assert customer.post(text=f"cancel order {number} please, {EMAIL}").status_code == 202
    while (asks := customer.everything()[-1]["asks"]) and asks["fact"] == "order.email":
        assert customer.post(text=EMAIL).status_code == 202
    assert customer.post(choice="confirm=yes").status_code == 202
    customer.everything()


def test_rasa_gets_no_further_than_its_own_memory(postgresql: PostgreSQL) -> None:
    psycopg2.connect(postgresql.address("rasa").replace("support@", "rasa@")).close()
    with pytest.raises(psycopg2.OperationalError, match="permission denied for database"):
        psycopg2.connect(postgresql.address("support").replace("support@", "rasa@"))


def test_each_process_is_replaced_while_customers_talk_and_nothing_is_lost(containers: Containers, shop: Shop) -> None:
    noon = (datetime.now(timezone.utc) - timedelta(hours=5)).replace(hour=12)
    orders = [shop.sells(noon - timedelta(days=1), delivery_due_at=noon + timedelta(days=5)) for _ in range(CUSTOMERS)]
    customers = [visitor(containers) for _ in orders]
    talks = [threading.Thread(target=cancels, args=pair) for pair in zip(customers, orders, strict=True)]
    replaced = iter(("web-1", "rasa-1", "web-2", "rasa-2"))
    for place, talk in enumerate(talks):
        talk.start()
        if place % 2 and (service := next(replaced, None)):
            assert containers.stop(service) == 0, containers.log(service)
            containers.start(service)
            until(lambda service=service: containers.is_healthy(service), 120)
            containers.reload_nginx()
    for talk in talks:
        talk.join()
    for customer, number in zip(customers, orders, strict=True):
        check(customer, shop, number)


def check(customer: Roaming, shop: Shop, number: str) -> None:
    log = customer.everything()
    assert [message["seq"] for message in log] == list(range(1, len(log) + 1))
    assert [message["client_id"] for message in log if message["from"] == "customer"] == customer.posted
    cases = shop.cases(number)
    assert [message["case"]["number"] for message in log if message["case"]] == [case["number"] for case in cases]
    assert len(cases) == 1, log


def test_a_photo_reaches_every_web_process(containers: Containers) -> None:
    customer = visitor(containers)
    assert customer.send_photo("this is it")
    files = [path for path in (containers.data / "photos").rglob("*") if path.is_file()]
    assert files


def test_logs_are_objects_that_find_a_turn_in_each_process(containers: Containers) -> None:
    customer = visitor(containers)
    customer.post(text="When are you open?")
    customer.everything()

    def tellers() -> set[str]:
        lines = [line for service in containers.running for line in containers.log(service).splitlines()]
        return {one["process"] for one in map(json.loads, lines) if one.get("conversation") == customer.id}

    until(lambda: {"web", "rasa", "actions"} <= tellers())


def test_each_ends_when_it_is_asked_to(containers: Containers) -> None:
    for service in ("web-2", "mailroom", "rasa-2", "actions"):
        assert containers.stop(service) == 0, containers.log(service)
