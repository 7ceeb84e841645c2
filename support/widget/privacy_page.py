"""The page /privacy: what is kept, for how long, how to erase it. Its numbers are the settings that are enforced."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation.trans_real import parse_accept_lang_header

from support.widget.pages import read_only

LANGUAGES = {"en": "English", "de": "Deutsch"}
HOURS = {"en": ("hour", "hours"), "de": ("Stunde", "Stunden")}


async def privacy(request: HttpRequest) -> HttpResponse:
    language = language_of(request)
    kept = {
        "unsent_photos": _hours(settings.KEEP_UNSENT_PHOTOS_HOURS, language),
        "photos_days": settings.KEEP_PHOTOS_DAYS,
        "transcripts_days": settings.KEEP_TRANSCRIPTS_DAYS,
    }
    page = {"language": language, "languages": LANGUAGES.items(), **kept}
    response = read_only(request, render_to_string(f"widget/privacy.{language}.html", page), "text/html; charset=utf-8")
    response.headers["Content-Language"], response.headers["Vary"] = language, "Accept-Language"
    return response


def language_of(request: HttpRequest) -> str:
    """The one that was clicked, else the first of the browser's that we have, else English."""
    wanted = [request.GET.get("lang", "")]
    wanted += [code for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", ""))]
    known = (code.split("-")[0].lower() for code in wanted)
    return next((code for code in known if code in LANGUAGES), "en")


def _hours(hours: float, language: str) -> str:
    one, many = HOURS[language]
    return f"{hours:g} {one if hours == 1 else many}"
