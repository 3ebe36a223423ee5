"""Deal with a suspect: arrest, the review of a decision not to, charge, the end of the case."""

import uuid
from datetime import datetime

from fellwatch.assessments.expecting import actions as expecting
from fellwatch.assessments.values import Invalid
from fellwatch.duties import actions as duties
from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor
from fellwatch.response import checks, facts
from fellwatch.response.access import RESPOND, SUPERVISE
from fellwatch.response.actions import answering, bail_orders, steps
from fellwatch.response.models import ArrestAttempt, Release, Suspect
from fellwatch.response.values import NewAttempt

ENDS = ("no_further_action", "out_of_court")


def of(incident_id: uuid.UUID, person_id: uuid.UUID, *, by: Actor, now: datetime) -> Suspect:
    """Return the suspect's row, made where there is none. A step of actions that check."""
    suspect, _ = Suspect.objects.get_or_create(
        incident_id=incident_id, person_id=person_id, defaults={"at": now, "by_id": by.id, "by_name": by.name}
    )
    return suspect


def arrest(
    incident_id: uuid.UUID, person_id: uuid.UUID, *, arrested_at: datetime, offence: str, by: Actor, now: datetime
) -> None:
    """Record an arrest. The law of bail is that of this moment; victims must be told. Said twice, it stands once."""
    access.check(by, RESPOND, subject=("incident", str(incident_id)))
    checks.stop(
        checks.moment("arrested_at", arrested_at, now, "Say when the arrest was made."),
        checks.words("offence", offence, "Say for what.", 200),
    )
    with steps.turn(incident_id, by=by):
        incident = steps.incident(incident_id)
        person_id = steps.person(person_id)
        suspect = of(incident_id, person_id, by=by, now=now)
        if suspect.arrested_at == arrested_at:
            return
        if suspect.arrested_at:
            raise Invalid({"arrested_at": f"An arrest stands already, at {clock.said(suspect.arrested_at)}."})
        Suspect.objects.filter(id=suspect.id).update(arrested_at=arrested_at, arrested_for=offence.strip())
        duties.meet("no_arrest_review", incident_id=incident_id, by=by, now=now, about=suspect.id)
        expecting.sought(incident_id, person_id, by=by, now=now)
        enhanced = facts.is_enhanced(incident)
        steps.victims_must_hear(incident_id, arrested_at, by=by, now=now, enhanced=enhanced)
        steps.logged(incident_id, "arrested", by=by, people=[person_id])


def try_arrest(incident_id: uuid.UUID, person_id: uuid.UUID, new: NewAttempt, *, by: Actor, now: datetime) -> None:
    """Record a try to arrest that failed. Sent twice, it stands once; at high risk it closes the gap that was owed."""
    access.check(by, RESPOND, subject=("incident", str(incident_id)))
    checks.stop(
        checks.moment("tried_at", new.tried_at, now, "Say when it was tried."),
        checks.words("tried_where", new.tried_where, "Say where it was tried.", 200),
        checks.words("tried_words", new.words, "Say what was found, and what is tried next."),
    )
    with steps.turn(new.id, by=by):
        steps.incident(incident_id)
        person_id = steps.person(person_id)
        suspect = of(incident_id, person_id, by=by, now=now)
        if steps.sent_before(ArrestAttempt, new.id, suspect_id=suspect.id):
            return
        if suspect.arrested_at:
            raise Invalid({"tried_at": f"An arrest stands already, at {clock.said(suspect.arrested_at)}."})
        ArrestAttempt.objects.create(
            id=new.id,
            suspect_id=suspect.id,
            tried_at=new.tried_at or now,
            tried_where=new.tried_where.strip(),
            words=new.words.strip(),
            at=now,
            by_id=by.id,
            by_name=by.name,
        )
        expecting.sought(incident_id, person_id, by=by, now=now)
        steps.logged(incident_id, "arrest_tried", by=by, people=[person_id])


def not_arrested(suspect: Suspect, reason: str, why: str, authority: str, *, by: Actor, now: datetime) -> None:
    """Keep why there was no arrest; in domestic abuse a supervisor must look at it. A step."""
    Suspect.objects.filter(id=suspect.id).update(
        no_arrest_reason=reason, no_arrest_why=why, voluntary_authority=authority
    )
    if suspect.no_arrest_reason == reason or not facts.is_domestic(suspect.incident):
        return
    fact = duties.Fact("suspect.not_arrested", now)
    duties.note(fact, by=by, now=now, incident_id=suspect.incident_id, about=suspect.id)


def review_no_arrest(suspect_id: uuid.UUID, *, agrees: bool, words: str, by: Actor, now: datetime) -> None:
    """Look at a decision not to arrest: agree, or say what must be done. Nobody looks at their own."""
    access.check(by, SUPERVISE)
    checks.stop(checks.words("words", words, "Say why you agree, or what must be done and by whom."))
    with steps.turn(suspect_id, by=by):
        suspect = steps.row(Suspect, suspect_id)
        if suspect.reviewed_at and (suspect.review_agrees, suspect.review_words) == (agrees, words.strip()):
            return
        if not suspect.no_arrest_reason:
            raise Invalid({"words": "There is no decision not to arrest here."})
        if suspect.by_id == by.id:
            raise Invalid({"words": "This was your own decision: somebody else must look at it."})
        Suspect.objects.filter(id=suspect_id).update(
            reviewed_at=now, reviewed_by_name=by.name, review_agrees=agrees, review_words=words.strip()
        )
        duties.meet("no_arrest_review", incident_id=suspect.incident_id, by=by, now=now, about=suspect_id)
        if agrees:
            expecting.sought(suspect.incident_id, suspect.person_id, by=by, now=now)
        steps.logged(suspect.incident_id, "no_arrest_reviewed", by=by, people=[suspect.person_id], agrees=agrees)


def charge(suspect_id: uuid.UUID, *, charged_at: datetime, by: Actor, now: datetime) -> None:
    """Record a charge: bail before charge ends, victims must be told."""
    access.check(by, RESPOND)
    checks.stop(checks.moment("charged_at", charged_at, now, "Say when the charge was made."))
    with steps.turn(suspect_id, by=by):
        suspect = steps.row(Suspect, suspect_id)
        if suspect.charged_at:
            return
        if suspect.ended_as:
            raise Invalid({"charged_at": "This case has ended. A supervisor opens it again first."})
        Suspect.objects.filter(id=suspect_id).update(charged_at=charged_at)
        _ended(suspect, "Charged.", charged_at, by=by, now=now)
        steps.logged(suspect.incident_id, "charged", by=by, people=[suspect.person_id])


def end_case(suspect_id: uuid.UUID, *, ended_as: str, because: str, by: Actor, now: datetime) -> None:
    """End the case against a suspect without charge, with its reason; victims must be told."""
    access.check(by, RESPOND)
    checks.stop(
        {} if ended_as in ENDS else {"ended_as": "Choose how it ended."},
        checks.words("because", because, "Say why, so that the victim can be told."),
    )
    with steps.turn(suspect_id, by=by):
        suspect = steps.row(Suspect, suspect_id)
        if suspect.ended_as == ended_as:
            return
        if suspect.charged_at or suspect.ended_as:
            raise Invalid({"ended_as": "This case has already ended."})
        Suspect.objects.filter(id=suspect_id).update(ended_as=ended_as, ended_at=now, ended_because=because.strip())
        _ended(suspect, because.strip(), now, by=by, now=now)
        steps.logged(suspect.incident_id, "case_ended", by=by, people=[suspect.person_id], ended_as=ended_as)


def reopen(suspect_id: uuid.UUID, *, because: str, by: Actor, now: datetime) -> None:
    """Open a case again that ended without charge, with the reason; how it had ended is kept, victims must be told."""
    access.check(by, SUPERVISE)
    checks.stop(checks.words("reopen_because", because, "Say what is new: evidence, a review, the victim's right."))
    with steps.turn(suspect_id, by=by):
        suspect = steps.row(Suspect, suspect_id)
        if suspect.reopenings and not suspect.ended_as and suspect.reopenings[-1]["because"] == because.strip():
            return
        if not suspect.ended_as:
            raise Invalid({"reopen_because": "This case has not ended."})
        before = {
            "ended_as": suspect.ended_as,
            "ended_because": suspect.ended_because,
            "because": because.strip(),
            "at": now.isoformat(),
            "by": by.name,
        }
        Suspect.objects.filter(id=suspect_id).update(
            ended_as="", ended_at=None, ended_because="", reopenings=[*suspect.reopenings, before]
        )
        enhanced = facts.is_enhanced(suspect.incident)
        steps.victims_must_hear(suspect.incident_id, now, by=by, now=now, enhanced=enhanced)
        steps.logged(suspect.incident_id, "case_reopened", by=by, people=[suspect.person_id])


def _ended(suspect: Suspect, because: str, at: datetime, *, by: Actor, now: datetime) -> None:
    running = Release.objects.filter(suspect_id=suspect.id, ended_at__isnull=True)
    for release in running:
        for thing in [release.id, *_hanging(release)]:
            duties.meet("pre_charge_bail", incident_id=suspect.incident_id, by=by, now=now, about=thing)
        answering.over(release, because, by=by, now=now)
        bail_orders.end(release.id, because, at, by=by, now=now)
    running.update(ended_at=at, ended_because=because)
    enhanced = facts.is_enhanced(suspect.incident)
    steps.victims_must_hear(suspect.incident_id, at, by=by, now=now, enhanced=enhanced)


def _hanging(release: Release) -> list[uuid.UUID]:
    """Return the extensions and waits of a release, whose clocks are about each."""
    extended = list(release.extensions.values_list("id", flat=True))
    return extended + list(release.waits.values_list("id", flat=True))
