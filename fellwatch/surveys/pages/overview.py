"""Victims' voice: response rates with their intervals, who is left out and why, what is said, what changed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fellwatch.foundation import access, clock
from fellwatch.foundation.accounts.reader import reader
from fellwatch.surveys import figures, queries
from fellwatch.surveys.access import CHOOSE, CODE, SETTLE
from fellwatch.surveys.pages import showing


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show every group over thirteen months, the last selections and what is changed."""
    by, now = reader(request), clock.now()
    with access.acting(by):
        found = figures.surveyed(by=by, now=now)
        chosen = queries.selections(by=by)
        changes = queries.changes(by=by)
        told = queries.told_count(by=by)
    values = {
        "groups": [showing.group(one, now) for one in found],
        "selections": [showing.selection(one, now) for one in chosen],
        "changes": [showing.change(one, now) for one in changes],
        "told": told,
        "may_choose": CHOOSE in by.permissions,
        "may_settle": SETTLE in by.permissions,
        "may_code": CODE in by.permissions,
    }
    return render(request, "surveys/overview.html", values)
