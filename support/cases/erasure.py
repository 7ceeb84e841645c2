"""What stays of a case when its conversation is erased."""

from django.db.models import Q

from support.cases.life import OPEN, State
from support.cases.models import CaseItem, ItemVersion, Notice

EVIDENCE = {"defect_description": "", "photos": []}  # what the customer wrote and sent
DESCRIPTION = "claim.defect_description"
ERASED = "(erased)"  # still a description, so that the case is decided again as it was
STILL_NEEDED = (State.DRAFT, *OPEN)


def held_photos(conversation: str) -> set[str]:
    """The photos that a colleague still needs: the evidence of open cases."""
    items = CaseItem.objects.filter(case__conversation=conversation, case__state__in=STILL_NEEDED)
    return {photo for item in items for photo in item.evidence.get("photos") or ()}


def forget_conversation(conversation: str) -> None:
    """Takes the customer's own words and photos out of the evidence of cases that are not open any more.

    What was decided, on which facts and by which policy stays: it says who was promised what, by order number, and
    names nobody. Of what we told the customer only the kind, the dates and the clauses stay. Again: nothing happens.
    """
    over = Q(case__conversation=conversation) & ~Q(case__state__in=STILL_NEEDED)
    for item in CaseItem.objects.filter(over):
        item.evidence |= {name: nothing for name, nothing in EVIDENCE.items() if item.evidence.get(name)}
        if DESCRIPTION in item.facts:
            item.facts[DESCRIPTION]["value"] = ERASED
        item.save(update_fields=["evidence", "facts"])
    for version in ItemVersion.objects.filter(item__in=CaseItem.objects.filter(over)):
        if DESCRIPTION in version.facts:
            version.facts[DESCRIPTION]["value"] = ERASED
            ItemVersion.objects.filter(pk=version.pk).update(facts=version.facts)
    Notice.objects.filter(over).update(pieces=[])
    Notice.objects.filter(over, letter=Notice.Letter.OPEN).update(letter=Notice.Letter.NOT_NEEDED)
