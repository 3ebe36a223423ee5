"""Addresses of the surveys' pages."""

from django.urls import path

from fellwatch.surveys.pages import choosing, overview, said, told

app_name = "surveys"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("choose/<slug:group>/", choosing.choose, name="choose"),
    path("chosen/<uuid:id>/", choosing.selection, name="selection"),
    path("chosen/<uuid:id>/left-out/", choosing.left_out, name="left_out"),
    path("told/", told.told, name="told"),
    path("told/<uuid:id>/", told.settle, name="settle"),
    path("said/<slug:group>/", said.said, name="said"),
    path("said/<slug:group>/<uuid:id>/", said.mark, name="mark"),
    path("changes/<slug:group>/", said.new_change, name="new_change"),
    path("changes/done/<uuid:id>/", said.finish, name="finish"),
]
