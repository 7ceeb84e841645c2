"""Chat and mail are one conversation: an address left in the chat, a link back into it, letters erased with it."""

import httpx
import pytest
from house import links, read, words
from web_server import Customer

from tests.servers.own_database import change


@pytest.fixture
def customer(shared_house):
    return Customer(shared_house.web.url)


def leave(customer, address):
    return customer.http.post(f"{customer.path}/email", json={"address": address})


def test_an_address_left_in_the_chat_is_confirmed_and_a_letter_from_it_goes_on_there(writer, customer):
    customer.say("hello")
    assert leave(customer, writer.address.upper()).status_code == 202
    letter = writer.answer()
    assert "go on by e-mail" in words(letter)
    assert httpx.post(links(letter)[0]).status_code == 200
    assert writer.conversation()["address"] == writer.address
    reply = writer.write("and by mail", headers={"To": letter["Reply-To"], "In-Reply-To": letter["Message-ID"]})
    writer.house.post(reply)
    assert "You said: and by mail" in words(writer.answer(2))
    assert customer.texts()[-2:] == ["and by mail", "You said: and by mail"]


def test_before_the_address_is_confirmed_nothing_that_was_said_goes_there(writer, customer):
    customer.say("my secret")
    leave(customer, writer.address)
    letter = writer.answer()
    writer.house.post(writer.write("tell me", headers={"To": letter["Reply-To"], "In-Reply-To": letter["Message-ID"]}))
    second = words(writer.answer(2))
    assert "isn't confirmed yet" in second
    assert "tell me" not in second
    reply = writer.write("and this", headers={"To": letter["Reply-To"], "In-Reply-To": letter["Message-ID"]})
    writer.house.post(reply)
    writer.house.until(lambda: len(writer.letters(state="taken")) == 2 and writer.house.settled(), "it is answered")
    assert len(writer.answers()) == 2, "that there is an answer is said once"
    assert "was left in our chat" in httpx.get(links(letter)[0]).text
    assert httpx.post(links(letter)[0]).status_code == 200
    writer.answer(4)
    assert ["You said: tell me" in words(writer.answers()[2]), "You said: and this" in words(writer.answers()[3])] == [
        True,
        True,
    ]


def test_another_token_opens_the_conversation_in_the_chat_once(writer, customer):
    customer.say("hello")
    leave(customer, writer.address)
    chat = links(writer.answer())[-1]
    assert "Open the chat" in httpx.get(chat).text
    opened = httpx.post(chat).text
    token = opened.partition('data-token="')[2].partition('"')[0]
    there = httpx.get(
        f"{writer.house.web.url}/chat/api{customer.path}/messages", headers={"Authorization": f"Bearer {token}"}
    )
    assert [message["text"] for message in there.json()["messages"]] == customer.texts()
    assert httpx.post(chat).status_code == 410
    assert customer.texts()[0] == "hello"


@pytest.mark.parametrize(
    "body", [{}, {"address": "nobody"}, {"address": 3}, {"address": "a@b.example\nBcc: c@d.example"}]
)
def test_what_is_no_address_is_refused_by_its_field(customer, body):
    refused = customer.http.post(f"{customer.path}/email", json=body)
    assert (refused.status_code, refused.json()["error"]["field"]) == (400, "address")


def test_a_conversation_sends_five_letters_a_day_to_addresses_left_in_it(customer):
    left = [leave(customer, f"stranger{number}@example.com").status_code for number in range(6)]
    assert left == [202] * 5 + [429]


def test_only_the_conversations_own_token_leaves_an_address(shared_house, customer):
    path = f"{shared_house.web.url}/chat/api{customer.path}/email"
    assert httpx.post(path, json={"address": "a@b.example"}).status_code == 401


def says(writer, name: str, text: str):
    """An agent says this, as the desk's log writes it; the letter that tells it."""
    conversation, database = writer.conversation(), writer.house.web.database
    seq, letters = conversation["last_seq"] + 1, len(writer.answers())
    change(
        database,
        "insert into conversations_message (conversation_id, seq, sender, name, text, choice, choices, citations, at,"
        " channel, answers, asked) values (?, ?, 'agent', ?, ?, '', '[]', '[]',"
        " '2026-11-26 10:00:00Z', 'chat', '[]', '[]')",
        conversation["id"],
        seq,
        name,
        text,
    )
    change(database, "update conversations_conversation set last_seq = ? where id = ?", seq, conversation["id"])
    return writer.answer(letters + 1)


def test_what_an_agent_says_to_somebody_who_writes_letters_goes_out_as_a_letter(writer):
    writer.post("first")
    writer.answer()
    letter = says(writer, "Mei", "I looked at it myself.")
    assert words(letter).startswith("Hello Farah,\n\nI looked at it myself.\n\nKind regards\nMei, SOOCAS Support")
    assert letter["Auto-Submitted"] == "no"


def test_an_agents_own_salutation_and_farewell_stand_in_the_place_of_ours(writer):
    writer.post("first")
    writer.answer()
    own = "Hi Farah,\n\nI looked at it myself.\n\nBest wishes\nMei"
    assert words(says(writer, "Mei", own)).startswith(f"{own}\n\nMei, SOOCAS Support\n\n-- \n")


def test_erasing_the_conversation_erases_its_letters(writer, customer):
    customer.say("hello")
    leave(customer, writer.address)
    letter = writer.answer()
    writer.house.post(writer.write("by mail", headers={"To": letter["Reply-To"]}))
    writer.answer(2)
    assert customer.http.delete(customer.path).status_code == 204
    writer.house.until(lambda: not writer.letters(), "its letters are gone")
    assert writer.house.rows("mail_outgoingletter", recipient=writer.address) == []
    left = [
        path
        for path in (writer.house.folder / "mail").rglob("*.eml")
        if writer.address in read(path.read_bytes()).as_string()
    ]
    assert left == []
