"""What the public can reach."""

from django.urls import include, path

urlpatterns = [path("", include("support.widget.urls"))]
