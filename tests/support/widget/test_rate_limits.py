"""Limits are generous, say when to come back, and change nothing that is stored."""

import httpx
import pytest
from test_chat_api import error_of
from test_photo_api import picture
from web_server import Customer

from support.widget.limits import Limit


def test_as_many_at_once_as_written_then_one_after_the_other():
    limit = Limit("3/30")
    assert [limit.wait_s("a", 100) for _ in range(3)] == [0, 0, 0]
    assert limit.wait_s("a", 100) == pytest.approx(10)
    assert limit.wait_s("b", 100) == 0
    assert limit.wait_s("a", 109.9) > 0
    assert limit.wait_s("a", 110.1) == 0


def test_zero_is_no_limit():
    limit = Limit("0")
    assert not any(limit.wait_s("a", 1) for _ in range(1000))


@pytest.mark.parametrize("written", ["", "x", "5", "5/0", "-1/5", "5/5/5", "1.5/2"])
def test_a_badly_written_limit_is_refused(written):
    with pytest.raises(ValueError, match="count/seconds"):
        Limit(written)


def test_old_keys_are_forgotten():
    limit = Limit("1/1")
    limit.KEPT = 10
    for number in range(100):
        limit.wait_s(str(number), number * 10)
    assert len(limit.full_until) <= 11


def test_too_many_is_429_with_the_time_to_wait(own):
    rasa, make = own
    rasa.start()
    web = make(SUPPORT_LIMIT_MESSAGES="2/20", SUPPORT_LIMIT_CONVERSATIONS="2/20", SUPPORT_LIMIT_PHOTOS="0")
    customer, other = Customer(web.url), Customer(web.url)
    assert [customer.post(text="a").status_code for _ in range(2)] == [202, 202]
    response = customer.post(text="a")
    assert error_of(response) == (429, "too_many", None)
    assert 1 <= int(response.headers["Retry-After"]) <= 10
    assert other.post(text="a").status_code == 202
    assert len(customer.settled()) == 4
    assert error_of(customer.http.post("/conversations")) == (429, "too_many", None)


@pytest.fixture
def limited(own):
    """A web process behind one proxy of ours, with limits that are soon reached."""
    rasa, make = own
    rasa.start()
    return make(
        SUPPORT_PROXIES="1",
        SUPPORT_LIMIT_REQUESTS="6/60",
        SUPPORT_LIMIT_PHOTOS="2/60",
        SUPPORT_LIMIT_PHOTOS_OF_ADDRESS="3/60",
    )


def seen_by_the_proxy(address: str, written_by_the_client: str = "") -> dict[str, str]:
    """The header as our proxy sends it on: what the client wrote, and then where it really is."""
    return {"X-Forwarded-For": ", ".join(filter(None, [written_by_the_client, address]))}


def test_each_address_has_its_own_share_and_cannot_pretend_to_be_another(limited):
    url = f"{limited.url}/chat/api/openapi.json"
    for number in range(6):
        headers = seen_by_the_proxy("203.0.113.1", f"198.51.100.{number}")
        assert httpx.get(url, headers=headers).status_code == 200
    refused = httpx.get(url, headers=seen_by_the_proxy("203.0.113.1", "198.51.100.99"))
    assert error_of(refused) == (429, "too_many", None)
    assert 1 <= int(refused.headers["Retry-After"]) <= 10
    assert httpx.get(url, headers=seen_by_the_proxy("203.0.113.2")).status_code == 200


def test_photos_are_counted_by_conversation_and_by_address(limited):
    def customer(address: str) -> Customer:
        made = Customer(limited.url)
        made.http.headers.update(seen_by_the_proxy(address))
        return made

    first, second = customer("203.0.113.3"), customer("203.0.113.3")
    assert [first.upload(picture()).status_code for _ in range(3)] == [201, 201, 429]
    assert [second.upload(picture()).status_code for _ in range(2)] == [201, 429]
    assert customer("203.0.113.4").upload(picture()).status_code == 201
