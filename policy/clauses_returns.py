"""The returns document in our words, in its order."""

from __future__ import annotations

from typing import Final

from policy.clause import Clause

RETURNS: Final = (
    Clause(
        "R.window",
        "You have {return_window_days} days from the day your parcel was delivered to ask for a return or an exchange.",
        ("returns.delivered", "returns.in_window", "dates.return_until"),
    ),
    Clause(
        "R.channel",
        "We can take back, swap or cancel only what was bought on the official SOOCAS website.",
        ("channels.bought_officially",),
    ),
    Clause(
        "R.unused",
        "The item has to be unused and as good as new, so that somebody else could still buy it.",
        ("returns.as_new", "returns.wrong_item", "returns.missing_accessories"),
    ),
    Clause(
        "R.complete",
        "Please send everything that came with it: accessories, booklets, tags, gifts and every bit of packaging.",
        ("returns.as_new", "reasons.return_reasons"),
    ),
    Clause("R.refuse.1", "Without its complete packaging we cannot take an item back.", ("returns.as_new",)),
    Clause(
        "R.refuse.2",
        "We cannot take back what was used, damaged, soiled or lost, or what has parts missing.",
        ("returns.lost", "returns.as_new", "causes.natural_cause", "inspection.decide_inspected"),
    ),
    Clause(
        "R.refuse.3",
        "We cannot take an item back while labels, instructions, accessories or an issued invoice are missing.",
        ("returns.as_new",),
    ),
    Clause(
        "R.gift",
        "If you keep a gift that came with the order, its full value comes off your refund.",
        ("returns.gift", "money.kept_gift"),
    ),
    Clause(
        "R.pack",
        "Please pack the item firmly in its own box: what is lost or damaged on the way to us is not our liability.",
        ("reasons.return_reasons",),
    ),
    Clause(
        "R.one-parcel",
        "Please send everything you return from one order together, in one parcel; we may turn down split parcels.",
        ("reasons.return_reasons",),
    ),
    Clause(
        "R.freight.soocas",
        "Because the fault is ours, we pay the shipping, both back to us and out to you again.",
        ("freight.freight_of",),
    ),
    Clause(
        "R.freight.customer",
        "Because the item is fine and simply not what you like, the shipping is yours to pay.",
        ("freight.freight_of",),
    ),
    Clause(
        "R.refund",
        "Once the item has passed our check, you get the price of what you sent back. This happens once per order.",
        ("returns.not_refunded", "reasons.return_reasons", "money.refund_of"),
    ),
    Clause(
        "R.failed",
        "If the item does not pass our check, nothing is refunded. You then have {goods_back_request_days} days to ask "
        "for it back, as it reached us and to the address you name; that shipping and its risk are yours.",
        ("reasons.return_reasons", "deadlines.approved_deadlines", "inspection.decide_inspected"),
    ),
    Clause(
        "R.process.1",
        "To open a return we need your order number, the reason, and photos of the item.",
        ("evidence.evidence_of",),
    ),
    Clause(
        "R.process.2",
        "You will hear from us within {answer_earliest_working_days} to {answer_latest_working_days} working days.",
        ("reasons.return_reasons", "reasons.warranty_reasons", "reasons.cancel_reasons", "dates.review_by"),
    ),
    Clause(
        "R.process.3",
        "Once we have said yes, please send the item by express within {ship_within_days} days, with the packing list "
        "and the invoice, if you got one.",
        ("reasons.return_reasons", "deadlines.approved_deadlines"),
    ),
    Clause(
        "R.process.4",
        "Our warehouse checks the item, then what you really paid goes back, less any agreed deductions.",
        ("money.refund_of",),
    ),
    Clause(
        "R.process.5",
        "We tell you when the item has arrived and passed our check; the refund is started within "
        "{refund_starts_within_working_days} working days of that.",
        ("deadlines.approved_deadlines",),
    ),
    Clause(
        "R.process.6",
        "The money goes back the way you paid. With a card, the bank may need another {card_earliest_days} to "
        "{card_latest_days} business days.",
        ("deadlines.approved_deadlines",),
    ),
    Clause(
        "R.exchange.same",
        "An exchange is for the same item only; another colour of it is fine.",
        ("returns.same_item", "returns.exchange_rules", "reasons.return_reasons"),
    ),
    Clause(
        "R.exchange.once",
        "An item can be exchanged once.",
        ("returns.first_exchange", "returns.is_exchanged", "reasons.return_reasons"),
    ),
    Clause(
        "R.cancel.by-soocas",
        "We may have to cancel an order before it is delivered, and then refund it as soon as we can. An order that "
        "was refunded in full cannot be cancelled once more.",
        ("cancel.not_refunded",),
    ),
    Clause(
        "R.cancel.by-customer",
        "You can change or cancel an order until {cancel_hours} hours before it is delivered.",
        ("cancel.not_delivered", "cancel.in_time", "reasons.cancel_reasons"),
    ),
    Clause(
        "R.hours",
        "Our people answer between 6:30 pm and 4:00 am Pacific time.",
        decides_nothing="a request counts from the moment it is made, whether or not somebody is there to read it",
    ),
    Clause(
        "R.amend",
        "The terms may change by a notice on the website; your answer says which version it was given under.",
        ("decision.decide",),
    ),
)
