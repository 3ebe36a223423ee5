"""The handheld's one page, its manifest and its worker. None holds a word about anybody."""

import hashlib
import json

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET

ASSETS = (
    "handheld/app.js",
    "handheld/handheld.css",
    "handheld/icon-192.png",
    "handheld/icon-512.png",
    "images/mark.svg",
)


@require_GET
@ensure_csrf_cookie
def app(request: HttpRequest) -> HttpResponse:
    """Show the page that everything at the door happens on."""
    page = render(request, "handheld/app.html", {"version": version(), "force_name": settings.FELLWATCH_FORCE_NAME})
    page.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(self)"
    return page


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """Return the worker that keeps the page where there is no signal; it changes when any of its files does."""
    files = json.dumps([reverse("handheld:app"), *map(staticfiles_storage.url, ASSETS), reverse("handheld:manifest")])
    built = staticfiles_storage.url("handheld/worker.js")
    script = (
        f"self.FELLWATCH = {{ version: {json.dumps(version())}, files: {files} }}\nimportScripts({json.dumps(built)})\n"
    )
    return HttpResponse(script, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@require_GET
def manifest(request: HttpRequest) -> HttpResponse:
    """Describe the page to a device that installs it."""
    icons = [
        {"src": staticfiles_storage.url(f"handheld/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    return JsonResponse(
        {
            "name": "Fellwatch handheld",
            "short_name": "Fellwatch",
            "description": "Incidents, addresses and risk forms at the door, with or without signal.",
            "id": reverse("handheld:app"),
            "start_url": reverse("handheld:app"),
            "scope": reverse("handheld:app"),
            "display": "standalone",
            "orientation": "portrait",
            "background_color": "#0a1f27",
            "theme_color": "#0a1f27",
            "lang": "en-GB",
            "icons": [*icons, {**icons[1], "purpose": "maskable"}],
        },
        content_type="application/manifest+json",
        headers={"Cache-Control": "no-cache"},
    )


def version() -> str:
    """Return the mark of this build of the handheld's files."""
    names = " ".join(staticfiles_storage.url(name) for name in (*ASSETS, "handheld/worker.js"))
    return hashlib.sha256(names.encode()).hexdigest()[:10]
