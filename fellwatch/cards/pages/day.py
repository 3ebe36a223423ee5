"""An officer's own incidents first, then today's others: the gravest grade first, never merely the nearest."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fellwatch.cards import day as days
from fellwatch.cards.day import Turn
from fellwatch.contact import rulings
from fellwatch.foundation import clock
from fellwatch.foundation.access import check
from fellwatch.foundation.accounts.reader import reader
from fellwatch.response import access


@require_GET
def day(request: HttpRequest) -> HttpResponse:
    """Show the incidents the reader attends, and those that others may need help with."""
    by, now = reader(request), clock.now()
    check(by, access.RESPOND)
    found = days.day(by=by, now=now)
    values = {
        "own": [_shown(one, now) for one in found if one.mine],
        "others": [_shown(one, now) for one in found if not one.mine],
        "most": days.MOST if len(found) == days.MOST else 0,
    }
    return render(request, "cards/day.html", values)


def _shown(one: Turn, now: datetime) -> dict[str, object]:
    grade = one.standing.grade if one.standing else ""
    return {
        "row": one.row,
        "title": rulings.label("nsir_opening", one.row.opening_code, now),
        "grade": grade,
        "grade_text": rulings.label("grades", grade, now) if grade else "",
        "danger": one.standing.because if one.standing else "",
        "far": "" if one.mine or one.kilometres is None else f"{one.kilometres:.1f} km from yours",
    }
