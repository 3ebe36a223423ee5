"""Addresses of the partner's pages."""

from django.urls import path

from fellwatch.portal.pages import inbox, lessons, marac, people, schools, surveys

app_name = "portal"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/<uuid:id>/leave/", people.leave, name="leave"),
    path("people/invitations/<uuid:id>/withdraw/", people.withdraw, name="withdraw"),
    path("invitation/<str:secret>/", people.join, name="join"),
    path("recalls/<uuid:id>/confirm/", inbox.confirm, name="confirm"),
    path("marac/", marac.home, name="marac"),
    path("marac/refer/", marac.refer, name="marac_refer"),
    path("marac/cases/<uuid:id>/", marac.case, name="marac_case"),
    path("marac/cases/<uuid:id>/answer/", marac.answer, name="marac_answer"),
    path("marac/cases/<uuid:id>/reach/", marac.reach, name="marac_reach"),
    path("marac/actions/<uuid:id>/", marac.action, name="marac_action"),
    path("marac/meetings/<uuid:id>/", marac.meeting, name="marac_meeting"),
    path("marac/meetings/<uuid:id>/coming/", marac.coming, name="marac_coming"),
    path("marac/meetings/<uuid:id>/minutes/", marac.minutes, name="marac_minutes"),
    path("marac/meetings/<uuid:id>/minutes.pdf", marac.minutes_pdf, name="marac_minutes_pdf"),
    path("marac/meetings/<uuid:id>/meeting.ics", marac.invitation, name="marac_ics"),
    path("lessons/", lessons.lessons, name="lessons"),
    path("lessons/<uuid:id>/", lessons.lesson, name="lesson"),
    path("lessons/<uuid:id>/read/", lessons.read, name="lesson_read"),
    path("lessons/<uuid:id>/adopt/", lessons.adopt, name="lesson_adopt"),
    path("schools/", schools.schools, name="schools"),
    path("schools/closed/", schools.close, name="school_closed"),
    path("schools/<uuid:id>/", schools.notice, name="notice"),
    path("schools/<uuid:id>/open/", schools.open_it, name="notice_open"),
    path("schools/<uuid:id>/answer/", schools.acknowledge, name="notice_answer"),
    path("schools/<uuid:id>/not-ours/", schools.dispute, name="notice_dispute"),
    path("schools/<uuid:id>/school/", schools.name_school, name="notice_name"),
    path("surveys/", surveys.surveys, name="surveys"),
    path("surveys/<uuid:id>/", surveys.line, name="survey"),
    path("surveys/<uuid:id>/call/", surveys.ring, name="survey_ring"),
    path("surveys/<uuid:id>/answers/", surveys.answers, name="survey_answers"),
    path("surveys/<uuid:id>/risk/", surveys.disclose, name="survey_disclose"),
    path("surveys/<uuid:id>/withdraw/", surveys.withdraw, name="survey_withdraw"),
    path("<uuid:id>/", inbox.referral, name="referral"),
    path("<uuid:id>/open/", inbox.open_it, name="open"),
    path("<uuid:id>/answer/", inbox.answer, name="answer"),
    path("<uuid:id>/complete/", inbox.complete, name="complete"),
]
