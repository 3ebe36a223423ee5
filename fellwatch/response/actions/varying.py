"""Vary what bail asks: the victim's view first, and the next officer sees it at once."""

import uuid
from datetime import datetime

from fellwatch.assessments.values import Invalid
from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.response import checks, facts
from fellwatch.response.access import RESPOND
from fellwatch.response.actions import bail_orders, steps
from fellwatch.response.actions.bail import BAIL, wrong_conditions
from fellwatch.response.models import BailVariation, Release
from fellwatch.response.values import NewVariation


def vary(release_id: uuid.UUID, new: NewVariation, *, by: Actor, now: datetime) -> None:
    """Replace the conditions of bail from a moment; what was asked before stays readable, victims must be told.

    Raises Invalid where no victim was asked and nobody says why, and where nothing changes.
    """
    access.check(by, RESPOND)
    with steps.turn(new.id, by=by):
        release = steps.row(Release, release_id)
        if steps.sent_before(BailVariation, new.id, release_id=release_id):
            return
        checks.stop(_wrong(new, release, now))
        after = [{"code": code, "words": words.strip()} for code, words in new.conditions]
        BailVariation.objects.create(
            id=new.id, release_id=release_id, varied_at=new.varied_at, before=release.conditions, after=after,
            authorised_by=new.authorised_by.strip(), because=new.because.strip(),
            victim_view=new.victim_view.strip(), victim_not_asked=new.victim_not_asked.strip(),
            at=now, by_id=by.id, by_name=by.name,
        )  # fmt: skip
        Release.objects.filter(id=release_id).update(conditions=after)
        release.conditions = after
        because = f"Varied by {new.authorised_by.strip()}: {new.because.strip()}"
        bail_orders.vary(release, because, here=new.here, at=new.varied_at, by=by, now=now)
        incident = release.suspect.incident
        enhanced = facts.is_enhanced(incident)
        steps.victims_must_hear(incident.id, new.varied_at, by=by, now=now, enhanced=enhanced)
        kinds = [code for code, _ in new.conditions]
        steps.logged(incident.id, "bail_varied", by=by, people=[release.suspect.person_id], conditions=kinds)


def _wrong(new: NewVariation, release: Release, now: datetime) -> dict[str, str]:
    if release.kind != BAIL or release.ended_at:
        raise Invalid({"varied_at": "There is no bail here that runs."})
    wrong = checks.moment("varied_at", new.varied_at, now, "Say when it was varied.")
    if not wrong and new.varied_at < release.released_at:
        wrong["varied_at"] = "Bail had not begun by then. Look at both times."
    wrong |= checks.words("authorised_by", new.authorised_by, "Name the custody officer, with their number.", 120)
    wrong |= checks.words("because", new.because, "Say why it asks something else now.")
    wrong |= checks.short("victim_view", new.victim_view) | checks.short("victim_not_asked", new.victim_not_asked)
    wrong |= wrong_conditions(new.conditions, new.varied_at)
    if not (new.victim_view.strip() or new.victim_not_asked.strip()):
        wrong["victim_view"] = "Say what the victim thinks of the change, or why nobody could ask."
    same = [(one["code"], one["words"]) for one in release.conditions]
    if same == [(code, words.strip()) for code, words in new.conditions]:
        wrong["condition-0"] = "Nothing changes: these are the conditions that stand."
    return wrong
