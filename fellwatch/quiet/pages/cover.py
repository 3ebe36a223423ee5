"""The page as anybody sees it, and the one address that takes what is written behind it. No cookie is set here."""

import hashlib
import json
import uuid
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from fellwatch.foundation import clock, sealed
from fellwatch.quiet import hiding, taking

LARGEST = 64 * 1024
ICONS = frozenset({"hill", "kettle", "leaf"})


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show the cover; what it hides is in it, and says nothing without the word."""
    values = {"name": settings.FELLWATCH_QUIET_NAME, "icon": _icon(), "more": _more(), "version": _version()}
    return render(request, "quiet/cover.html", values)


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """Return the worker that keeps the page where there is no signal, under its neutral name."""
    files = json.dumps([reverse("quiet:page"), reverse("quiet:manifest"), *map(staticfiles_storage.url, _assets())])
    said = f"self.PAGE = {{ name: {json.dumps(_slug())}, version: {json.dumps(_version())}, files: {files} }}\n"
    script = f"{said}importScripts({json.dumps(staticfiles_storage.url('leaf/worker.js'))})\n"
    return HttpResponse(script, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@require_GET
def manifest(request: HttpRequest) -> HttpResponse:
    """Describe the page to a device that keeps it: its neutral name and icon, and nothing else."""
    here = reverse("quiet:page")
    icon = {"src": staticfiles_storage.url(_icon()), "sizes": "any", "type": "image/svg+xml"}
    said = {"name": settings.FELLWATCH_QUIET_NAME, "short_name": settings.FELLWATCH_QUIET_NAME, "id": here}
    said |= {"start_url": here, "scope": here, "display": "browser", "lang": "en-GB"}
    return JsonResponse({**said, "icons": [icon]}, content_type="application/manifest+json")


@csrf_exempt
@require_POST
def notes(request: HttpRequest) -> HttpResponse:
    """Take one sealed note; sent twice, it is kept once. The answer says only whether it is kept."""
    try:
        if len(request.body) > LARGEST:
            return JsonResponse({"kept": False}, status=413)
        said = json.loads(request.body)
        taking.take(uuid.UUID(said["id"]), str(said["note"]), now=clock.now())
    except (ValueError, KeyError, TypeError, sealed.CannotOpen):
        return JsonResponse({"kept": False}, status=422)
    return JsonResponse({"kept": True})


def _more() -> str:
    """Return what the page hides: the help itself, and the key that notes are sealed to."""
    key = public_key(settings.FELLWATCH_QUIET_KEY)
    values = {"name": settings.FELLWATCH_QUIET_NAME, "address": reverse("quiet:page"), "may_write": bool(key)}
    html = render_to_string("quiet/help.html", values)
    said = {"html": html, "key": key, "notes": reverse("quiet:notes"), "exit": settings.FELLWATCH_QUIET_EXIT}
    return hiding.hidden(json.dumps(said), settings.FELLWATCH_QUIET_WORD)


@cache
def public_key(private: Path) -> str:
    """Return the key that notes are sealed to; empty where this installation has none, and then none is taken."""
    return sealed.public_of(private) if private.is_file() else ""


def _icon() -> str:
    chosen = settings.FELLWATCH_QUIET_ICON
    return f"leaf/{chosen if chosen in ICONS else 'hill'}.svg"


def _assets() -> tuple[str, ...]:
    return ("leaf/page.js", "leaf/page.css", _icon())


def _slug() -> str:
    return reverse("quiet:page").strip("/")


def _version() -> str:
    """Return the mark of what the page holds now; a new one has the browser fetch it again."""
    said = [settings.FELLWATCH_QUIET_NAME, settings.FELLWATCH_QUIET_WORD, public_key(settings.FELLWATCH_QUIET_KEY)]
    said += [staticfiles_storage.url(name) for name in _assets()]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:10]
