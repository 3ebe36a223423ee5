"""Addresses of the frame's own pages."""

from django.urls import path

from fellwatch.shell.pages import (
    cards,
    demonstration,
    home,
    imports,
    jobs,
    log,
    owed,
    people,
    places,
    reach_sharing,
    reaching,
    search,
    uploads,
)

app_name = "shell"
urlpatterns = [
    path("", home.home, name="home"),
    path("health", home.healthy, name="health"),
    path("theme/", home.theme, name="theme"),
    path("demonstration/<slug:username>/", demonstration.sign_in, name="demonstration"),
    path("search/", search.search, name="search"),
    path("people/<uuid:id>/", people.person, name="person"),
    path("people/<uuid:id>/restrict/", people.restrict, name="restrict"),
    path("people/<uuid:id>/reach/", reaching.reach, name="reach"),
    path("people/<uuid:id>/reach/say/", reaching.say, name="say_reach"),
    path("people/<uuid:id>/reach/share/", reach_sharing.share, name="share_reach"),
    path("people/<uuid:id>/reach/share/<uuid:share>/end/", reach_sharing.unshare, name="unshare_reach"),
    path("people/<uuid:id>/reach/<uuid:rule>/end/", reaching.end, name="end_reach"),
    path("places/<uuid:id>/", places.place, name="place"),
    path("places/<uuid:id>/card/", cards.place, name="place_card"),
    path("people/<uuid:id>/card/", cards.person, name="person_card"),
    path("log/", log.log, name="log"),
    path("log/verify/", log.verify, name="verify"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<int:id>/retry/", jobs.retry, name="retry"),
    path("duties/", owed.owed, name="duties"),
    path("duties/<uuid:id>/waive/", owed.waive, name="waive"),
    path("imports/", uploads.imports, name="imports"),
    path("imports/columns/", uploads.columns, name="columns"),
    path("imports/<uuid:id>/", imports.run, name="import"),
    path("imports/<uuid:id>/begin/", imports.begin, name="begin"),
    path("imports/<uuid:id>/resume/", imports.resume, name="resume"),
    path("imports/<uuid:id>/progress/", imports.progress, name="progress"),
    path("imports/<uuid:id>/rejections.csv", imports.rejections, name="rejections"),
]
