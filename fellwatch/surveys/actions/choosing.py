"""Choose whom to ask: everybody of the group is looked at, each reason to leave somebody out is counted."""

import random
import secrets
import uuid
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from fellwatch.foundation import access, audit, clock, once
from fellwatch.foundation.access import Actor
from fellwatch.orders.values import Invalid
from fellwatch.records.actions import DESCRIBED
from fellwatch.records.models import PersonName
from fellwatch.records.queries import full_name
from fellwatch.rules.surveys import Survey
from fellwatch.sharing import agreements
from fellwatch.sharing.models import Agency
from fellwatch.surveys import gathering, law
from fellwatch.surveys.access import CHOOSE
from fellwatch.surveys.gathering import Candidate
from fellwatch.surveys.models import LeftOut, Line, Selection
from fellwatch.surveys.values import NewSelection

NEEDED = ("name", "phone", "safe_contact")
"""What a surveyor must be allowed to be told by its agreement."""
MOST = 500
TOGETHER = 1000
"""How many rows one statement takes: it has 65,535 values at most."""
LONGEST_DAYS = 366


def choose(new: NewSelection, *, by: Actor, now: datetime) -> uuid.UUID:
    """Choose victims of a group and put them on an agency's list. Sent twice, it is done once.

    Of those whom nothing speaks against, at most `new.most` are drawn by lot. Raises Invalid beside each field.
    """
    access.check(by, CHOOSE)
    with access.acting(by):
        once.only(new.id)
        if Selection.objects.filter(id=new.id).exists():
            return new.id
        survey, problems = law.survey(new.group, now), _faults(new, now)
        agency = Agency.objects.filter(code=new.agency, closed=False).prefetch_related("agreements").first()
        if survey is None:
            problems["group"] = "Choose the group."
        elif why := _agency_fault(survey, agency, now):
            problems["agency"] = why
        if problems or survey is None or agency is None or new.from_date is None or new.to_date is None:
            raise Invalid(problems)
        found = gathering.candidates(survey, clock.midnight(new.from_date), clock.midnight(new.to_date), now)
        why_not = {one.person_id: gathering.reasons(survey, one) for one in found}
        free = [one for one in found if not why_not[one.person_id]]
        drawn = random.Random(new.id.int).sample(free, min(len(free), new.most))
        made = Selection.objects.create(
            id=new.id, group=new.group, agency=agency, from_date=new.from_date, to_date=new.to_date,
            rule_version=law.version(new.group, now), found=len(found), asked=len(drawn),
            not_drawn=len(free) - len(drawn), reasons=Counter(code for codes in why_not.values() for code in codes),
            made_at=now, by_id=by.id, by_name=by.name,
        )  # fmt: skip
        left = [
            LeftOut(selection=made, incident_id=one.incident_id, person_id=one.person_id, reasons=list(codes))
            for one in found
            if (codes := why_not[one.person_id])
        ]
        LeftOut.objects.bulk_create(left, batch_size=TOGETHER)
        _list(made, drawn, now)
        audit.record(
            by=by, action="disclosure", sentence="surveys.chosen", subject=("selection", made.id),
            people=[one.person_id for one in found],
            detail={"group": new.group, "agency": agency.code, "asked": len(drawn), "found": len(found)},
        )  # fmt: skip
        return made.id


def _faults(new: NewSelection, now: datetime) -> dict[str, str]:
    problems: dict[str, str] = {}
    if new.from_date is None:
        problems["from_date"] = "Give the first day."
    if new.to_date is None or (new.from_date and new.to_date <= new.from_date):
        problems["to_date"] = "Give a day after the first; it is not included."
    elif new.from_date and (new.to_date - new.from_date).days > LONGEST_DAYS:
        problems["to_date"] = "Choose from a year at most."
    elif new.to_date > clock.london_date(now):
        problems["to_date"] = "This is still to come."
    if not 1 <= new.most <= MOST:
        problems["most"] = f"Give a number from 1 to {MOST}."
    return problems


def _agency_fault(survey: Survey, agency: Agency | None, now: datetime) -> str:
    """Say why an agency may not ask this group: its kind, or an agreement that does not let it be told whom to ring."""
    if agency is None or agency.kind not in survey.agency_kinds:
        return "Choose who asks this group."
    held = agreements.standing(agency, now)
    if held is None:
        return agreements.lapsed(agency.agreements.all(), clock.london_date(now))
    if missing := [one for one in NEEDED if one not in held.fields]:
        return f"Its agreement does not let it be told this: {', '.join(missing).replace('_', ' ')}."
    return ""


def _list(made: Selection, drawn: Sequence[Candidate], now: datetime) -> None:
    names = _names([one.person_id for one in drawn])
    Line.objects.bulk_create(
        Line(
            selection=made, group=made.group, agency_id=made.agency_id, incident_id=one.incident_id,
            person_id=one.person_id, reference=f"V-{secrets.token_hex(4).upper()}", name=names[one.person_id],
            number=one.safe.number, from_time=one.safe.from_time, to_time=one.safe.to_time, made_at=now,
        )
        for one in drawn
    )  # fmt: skip


def _names(people: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    rows: dict[uuid.UUID, list[PersonName]] = {person: [] for person in people}
    for row in PersonName.objects.filter(person_id__in=people).exclude(kind=DESCRIBED):
        rows[row.person_id].append(row)
    return {person: full_name(names) for person, names in rows.items()}
