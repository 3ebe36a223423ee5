"""The way in: sign-in, the role's own first page, colours, and whether the service is well."""

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from fellwatch.foundation import clock, health
from fellwatch.foundation.access import Refused
from fellwatch.foundation.accounts import roles
from fellwatch.foundation.accounts.models import User

THEMES = {"auto", "light", "dark"}
YEAR = 365 * 24 * 60 * 60


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Send each role to its own first page; offer sign-in to whoever is not signed in."""
    if not isinstance(request.user, User):
        return render(request, "pages/welcome.html")
    role = roles.roles().get(request.user.role)
    if role is None or role.home == "shell:home" or not request.user.is_active:
        raise Refused("role", ("Your account has no role yet. Ask the person who looks after accounts.",))
    return redirect(role.home)


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep which colours somebody wants, and go back to where they were."""
    chosen = request.POST.get("theme", "auto")
    response = redirect(_local(request.POST.get("next", "")))
    response.set_cookie(
        "theme",
        chosen if chosen in THEMES else "auto",
        max_age=YEAR,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def _local(path: str) -> str:
    """Return the path when it is one of ours, else the first page: nobody is sent to another site."""
    ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if ours else "/"


@require_GET
def healthy(request: HttpRequest) -> JsonResponse:
    """Say in numbers whether the service is well; nothing here is about anybody."""
    try:
        found = health.look(now=clock.now())
    except DatabaseError:
        return JsonResponse({"database": False}, status=503)
    return JsonResponse(
        {
            "database": True,
            "oldest_unsealed_seconds": found.oldest_unsealed_seconds,
            "failed_jobs": found.failed_jobs,
            "last_seal": found.last_seal,
        }
    )
