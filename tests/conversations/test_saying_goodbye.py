"""The end of a conversation that needed no person: how did we do, once, and only when something was done."""

from tests.conversations.customer import Customer

RATINGS = ["rating=3", "rating=2", "rating=1"]


def test_who_says_goodbye_is_asked_once_how_it_was(customer: Customer) -> None:
    customer.say("hello")
    assert not customer.say("thank you")[0]["choices"]
    customer.say("bye")
    assert not customer.choices()
    customer.say("how many days do I have to return something?")
    customer.say("goodbye")
    assert list(customer.choices()) == RATINGS
    assert "Goodbye" in customer.text()
    assert customer.choose("rating=3")[0]["text"].startswith("Thank you")
    assert customer.owner == "bot"
    customer.say("goodbye")
    assert not customer.choices()


def test_in_the_middle_of_a_request_thanks_are_no_end(customer: Customer) -> None:
    customer.say("I want to return my toothbrush")
    customer.say("thank you")
    assert not set(RATINGS) & set(customer.choices())


def test_a_goodbye_in_the_middle_asks_nothing_and_one_tap_goes_on(customer: Customer) -> None:
    customer.say("I want to return my toothbrush")
    asked = customer.question()
    customer.say("ok bye")
    assert customer.question() is None, customer.transcript()
    assert "kept" in customer.text()
    assert list(customer.choices()) == ["intent=greet"]
    customer.choose("intent=greet")
    assert customer.question() == asked, customer.transcript()
    customer.say("goodbye")
    customer.say("do you also sell batteries?")  # whatever is said, the question is there again
    assert customer.question() == asked, customer.transcript()
