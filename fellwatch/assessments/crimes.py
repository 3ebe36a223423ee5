"""Keep each crime that answers disclose, and start the clock by which somebody must decide about it.

Steps: they join the transaction of the action that records the answers.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fellwatch.assessments.instruments import Edition
from fellwatch.assessments.models import Assessment, DisclosedCrime
from fellwatch.duties import actions as duties
from fellwatch.foundation import audit, clock, ids, policy, rows
from fellwatch.foundation.access import Actor
from fellwatch.rules import disclosures
from fellwatch.rules.disclosures import Disclosed, Disclosures
from fellwatch.rules.errors import NoVersion

RULE = "crimes_disclosed"
DETAIL = {"as_described": "crime_which"}
"""Crimes whose words are an answer of their own."""


def disclose(
    edition: Edition,
    stored: Assessment,
    incident_id: uuid.UUID,
    answers: Mapping[str, Any],
    *,
    by: Actor,
    now: datetime,
    heard_at: datetime,
    is_new: bool = False,
) -> list[DisclosedCrime]:
    """Store the crimes that these answers newly disclose, and return them. Of an incident made in this very
    transaction (`is_new`) none can have been told before."""
    found = _found(edition, answers, heard_at)
    if not found:
        return []
    known = {} if is_new else _known(incident_id, stored.person_id)
    new = [one for one in found if one.crime not in known]
    for one in found:
        if one.crime in known:
            _told_again(known[one.crime], stored, one)
    offered = bool(known)
    made = []
    for one in new:
        made.append(_store(one, stored, incident_id, answers, offered, by=by, now=now, heard_at=heard_at))
        offered = True
    return made


def _found(edition: Edition, answers: Mapping[str, Any], heard_at: datetime) -> tuple[Disclosed, ...]:
    try:
        rule = policy.parsed(RULE, clock.london_date(heard_at), Disclosures)
    except NoVersion:
        return ()
    return disclosures.found(rule, edition.id, edition.instrument, answers)


def _known(incident_id: uuid.UUID, person_id: uuid.UUID | None) -> dict[str, DisclosedCrime]:
    told = DisclosedCrime.objects.filter(incident_id=incident_id)
    told = told.filter(person_id=person_id) if person_id else told.filter(person__isnull=True)
    return {row.crime: row for row in told}


def _told_again(known: DisclosedCrime, stored: Assessment, told: Disclosed) -> None:
    telling = _telling(stored, told)
    if all(
        (one["instrument"], one["questions"]) != (telling["instrument"], telling["questions"]) for one in known.told_by
    ):
        DisclosedCrime.objects.filter(id=known.id).update(told_by=[*known.told_by, telling])


def _telling(stored: Assessment, told: Disclosed) -> dict[str, object]:
    return {"instrument": stored.instrument, "number": stored.number, "questions": list(told.questions)}


def _store(
    told: Disclosed,
    stored: Assessment,
    incident_id: uuid.UUID,
    answers: Mapping[str, Any],
    offered: bool,
    *,
    by: Actor,
    now: datetime,
    heard_at: datetime,
) -> DisclosedCrime:
    crime = DisclosedCrime(
        id=ids.new(),
        incident_id=incident_id,
        person_id=stored.person_id,
        crime=told.crime,
        title=told.title,
        law=told.law,
        detail=str(answers.get(DETAIL.get(told.crime, ""), "")),
        rule_version=policy.version(RULE, clock.london_date(heard_at)).number,
        told_by=[_telling(stored, told)],
        heard_at=heard_at,
        noted_at=now,
        noted_by_id=by.id,
        noted_by_name=by.name,
    )
    rows.add([crime])
    duties.note(
        duties.Fact("crime.disclosed", heard_at),
        by=by,
        now=now,
        incident_id=incident_id,
        person_id=stored.person_id,
        about=crime.id,
        is_new=True,
        # One offer of support to a victim answers for every crime they tell of at this incident.
        settled={"victim.referred"} if offered else (),
    )
    audit.record(
        by=by,
        action="collection",
        sentence="assessments.crime_disclosed",
        subject=("incident", incident_id),
        people=[stored.person_id] if stored.person_id else [],
        detail={"crime": told.crime, "instrument": stored.instrument, "questions": list(told.questions)},
    )
    return crime
