"""A goal made flesh: an order with a number and dates, an address, and the facts the policy would decide from."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from tests.customers.goals import Bought, Goal, Thing

NAMES = ("dana", "eli", "farah", "goran", "hana", "ivo", "jun", "kira", "luca", "mina", "nils", "olga", "pavel")
POSTCODES = {"US": ("94016", "10001", "60614"), "DE": ("10115", "80331", "50667")}
WISHES = {"return": "refund", "exchange": "replacement"}  # what they prefer if the warranty takes over
SHOP_ZONE, FURTHER_WEST = "America/New_York", "America/Los_Angeles"
LAST_HOUR = 23


@dataclass(frozen=True)
class Persona:
    """One customer. place: which of all customers, so that no two share an order. now: an instant with a zone."""

    goal: Goal
    place: int
    now: datetime

    @cached_property
    def dice(self) -> random.Random:
        """What is invented of them; their manner has its own."""
        return random.Random(f"{self.goal.name}/{self.place}")

    @property
    def bought(self) -> Bought | None:
        return self.goal.bought if isinstance(self.goal.bought, Bought) else None

    @property
    def number(self) -> str:
        return f"SC{70001 + self.place}"

    @property
    def email(self) -> str:
        return f"{NAMES[self.place % len(NAMES)]}.{self.place}@example.com"

    @property
    def country(self) -> str:
        return self.bought.country if self.bought else "US"

    @property
    def postcode(self) -> str:
        postcodes = POSTCODES[self.country]
        return postcodes[self.place % len(postcodes)]

    @property
    def timezone(self) -> str:
        """Where they live; not where the day ends while they talk, since a last day would be over then."""
        zone = self.bought.timezone if self.bought else SHOP_ZONE
        ends = zone == SHOP_ZONE and self.now.astimezone(ZoneInfo(zone)).hour == LAST_HOUR
        return FURTHER_WEST if ends else zone

    @property
    def today(self) -> date:
        """The date on this customer's own calendar."""
        return self.now.astimezone(ZoneInfo(self.timezone)).date()

    @property
    def serial(self) -> str:
        return f"X3U2409A{self.place:06}"

    def day(self, days_ago: int) -> date:
        return self.today - timedelta(days=days_ago)

    def order(self) -> dict[str, Any] | None:
        """The order as the import takes it; None when they bought elsewhere."""
        bought = self.bought
        if bought is None:
            return None
        delivered = isinstance(bought.delivered, int)
        placed = bought.placed if bought.placed is not None else bought.delivered + 5
        return {
            "number": self.number,
            "email": f"not.{self.email}" if self.goal.cannot_prove else self.email,
            "postcode": "99999" if self.goal.cannot_prove else self.postcode,
            "channel": bought.channel,
            "country": bought.country,
            "currency": bought.currency,
            "placed_at": self._at(self.day(placed)),
            "delivered": bought.delivered is not None,
            "delivered_at": self._at(self.day(bought.delivered)) if delivered else None,
            "delivery_due_at": None if bought.due is None else self._at(self.day(-bought.due)),
            "expedited_fee": "12.00",
            "invoice_issued": True,
            "payment": "card",
            "fully_refunded": bought.refunded,
            "lines": [self._line(line) for line in bought.lines],
            "gifts": list(bought.gifts),
        }

    def shop_facts(self, thing: Thing, gift_is_counted: bool = False) -> dict[str, Any]:
        """What the shop knows about this thing, in the keys of the decision contract."""
        order = self.order()
        if order is None:
            return {}
        bought, cancels = self.bought, self.goal.wish == "cancel"
        line = order["lines"][thing.line]
        lines = order["lines"] if cancels else [line | {"quantity": thing.pieces}]
        price = sum(Decimal(one["unit_price_paid"]) * one["quantity"] for one in lines)
        gifts = Decimal(0) if gift_is_counted else sum((Decimal(gift["value"]) for gift in bought.gifts), Decimal(0))
        known = {
            "order.channel": bought.channel,
            "order.country": bought.country,
            "order.purchased_on": order["placed_at"][:10],
            "order.delivered": order["delivered"],
            "order.delivered_on": order["delivered_at"] and order["delivered_at"][:10],
            "order.delivery_due_at": None if order["delivered"] else order["delivery_due_at"] or "none",
            "order.currency": bought.currency,
            "order.price_paid": f"{price:.2f}",
            "order.expedited_fee": "12.00",
            "order.gift_value": f"{gifts:.2f}",
            "order.free_product": line["free"],
            "order.exchanges_made": line["exchanges_made"],
            "order.fully_refunded": bought.refunded,
            "order.replaced_on": line["replaced_on"] or "none",
            "order.invoice_issued": True,
            "claim.proof_of_purchase": True,
        }
        return {name: value for name, value in known.items() if value is not None}

    def truth(self, thing: Thing) -> dict[str, Any]:
        """What this customer would answer about this thing, fact by fact, in the values of the decision contract."""
        truth = dict(thing.truth)
        if truth["claim.item_country"] == "same":
            truth["claim.item_country"] = self.country
        if isinstance(truth["claim.issued_on"], int):
            truth["claim.issued_on"] = self.day(truth["claim.issued_on"]).isoformat()
        if self.bought is None:
            truth["order.channel"] = self.goal.bought
        if self.goal.arrived is not None:
            arrived = self.goal.arrived
            truth["order.delivered_on"] = self.day(arrived).isoformat() if isinstance(arrived, int) else arrived
        truth["evidence.serial_number"] = self.serial if truth["evidence.serial_number"] == "known" else "none"
        return truth

    def setting(self) -> dict[str, Any]:
        """When and where they ask."""
        return {"now": self.now.isoformat(), "customer_timezone": self.timezone}

    def _at(self, day: date) -> str:
        return datetime.combine(day, time(12), ZoneInfo(self.timezone)).isoformat()

    def _line(self, line: Mapping[str, Any]) -> dict[str, Any]:
        given = dict(line)
        replaced = given.pop("replaced", None)
        known = {"quantity": 1, "free": False, "serials": [self.serial], "exchanges_made": 0}
        return known | {"replaced_on": None if replaced is None else self.day(replaced).isoformat()} | given
