"""The real web process with a helpdesk beside it: killed or not, a customer reads what an agent writes there."""

from collections.abc import Iterator

import pytest

from support.run.free_ports import free_port
from tests.servers.programs import until
from tests.support.desk.helpdesk_server import CLOSED, NORA, HelpdeskAgent, HelpdeskServer
from tests.support.desk.live_desk import DOMAIN, Desk, make_people
from tests.support.widget.rasa_double import RasaDouble
from tests.support.widget.web_server import Customer, WebServer


@pytest.fixture
def web(tmp_path, server: HelpdeskServer) -> Iterator[WebServer]:
    double = RasaDouble(free_port())
    double.start()
    settings = {"SUPPORT_HELPDESK_URL": server.address, "SUPPORT_HELPDESK_AGENTS": f"{NORA}=Nora"}
    running = WebServer(tmp_path / "web", double.port, **settings)
    running.prepare(DOMAIN)
    make_people(running)
    running.start()
    yield running
    running.stop(9)
    double.stop()


def test_from_the_chat_to_the_helpdesk_and_back(web: WebServer, server: HelpdeskServer, nora: HelpdeskAgent) -> None:
    customer, mia = Customer(web.url), Desk(web, "mia")
    customer.say("hello")
    mia.does("take", customer.id)
    mia.does("transfer", customer.id)
    web.stop(9)
    web.start()

    def tickets() -> list[dict]:
        return [ticket for ticket in server.tickets() if customer.id in ticket["title"]]

    until(tickets, 30)
    nora.answers(tickets()[0]["id"], "Hello, I'm Nora.")
    said = until(lambda: [m for m in customer.read()["messages"] if m["from"] == "agent"], 30)
    assert [(message["name"], message["text"]) for message in said] == [("Nora", "Hello, I'm Nora.")]
    nora.answers(tickets()[0]["id"], "Goodbye.", CLOSED)
    until(lambda: customer.read()["owner"] == "closed", 30)
    assert customer.texts()[-2:] == ["Goodbye.", "How was it?"]
    assert len(tickets()) == 1
