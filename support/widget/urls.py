"""What the public can reach: the page, the chat API and its description, the files they need, our health."""

from django.urls import path, re_path

from support.widget import api, assets, case_api, email_api, pages, photo_api, privacy_page, watch

CONVERSATION = "chat/api/conversations/<str:conversation_id>"

urlpatterns = [
    path("", pages.shop),
    path("health", watch.health),
    path("ready", watch.ready),
    path("metrics", watch.metrics_page),
    path("privacy", privacy_page.privacy),
    path("widget.js", assets.widget_script),
    path("static/<path:path>", assets.asset),
    path("chat/api/openapi.json", pages.openapi),
    path("chat/api/docs", pages.docs),
    path("chat/api/conversations", api.conversations),
    path(CONVERSATION, api.conversation),
    path(f"{CONVERSATION}/messages", api.messages),
    path(f"{CONVERSATION}/events", api.live_events),
    path(f"{CONVERSATION}/email", email_api.email),
    path(f"{CONVERSATION}/photos", photo_api.photos),
    path(f"{CONVERSATION}/photos/<slug:photo_id>", photo_api.photo),
    path(f"{CONVERSATION}/cases/<slug:number>.ics", case_api.calendar),
    re_path("^chat/api/", pages.not_found),
]
