"""Addresses of the room's pages."""

from django.urls import path

from fellwatch.communities.pages import likely, overview, review, undoing

app_name = "communities"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("link/<slug:agency>/", overview.link, name="link"),
    path("review/", review.next_pair, name="review"),
    path("pairs/<uuid:id>/", review.pair, name="pair"),
    path("likely/", likely.likely, name="likely"),
    path("likely/<uuid:id>/", likely.apart, name="apart"),
    path("records/<uuid:id>/", undoing.part, name="part"),
    path("people/<uuid:id>/merge/", undoing.merge, name="merge"),
    path("merges/<uuid:id>/", undoing.unmerge, name="unmerge"),
]
