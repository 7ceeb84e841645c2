"""The chat contract, to the letter, against a real web process."""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from web_server import Customer

API = "/chat/api"


def error_of(response: httpx.Response) -> tuple[int, str, str | None]:
    error = response.json()["error"]
    assert set(error) == {"code", "message", "field"}
    assert error["message"].endswith(".")
    return response.status_code, error["code"], error["field"]


def test_a_conversation_is_started_with_nothing_at_all(web):
    response = httpx.post(f"{web.url}{API}/conversations")
    assert response.status_code == 201
    assert set(response.json()) == {"id", "token"}


def test_a_message_has_exactly_the_contracts_fields(customer):
    customer.say("case")
    customer_message, done, case = customer.read()["messages"]
    fields = {"seq", "from", "name", "text", "choices", "asks", "citations", "case", "photos", "at"}
    assert fields <= set(customer_message)
    assert (customer_message["seq"], customer_message["from"], customer_message["text"]) == (1, "customer", "case")
    assert (done["from"], done["name"], done["choices"], done["asks"], done["case"]) == ("bot", None, [], None, None)
    assert case["case"] == {"number": "C-1", "state": "under_review"}
    assert case["citations"] == [{"clause": "R.window", "text": "Thirty days."}]
    assert case["at"].endswith("Z")


def test_reading_after_a_seq_gives_only_what_is_new(customer):
    customer.say("one")
    customer.say("two")
    assert [message["seq"] for message in customer.read(after=2)["messages"]] == [3, 4]
    assert customer.read(after=99)["messages"] == []


def test_working_is_true_until_the_whole_answer_is_there(customer):
    seq = customer.post(text="slow 0.3").json()["seq"]
    seen = customer.read(after=seq)
    assert seen["working"]
    assert seen["messages"] == []
    while (seen := customer.read(after=seq))["working"]:
        assert seen["messages"] == []
    assert [message["text"] for message in seen["messages"]] == ["You said: slow 0.3"]


def test_the_same_client_id_again_is_the_same_message(customer, rasa):
    client_id = str(uuid.uuid4())
    answers = [customer.post(client_id=client_id, text="once").json() for _ in range(3)]
    assert answers == [{"seq": 1}] * 3
    customer.settled()
    assert len(customer.read()["messages"]) == 2
    assert len([call for call in rasa.calls if call["conversation"] == customer.id]) == 1


def test_the_same_client_id_twenty_times_at_once_is_one_message(customer):
    client_id = str(uuid.uuid4())
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: customer.post(client_id=client_id, text="once").json(), range(20)))
    assert answers == [{"seq": 1}] * 20
    assert len(customer.settled()) == 2


def test_fifty_messages_at_once_are_all_answered_in_order(customer, rasa):
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda number: customer.post(text=f"number {number}"), range(50)))
    assert {answer.status_code for answer in answers} == {202}
    messages = customer.settled(30)
    assert [message["seq"] for message in messages] == list(range(1, 101))
    said = [message["text"] for message in messages if message["from"] == "customer"]
    answered = [message["text"] for message in messages if message["from"] == "bot"]
    assert answered == [f"You said: {text}" for text in said]
    assert not rasa.overlapped


def test_a_choice_is_taken_by_its_payload(customer):
    customer.say("offer")
    choices = customer.read()["messages"][-1]["choices"]
    assert customer.post(choice=choices[1]["payload"]).status_code == 202
    messages = customer.settled()
    assert messages[-2]["text"] == "Wrong colour"
    assert messages[-1]["text"] == "You said: {'fact': 'claim.reason', 'value': 'colour'}"


def test_an_old_choice_is_409_and_a_strange_one_400(customer):
    customer.say("offer")
    customer.say("hm")
    assert error_of(customer.post(choice="claim.reason=colour")) == (409, "choice_expired", "choice")
    assert error_of(customer.post(choice="claim.reason=lost_or_stolen")) == (400, "invalid", "choice")
    assert len(customer.settled()) == 4


def test_a_choice_that_arrives_twice_is_taken_once(customer):
    customer.say("offer")
    client_id = str(uuid.uuid4())
    choice = {"client_id": client_id, "choice": "claim.reason=colour"}
    assert customer.post(**choice).json() == customer.post(**choice).json() == {"seq": 3}


NO_UUID = [None, "", "x", 5, "12345678-1234-1234-1234-12345678901", ["a"]]
CLIENT_ID = "5f0c2a9e-6f0b-4b8c-9a52-1c1f6a7c9d11"


@pytest.mark.parametrize("client_id", NO_UUID)
def test_a_client_id_must_be_a_uuid(customer, client_id):
    assert error_of(customer.post(client_id=client_id, text="a")) == (400, "invalid", "client_id")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "text"),
        ({"text": ""}, "text"),
        ({"text": " \n\t\u2003"}, "text"),
        ({"text": "\x00\x07"}, "text"),
        ({"text": None}, "text"),
        ({"text": 5}, "text"),
        ({"text": ["a"]}, "text"),
        ({"photos": []}, "text"),
        ({"text": "a", "choice": "b=c"}, "choice"),
        ({"choice": ""}, "choice"),
        ({"choice": 1}, "choice"),
        ({"choice": "x" * 501}, "choice"),
        ({"choice": "a=b", "photos": ["0" * 32]}, "choice"),
        ({"photos": "abc"}, "photos"),
        ({"photos": ["../../etc/passwd"]}, "photos"),
        ({"photos": [5]}, "photos"),
        ({"photos": ["0" * 32]}, "photos"),
        ({"photos": ["0" * 32] * 2}, "photos"),
        ({"photos": [f"{number:032x}" for number in range(11)]}, "photos"),
    ],
)
def test_a_wrong_field_is_named(customer, body, field):
    assert error_of(customer.post(**body)) == (400, "invalid", field)
    assert customer.read()["messages"] == []


def test_10000_characters_are_taken_and_one_more_is_not(customer):
    assert customer.post(text="\N{GRINNING FACE}" * 10_000).status_code == 202
    assert error_of(customer.post(text="a" * 10_001)) == (413, "text_too_long", "text")
    assert error_of(customer.post(text="a" * 1_000_000))[:2] == (413, "too_large")
    assert len(customer.settled()) == 2


@pytest.mark.parametrize(
    "text", ["\ud800", "a\udfffb", "\U0001f600", "<script>alert(1)</script>", "/restart", "x\x00y"]
)
def test_any_text_is_stored_and_answered(customer, text):
    body = json.dumps({"client_id": CLIENT_ID, "text": text})
    headers = {"Content-Type": "application/json"}
    assert customer.http.post(f"{customer.path}/messages", content=body, headers=headers).status_code == 202
    assert len(customer.settled()) == 2


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"a"', b"null", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_json_object_is_400(customer, body):
    headers = {"Content-Type": "application/json"}
    response = customer.http.post(f"{customer.path}/messages", content=body, headers=headers)
    assert error_of(response) == (400, "bad_json", None)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_another_content_type_is_415(customer, kind):
    response = customer.http.post(f"{customer.path}/messages", content=b"{}", headers={"Content-Type": kind})
    assert error_of(response) == (415, "not_json", None)


@pytest.mark.parametrize(
    ("start", "field"),
    [
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"timezone": "../../etc/passwd"}, "timezone"),
        ({"timezone": "America"}, "timezone"),
        ({"timezone": ""}, "timezone"),
        ({"timezone": 5}, "timezone"),
        ({"locale": "not a locale"}, "locale"),
        ({"locale": {}}, "locale"),
    ],
)
def test_a_wrong_start_is_named(web, start, field):
    assert error_of(httpx.post(f"{web.url}{API}/conversations", json=start)) == (400, "invalid", field)


@pytest.mark.parametrize(
    "authorization", [None, "", "Bearer", "Bearer  x y", "Basic YTpi", "Bearer nobodys", "nobodys"]
)
def test_without_a_token_everything_is_401(customer, web, authorization):
    headers = {} if authorization is None else {"Authorization": authorization}
    url = f"{web.url}{API}{customer.path}"
    for method, path in [
        ("GET", "messages"),
        ("POST", "messages"),
        ("GET", "events"),
        ("POST", "photos"),
        ("GET", "photos/a"),
    ]:
        response = httpx.request(method, f"{url}/{path}", headers=headers, verify=False)
        assert error_of(response) == (401, "unauthorized", None)
        assert response.headers["WWW-Authenticate"] == "Bearer"


def test_the_token_of_another_conversation_is_404(customer, web):
    other = Customer(web.url)
    other.path = customer.path
    for response in (
        other.post(text="a"),
        other.http.get(f"{other.path}/messages"),
        other.http.get(f"{other.path}/events"),
        other.upload(b"a"),
        other.http.get("/conversations/nothing/messages"),
    ):
        assert error_of(response) == (404, "not_found", None)


@pytest.mark.parametrize("after", ["-1", "x", "1.5", "99999999999999999999", "٣", "", "1&after=2"])
def test_a_strange_after_is_400(customer, after):
    assert error_of(customer.http.get(f"{customer.path}/messages?after={after}")) == (400, "invalid", "after")


def test_unknown_paths_and_methods_are_answered_in_the_same_shape(web, customer):
    assert error_of(httpx.get(f"{web.url}{API}/nothing")) == (404, "not_found", None)
    response = customer.http.delete(f"{customer.path}/messages")
    assert error_of(response) == (405, "method_not_allowed", None)
    assert response.headers["Allow"] == "GET, POST"


def test_the_waiting_line_is_explained_once_and_left_by_choice(customer):
    customer.say("silence")
    assert customer.read()["owner"] == "waiting"
    customer.say("hello?")
    customer.say("anybody?")
    assert [text for text in customer.texts() if text == "A colleague will answer."] == ["A colleague will answer."]
    assert customer.post(choice="owner=bot").status_code == 202
    moment = customer.read()
    assert moment["owner"] == "bot"
    assert customer.say("so") == "You said: so"


def test_health_says_what_is_well(web):
    assert httpx.get(f"{web.url}/health").json() == {"status": "ok", "turns": "ok"}
    well = dict.fromkeys(("status", "database", "migrations", "turns", "process", "rasa"), "ok")
    assert httpx.get(f"{web.url}/ready").json() == well
