"""What the links in letters open: a page that says what would happen, and a button that makes it happen."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.utils import timezone

from support.conversations.database import reading, writing
from support.mail import links
from support.mail.links import LinkGone, Purpose
from support.mail.models import SignedLink
from support.mail.owed import owe_new_link
from support.mail.wording import text


async def link(request: HttpRequest, secret: str) -> HttpResponse:
    """GET shows, POST acts: whoever only looks, a mail scanner say, changes nothing."""
    if request.method == "POST":
        return await _act(request, secret)
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    try:
        found = await reading(links.look_at, secret, timezone.now())
    except LinkGone:
        return await _gone(secret)
    return _page(found, _about(found), button=text(_language(found), f"press_{found.purpose}"))


link.csrf_exempt = True  # type: ignore[attr-defined]  # the secret in the address is what allows it; there is no cookie


async def _act(request: HttpRequest, secret: str) -> HttpResponse:
    if "again" in request.POST:
        found = await writing(_ask_for_another, secret)
        return _page(found, "page_new_link_sent") if found else await _gone(secret)
    try:
        found, token = await writing(links.press, secret, timezone.now())
    except LinkGone:
        return await _gone(secret)
    if found.purpose == Purpose.CHAT:
        kept = {"id": found.conversation_id, "token": token}
        return _page(found, "page_chat_opens", kept=kept, open_words=text(_language(found), "press_chat"))
    return _page(found, f"{_about(found)}_done")


def _about(found: SignedLink) -> str:
    """The words of its page; an address left in the chat is another matter than one that wrote to us."""
    was_left = found.purpose == Purpose.CONFIRM and not found.conversation.correspondence.began_here
    return "page_left" if was_left else f"page_{found.purpose}"


def _ask_for_another(secret: str) -> SignedLink | None:
    """A letter with a new link to the same address; nothing if there never was such a link."""
    found = links.expired_confirmation(secret)
    if found:
        owe_new_link(found, timezone.now())
    return found


async def _gone(secret: str) -> HttpResponse:
    """The link does nothing any more; one that confirmed an address can be had anew, by mail."""
    found = await reading(links.expired_confirmation, secret)
    button = text(_language(found), "press_again") if found else ""
    return _page(found, "page_gone", status=410, button=button, again=bool(found))


def _page(found: SignedLink | None, words: str, status: int = 200, **more: Any) -> HttpResponse:
    language = _language(found)
    gaps = {"address": found.address, "title": found.title} if found else {"address": "", "title": ""}
    context = {"language": language, "words": text(language, words, **gaps), "team": text(language, "team"), **more}
    response = HttpResponse(render_to_string("mail/link.html", context), status=status)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _language(found: SignedLink | None) -> str:
    return found.conversation.locale[:2] if found else "en"
