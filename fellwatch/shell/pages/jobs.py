"""Work in the background: what waits, what failed, and trying again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from fellwatch.duties import access as duties
from fellwatch.foundation import jobs as queue
from fellwatch.foundation.access import can
from fellwatch.foundation.accounts.reader import reader
from fellwatch.foundation.jobs import Failed

DOES = {
    "duties.flip_late": "Mark duties that are past their time",
    "imports.advance": "Take a file further",
}


@require_GET
def jobs(request: HttpRequest) -> HttpResponse:
    """Show what the queue could not do, and how much it has before it."""
    by = reader(request)
    failed = queue.failures(by=by)
    waiting, running, total = queue.waiting(by=by)
    values = {
        "failed": [_row(job) for job in failed],
        "more": total - len(failed),
        "sums": [
            {"text": "Waiting", "number": waiting, "words": "to be done", "tone": ""},
            {"text": "Running", "number": running, "words": "now", "tone": ""},
            {"text": "Failed", "number": total, "words": "need somebody", "tone": "danger" if total else ""},
        ],
        "sees_duties": can(by, duties.READ).allowed,
    }
    return render(request, "pages/jobs.html", values)


@require_POST
def retry(request: HttpRequest, id: int) -> HttpResponse:
    """Put a failed job back in the queue."""
    if queue.retry(id, by=reader(request)):
        messages.success(request, f"Job {id} waits to be tried again.")
    else:
        messages.info(request, f"Job {id} is no longer failed: somebody tried it again, or it has gone.")
    return redirect("shell:jobs")


def _row(job: Failed) -> dict[str, object]:
    return {
        "id": job.id,
        "does": DOES.get(job.task, job.task),
        "task": job.task,
        "attempts": job.attempts,
        "failed_at": job.failed_at,
        "arguments": job.arguments,
    }
