"""A person's page: the risk thread, what holds now, who and what is around them, and who looked."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fellwatch.contact import access as contact
from fellwatch.contact import story as control_room
from fellwatch.duties import access as duties
from fellwatch.duties import queries as owed
from fellwatch.foundation import access, clock
from fellwatch.foundation.access import can, permissions
from fellwatch.foundation.audit import chain
from fellwatch.records import queries as records
from fellwatch.records import story
from fellwatch.shell.pages import life, log
from fellwatch.shell.pages.owed import duty_view
from fellwatch.shell.pages.reader import reader

LOOKS = 50


@require_GET
def person(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show one person. Everybody shown with them is named in the log."""
    by, now = reader(request), clock.now()
    with access.acting(by):
        seen = records.person(id, by=by, now=now)
        incidents = story.incidents_of(by=by, person_id=id)
        known = [past.id for past in incidents]
        facts = life.Facts(
            person=seen,
            incidents=incidents,
            grades=control_room.grades_of(known, by=by) if can(by, contact.READ).allowed else {},
            markers=story.markers_ever(id, by=by),
            addresses=story.addresses_of([past.place_id for past in incidents if past.place_id], by=by),
            around=story.around(id, by=by),
            homes=story.homes(id, by=by),
            household=records.household(seen.place_id, by=by, on=clock.london_date(now)) if seen.place_id else (),
            phones=records.phones_of(id, by=by),
        )
        running = owed.running_for(id, known, by=by) if can(by, duties.READ).allowed else ()
        looked = chain.lines(by=by, person=id, limit=LOOKS) if can(by, permissions.READ_LOG).allowed else None
    values = {
        **life.shown(facts, by=by, now=now),
        "duties": [duty_view(duty, now) for duty in running],
        "looked": None if looked is None else [log.row(line) for line in looked],
    }
    return render(request, "pages/person.html", values)
