"""Django's admin, for leads: accounts and answers that are given often."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from support.desk import audit
from support.desk.models import CannedAnswer
from support.desk.roles import LEAD, may


class DeskAdmin(admin.AdminSite):
    site_header, site_title, index_title, site_url = "SOOCAS desk", "SOOCAS desk", "Settings of the desk", "/desk/"

    def has_permission(self, request: HttpRequest) -> bool:
        return may(request.user, LEAD)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect("/desk/sign-in" if not request.user.is_authenticated else "/desk/")


class ForLeads:
    """Leads may add and change here. Nothing is deleted: accounts are switched off."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may(request.user, LEAD)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, LEAD)

    has_add_permission = has_module_permission
    has_change_permission = has_view_permission

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> LogEntry:
        audit.record(request.user, "added", detail=f"{obj._meta.verbose_name} {obj}")
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> LogEntry:
        audit.record(request.user, "changed", detail=f"{obj._meta.verbose_name} {obj}")
        return super().log_change(request, obj, message)


class AccountAdmin(ForLeads, UserAdmin):
    """An account with its role. Who may do what stands in roles.py, so Django's own permissions are not shown."""

    fieldsets = ((None, {"fields": ("username", "password", "first_name", "groups", "is_active")}),)
    add_fieldsets = ((None, {"fields": ("username", "password1", "password2", "first_name", "groups")}),)
    list_display, list_filter = ("username", "first_name", "is_active", "last_login"), ("groups", "is_active")
    filter_horizontal = ()
    search_fields = ("username", "first_name")


class CannedAnswerAdmin(ForLeads, admin.ModelAdmin):
    list_display, list_editable = ("title", "position"), ("position",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, LEAD)


site = DeskAdmin(name="admin")
site.register(User, AccountAdmin)
site.register(CannedAnswer, CannedAnswerAdmin)
