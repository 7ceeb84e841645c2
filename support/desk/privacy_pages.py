"""One customer's data as a whole, for leads: found by an e-mail address, handed out, erased."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from support.desk import audit
from support.desk.doors import needs, refuse
from support.desk.roles import LEAD
from support.orders.order_sheet import masked_email
from support.privacy.customer import erase_customer, export, find


@needs(LEAD)
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/privacy.html", {"leading": True})


@needs(LEAD, "POST")
def privacy_find(request: HttpRequest) -> HttpResponse:
    """What there is. By POST: an address does not belong into an address bar or a log."""
    found = find(request.POST.get("email", ""))
    audit.record(request.user, "looked up a customer", detail=_counts(found))
    return render(request, "desk/privacy.html", {"found": found, "leading": True})


@needs(LEAD, "POST")
def privacy_export(request: HttpRequest) -> HttpResponse:
    email = request.POST.get("email", "")
    audit.record(request.user, "took a customer's data", detail=_counts(find(email)))
    response = HttpResponse(export(email), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="customer.zip"'
    return response


@needs(LEAD, "POST")
def privacy_erase(request: HttpRequest) -> HttpResponse:
    """Only when the address was typed a second time: it cannot be taken back."""
    email = request.POST.get("email", "")
    if request.POST.get("again", "").strip().lower() != email.strip().lower() or not email.strip():
        return refuse(request, 400, "Nothing was erased", "Type the address once more to say that you mean it.")
    gone = erase_customer(email, timezone.now(), request.user.get_username())
    audit.record(request.user, "erased a customer's data", detail=_counts(gone))
    return render(request, "desk/privacy.html", {"gone": gone, "leading": True})


def _counts(found) -> str:
    """What the audit log may know of it: no address in full."""
    counts = f"{len(found.orders)} orders, {len(found.theirs) + len(found.mentioned)} conversations"
    return f"{masked_email(found.email)}: {counts}, {len(found.cases)} cases"
