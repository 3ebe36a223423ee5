"""Addresses of the handheld's page, its wire, and the pages of those who look after it."""

from django.urls import path

from fellwatch.handheld.pages import app, differing, looking_after, speaking

app_name = "handheld"
urlpatterns = [
    path("", app.app, name="app"),
    path("worker.js", app.worker, name="worker"),
    path("manifest.webmanifest", app.manifest, name="manifest"),
    path("enrol/", speaking.enrol, name="enrol"),
    path("sync/", speaking.sync, name="sync"),
    path("sendings/", speaking.send, name="send"),
    path("notes/", speaking.note, name="note"),
    path("photographs/", speaking.photograph, name="photograph"),
    path("photographs/<uuid:id>/<int:number>/", speaking.part, name="part"),
    path("photographs/<uuid:id>/", differing.picture, name="picture"),
    path("standing/", speaking.standing, name="standing"),
    path("wiped/", speaking.wiped, name="wiped"),
    path("devices/", looking_after.devices, name="devices"),
    path("devices/<uuid:id>/", looking_after.device, name="device"),
    path("devices/<uuid:id>/rescued/", looking_after.rescued, name="rescued"),
    path("differences/", differing.differences, name="differences"),
    path("differences/<uuid:id>/", differing.difference, name="difference"),
]
