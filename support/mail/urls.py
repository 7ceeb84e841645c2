"""Links in letters."""

from django.urls import path

from support.mail import pages

urlpatterns = [path("mail/<str:secret>", pages.link)]
