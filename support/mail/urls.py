"""Links in letters, and the way from the chat to letters."""

from django.urls import path

from support.mail import left_address, pages

urlpatterns = [
    path("mail/<str:secret>", pages.link),
    path("chat/api/conversations/<str:conversation_id>/email", left_address.leave_address),
]
