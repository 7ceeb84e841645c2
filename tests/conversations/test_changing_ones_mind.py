"""Corrections at any time, another thing, another order, a second request."""

from datetime import datetime, timedelta

from tests.conversations.customer import Customer
from tests.conversations.shop import EMAIL, Shop, line

BRUSH_AND_HEADS = [
    line(),
    line(sku="H2-WHI", name="Brush heads, two", colour="white", unit_price_paid="9.90", serials=[]),
]
FINE = {f"claim.{name}": True for name in ("unused", "packaging_complete", "contents_complete")} | {
    "evidence.photos": 1
}


def five_days_ago(shop: Shop, today: datetime, **given) -> str:
    return shop.sells(today - timedelta(days=9), delivered_at=today - timedelta(days=5), **given)


def test_not_the_pink_one_is_the_other_one(customer: Customer, shop: Shop, today: datetime) -> None:
    number = five_days_ago(shop, today, lines=BRUSH_AND_HEADS)
    customer.say(f"return order {number}, {EMAIL}, I changed my mind")
    customer.say("the pink toothbrush")
    assert "Brush heads" in customer.say("not the pink one")[0]["text"]
    assert "X3U" in customer.say("sorry, I meant the toothbrush")[0]["text"]
    customer.answer_all(FINE)
    assert customer.question() == "confirm", customer.transcript()
    assert "Brush heads" in customer.say("no, not the toothbrush, the brush heads")[0]["text"]
    customer.answer_all(FINE | {"confirm": "yes"})
    assert [item["lines"] for item in shop.cases(number)[0]["items"]] == [[[1, 1]]]


def test_several_facts_corrected_at_the_summary_are_decided_again(
    customer: Customer, shop: Shop, today: datetime
) -> None:
    number = five_days_ago(shop, today)
    customer.say(f"return order {number}, {EMAIL}, I changed my mind")
    customer.answer_all(FINE)
    said = customer.say("sorry: the box is gone and I used it twice")
    assert "changed" in said[0]["text"]
    assert {"R.unused", "R.refuse.1"} <= customer.cited()
    customer.say("actually it is unused, and I still have the box")
    assert customer.question() == "confirm"
    said = customer.say("actually I did use it")
    assert "whether it was used" in said[0]["text"]
    assert shop.cases(number) == []


def test_actually_never_opened_takes_back_a_refusal(customer: Customer, shop: Shop, today: datetime) -> None:
    number = five_days_ago(shop, today)
    customer.say(f"return order {number}, {EMAIL}, I changed my mind")
    customer.answer("claim.unused", False)
    assert "R.unused" in customer.cited()
    customer.say("actually I never opened it")
    assert customer.question() == "claim.packaging_complete"


def test_sorry_it_was_another_order_keeps_the_wish(customer: Customer, shop: Shop, today: datetime) -> None:
    first, second = five_days_ago(shop, today), five_days_ago(shop, today)
    customer.say(f"return order {first}, {EMAIL}, I changed my mind")
    said = customer.say(f"sorry, it was order {second}")
    assert said[0]["text"] == "All right, I've changed the order."
    customer.say(EMAIL)
    customer.answer_all(FINE | {"confirm": "yes"})
    assert shop.cases(first) == []
    assert shop.cases(second)[0]["items"][0]["facts"]["request"]["value"] == "return"


def test_both_things_named_at_once_become_one_case(customer: Customer, shop: Shop, today: datetime) -> None:
    number = five_days_ago(shop, today, lines=BRUSH_AND_HEADS)
    customer.say(
        f"I want to return the toothbrush and the brush heads of {number}, {EMAIL}. How long does the refund take?"
    )
    assert "R.process.5" in customer.cited()
    assert customer.question() == "claim.reason"
    for _ in range(2):
        customer.answer("claim.reason", "changed_mind")
        customer.answer_all(FINE)
    assert customer.question() == "confirm", customer.transcript()
    customer.say("yes")
    assert len(shop.cases(number)[0]["items"]) == 2


def test_a_photo_sent_before_it_is_asked_for_is_kept(customer: Customer, shop: Shop, today: datetime) -> None:
    number = five_days_ago(shop, today)
    assert "kept your photo" in customer.send_photo()[0]["text"]
    customer.say(f"I changed my mind, return order {number}, {EMAIL}")
    customer.answer_all({name: value for name, value in FINE.items() if name != "evidence.photos"})
    assert customer.question() == "confirm", customer.transcript()
    assert "evidence.photos" not in customer.asked


def test_not_sure_is_taken_with_a_word_on_how_to_find_out(customer: Customer, shop: Shop, today: datetime) -> None:
    number = five_days_ago(shop, today)
    customer.say(f"return order {number}, {EMAIL}, I changed my mind")
    for fact in ("claim.unused", "claim.packaging_complete", "claim.contents_complete"):
        assert customer.question() == fact
        assert "find out" in customer.say("I don't know")[0]["text"]
    customer.answer_all({"evidence.photos": 1, "confirm": "yes"})
    case = shop.cases(number)[0]
    assert case["outcome"] == "needs_review"
    assert case["items"][0]["facts"]["claim.unused"]["value"] == "unsure"


def test_a_second_request_knows_nothing_of_the_first(customer: Customer, shop: Shop, today: datetime) -> None:
    number = five_days_ago(shop, today, lines=BRUSH_AND_HEADS)
    customer.say(f"return order {number}, {EMAIL}, I changed my mind")
    customer.say("the toothbrush")
    customer.answer_all(FINE | {"confirm": "yes"})
    customer.say("I'd also like to return something else")
    customer.choose(f"order.number={number}")
    assert "Brush heads" in customer.text()  # the toothbrush is in a case
    assert customer.question() == "claim.reason", customer.transcript()
    customer.say("the colour isn't nice in real life")
    assert customer.question() == "claim.unused"


def test_at_the_summary_the_box_the_reason_and_the_wish_can_change(
    customer: Customer, shop: Shop, today: datetime
) -> None:
    number = five_days_ago(shop, today)
    customer.say(f"return order {number}, {EMAIL}, I changed my mind")
    customer.answer_all(FINE)
    customer.say("no wait, exchange")
    customer.answer_all(FINE | {"claim.exchange_for": "same_item"})
    assert "Exchange:" in customer.text(), customer.transcript()
    customer.say("sorry, the reason is that it is broken")
    customer.answer_all(FINE | {"claim.damage_cause": "none"})
    assert "it doesn't work properly" in customer.text(), customer.transcript()
    customer.say("actually no, the reason is that I changed my mind")
    customer.say("wait, actually the box is damaged")
    assert "R.refuse.1" in customer.cited(), customer.transcript()
    assert shop.cases(number) == []


def test_who_pays_is_answered_for_what_was_summed_up(customer: Customer, shop: Shop, today: datetime) -> None:
    number = five_days_ago(shop, today)
    customer.say(f"return order {number}, {EMAIL}, I changed my mind")
    customer.answer_all(FINE)
    assert "In your case, you'd pay it." in customer.say("who pays the postage?")[0]["text"]
    assert customer.question() == "confirm"


def test_a_correction_after_a_refusal_goes_on_to_the_end(customer: Customer, shop: Shop, today: datetime) -> None:
    number = five_days_ago(shop, today)
    customer.say(f"return order {number}, {EMAIL}, I received a different model than I ordered")
    customer.say("I've been using it for a while")
    assert "R.unused" in customer.cited()
    customer.say("actually no, I have never used it")
    customer.answer_all(FINE | {"claim.packaging_complete": False, "confirm": "yes"})
    assert shop.cases(number)[0]["outcome"] == "needs_review"


def test_from_exchange_to_return_and_back(customer: Customer, shop: Shop, today: datetime) -> None:
    number = shop.sells(today - timedelta(days=9), delivered_at=today - timedelta(days=5))
    customer.say(f"exchange {number} {EMAIL}")
    assert customer.question() == "claim.exchange_for", customer.transcript()
    customer.say("actually I'd rather return it")
    assert customer.question() == "claim.reason", customer.transcript()
    customer.say("hmm no, exchange is fine")
    assert customer.question() == "claim.exchange_for", customer.transcript()


def test_another_colour_is_wanted_by_an_exchange(customer: Customer, shop: Shop, today: datetime) -> None:
    number = shop.sells(today - timedelta(days=9), delivered_at=today - timedelta(days=5))
    customer.say(f"{number} {EMAIL}")
    customer.say("a different colour")
    assert customer.question() == "claim.unused", customer.transcript()
