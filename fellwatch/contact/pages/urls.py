"""Addresses of the control room's pages."""

from django.urls import path

from fellwatch.contact.pages import boards, calling, deciding, desk, incidents, live, prompting

app_name = "contact"
urlpatterns = [
    path("board/", boards.board, name="board"),
    path("board/rows/", boards.rows, name="rows"),
    path("board/stream/", live.stream, name="stream"),
    path("waiting/", boards.supervise, name="supervise"),
    path("desk/", desk.desk, name="desk"),
    path("desk/rows/", desk.desk_rows, name="desk_rows"),
    path("calls/new/", calling.new_call, name="new_call"),
    path("calls/<uuid:id>/", calling.call, name="call"),
    path("calls/<uuid:id>/draft/", calling.draft, name="draft"),
    path("calls/<uuid:id>/known/", calling.known, name="known"),
    path("calls/<uuid:id>/grade/", calling.grade, name="grade"),
    path("incidents/<uuid:id>/", incidents.incident, name="incident"),
    path("incidents/<uuid:id>/lines/", incidents.add_line, name="add_line"),
    path("incidents/<uuid:id>/grade/", incidents.regrade, name="regrade"),
    path("incidents/<uuid:id>/questions/", incidents.ask_advice, name="ask_advice"),
    path("incidents/<uuid:id>/advice/", incidents.advise, name="advise"),
    path("incidents/<uuid:id>/advice/<uuid:advice>/", incidents.settle_advice, name="settle_advice"),
    path("incidents/<uuid:id>/desk/take/", desk.take, name="take"),
    path("incidents/<uuid:id>/desk/settle/", incidents.settle_desk, name="settle_desk"),
    path("incidents/<uuid:id>/unit/", incidents.assign, name="assign"),
    path("incidents/<uuid:id>/arrival/", incidents.arrive, name="arrive"),
    path("incidents/<uuid:id>/delay/", incidents.delay, name="delay"),
    path("incidents/<uuid:id>/lower/<uuid:proposal>/agree/", incidents.agree_lower, name="agree_lower"),
    path("incidents/<uuid:id>/lower/<uuid:proposal>/refuse/", incidents.refuse_lower, name="refuse_lower"),
    path("incidents/<uuid:id>/attendance/", deciding.attendance, name="attendance"),
    path("incidents/<uuid:id>/attendance/<uuid:decision>/review/", deciding.review, name="review_decline"),
    path("incidents/<uuid:id>/attendance/<uuid:decision>/escalate/", deciding.escalate, name="escalate_decline"),
    path("incidents/<uuid:id>/close/", incidents.close, name="close"),
    path("incidents/<uuid:id>/people/<uuid:person>/", prompting.prompted, name="prompts"),
    path("incidents/<uuid:id>/people/<uuid:person>/marker/", prompting.put_marker, name="put_marker"),
]
