"""A backup taken while customers talk, put back elsewhere: everybody goes on where the backup left them."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conversations.customer import Customer
from tests.conversations.penfriend import Penfriend
from tests.conversations.shop import EMAIL, Shop
from tests.deploy.moving import House, at_the_summary, open_order, support
from tests.servers.programs import until

CROWD = 6
LETTERS = "select key, state from mail_outgoingletter order by key"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Moves from test to test; the last one ends it."""
    one = House(tmp_path_factory.mktemp("house"))
    yield one
    one.shop.close()
    one.stack.stop()


def test_a_backup_of_a_moment_in_which_customers_talk_is_gone_on_with(house: House) -> None:
    talking, sender, writer = Customer(house.stack.base_url), Customer(house.stack.base_url), Penfriend(house.stack)
    number = at_the_summary(talking, house.shop)
    sender.send_photo("this is it")
    photos = contents(house.stack.var / "photos")
    assert photos
    assert writer.write("When are you open?")
    crowd = [Customer(house.stack.base_url) for _ in range(CROWD)]
    orders = [open_order(house.shop) for _ in crowd]
    begun = threading.Barrier(CROWD + 1)

    def cancel(customer: Customer, order: str) -> None:
        begun.wait()
        customer.say(f"cancel order {order} please, {EMAIL}")
        customer.choose("confirm=yes")

    talks = [threading.Thread(target=cancel, args=pair) for pair in zip(crowd, orders, strict=True)]
    for talk in talks:
        talk.start()
    begun.wait()
    backup = house.back_up()
    for talk in talks:
        talk.join()
    house.move_to(backup)
    assert contents(house.stack.var / "photos") == photos
    assert [message["photos"] for message in log_of(sender) if message["photos"]]
    talking.choose("confirm=yes")
    assert [case["number"] for case in house.shop.cases(number)] == [talking.case()["number"]]
    for customer, order in zip(crowd, orders, strict=True):
        goes_on(customer, house.shop, order)
    letters = contents(house.stack.var / "mail" / "out")
    assert letters == contents(backup / "mail" / "out")
    assert {row["state"] for row in house.shop.rows(LETTERS)} == {"sent"}
    writer.folder = house.stack.var / "mail"
    assert writer.write("And on Sunday?")


def goes_on(customer: Customer, shop: Shop, order: str) -> None:
    """Wherever the backup left this customer, the cancellation comes to one case that they are told of."""
    customer.heard = [message for message in log_of(customer) if message["from"] != "customer"]
    if not customer.heard:
        customer.say(f"cancel order {order} please, {EMAIL}")
    if customer.case() is None:
        customer.choose("confirm=yes")
    assert [case["number"] for case in shop.cases(order)] == [customer.case()["number"]], customer.transcript()
    assert customer.say("When are you open?")


def log_of(customer: Customer) -> list[dict]:
    """All that stands in the log, once no turn is open any more."""
    path = f"/chat/api/conversations/{customer.id}/messages"

    def settled() -> list[dict] | None:
        got = customer.http.get(path, params={"after": 0}).json()
        return None if got["working"] else [{}, *got["messages"]]

    return until(settled, 60)[1:]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_rasas_memory_of_another_moment_opens_no_second_case_and_keeps_nobody_from_going_on(house: House) -> None:
    told, unheard = Customer(house.stack.base_url), Customer(house.stack.base_url)
    orders = [at_the_summary(customer, house.shop) for customer in (told, unheard)]
    earlier = house.back_up()
    for customer in (told, unheard):
        customer.choose("confirm=yes")
        assert customer.case()
    later = house.back_up()
    house.move_to(mixed(house.folder, ours=later, rasas=earlier))
    assert told.post(choice="confirm=yes").status_code == 409  # the log knows that this was answered
    assert told.say("yes please")  # Rasa waited for it still
    assert len(house.shop.cases(orders[0])) == 1, told.transcript()
    another = open_order(house.shop)
    told.say(f"cancel order {another}, {EMAIL}")
    told.choose("confirm=yes")
    assert len(house.shop.cases(another)) == 1, told.transcript()
    house.move_to(mixed(house.folder, ours=earlier, rasas=later))
    assert house.shop.cases(orders[1]) == []
    unheard.choose("confirm=yes")  # the log asks for it; Rasa had had it
    assert len(house.shop.cases(orders[1])) == 1, unheard.transcript()


def test_a_backup_goes_where_nothing_is_and_comes_from_a_whole_one(house: House, tmp_path: Path) -> None:
    settings = house.stack.settings
    backup = house.back_up()
    (tmp_path / "half").mkdir()
    for arguments, said in (
        (("backup", str(backup)), "there is something in"),
        (("restore", str(tmp_path / "half")), "is no whole backup"),
        (("restore", str(backup)), "the assistant already runs on"),
    ):
        refused = support(settings, *arguments)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert said in refused.stderr
    nowhere = support({"SUPPORT_VAR": str(tmp_path / "nowhere")}, "backup", str(tmp_path / "of-nothing"))
    assert (nowhere.returncode, (tmp_path / "of-nothing").exists()) == (2, False)
    assert "there is no" in nowhere.stderr
    house.stack.stop()
    before = contents(house.stack.var)
    refused = support(settings, "restore", str(backup))
    assert refused.returncode == 2
    assert "support.sqlite3 is there already" in refused.stderr
    assert contents(house.stack.var) == before
    assert not [path for path in backup.rglob("*") if path.stat().st_mode & 0o077]
    assert not (backup / "secrets").exists()


def mixed(folder: Path, ours: Path, rasas: Path) -> Path:
    """A backup with our tables of one moment and Rasa's memory of another."""
    to = folder / f"{ours.name}-with-{rasas.name}"
    to.mkdir()
    (to / "backup.json").write_bytes((ours / "backup.json").read_bytes())
    (to / "support.sqlite3").write_bytes((ours / "support.sqlite3").read_bytes())
    (to / "rasa.sqlite3").write_bytes((rasas / "rasa.sqlite3").read_bytes())
    return to
