"""pg_dump of both databases while customers talk, Rasa's first; pg_restore into empty ones; everybody goes on."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conversations.customer import Customer
from tests.deploy.moving import House, at_the_summary, open_order, support
from tests.servers.postgresql import FOLDERS, PostgreSQL, running_postgresql
from tests.servers.programs import program


@pytest.fixture
def server() -> Iterator[PostgreSQL]:
    with running_postgresql() as one:
        yield one


@pytest.fixture
def house(server: PostgreSQL, tmp_path: Path) -> Iterator[House]:
    one = House(tmp_path, **databases(server, "first"))
    yield one
    one.shop.close()
    one.stack.stop()


def databases(server: PostgreSQL, which: str) -> dict[str, str]:
    made = {name: server.create(f"{name}_{which}") for name in ("support", "rasa")}
    return {"SUPPORT_DATABASE_URL": made["support"], "SUPPORT_TRACKER_URL": made["rasa"]}


def dump(address: str, to: Path) -> None:
    command = [program("pg_dump", FOLDERS), "--format=custom", f"--file={to}", address]
    subprocess.run(command, check=True)


def restore(dumped: Path, address: str) -> None:
    command = [program("pg_restore", FOLDERS), "--no-owner", "--exit-on-error", f"--dbname={address}", str(dumped)]
    subprocess.run(command, check=True)


def test_what_was_dumped_is_gone_on_with_though_the_two_moments_differ(house: House, server: PostgreSQL) -> None:
    talking, between, sender = (Customer(house.stack.base_url) for _ in range(3))
    orders = [at_the_summary(customer, house.shop) for customer in (talking, between)]
    sender.send_photo("this is it")
    before, dumps = house.stack.settings, {name: house.folder / f"{name}.dump" for name in ("rasa", "support")}
    dump(before["SUPPORT_TRACKER_URL"], dumps["rasa"])
    between.choose("confirm=yes")
    dump(before["SUPPORT_DATABASE_URL"], dumps["support"])
    files = house.back_up()
    after = databases(server, "after")
    too_early = support({"SUPPORT_VAR": str(house.folder / "early"), **after}, "restore", str(files))
    assert too_early.returncode == 2
    assert too_early.stderr.startswith("support: the databases cannot be used (")
    assert not (house.folder / "early" / "photos").exists()
    restore(dumps["rasa"], after["SUPPORT_TRACKER_URL"])
    restore(dumps["support"], after["SUPPORT_DATABASE_URL"])
    house.move_to(files, **after)
    talking.choose("confirm=yes")
    assert [case["number"] for case in house.shop.cases(orders[0])] == [talking.case()["number"]]
    assert between.say("yes please")  # Rasa waited for it still; the log has the case
    assert [case["number"] for case in house.shop.cases(orders[1])] == [between.case()["number"]]
    another = open_order(house.shop)
    between.say(f"cancel order {another}, dana@example.com")
    between.choose("confirm=yes")
    assert len(house.shop.cases(another)) == 1, between.transcript()
    assert list((house.stack.var / "photos").rglob("*.jpg"))
