"""Headers that every answer of the web process carries, and who may read what from another origin."""

from collections.abc import Awaitable, Callable

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.decorators import sync_and_async_middleware

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}
CORS = {
    "Access-Control-Allow-Methods": "GET, POST, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Last-Event-ID",
    "Access-Control-Expose-Headers": "Retry-After",
    "Access-Control-Max-Age": "600",
}
TEXT_ONLY = "; require-trusted-types-for 'script'; trusted-types 'none'"  # no text is ever parsed as HTML
PUBLIC_PAGES = ("/", "/privacy", "/chat/api/docs")
FOR_ANY_PAGE = {"Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*"}
API = "/chat/api/"
WIDGET = ("/widget.js", "/static/widget/")  # the same for everybody, and no secret
Handler = Callable[[HttpRequest], HttpResponseBase] | Callable[[HttpRequest], Awaitable[HttpResponseBase]]


@sync_and_async_middleware
def headers(get_response: Handler) -> Handler:
    if iscoroutinefunction(get_response):

        async def answer_async(request: HttpRequest) -> HttpResponseBase:
            return _dressed(request, _preflight(request) or await get_response(request))

        return answer_async

    def answer(request: HttpRequest) -> HttpResponseBase:
        return _dressed(request, _preflight(request) or get_response(request))

    return answer


def _preflight(request: HttpRequest) -> HttpResponse | None:
    if request.method == "OPTIONS" and request.path.startswith(API) and "Origin" in request.headers:
        return HttpResponse(status=204)
    return None


def _dressed(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    if request.path.startswith(WIDGET):
        for name, value in FOR_ANY_PAGE.items():
            response.headers[name] = value
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.path in PUBLIC_PAGES:
        response.headers["Content-Security-Policy"] += TEXT_ONLY
    if request.path.startswith(API):
        response.headers.setdefault("Cache-Control", "no-store")
        patch_vary_headers(response, ["Origin"])
        if request.headers.get("Origin") in settings.CORS_ORIGINS:
            response.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]
            for name, value in CORS.items():
                response.headers[name] = value
    return response
