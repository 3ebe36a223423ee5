"""Addresses of the MARAC's pages and of the board's lessons, for the room's own list."""

from django.urls import path

from fellwatch.safeguarding.pages import learning
from fellwatch.safeguarding.pages.marac import board, case, chair, counting, keeping, meetings, printing, referring

PATTERNS = [
    path("marac/", board.board, name="marac"),
    path("marac/closed/", board.closed, name="marac_closed"),
    path("marac/people/<uuid:id>/", referring.new_referral, name="marac_refer"),
    path("marac/referrals/<uuid:id>/", case.case, name="marac_case"),
    path("marac/referrals/<uuid:id>/<slug:step>/", case.case_step, name="marac_step"),
    path("marac/research/<uuid:id>/chase/", board.chase, name="marac_chase"),
    path("marac/actions/<uuid:id>/", board.action, name="marac_action"),
    path("marac/meetings/new/", meetings.new_meeting, name="marac_new_meeting"),
    path("marac/meetings/<uuid:id>/", meetings.meeting, name="marac_meeting"),
    path("marac/meetings/<uuid:id>/do/", meetings.change, name="marac_meeting_do"),
    path("marac/meetings/<uuid:id>/move/", meetings.move, name="marac_move_meeting"),
    path("marac/meetings/<uuid:id>/attendance/", meetings.attendance, name="marac_attendance"),
    path("marac/meetings/<uuid:id>/minutes/", meetings.minutes, name="marac_minutes"),
    path("marac/meetings/<uuid:id>/agenda.pdf", printing.agenda_pdf, name="marac_agenda_pdf"),
    path("marac/meetings/<uuid:id>/minutes.pdf", printing.minutes_pdf, name="marac_minutes_pdf"),
    path("marac/meetings/<uuid:id>/meeting.ics", printing.invitation, name="marac_ics"),
    path("marac/hearing/<uuid:id>/", chair.hearing, name="marac_hearing"),
    path("marac/hearing/<uuid:id>/begin/", chair.begin, name="marac_begin"),
    path("marac/hearing/<uuid:id>/action/", chair.promise, name="marac_promise"),
    path("marac/hearing/<uuid:id>/correct/", meetings.correct, name="marac_correct"),
    path("marac/quarter/", counting.quarter, name="marac_quarter"),
    path("marac/quarter.csv", counting.quarter_csv, name="marac_quarter_csv"),
    path("marac/kept-out/", keeping.holders, name="marac_holders"),
    path("marac/kept-out/<uuid:id>/end/", keeping.end_holder, name="marac_end_holder"),
    path("lessons/", learning.lessons, name="lessons"),
    path("lessons/new/", learning.new_lesson, name="new_lesson"),
    path("lessons/<uuid:id>/", learning.lesson, name="lesson"),
]
