"""Which slot holds which fact: the fact's name with underscores."""

CLAIM_CHOICES = (
    "claim.reason",
    "claim.unused",
    "claim.packaging_complete",
    "claim.contents_complete",
    "claim.gift_returned",
    "claim.exchange_for",
    "claim.remedy",
    "claim.damage_cause",
    "claim.troubleshooting_done",
)
CLAIM_FACTS = (*CLAIM_CHOICES, "claim.item_country", "claim.issued_on")
YES_NO = frozenset(
    {
        "order.delivered",
        "claim.unused",
        "claim.packaging_complete",
        "claim.contents_complete",
        "claim.gift_returned",
        "claim.troubleshooting_done",
    }
)
DATES = frozenset({"order.delivered_on", "claim.issued_on"})
EVIDENCE = ("evidence.serial_number", "evidence.defect_description", "evidence.photos")
ORDER_FACTS = ("order.channel", "order.delivered", "order.delivered_on")
QUESTIONS = (
    "request",
    "order.number",
    "order.email",
    "order.lines",
    *ORDER_FACTS,
    *CLAIM_FACTS,
    *EVIDENCE,
    "confirm",
    "change",
)

NOT_FOUND = "none"  # evidence.serial_number: the customer looked and cannot find it
UNSURE = "unsure"
ELSEWHERE = "elsewhere"  # not where the question supposed; the next answer says where


def slot_of(fact: str) -> str:
    """The slot of a fact: slot_of("claim.unused") is "claim_unused"."""
    return fact.replace(".", "_")


SLOT_FACTS = {slot_of(fact): fact for fact in QUESTIONS}

# What belongs to one item; cleared when the next one begins.
ITEM_SLOTS = (
    "order_lines",
    "item_name",
    "told",
    "offered",
    "date_readings",
    "wanted_colour",
    "serial_tried",
    "settled",
    "order_delivered",
    "order_delivered_on",
    *(slot_of(fact) for fact in CLAIM_FACTS),
    *(slot_of(fact) for fact in EVIDENCE),
)
# What is kept of an item while others are talked about: its way may be another than theirs.
KEPT_SLOTS = ("request", *ITEM_SLOTS)
# What belongs to one request; cleared when it is finished.
REQUEST_SLOTS = (
    "request",
    "order_number",
    "order_email",
    "order_channel",
    "order",
    "mentions",
    "waiting_lines",
    "ahead",
    "items",
    "refused",
    "refused_item",
    "confirm",
    "change",
    "wants_status",
    "tried_number",
    *ITEM_SLOTS,
)
