"""The audit log, for auditors and leads."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from support.desk.doors import needs
from support.desk.models import AuditEntry
from support.desk.roles import AUDIT

PAGE = 100


@needs(AUDIT)
def audit_log(request: HttpRequest) -> HttpResponse:
    """The newest first; ?who=, ?conversation= and ?case= narrow it down."""
    wanted = {name: request.GET.get(name, "").strip() for name in ("who", "conversation", "case")}
    found = AuditEntry.objects.filter(**{name: value for name, value in wanted.items() if value})
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/audit.html", {"page": page, **wanted, "auditing": True})
