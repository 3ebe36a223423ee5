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
    "communities.link": "Link a partner's records to people",
    "contact.carry": "Write a mental-health adviser's answer into the incident's log",
    "contact.carry_feedback": "Write what the safeguarding hub decided into the incident's log",
    "contact.carry_handover": "Write how a handover to another force stands into the incident's log",
    "contact.carry_referral": "Write a partner's answer to a referral into the incident's log",
    "duties.flip_late": "Mark duties that are past their time",
    "exchange.deliver": "Carry a message to another force",
    "imports.advance": "Take a file further",
    "imports.dispose": "Destroy files and rows kept aside that are no longer needed",
    "jobs.rescue": "Put jobs back whose worker stopped",
    "marac.find_repeats": "Look again whether a MARAC referral is a repeat",
    "meetings.refresh_names": "Keep matters from whoever is newly known by another name",
    "meetings.remind": "Remind agencies of what they owe a meeting",
    "meetings.tell": "Tell agencies that a meeting is called, moved or called off",
    "orders.run_out": "Write down which orders and bail have run out",
    "recognition.renew_file": "Make the index of people anew",
    "response.keep_figures": "Count the calls of a year for the monthly figures",
    "safeguarding.carry_answer": "Write a partner's answer into the hub's contact",
    "safeguarding.chase_schools": "Send notices that were held to schools, and remind schools",
    "safeguarding.children_at_risk": "Make the notices to schools that an incident asks for",
    "safeguarding.keep_returns": "Count what came back in a year, for the figures of the central team",
    "safeguarding.mail_school": "Mail a school that a notice waits for it",
    "safeguarding.recount_school": "Reckon a school's times again by its new calendar",
    "safeguarding.school_answered": "Write what a school did into the records",
    "sharing.ask_carrier": "Ask what became of messages that were sent",
    "sharing.deliver": "Send a message",
    "sharing.tell": "Tell an agency that a referral waits for it",
    "sharing.tell_back": "Tell whoever referred somebody what the agency said",
    "surveys.carry_told": "Start the clock of what a victim told a surveyor",
    "procrastinate.builtin_tasks.remove_old_jobs": "Clear away jobs that are done",
}
"""What each task does, for whoever has to decide what its failure means."""


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
