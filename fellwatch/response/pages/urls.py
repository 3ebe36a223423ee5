"""Addresses of response's pages."""

from django.urls import path

from fellwatch.response.pages import attending, bail, crimes, forms, naming, reviewing, scene, suspects, victims

app_name = "response"
urlpatterns = [
    path("incidents/<uuid:id>/", scene.scene, name="scene"),
    path("incidents/<uuid:id>/attending/", attending.attend, name="attend"),
    path("incidents/<uuid:id>/leaving/", attending.leave, name="leave"),
    path("incidents/<uuid:id>/household/", scene.household, name="household"),
    path("incidents/<uuid:id>/people/<uuid:person>/name/", naming.name, name="name"),
    path("incidents/<uuid:id>/recordings/", scene.clip, name="clip"),
    path("incidents/<uuid:id>/exhibits/", scene.exhibit, name="exhibit"),
    path("incidents/<uuid:id>/exhibits/<uuid:exhibit>/", scene.move, name="move"),
    path("incidents/<uuid:id>/victims/<uuid:person>/stance/", victims.stance, name="stance"),
    path("incidents/<uuid:id>/victims/<uuid:person>/evidence/", victims.evidence, name="evidence"),
    path("incidents/<uuid:id>/victims/<uuid:person>/told/", victims.tell, name="tell"),
    path("incidents/<uuid:id>/victims/<uuid:person>/support/", victims.support, name="support"),
    path("incidents/<uuid:id>/forms/<slug:instrument>/<uuid:person>/", forms.form, name="form"),
    path("incidents/<uuid:id>/suspects/<uuid:person>/", suspects.suspect, name="suspect"),
    path("incidents/<uuid:id>/suspects/<uuid:person>/arrest/", suspects.arrest, name="arrest"),
    path("incidents/<uuid:id>/suspects/<uuid:person>/attempt/", suspects.attempt, name="try_arrest"),
    path("incidents/<uuid:id>/suspects/<uuid:person>/release/", bail.release, name="release"),
    path("incidents/<uuid:id>/suspects/<uuid:person>/extension/", bail.extend, name="extend"),
    path("incidents/<uuid:id>/suspects/<uuid:person>/variation/", bail.vary, name="vary"),
    path("incidents/<uuid:id>/suspects/<uuid:person>/appointment/", bail.appoint, name="appoint"),
    path("incidents/<uuid:id>/suspects/<uuid:person>/came/", bail.came, name="came"),
    path("incidents/<uuid:id>/suspects/<uuid:person>/missed/", bail.missed, name="missed"),
    path("incidents/<uuid:id>/suspects/<uuid:person>/prosecutor/", bail.send, name="send"),
    path("incidents/<uuid:id>/suspects/<uuid:person>/answer/", bail.answered, name="answered"),
    path("incidents/<uuid:id>/suspects/<uuid:person>/charge/", suspects.charge, name="charge"),
    path("incidents/<uuid:id>/suspects/<uuid:person>/end/", suspects.end, name="end"),
    path("incidents/<uuid:id>/suspects/<uuid:person>/reopening/", suspects.reopen, name="reopen"),
    path("incidents/<uuid:id>/suspects/<uuid:person>/no-arrest/", suspects.review, name="no_arrest"),
    path("review/", reviewing.waiting, name="review"),
    path("review/<uuid:id>/", reviewing.form, name="review_form"),
    path("crimes/", crimes.waiting, name="crimes"),
    path("crimes/<uuid:id>/", crimes.crime, name="crime"),
    path("crimes/<uuid:id>/decision/", crimes.decide, name="decide"),
    path("crimes/<uuid:id>/no-crime/", crimes.ask_none, name="ask_none"),
    path("crimes/<uuid:id>/no-crime/answer/", crimes.answer_none, name="answer_none"),
    path("crimes/<uuid:id>/statement/", crimes.statement, name="statement"),
    path("crimes/<uuid:id>/outcome/", crimes.end, name="outcome"),
]
