"""Headers that every answer of the web process carries, and who may read the chat API from another origin."""

from collections.abc import Awaitable, Callable

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' blob:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "geolocation=(), microphone=(), payment=()",
}
CORS = {
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Last-Event-ID",
    "Access-Control-Expose-Headers": "Retry-After",
    "Access-Control-Max-Age": "600",
}
API = "/chat/api/"
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
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.path.startswith(API):
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["Vary"] = "Origin"
        if request.headers.get("Origin") in settings.CORS_ORIGINS:
            response.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]
            for name, value in CORS.items():
                response.headers[name] = value
    return response
