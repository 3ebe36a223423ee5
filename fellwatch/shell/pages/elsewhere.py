"""What was said elsewhere of how somebody may be reached: on calls, to the MARAC, with a disclosure request.

These are words of one day and one place. Whoever reads them here makes a rule of them, which every door asks.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from fellwatch.assessments import access as assessed
from fellwatch.assessments import queries as assessments
from fellwatch.foundation.access import Actor, can
from fellwatch.records import story
from fellwatch.rules.instruments import CONSIDERED_NONE
from fellwatch.safeguarding import access as safeguarding
from fellwatch.safeguarding import life
from fellwatch.safeguarding import queries as cases
from fellwatch.safeguarding.marac import access as marac
from fellwatch.safeguarding.marac import queries as conferences

MOST = 5
WHOSE = {"caller", "victim"}


@dataclass(frozen=True)
class Said:
    """Some words, where they stand, and the code by which a form takes them over."""

    code: str
    title: str
    href: str
    words: str
    at: datetime


def said(person_id: uuid.UUID, *, by: Actor, now: datetime) -> tuple[Said, ...]:
    """Return what the reader may read of it, newest first."""
    found = [*_calls(person_id, by), *_conferences(person_id, by), *_disclosures(person_id, by, now)]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def _calls(person_id: uuid.UUID, by: Actor) -> Iterator[Said]:
    if not can(by, assessed.READ).allowed:
        return
    own = [one for one in story.incidents_of(by=by, person_id=person_id) if _is_theirs(one.parts, person_id)]
    for one in own[:MOST]:
        for version in assessments.versions("thrive", one.id, by=by)[:1]:
            words = str(version.answers.get("safe_contact") or "").strip()
            if words and words != CONSIDERED_NONE:
                href = reverse("contact:incident", args=[one.id])
                yield Said(f"call-{one.id}", f"On call {one.reference}", href, words, one.received_at)


def _is_theirs(parts: tuple[tuple[uuid.UUID, str], ...], person_id: uuid.UUID) -> bool:
    """A call's words are about whoever rang, else about the only victim: of several nobody knows whose they are."""
    callers = {id for id, role in parts if role == "caller"}
    victims = {id for id, role in parts if role == "victim"}
    return person_id in (callers or victims) and len(callers or victims) == 1


def _conferences(person_id: uuid.UUID, by: Actor) -> Iterator[Said]:
    if not can(by, marac.READ).allowed:
        return
    for row in conferences.of_people([person_id], by=by)[:MOST]:
        seen = conferences.referral(row.id, by=by)
        told = (seen.told.get("victim_phone", ""), seen.told.get("safe_contact", ""))
        words = ". ".join(one.strip() for one in told if one.strip())
        if seen.victim_id == person_id and words:
            href = reverse("safeguarding:marac_case", args=[row.id])
            yield Said(f"marac-{row.id}", f"To the MARAC, {row.reference}", href, words, row.referred_at)


def _disclosures(person_id: uuid.UUID, by: Actor, now: datetime) -> Iterator[Said]:
    if not can(by, safeguarding.READ).allowed:
        return
    found = [one for one in cases.involving([person_id], by=by, now=now) if one.scheme in life.DISCLOSURES]
    for row in [one for one in found if one.at_risk_id == person_id][:MOST]:
        words = str(cases.case(row.id, by=by, now=now).answers.get("safe_contact", "")).strip()
        if words:
            href = reverse("safeguarding:case", args=[row.id])
            yield Said(f"case-{row.id}", f"With request {row.reference}", href, words, row.asked_at)
