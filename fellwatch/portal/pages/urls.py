"""Addresses of the partner's pages."""

from django.urls import path

from fellwatch.portal.pages import inbox

app_name = "portal"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("<uuid:id>/", inbox.referral, name="referral"),
    path("<uuid:id>/open/", inbox.open_it, name="open"),
    path("<uuid:id>/answer/", inbox.answer, name="answer"),
]
