"""What a person promises for one item: the policy's own answer, or theirs where the policy leaves it open."""

from typing import Any

from support.cases.models import CaseItem

REMEDIES = {"return": "refund", "cancel": "refund", "exchange": "exchange"}
PAYERS = ("soocas", "customer")


class BadRequest(ValueError):
    """An act that cannot be done like this. field: what has to be put right."""

    def __init__(self, field: str, what: str) -> None:
        super().__init__(f"{field}: {what}")
        self.field, self.what = field, what


def grant(item: CaseItem, remedy: str | None, freight: str | None, reason: str) -> dict[str, Any]:
    """The promise in the shape of CaseItem.granted. Raises BadRequest."""
    decision = item.decision
    if decision["outcome"] != "eligible" and not reason.strip():
        raise BadRequest("reason", f"the policy says {decision['outcome']}: say why it is granted all the same")
    if freight is not None and freight not in PAYERS:
        raise BadRequest("freight", f"{freight!r} pays nothing: soocas or customer")
    cancels = decision["route"] == "cancel"
    back = None if cancels else freight or decision["freight"]["return"]
    if back is None and not cancels:
        raise BadRequest("freight", "the policy leaves open who pays the shipping: soocas or customer")
    return {
        "remedy": remedy_of(item, remedy),
        "freight": {"return": back, "replacement": freight or decision["freight"]["replacement"]},
        "amount": amount_of(item),
    }


def remedy_of(item: CaseItem, wanted: str | None) -> str:
    """What the customer gets for this item. Raises BadRequest."""
    decision = item.decision
    usual = REMEDIES.get(decision["route"] or "")
    allowed = [usual] if usual else ["replacement", "refund"]
    if wanted is None:
        preferred = item.facts.get("claim.remedy", {}).get("value")
        return usual or (preferred if preferred in allowed else (decision["remedies"] or allowed)[0])
    if wanted not in allowed:
        raise BadRequest("remedy", f"{wanted!r} is not one of {', '.join(allowed)}")
    return wanted


def amount_of(item: CaseItem) -> str | None:
    """What a refund comes to: the policy's amount, else the price paid; None while that is unknown."""
    refund = item.decision["refund"]
    return refund["amount"] if refund else item.facts.get("order.price_paid", {}).get("value")


def currency_of(item: CaseItem) -> str | None:
    return item.facts.get("order.currency", {}).get("value")


def against(item: CaseItem) -> list[str]:
    """The clauses that speak against this item, by its decision."""
    return [reason["clause"] for reason in item.decision["reasons"] if reason["effect"] == "against"]
