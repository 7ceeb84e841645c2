"""Static files, and the widget's script under the address that shops write into their pages."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers

from support.widget.pages import read_only

WIDGET = "widget/widget.js"
WORTH_PACKING = ("text/", "application/json", "image/svg+xml")


@dataclass(frozen=True)
class Asset:
    """One file as it is sent. packed: by gzip, where that is worth it."""

    content: bytes
    packed: bytes | None
    kind: str
    etag: str


async def asset(request: HttpRequest, path: str) -> HttpResponse:
    """A static file of any installed app, asked again every time and sent again only when it changed."""
    try:
        found = finders.find(path)
    except SuspiciousFileOperation:  # out of the folder, "../settings.py": no file of ours
        found = None
    if not isinstance(found, str) or not Path(found).is_file():
        return HttpResponse("There is no such file.", status=404, content_type="text/plain")
    file = _read(found, Path(found).stat().st_mtime_ns)
    packed = file.packed if "gzip" in request.headers.get("Accept-Encoding", "") else None
    etag = f'"{file.etag}-gzip"' if packed else f'"{file.etag}"'
    same = request.headers.get("If-None-Match") == etag
    response = HttpResponseNotModified() if same else read_only(request, packed or file.content, file.kind)
    if packed and not same:
        response["Content-Encoding"] = "gzip"
    response["ETag"], response["Cache-Control"] = etag, "no-cache"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


async def widget_script(request: HttpRequest) -> HttpResponse:
    """/widget.js: the one script tag."""
    return await asset(request, WIDGET)


@lru_cache(maxsize=200)
def _read(path: str, _modified_ns: int) -> Asset:
    content = Path(path).read_bytes()
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    packed = gzip.compress(content, mtime=0) if kind.startswith(WORTH_PACKING) or "javascript" in kind else None
    if kind.startswith("text/") or "javascript" in kind:
        kind += "; charset=utf-8"
    return Asset(content, packed, kind, hashlib.sha256(content).hexdigest()[:32])
