"""Addresses of the room's pages."""

from django.urls import path

from fellwatch.communities.pages import overview, review, undoing

app_name = "communities"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("link/<slug:agency>/", overview.link, name="link"),
    path("review/", review.next_pair, name="review"),
    path("pairs/<uuid:id>/", review.pair, name="pair"),
    path("records/<uuid:id>/", undoing.part, name="part"),
    path("people/<uuid:id>/merge/", undoing.merge, name="merge"),
    path("merges/<uuid:id>/", undoing.unmerge, name="unmerge"),
]
