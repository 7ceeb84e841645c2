"""Limits are generous, say when to come back, and change nothing that is stored."""

import pytest
from test_chat_api import error_of
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
