"""Every question about the policy that has an answer of its own: its clauses, what of one's own order belongs to it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    """One answer. own: the function of actions.own_facts that adds the customer's own dates and amounts.

    ways: the requests that are offered with it as buttons where nothing is asked already.
    """

    clauses: tuple[str, ...]
    own: str = ""
    ways: tuple[str, ...] = ()


RETURN, SWAP, CLAIM, CANCEL = ("return",), ("exchange",), ("warranty",), ("cancel",)
EXCLUSIONS = tuple(f"W.exclude.{number}" for number in range(1, 10))

TOPICS: dict[str, Topic] = {
    "returns": Topic(("R.window", "R.unused", "R.complete", "R.channel"), "request_by", RETURN),
    "return_window": Topic(("R.window", "I.days"), "request_by", RETURN),
    "day_one": Topic(("R.window", "I.days"), "request_by", RETURN),
    "time_zone": Topic(("I.where",)),
    "delivery_date": Topic(("I.delivery-date",), "delivered_on"),
    "used": Topic(("R.unused", "R.refuse.2", "I.fault-beats-condition"), "", RETURN),
    "packaging": Topic(("R.refuse.1", "R.complete"), "", RETURN),
    "accessories": Topic(("R.complete", "R.refuse.3"), "invoice", RETURN),
    "gift": Topic(("R.gift",), "gift", RETURN),
    "packing": Topic(("R.pack",)),
    "parcels": Topic(("R.one-parcel",)),
    "part_of_order": Topic(("R.refund", "R.one-parcel"), "", RETURN),
    "return_steps": Topic(("R.process.1", "R.process.2", "R.process.3", "R.process.5"), "", RETURN),
    "send_by": Topic(("R.process.3",)),
    "return_address": Topic(("R.process.3", "W.freight.2")),
    "send_now": Topic(("R.process.1", "W.freight.2", "W.freight.5")),
    "inspection_failed": Topic(("R.failed",)),
    "lost_on_the_way": Topic(("R.pack", "W.label")),
    "reasons": Topic(("R.freight.customer", "R.process.1", "I.other-reason"), "", RETURN),
    "fault_and_used": Topic(("I.fault-beats-condition", "W.remedy", "R.freight.soocas"), "", CLAIM),
    "arrived_damaged": Topic(("I.damaged-on-arrival", "R.freight.soocas"), "", RETURN),
    "wrong_or_missing": Topic(("R.freight.soocas", "R.unused"), "", RETURN),
    "lost_item": Topic(("R.refuse.2", "W.exclude.2")),
    "bought_elsewhere": Topic(("R.channel", "W.period", "W.dealer")),
    "amazon": Topic(("I.amazon",), "", RETURN),
    "dealer": Topic(("W.dealer",)),
    "photos": Topic(("R.process.1", "W.apply")),
    "review": Topic(("I.review", "R.process.2")),
    "not_sure": Topic(("I.unsure",)),
    "version": Topic(("R.amend",)),
    "refund_time": Topic(("R.process.5", "R.process.6")),
    "refund_way": Topic(("R.process.6",)),
    "refund_amount": Topic(("R.refund", "R.process.4", "R.gift", "I.expedited"), "refund"),
    "expedited_fee": Topic(("R.refund", "I.expedited"), "expedited_fee"),
    "told_on_arrival": Topic(("R.process.5",)),
    "freight": Topic(("R.freight.soocas", "R.freight.customer", "W.freight.3"), "freight", ("return", "exchange")),
    "freight_fault": Topic(("R.freight.soocas", "W.freight.3"), "freight"),
    "freight_wish": Topic(("R.freight.customer",), "freight"),
    "freight_exchange": Topic(("R.freight.soocas", "R.freight.customer"), "freight", SWAP),
    "found_working": Topic(("W.freight.3",)),
    "freight_abroad": Topic(("W.freight.1", "W.freight.4")),
    "label": Topic(("W.label",)),
    "exchanges": Topic(("R.exchange.same", "R.exchange.once", "R.window"), "request_by", SWAP),
    "exchange_once": Topic(("R.exchange.once",), "exchanges_made"),
    "other_item": Topic(("R.exchange.same",), "", ("return", "exchange")),
    "other_colour": Topic(("R.exchange.same", "R.exchange.once", "R.freight.customer"), "request_by", SWAP),
    "exchange_order": Topic(("R.exchange.same", "R.process.3", "R.process.4"), "", SWAP),
    "warranty": Topic(("W.period", "W.cover", "W.remedy"), "warranty_until", CLAIM),
    "warranty_period": Topic(("W.period", "I.days"), "warranty_until", CLAIM),
    "warranty_over": Topic(("W.exclude.3", "W.claim-window"), "warranty_until"),
    "exclusions": Topic((*EXCLUSIONS, "I.water"), "", CLAIM),
    "dropped": Topic(("W.exclude.8", "W.exclude.7", "W.cover")),
    "water": Topic(("I.water", "W.exclude.8"), "", CLAIM),
    "repaired": Topic(("W.exclude.6",)),
    "abroad": Topic(("W.country", "I.abroad", "W.freight.1"), "country", CLAIM),
    "proof": Topic(("W.need.proof", "W.proof.order", "W.proof.invoice", "W.proof.more", "W.exclude.1"), "proof"),
    "owner": Topic(("W.apply",), "", CLAIM),
    "free_items": Topic(("W.exclude.5",), "free_item"),
    "after_replacement": Topic(("W.after-replacement",), "warranty_until"),
    "after_refund": Topic(("W.after-refund",)),
    "claim_window": Topic(("W.claim-window",), "", CLAIM),
    "claim_steps": Topic(("W.apply", "W.need.defect", "W.need.troubleshooting", "W.need.inspection"), "", CLAIM),
    "remedy": Topic(("W.remedy",), "", CLAIM),
    "first_steps": Topic(("W.need.troubleshooting",)),
    "serial_number": Topic(("W.need.defect",)),
    "inspection": Topic(("W.need.inspection", "W.freight.2")),
    "right_item": Topic(("W.need.right-item",)),
    "no_defect": Topic(("W.cover", "W.exclude.4", "R.window"), "request_by", RETURN),
    "cancelling": Topic(("R.cancel.by-customer",), "cancel_until", CANCEL),
    "changing": Topic(("R.cancel.by-customer",), "cancel_until"),
    "no_estimate": Topic(("I.no-estimate",), "", CANCEL),
    "cancelled_by_us": Topic(("R.cancel.by-soocas",)),
    "authenticity": Topic(("R.channel", "W.unauthorized")),
    "unofficial_seller": Topic(("W.unauthorized", "W.exclude.9")),
    "hours": Topic(("R.hours",)),
    "contact": Topic(("R.process.1", "R.process.2", "R.hours")),
    "answer_time": Topic(("R.process.2", "I.working-days")),
    "working_days": Topic(("I.working-days",)),
    "unsettled": Topic(()),
    "data": Topic(()),
}

# What an intent asks about where the topic is not clear.
TOPIC_OF = {
    "ask_return_policy": "returns",
    "ask_exchange_policy": "exchanges",
    "ask_warranty_policy": "warranty",
    "ask_freight": "freight",
    "ask_refund_time": "refund_time",
    "ask_hours": "hours",
    "ask_authenticity": "authenticity",
    "change_order": "changing",
}
