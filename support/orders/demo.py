"""Orders of invented people, one for each door of the policy, dated from today so that every door stays open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from support.orders.json_lines import order_from_json
from support.orders.models import Order
from support.orders.storing import store_orders

SOURCE = "demo"
FIRST_NUMBER = 10234
PACIFIC = timezone(timedelta(hours=-7))


@dataclass(frozen=True)
class DemoOrder:
    """email, postcode: either proves it. what: the door that it opens, in a few words."""

    number: str
    email: str
    postcode: str
    what: str


def load_demo_orders(today: date) -> list[DemoOrder]:
    """Brings in the demo orders, or brings their dates up to today; the same again changes nothing else.

    today: best the date where a day ends last (UTC-12), as I.where reads a request's date: then "31 days ago" is too
    late for every customer. An order with such a number that is not ours stays as it is and is left out of the list.
    Raises django.db.Error.
    """
    orders = [_complete(place, order, today) for place, order in enumerate(_DOORS)]
    numbers = [order["number"] for order, _ in orders]
    taken = set(Order.objects.filter(number__in=numbers).exclude(source=SOURCE).values_list("number", flat=True))
    ours = [(order, what) for order, what in orders if order["number"] not in taken]
    store_orders([order_from_json(order) for order, _ in ours], SOURCE, _noon(today))
    return [DemoOrder(order["number"], order["email"], order["postcode"], what) for order, what in ours]


def demo_orders_to_try(count: int) -> list[DemoOrder]:
    """The first of the demo orders that are in the shop now; none where none were loaded. Raises django.db.Error."""
    whats = {f"SC{FIRST_NUMBER + place}": order["what"] for place, order in enumerate(_DOORS)}
    found = Order.objects.filter(source=SOURCE, number__in=whats).order_by("number")[:count]
    return [DemoOrder(order.number, order.email, order.postcode, whats[order.number]) for order in found]


def _line(name: str, sku: str, colour: str, price: str) -> dict[str, Any]:
    sku = f"{sku}-{colour[:3].upper()}"
    return {"sku": sku, "name": name, "colour": colour, "quantity": 1, "unit_price_paid": price}


# The import contract's keys; placed, delivered, due and replaced are days from today instead of dates.
# fmt: off
_BRUSH = _line("X3U Sonic Toothbrush", "X3U", "pink", "79.90")
_FLOSSER = _line("W3 Water Flosser", "W3", "white", "49.90")
_DOORS: tuple[dict[str, Any], ...] = (
    {"what": "delivered 10 days ago, two items, a gift", "email": "dana", "postcode": "94016", "delivered": 10,
     "expedited_fee": "12.00", "lines": [_BRUSH | {"serials": ["X3U2409A001234"]}, _FLOSSER],
     "gifts": [{"name": "Travel case", "value": "10.00"}]},
    {"what": "delivered 31 days ago: a day too late to return", "email": "eli", "postcode": "10001",
     "delivered": 31},
    {"what": "delivered 20 days ago, one item", "email": "farah", "postcode": "60614", "delivered": 20},
    {"what": "delivered 11 months ago: warranty", "email": "goran", "postcode": "98101", "delivered": 332},
    {"what": "bought 13 months ago: warranty over", "email": "hana", "postcode": "73301", "placed": 400,
     "delivered": 395},
    {"what": "exchanged once, delivered 8 days ago", "email": "ivo", "postcode": "02108", "delivered": 8,
     "lines": [_BRUSH | {"exchanges_made": 1, "serials": ["X3U2409A004711"]}]},
    {"what": "on its way, due in 4 days", "email": "jun", "postcode": "80202", "placed": 2, "due": 4},
    {"what": "on its way, due in 2 days: too late to cancel", "email": "kira", "postcode": "33101", "placed": 3,
     "due": 2},
    {"what": "bought at an authorized dealer", "email": "luca", "postcode": "97201", "delivered": 12,
     "channel": "authorized_dealer"},
    {"what": "bought in the Amazon store", "email": "mina", "postcode": "30301", "delivered": 9,
     "channel": "amazon_store"},
    {"what": "delivered, nobody knows when", "email": "nils", "postcode": "85001", "placed": 15,
     "delivered": True},
    {"what": "bought 14 months ago, replaced a month ago", "email": "olga", "postcode": "19103", "placed": 425,
     "delivered": 420, "lines": [_BRUSH | {"replaced": 30}]},
    {"what": "two of the same item, delivered 6 days ago", "email": "pavel", "postcode": "55401", "delivered": 6,
     "lines": [_FLOSSER | {"quantity": 2}]},
    {"what": "fully refunded", "email": "quinn", "postcode": "37201", "delivered": 18, "fully_refunded": True},
    {"what": "one item was free, delivered 14 days ago", "email": "rosa", "postcode": "48201", "delivered": 14,
     "lines": [_BRUSH, _line("Brush heads, two", "H2", "white", "0.00") | {"free": True}]},
)
# fmt: on


def _complete(place: int, order: Mapping[str, Any], today: date) -> tuple[dict[str, Any], str]:
    """The order as the import contract has it, and which door it opens."""
    given = dict(order)
    what, delivered, due = given.pop("what"), given.pop("delivered", None), given.pop("due", None)
    placed = given.pop("placed", None) or delivered + 5
    happened = {
        "placed_at": _at(today - timedelta(days=placed)),
        "delivered": delivered is not None,
        "delivered_at": None if delivered is None or delivered is True else _at(today - timedelta(days=delivered)),
        "delivery_due_at": None if due is None else _due(today, due),
    }
    lines = [_replaced(line, today) for line in given.pop("lines", [_BRUSH])]
    fixed = {"number": f"SC{FIRST_NUMBER + place}", "channel": "official_website", "country": "US", "currency": "USD",
             "invoice_issued": True, "payment": "card"}  # fmt: skip
    return fixed | given | happened | {"lines": lines, "email": f"{given['email']}@example.com"}, what


def _replaced(line: Mapping[str, Any], today: date) -> dict[str, Any]:
    given = dict(line)
    days = given.pop("replaced", None)
    return given if days is None else given | {"replaced_on": (today - timedelta(days=days)).isoformat()}


def _at(day: date) -> str:
    return datetime.combine(day, time(11, 2), PACIFIC).isoformat()


def _due(today: date, days: int) -> str:
    """In so many days, at an hour that stays on its side of the 72 hours all day long, wherever the customer is."""
    hour = time(20) if days >= 4 else time(6)
    return datetime.combine(today + timedelta(days=days), hour, timezone.utc).isoformat()


def _noon(today: date) -> datetime:
    return datetime.combine(today, time(12), timezone.utc)
