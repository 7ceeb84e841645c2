"""Proving an order: number plus e-mail or postcode, and how often one may be wrong."""

from datetime import timedelta

import pytest
from django import db
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from support.orders.models import Order, ProofAttempt
from support.orders.services import (
    OrderNotFound,
    OrdersUnavailable,
    ProofFailed,
    TooManyAttempts,
    find_like_proven,
    find_proven,
    prove_order,
    proven_in,
)
from tests.orders.samples import DANA, NOW, bring_one

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def danas_order(tmp_path):
    bring_one(tmp_path)


def fail(conversation, number="SC10234", proof="eve@example.com", now=NOW):
    """The exception that a wrong attempt raises."""
    with pytest.raises((ProofFailed, TooManyAttempts)) as caught:
        prove_order(conversation, number, proof, now)
    return caught.value


@pytest.mark.parametrize("number", ["SC10234", "#sc10234", "order 10234", " 10234"])
@pytest.mark.parametrize(
    "proof",
    [DANA, "DANA@Example.COM ", "my email is dana@example.com.", "<dana@example.com>", "94016", " 94 016",
     "zip code: 94016", "94016-1234"],
)  # fmt: skip
def test_number_and_proof_are_taken_however_they_are_typed(number, proof):
    assert prove_order("c1", number, proof, NOW).number == "SC10234"


@pytest.mark.parametrize("stored", ["sw1a 1aa", "SW1A1AA", "SW1A-1AA"])
def test_a_british_postcode_is_compared_without_spaces_and_case(tmp_path, stored):
    bring_one(tmp_path, postcode=stored, country="GB")
    assert prove_order("c1", "10234", "Sw1a  1aA", NOW)


@pytest.mark.parametrize(
    "proof",
    ["", " ", "eve@example.com", "dana@example.co", "adana@example.com", "9401", "94016 94017", "@", "%", "\x00"],
)
def test_anything_else_is_no_proof(proof):
    assert fail("c1", proof=proof).attempts_left == 4


@pytest.mark.parametrize("proof", ["", " ", "none", "null", "-", "zip code"])
def test_an_order_without_email_and_postcode_is_proven_by_nothing(tmp_path, proof):
    bring_one(tmp_path, email=None, postcode=None)
    assert isinstance(fail("c1", proof=proof), ProofFailed)


def test_another_customers_email_does_not_open_it(tmp_path):
    bring_one(tmp_path, number="SC777", email="eve@example.com", postcode="10001")
    assert isinstance(fail("c1", proof="10001"), ProofFailed)


@pytest.mark.parametrize("number", ["SC99999", "114-1234567-7654321", "no idea", ""])
def test_a_wrong_number_looks_like_a_wrong_proof(number):
    wrong_proof, wrong_number = fail("c1"), fail("c2", number=number, proof=DANA)
    assert (type(wrong_proof), str(wrong_proof)) == (type(wrong_number), str(wrong_number))


def test_a_wrong_number_costs_the_same_queries_as_a_wrong_proof():
    with CaptureQueriesContext(connection) as wrong_proof:
        fail("c1")
    with CaptureQueriesContext(connection) as wrong_number:
        fail("c2", number="SC99999", proof=DANA)
    shapes = [
        [" ".join(query["sql"].split()[:3]) for query in queries if "SAVEPOINT" not in query["sql"]]
        for queries in (wrong_proof.captured_queries, wrong_number.captured_queries)
    ]
    assert len(shapes[0]) == 3
    assert shapes[0] == shapes[1]


def test_each_failure_says_how_many_are_left_and_the_fifth_goes_to_a_person():
    assert [fail("c1").attempts_left for _ in range(4)] == [4, 3, 2, 1]
    assert isinstance(fail("c1"), TooManyAttempts)


def test_after_the_fifth_failure_the_right_proof_comes_too_late():
    for _ in range(5):
        fail("c1")
    assert isinstance(fail("c1", proof=DANA), TooManyAttempts)
    assert prove_order("c2", "SC10234", DANA, NOW)


def test_failures_at_different_numbers_count_together_in_one_conversation():
    for number in range(5):
        fail("c1", number=f"SC5000{number}")
    assert isinstance(fail("c1", proof=DANA), TooManyAttempts)


def test_a_right_proof_is_no_failure():
    for _ in range(9):
        assert prove_order("c1", "SC10234", DANA, NOW)
    assert fail("c1").attempts_left == 4


@pytest.mark.parametrize("number", ["SC10234", "SC99999", "my cat"])
def test_twenty_failures_in_an_hour_close_a_number_whether_it_exists_or_not(number):
    for turn in range(19):
        assert isinstance(fail(f"c{turn}", number), ProofFailed)
    assert isinstance(fail("c19", number), TooManyAttempts)
    assert isinstance(fail("c20", number, proof=DANA), TooManyAttempts)


@pytest.mark.parametrize(("minutes", "is_open"), [(59, False), (60, True), (61, True)])
def test_a_closed_number_opens_again_after_an_hour(minutes, is_open):
    for turn in range(20):
        fail(f"c{turn}")
    later = NOW + timedelta(minutes=minutes)
    if is_open:
        assert prove_order("c20", "SC10234", DANA, later)
    else:
        assert isinstance(fail("c20", proof=DANA, now=later), TooManyAttempts)


def test_knocking_at_a_closed_number_does_not_keep_it_closed():
    for turn in range(20):
        fail(f"c{turn}")
    for turn in range(30):
        fail(f"d{turn}", now=NOW + timedelta(minutes=30))
    assert prove_order("e", "SC10234", DANA, NOW + timedelta(minutes=61))


def test_what_was_typed_as_proof_is_not_kept():
    fail("c1", proof="eve@example.com")
    fail("c1", number="my card is 4111 1111 1111 1111", proof="12345")
    kept = str(list(ProofAttempt.objects.values_list()))
    assert all(text not in kept for text in ("eve", "12345", "4111", "card"))


def test_an_attempt_cannot_be_taken_back_by_a_transaction_around_it():
    with pytest.raises(RuntimeError), transaction.atomic():
        prove_order("c1", "SC10234", DANA, NOW)


def test_the_proven_order_is_what_the_shop_knows(tmp_path):
    order = prove_order("c1", "SC10234", DANA, NOW)
    assert order == find_proven("10234")
    assert str(order.purchased_on) == "2026-10-01"
    assert order.lines[0].serials == ("X3U2409A001234",)
    assert not [secret for secret in ("dana", "94016", "card") if secret in str(order.as_json())]


def test_find_proven_knows_no_other_number():
    with pytest.raises(OrderNotFound):
        find_proven("SC99999")


def broken(execute, sql, params, many, context):
    raise db.OperationalError("the server closed the connection unexpectedly")


@pytest.mark.parametrize("number", ["SC10234", "SC99999"])
def test_a_database_that_is_down_never_means_no_such_order(number):
    with connection.execute_wrapper(broken):
        with pytest.raises(OrdersUnavailable) as caught:
            prove_order("c1", number, DANA, NOW)
        with pytest.raises(OrdersUnavailable):
            find_proven(number)
    assert isinstance(caught.value.__cause__, db.OperationalError)


def test_after_a_new_import_only_the_new_address_proves_it(tmp_path):
    bring_one(tmp_path, email="dana.new@example.com")
    assert isinstance(fail("c1", proof=DANA), ProofFailed)
    assert prove_order("c1", "SC10234", "dana.new@example.com", NOW)


def test_another_order_of_the_same_address_needs_no_proof_and_counts_as_proven(tmp_path):
    bring_one(tmp_path, number="SC10299", email="Dana@Example.com", postcode="10115")
    assert find_like_proven("c1", "10299", "SC10234", NOW).number == "SC10299"
    assert proven_in("c1") == ("SC10299",)


@pytest.mark.parametrize("email", ["eve@example.com", "xdana@example.com"])
def test_an_order_of_another_address_is_not_shown_for_the_own_one(tmp_path, email):
    bring_one(tmp_path, number="SC10299", email=email, postcode="94016")
    with pytest.raises(OrderNotFound):
        find_like_proven("c1", "SC10299", "SC10234", NOW)
    assert not ProofAttempt.objects.exists()  # a miss shows nothing, and counts for nothing


@pytest.mark.parametrize("number", ["SC99999", "", "?"])
def test_what_is_no_order_is_none_of_the_same_address(number):
    with pytest.raises(OrderNotFound):
        find_like_proven("c1", number, "SC10234", NOW)


def test_orders_without_an_address_belong_to_nobody(tmp_path):
    for number in ("SC10298", "SC10299"):
        bring_one(tmp_path, number=number)
    Order.objects.update(email="")  # as an erasure leaves them
    with pytest.raises(OrderNotFound):
        find_like_proven("c1", "SC10299", "SC10298", NOW)
