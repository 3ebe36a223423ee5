"""Addresses of the quiet page. The path they hang on is the force's choice."""

from django.urls import path

from fellwatch.quiet.pages import cover

app_name = "quiet"
urlpatterns = [
    path("", cover.page, name="page"),
    path("worker.js", cover.worker, name="worker"),
    path("manifest.webmanifest", cover.manifest, name="manifest"),
    path("notes/", cover.notes, name="notes"),
]
