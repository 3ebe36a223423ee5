"""Addresses of the partner's pages."""

from django.urls import path

from fellwatch.portal.pages import inbox, people

app_name = "portal"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/<uuid:id>/leave/", people.leave, name="leave"),
    path("people/invitations/<uuid:id>/withdraw/", people.withdraw, name="withdraw"),
    path("invitation/<str:secret>/", people.join, name="join"),
    path("recalls/<uuid:id>/confirm/", inbox.confirm, name="confirm"),
    path("<uuid:id>/", inbox.referral, name="referral"),
    path("<uuid:id>/open/", inbox.open_it, name="open"),
    path("<uuid:id>/answer/", inbox.answer, name="answer"),
    path("<uuid:id>/complete/", inbox.complete, name="complete"),
]
