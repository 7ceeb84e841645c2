"""Letters for people: those that stand still, and one as it came, in plain words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from support.desk import audit
from support.desk.doors import needs, refuse
from support.desk.roles import ACT, LOOK, may
from support.mail import services


@needs(LOOK)
def mail(request: HttpRequest) -> HttpResponse:
    """What stands still, of all conversations or of ?conversation=, whose letters are shown then, too."""
    conversation = request.GET.get("conversation", "").strip()
    audit.looked(request.user, "looked at letters", conversation[:32])
    shown = {
        "stopped": services.standing_still(conversation),
        "letters": services.letters_of(conversation) if conversation else [],
        "address": services.address_of(conversation) if conversation else None,
        "conversation": conversation,
        "acts": may(request.user, ACT),
        "mailing": True,
    }
    return render(request, "desk/mail.html", shown)


@needs(LOOK)
def letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    found = services.letter(letter_id)
    audit.record(request.user, "read a letter as it came", detail=str(letter_id))
    whole = services.words_as_they_came(letter_id)
    return render(request, "desk/letter.html", {"letter": found, "whole": whole, "mailing": True})


@needs(ACT, "POST")
def retry(request: HttpRequest) -> HttpResponse:
    if not services.try_again(request.POST.get("id", ""), timezone.now()):
        return refuse(request, 409, "Nothing was tried", "This letter does not stand still any more.")
    audit.record(request.user, "tried a letter again", detail=request.POST["id"])
    return redirect("mail")
