"""What stays of a case when its conversation is erased."""

from support.cases.models import Case, CaseItem

EVIDENCE = {"defect_description": "", "photos": []}  # what the customer wrote and sent
DESCRIPTION = "claim.defect_description"
ERASED = "(erased)"  # still a description, so that the case is decided again as it was


def held_photos(conversation: str) -> set[str]:
    """The photos that a colleague still needs: the evidence of open cases."""
    items = CaseItem.objects.filter(case__conversation=conversation, case__state=Case.State.UNDER_REVIEW)
    return {photo for item in items for photo in item.evidence.get("photos") or ()}


def forget_conversation(conversation: str) -> None:
    """Takes the customer's own words and photos out of the evidence of cases that are not open any more.

    What was decided, on which facts and by which policy stays: it says who was promised what, by order number, and
    names nobody. Again: nothing happens.
    """
    over = CaseItem.objects.filter(case__conversation=conversation).exclude(case__state=Case.State.UNDER_REVIEW)
    for item in over:
        item.evidence |= {name: nothing for name, nothing in EVIDENCE.items() if item.evidence.get(name)}
        if DESCRIPTION in item.facts:
            item.facts[DESCRIPTION]["value"] = ERASED
        item.save(update_fields=["evidence", "facts"])
