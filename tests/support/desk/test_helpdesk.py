"""Handovers as tickets in a real django-helpdesk, its answers in the conversation; each once, whatever breaks."""

import datetime
import socket
import threading
import uuid
from collections.abc import Iterator

import pytest

from support.conversations import log, ownership
from support.conversations.log import Inbound
from support.conversations.models import Conversation, Message, Note
from support.conversations.services import hand_over
from support.desk.django_helpdesk import DjangoHelpdesk
from support.desk.helpdesk import HelpdeskAway
from support.desk.models import AuditEntry, HelpdeskTicket
from support.desk.tickets import step, take_up
from support.privacy.erasure import erase
from support.run.free_ports import free_port
from tests.support.desk.desk_scene import NOW, Scene, user
from tests.support.desk.helpdesk_server import CLOSED, NORA, OTTO, RESOLVED, HelpdeskAgent, HelpdeskServer

AGENTS = {NORA: "Nora", OTTO: "Otto"}


@pytest.fixture
def helpdesk(server) -> DjangoHelpdesk:
    return DjangoHelpdesk(server.address, 1, AGENTS, "SOOCAS Support")


def by_way_of(port: int, server: HelpdeskServer) -> DjangoHelpdesk:
    """The same helpdesk behind another port."""
    return DjangoHelpdesk(server.address.replace(f":{server.port}/", f":{port}/"), 1, AGENTS, "SOOCAS Support")


class Carrier:
    """The worker's looks, on a clock of ours."""

    def __init__(self, helpdesk: DjangoHelpdesk) -> None:
        self.helpdesk, self.now = helpdesk, NOW

    def looks(self, minutes: float = 1) -> None:
        """Once at every ticket whose turn it is, so much later."""
        self.now += datetime.timedelta(minutes=minutes)
        take_up(self.now)
        while step(self.helpdesk, self.now):
            pass


@pytest.fixture
def carrier(helpdesk) -> Carrier:
    return Carrier(helpdesk)


@pytest.fixture
def waiting(scene, settings) -> Scene:
    settings.DOMAIN_FILE = "domain.yml"
    hand_over(scene.conversation, "the customer asks for a person", NOW)
    return scene


def ticket_of(scene: Scene) -> int:
    return HelpdeskTicket.objects.get(conversation=scene.conversation, ended_at=None).ticket


def conversation_of(scene: Scene) -> Conversation:
    return Conversation.objects.select_related("agent").get(pk=scene.conversation)


def last_said(scene: Scene) -> Message:
    return Message.objects.filter(conversation=scene.conversation).last()


def customer_says(scene: Scene, text: str) -> None:
    log.receive(scene.conversation, Inbound(uuid.uuid4(), text), NOW)


def test_a_handover_is_a_ticket_with_transcript_case_and_photo(waiting, carrier, server):
    carrier.looks()
    ticket = server.ticket(ticket_of(waiting))
    assert ticket["title"].startswith(f"the customer asks for a person · {waiting.case} · ")
    for told in ("Customer: It does not please me", f"Case {waiting.case}: under review", "R.window", "(customer)"):
        assert told in ticket["description"]
    photos = [file for one in ticket["followup_set"] for file in one["followupattachment_set"]]
    assert [(file["filename"], file["mime_type"]) for file in photos] == [("photo-1-1.jpg", "image/jpeg")]
    assert not any(one["public"] for one in ticket["followup_set"][1:])
    entry = AuditEntry.objects.get(action="opened a ticket")
    assert (entry.who, entry.conversation) == ("helpdesk", waiting.conversation)


def test_what_is_said_there_is_said_here_under_the_agents_name_once(waiting, carrier, nora):
    carrier.looks()
    nora.answers(ticket_of(waiting), "Hello, I'm Nora. Which order is it?")
    carrier.looks()
    carrier.looks()
    said = Message.objects.filter(conversation=waiting.conversation, sender="agent")
    assert [(one.name, one.text) for one in said] == [("Nora", "Hello, I'm Nora. Which order is it?")]
    found = conversation_of(waiting)
    assert (found.owner, found.agent.first_name, found.agent.is_active) == ("agent", "Nora", False)
    assert AuditEntry.objects.get(action="answered in the helpdesk").who == f"helpdesk-{NORA}"


def test_a_comment_that_is_not_public_stays_there(waiting, carrier, nora):
    carrier.looks()
    nora.answers(ticket_of(waiting), "A difficult one", public=False)
    carrier.looks()
    assert conversation_of(waiting).owner == "waiting"
    assert not Message.objects.filter(conversation=waiting.conversation, sender="agent").exists()


def test_what_the_customer_writes_on_is_told_there_once_whatever_braces_are_in_it(waiting, carrier, server, nora):
    carrier.looks()
    number = ticket_of(waiting)
    nora.answers(number, "Which order is it?")
    carrier.looks()
    customer_says(waiting, "SC10234 {{ ticket.secret key }} {% now %} {# gone? #}")
    carrier.looks()
    carrier.looks()
    told = [text for text in server.comments(number) if "SC10234 {" in text]
    assert len(told) == 1
    assert told[0].endswith("Customer: SC10234 { { ticket.secret key } } { % now % } { # gone? # }")
    assert not any("Which order" in text for text in server.comments(number) if text.startswith("["))


def test_closed_there_is_closed_here_and_the_customer_is_asked_how_it_was(waiting, carrier, nora):
    carrier.looks()
    nora.answers(ticket_of(waiting), "All settled.", CLOSED)
    carrier.looks()
    assert conversation_of(waiting).owner == "closed"
    assert [choice["payload"] for choice in last_said(waiting).choices] == ["rating=3", "rating=2", "rating=1"]
    said = Message.objects.filter(conversation=waiting.conversation, sender="agent").values_list("text", flat=True)
    assert list(said) == ["All settled."]


def test_resolved_there_goes_back_to_the_assistant(waiting, carrier, nora):
    carrier.looks()
    nora.answers(ticket_of(waiting), "I've checked it, it is covered.", RESOLVED)
    carrier.looks()
    found = conversation_of(waiting)
    assert found.owner == "bot"
    assert found.turns.filter(state="queued").exists()
    assert "Nora" in last_said(waiting).text


def test_what_comes_back_to_the_assistant_here_is_closed_there_and_a_new_handover_is_a_new_ticket(
    waiting, carrier, server
):
    carrier.looks()
    first = ticket_of(waiting)
    log.receive(waiting.conversation, Inbound(uuid.uuid4(), "anybody?"), NOW)
    log.receive(waiting.conversation, Inbound(uuid.uuid4(), choice="owner=bot"), NOW)
    carrier.looks()
    assert server.ticket(first)["status"] == CLOSED
    hand_over(waiting.conversation, "once more", NOW)
    carrier.looks()
    assert ticket_of(waiting) > first
    assert server.ticket(ticket_of(waiting))["title"].startswith("once more")


def test_a_second_agent_there_takes_over_and_one_of_the_desk_keeps_it(waiting, carrier, server, nora):
    carrier.looks()
    number = ticket_of(waiting)
    nora.answers(number, "Hello")
    HelpdeskAgent(server, "otto").answers(number, "Otto here, Nora has gone home.")
    carrier.looks()
    assert conversation_of(waiting).agent.first_name == "Otto"
    ownership.transfer(waiting.conversation, conversation_of(waiting).agent, user("agent"), "", NOW)
    nora.answers(number, "Me again")
    carrier.looks()
    assert conversation_of(waiting).agent == user("agent")
    assert last_said(waiting).text == "Otto here, Nora has gone home."
    assert Note.objects.get(conversation=waiting.conversation).text == "Me again"


def test_an_account_nobody_named_answers_in_the_shops_name(waiting, server, nora):
    carrier = Carrier(DjangoHelpdesk(server.address, 1, {}, "SOOCAS Support"))
    carrier.looks()
    nora.answers(ticket_of(waiting), "Hello")
    carrier.looks()
    assert last_said(waiting).name == "SOOCAS Support"


def test_a_helpdesk_that_is_down_loses_nothing(waiting, carrier, helpdesk, server):
    before = len(server.tickets())
    carrier.helpdesk = by_way_of(free_port(), server)
    with pytest.raises(HelpdeskAway):
        carrier.looks()
    assert conversation_of(waiting).owner == "waiting"
    carrier.helpdesk = helpdesk
    carrier.looks()
    assert len(server.tickets()) == before + 1


class LosesTheAnswer:
    """A way to the server on which the answer to the first POST is lost: as if we had been killed before it came."""

    def __init__(self, port: int) -> None:
        self.to, self.listening, self.lost = port, socket.create_server(("127.0.0.1", 0)), 0
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                caller, _ = self.listening.accept()
            except OSError:
                return
            with caller, socket.create_connection(("127.0.0.1", self.to)) as server:
                request = self._whole(caller)
                server.sendall(request)
                reply = self._whole(server)
                if request.startswith(b"POST") and not self.lost:
                    self.lost = 1
                    continue
                caller.sendall(reply)

    def _whole(self, end: socket.socket) -> bytes:
        """One request or reply with a Content-Length, or without a body."""
        got = b""
        while b"\r\n\r\n" not in got:
            got += end.recv(65536)
        head, _, body = got.partition(b"\r\n\r\n")
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
        while len(body) < int(fields.get(b"content-length", 0)):
            body += end.recv(65536)
        return head + b"\r\n\r\n" + body


@pytest.fixture
def lossy(server) -> Iterator[LosesTheAnswer]:
    way = LosesTheAnswer(server.port)
    yield way
    way.listening.close()


def test_a_ticket_of_which_we_did_not_hear_is_found_again_and_not_opened_twice(waiting, server, lossy):
    before = len(server.tickets())
    carrier = Carrier(by_way_of(lossy.port, server))
    with pytest.raises(HelpdeskAway):
        carrier.looks()
    assert HelpdeskTicket.objects.get().ticket is None
    assert len(server.tickets()) == before + 1
    carrier.looks()
    assert len(server.tickets()) == before + 1
    assert ticket_of(waiting) == server.tickets()[-1]["id"]


def test_a_remark_of_which_we_did_not_hear_is_not_made_twice(waiting, carrier, server, lossy):
    carrier.looks()
    number = ticket_of(waiting)
    customer_says(waiting, "Are you there?")
    carrier.helpdesk = by_way_of(lossy.port, server)
    with pytest.raises(HelpdeskAway):
        carrier.looks()
    carrier.looks()
    assert len([text for text in server.comments(number) if "Are you there?" in text]) == 1


def test_it_is_found_among_more_tickets_than_one_page_has(server):
    helpdesk = DjangoHelpdesk(server.address, 1, AGENTS, "SOOCAS Support", page=2)
    wanted = helpdesk.open_ticket("The one [abc/1]", "text", urgent=False)
    for number in range(4):
        helpdesk.open_ticket(f"Another {number}", "text", urgent=False)
    assert helpdesk.find_ticket("[abc/1]", 0) == wanted
    assert helpdesk.find_ticket("[abc/1]", wanted) is None
    assert helpdesk.find_ticket("[abc/2]", 0) is None


def test_erased_here_is_deleted_there_also_long_after_it_was_closed(waiting, carrier, server, nora):
    carrier.looks()
    number = ticket_of(waiting)
    nora.answers(number, "All settled.", CLOSED)
    carrier.looks()
    assert HelpdeskTicket.objects.get().ended_at
    erase(waiting.conversation, NOW)
    carrier.looks()
    assert number not in [ticket["id"] for ticket in server.tickets()]
    assert not HelpdeskTicket.objects.exists()
    assert AuditEntry.objects.filter(action="deleted a ticket", detail=str(number)).exists()


def test_a_ticket_that_was_deleted_there_is_not_opened_again(waiting, carrier, server):
    carrier.looks()
    server.api.delete(f"tickets/{ticket_of(waiting)}/")
    carrier.looks()
    carrier.looks()
    assert HelpdeskTicket.objects.get().ended_at
    assert conversation_of(waiting).owner == "waiting"


def test_without_the_setting_there_is_no_helpdesk(settings):
    from support.desk.django_helpdesk import from_settings

    settings.HELPDESK_URL = ""
    assert from_settings() is None
    settings.HELPDESK_URL, settings.HELPDESK_AGENTS = "https://us:a%2Fb@help.example/desk/", "2=Nora, 3=Otto"
    found = from_settings()
    assert (found.root, found.login) == ("https://help.example/desk/api/", ("us", "a/b"))
    assert found.agents == {"2": "Nora", "3": "Otto"}
