"""How each agency's records stand, and linking those that are joined to nobody."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from fellwatch.communities import actions, queries
from fellwatch.communities.access import LINK, REVIEW
from fellwatch.communities.agencies import AGENCIES, title
from fellwatch.communities.values import RunView, Standing
from fellwatch.foundation import clock
from fellwatch.foundation.access import can, permissions
from fellwatch.foundation.accounts.reader import reader

STATES = {"waiting": "Waiting", "running": "Running", "finished": "Finished", "failed": "Stopped"}
MOVING = {"waiting", "running"}


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show every agency's records: joined, to look at, alone, undone; and the runs."""
    by = reader(request)
    standings, runs = queries.standings(by=by), queries.runs(by=by)
    moving = {run.agency for run in runs if run.state in MOVING}
    values = {
        "rows": [_row(one, moving) for one in standings],
        "total": _total(standings),
        "runs": [_run(run) for run in runs],
        "moving": bool(moving),
        "may_link": can(by, LINK).allowed,
        "may_bring": can(by, permissions.IMPORT).allowed,
        "may_review": can(by, REVIEW).allowed,
        "waiting": sum(one.waiting for one in standings),
    }
    return render(request, "communities/overview.html", values)


def _share(part: int, whole: int) -> str:
    return f"{part:,} ({part * 100 / whole:.0f} %)" if whole else "0"


def _row(one: Standing, moving: set[str]) -> dict[str, object]:
    open_ones = one.waiting + one.alone
    parts = (("model", one.by_model), ("person", one.by_person), ("waiting", one.waiting), ("alone", one.alone))
    left, bars = 0.0, []
    for name, number in parts:
        width = number * 100 / one.records if one.records else 0.0
        bars.append({"name": name, "left": round(left, 2), "width": round(width, 2)})
        left += width
    return {
        "agency": one.agency,
        "title": title(one.agency),
        "records": f"{one.records:,}",
        "by_model": _share(one.by_model, one.records),
        "by_person": _share(one.by_person, one.records),
        "waiting": _share(one.waiting, one.records),
        "alone": _share(one.alone, one.records),
        "undone": _share(one.undone, one.records),
        "bars": bars,
        "may_start": open_ones > 0 and one.agency not in moving,
        "moving": one.agency in moving,
    }


def _total(standings: Sequence[Standing]) -> str:
    records = sum(one.records for one in standings)
    joined = sum(one.by_model + one.by_person for one in standings)
    looked_at = sum(one.by_person for one in standings)
    undone = sum(one.undone for one in standings)
    if not records:
        return ""
    return (
        f"{joined * 100 / records:.0f} % of {records:,} records are joined to somebody, "
        f"{looked_at:,} of them by a person's decision; {undone:,} were taken off again."
    )


def _run(run: RunView) -> dict[str, object]:
    return {
        "title": title(run.agency),
        "state": STATES[run.state],
        "failed": run.state == "failed",
        "words": f"{run.joined:,} joined, {run.review:,} to look at, {run.new:,} like nobody known"
        if run.done
        else "nothing stored yet",
        "done": f"{run.done:,} of {run.total:,}",
        "failure": run.failure,
        "rule": run.rule,
        "at": run.created_at,
        "by": run.created_by_name,
    }


@require_POST
def link(request: HttpRequest, agency: str) -> HttpResponse:
    """Start linking an agency's records; one that stopped goes on."""
    if agency not in AGENCIES:
        raise Http404
    actions.start(agency, by=reader(request), now=clock.now())
    messages.success(request, f"Linking {title(agency)} has begun. This page shows how far it is.")
    return redirect("communities:overview")
