"""In and out of the desk, and a new password. Five wrong passwords for a name from one address close it for a while."""

from django.conf import settings
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_protect

from support.desk.audit import record
from support.desk.doors import needs
from support.desk.roles import LOOK, role_of

LOCKED = "Too many wrong passwords. Please wait a quarter of an hour."
WRONG = "That name and that password do not belong together."


@csrf_protect
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        name, password = request.POST.get("username", ""), request.POST.get("password", "")
        user = authenticate(request, username=name, password=password)
        if user is not None and role_of(user):
            login(request, user)
            record(user, "signed in")
            return redirect(_wanted(request))
        locked = getattr(request, "axes_locked_out", False)
        shown = {"error": LOCKED if locked else WRONG, "name": name, "next": _wanted(request)}
        return render(request, "desk/sign_in.html", shown, status=429 if locked else 401)
    if role_of(request.user):
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "desk/sign_in.html", {"next": _wanted(request)})


@needs(LOOK, "POST")
def sign_out(request: HttpRequest) -> HttpResponse:
    record(request.user, "signed out")
    logout(request)
    return redirect(settings.LOGIN_URL)


def password(request: HttpRequest) -> HttpResponse:
    """A new password of one's own: every other session of the account ends."""
    return (_change_password if request.method == "POST" else _ask_password)(request)


@needs(LOOK)
def _ask_password(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/password.html", {"form": PasswordChangeForm(request.user)})


@needs(LOOK, "POST")
def _change_password(request: HttpRequest) -> HttpResponse:
    form = PasswordChangeForm(request.user, request.POST)
    if not form.is_valid():
        return render(request, "desk/password.html", {"form": form}, status=400)
    update_session_auth_hash(request, form.save())
    record(request.user, "changed the own password")
    return render(request, "desk/password.html", {"form": PasswordChangeForm(request.user), "done": True})


def client_address(request: HttpRequest) -> str:
    """Where the request comes from, as far as our own proxies can be believed."""
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if 0 < settings.PROXIES <= len(forwarded):
        return forwarded[-settings.PROXIES]
    return request.META.get("REMOTE_ADDR", "")


def _wanted(request: HttpRequest) -> str:
    """Where to go after signing in: inside the desk only."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = wanted.startswith("/desk/") and url_has_allowed_host_and_scheme(wanted, {request.get_host()})
    return wanted if ours and not wanted.startswith(settings.LOGIN_URL) else settings.LOGIN_REDIRECT_URL
