"""What the public can reach."""

from django.urls import include, path

urlpatterns = [
    path("desk/", include("support.desk.urls")),
    path("", include("support.mail.urls")),
    path("", include("support.widget.urls")),
]
