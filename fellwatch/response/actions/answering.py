"""The day, time and station at which somebody on bail must come: appointed, changed, kept, or not kept and put right.

The Police and Criminal Evidence Act 1984 s47ZA makes it the last day of bail unless an exception is given; s46A(1) lets
a constable arrest whoever does not come.
"""

import uuid
from datetime import datetime, timedelta

from fellwatch.assessments.values import Invalid
from fellwatch.duties import actions as duties
from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor
from fellwatch.response import checks
from fellwatch.response.access import RESPOND
from fellwatch.response.actions import bail_orders, steps
from fellwatch.response.models import BailAppointment, Release
from fellwatch.response.values import Came, NewAppointment

RECORDED, FOUND = "bail_answered", "bail_not_answered"
"""The clocks: somebody says whether they came; whoever did not is found."""
WAYS = ("came", "arrested")
INSTANT = timedelta(microseconds=1)


def wrong(new: NewAppointment, ends_at: datetime | None, *, after: datetime, now: datetime) -> dict[str, str]:
    """Return what is wrong with an appointment, by field. Its day is the last of bail, where that is known. A step."""
    found = checks.words("station", new.station, "Name the police station that they must come to.", 120)
    found |= checks.short("appoint_because", new.because, 500)
    if new.at is None:
        return found | {"answer_at": "Say on which day and at what time they must come back."}
    if new.at <= max(now, after):
        return found | {"answer_at": "This has passed. Give a day and time that are still to come."}
    if new.exception:
        missing = "Choose why it is not the last day of bail."
        found |= checks.code("exception", "answer_bail_exceptions", new.exception, now, missing)
    return found | (_wrong_day(new, new.at, ends_at) if ends_at else {})


def _wrong_day(new: NewAppointment, at: datetime, ends_at: datetime) -> dict[str, str]:
    last = clock.london_date(ends_at - INSTANT)
    said = f"{last:%a %-d %b %Y}"
    if at >= ends_at:
        return {"answer_at": f"The last day of bail is {said}: nobody need come after that."}
    if clock.london_date(at) == last:
        return {"exception": "This is the last day of bail: it is no exception."} if new.exception else {}
    if not new.exception:
        return {"exception": f"The law asks for the last day of bail, {said}. Choose why it is another."}
    return {} if new.because.strip() else {"appoint_because": "Say why: which other bail, or what is likely sooner."}


def store(release: Release, new: NewAppointment, *, by: Actor, now: datetime) -> None:
    """Let an appointment stand in the place of the one before, which is kept, and start its clock. A step."""
    assert new.at is not None
    standing = _standing(release.id)
    if standing and standing.missed_at and not standing.came_at:
        raise Invalid({"answer_at": "They did not come. Record first that they came since, or were arrested."})
    if standing:
        BailAppointment.objects.filter(id=standing.id).update(replaced_at=now)
        _owed_no_longer(standing, "Another day was appointed.", by=by, now=now)
    BailAppointment.objects.create(
        id=new.id,
        release_id=release.id,
        answer_at=new.at,
        station=new.station.strip(),
        exception=new.exception,
        because=new.because.strip(),
        at=now,
        by_id=by.id,
        by_name=by.name,
    )
    fact = duties.Fact("bail.to_answer", new.at)
    duties.note(fact, by=by, now=now, incident_id=release.suspect.incident_id, about=new.id)


def appoint(release_id: uuid.UUID, new: NewAppointment, *, by: Actor, now: datetime) -> None:
    """Appoint another day, time or station, saying why and how they were told; what stood before stays readable."""
    access.check(by, RESPOND)
    with steps.turn(release_id, by=by):
        release = _running(release_id, "answer_at")
        if steps.sent_before(BailAppointment, new.id, release_id=release_id):
            return
        missing = "Say why it changes, and how they were told."
        checks.stop(
            checks.words("appoint_because", new.because, missing, 500),
            wrong(new, release.ends_at, after=release.released_at, now=now),
        )
        store(release, new, by=by, now=now)
        bail_orders.tell_answer(release, f"Another day was appointed: {new.because.strip()}", by=by, now=now)
        people = [release.suspect.person_id]
        steps.logged(release.suspect.incident_id, "bail_appointed", by=by, people=people, exception=new.exception)


def did_not_come(release_id: uuid.UUID, words: str, *, by: Actor, now: datetime) -> None:
    """Record that nobody came: whoever meets them is told to arrest, the officer in the case must look for them."""
    access.check(by, RESPOND)
    checks.stop(checks.words("missed_words", words, "Say what was tried: their telephone, their home, who waited."))
    with steps.turn(release_id, by=by):
        release = _running(release_id, "missed_words")
        standing = _appointed(release_id, "missed_words")
        if standing.missed_at:
            return
        if standing.came_at:
            raise Invalid({"missed_words": "They came: it is recorded above. Appoint another day if they must again."})
        if now < standing.answer_at:
            raise Invalid({"missed_words": f"They need not come before {clock.said(standing.answer_at)}."})
        BailAppointment.objects.filter(id=standing.id).update(
            missed_at=now, missed_words=words.strip(), missed_by_name=by.name
        )
        incident_id = release.suspect.incident_id
        duties.meet(RECORDED, incident_id=incident_id, about=standing.id, by=by, now=now)
        fact = duties.Fact("bail.not_answered", standing.answer_at)
        duties.note(fact, by=by, now=now, incident_id=incident_id, about=standing.id)
        bail_orders.tell_answer(release, f"They did not come. {words.strip()}", by=by, now=now)
        steps.logged(incident_id, "bail_not_answered", by=by, people=[release.suspect.person_id])


def came(release_id: uuid.UUID, new: Came, *, by: Actor, now: datetime) -> None:
    """Record that they came, in time or late, or were arrested for not coming; what was owed for it ends."""
    access.check(by, RESPOND)
    with steps.turn(release_id, by=by):
        release = _running(release_id, "came_at")
        standing = _appointed(release_id, "came_at")
        if standing.came_at and (standing.came_at, standing.came_how) == (new.at, new.how):
            return
        checks.stop(_wrong_coming(new, standing, release, now))
        BailAppointment.objects.filter(id=standing.id).update(
            came_at=new.at, came_how=new.how, came_words=new.words.strip(), came_by_name=by.name
        )
        incident_id = release.suspect.incident_id
        for rule in (RECORDED, FOUND):
            duties.meet(rule, incident_id=incident_id, about=standing.id, by=by, now=now)
        how = "Arrested for not coming." if new.how == "arrested" else "They came."
        bail_orders.tell_answer(release, f"{how} {new.words.strip()}".strip(), by=by, now=now)
        steps.logged(incident_id, "bail_answered", by=by, people=[release.suspect.person_id], how=new.how)


def _wrong_coming(new: Came, standing: BailAppointment, release: Release, now: datetime) -> dict[str, str]:
    found = {} if new.how in WAYS else {"came_how": "Say whether they came, or were arrested."}
    found |= checks.moment("came_at", new.at, now, "Say when they came, or were arrested.")
    found |= checks.short("came_words", new.words)
    if standing.came_at:
        found["came_at"] = f"It is recorded already: {clock.said(standing.came_at)}."
    elif new.at and new.at < release.released_at:
        found["came_at"] = "Bail had not begun by then. Look at both times."
    elif new.how == "arrested" and not standing.missed_at:
        found["came_how"] = "Record first that they did not come: only then may they be arrested for it."
    elif new.how == "arrested" and new.at and new.at < standing.answer_at:
        found["came_at"] = f"Nobody may be arrested for not coming before {clock.said(standing.answer_at)}."
    return found


def over(release: Release, because: str, *, by: Actor, now: datetime) -> None:
    """Ask nobody to come any more: the case has ended. A step."""
    standing = _standing(release.id)
    if standing is None:
        return
    _owed_no_longer(standing, because, by=by, now=now)
    if standing.missed_at and not standing.came_at:
        BailAppointment.objects.filter(id=standing.id).update(replaced_at=now)
        bail_orders.tell_answer(release, f"Nobody need come any more. {because}", by=by, now=now)


def _owed_no_longer(standing: BailAppointment, reason: str, *, by: Actor, now: datetime) -> None:
    for rule in (RECORDED, FOUND):
        duties.replace(
            rule, incident_id=standing.release.suspect.incident_id, about=standing.id, by=by, now=now, reason=reason
        )


def _standing(release_id: uuid.UUID) -> BailAppointment | None:
    return BailAppointment.objects.filter(release_id=release_id, replaced_at__isnull=True).first()


def _appointed(release_id: uuid.UUID, field: str) -> BailAppointment:
    found = _standing(release_id)
    if found is None:
        raise Invalid({field: "No day to come back is recorded. Appoint one first."})
    return found


def _running(release_id: uuid.UUID, field: str) -> Release:
    release = steps.row(Release, release_id)
    if release.kind != "bail" or release.ended_at:
        raise Invalid({field: "There is no bail here that runs."})
    return release
