"""Every request to the desk comes in here: who it is, what that role may, and what went wrong."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from support.conversations.ownership import NotTheOwner
from support.conversations.photo_files import PhotosAway
from support.desk.roles import may, role_of

View = Callable[..., HttpResponse]


def needs(right: str, method: str = "GET") -> Callable[[View], View]:
    """The view, for those whose role has this right. Signed out: the sign-in page. Another role: 403."""

    def guarded(view: View) -> View:
        @wraps(view)
        def guard(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if refusal := refused(request, right):
                return refusal
            if request.method != method and not (request.method == "HEAD" and method == "GET"):
                return HttpResponseNotAllowed([method])
            try:
                return view(request, *args, **kwargs)
            except NotTheOwner as error:
                return refuse(request, 409, "Somebody else has this conversation", _who_has_it(error))
            except (ObjectDoesNotExist, FileNotFoundError):
                return refuse(request, 404, "There is no such thing", "It may have been erased.")
            except PhotosAway:
                return refuse(request, 503, "The photos cannot be reached just now", "Please try again in a minute.")

        return guard

    return guarded


def refused(request: HttpRequest, right: str) -> HttpResponse | None:
    """The answer to one who may not; None for one who may."""
    if role_of(request.user) is None:
        return _to_sign_in(request)
    if not may(request.user, right):
        return refuse(request, 403, "This is not for your role", "A lead can change the role of an account.")
    return None


def refuse(request: HttpRequest, status: int, title: str, why: str) -> HttpResponse:
    """A page that says no; for a part of a page, only its words."""
    template = "desk/refusal_part.html" if is_part(request) else "desk/refusal.html"
    return render(request, template, {"title": title, "why": why}, status=status)


def is_part(request: HttpRequest) -> bool:
    """Whether htmx asks, for a part of a page."""
    return request.headers.get("HX-Request") == "true"


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Asks nobody who it is: this runs on the event loop, where the database may not be used."""
    template = "desk/refusal_part.html" if is_part(request) else "desk/refusal.html"
    said = {"title": "The form was too old", "why": "Please load the page again and send it once more."}
    return HttpResponse(render_to_string(template, said), status=403)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    came_for = request.headers.get("HX-Current-URL", "") if is_part(request) else request.get_full_path()
    where = settings.LOGIN_URL + ("?" + urlencode({"next": came_for}) if came_for.startswith("/desk/") else "")
    if is_part(request):
        answer = HttpResponse(status=401)
        answer["HX-Redirect"] = where
        return answer
    return redirect(where)


def _who_has_it(error: NotTheOwner) -> str:
    if error.agent:
        return f"{error.agent.get_short_name() or error.agent.get_username()} has taken it."
    return {"bot": "The assistant has it again.", "waiting": "It waits in the line.", "closed": "It is closed."}[
        error.owner
    ]
