"""Give the risk of a form to its owner by policy, say why in one sentence, and let somebody change it."""

import uuid
from datetime import datetime

from fellwatch.assessments.access import SECOND
from fellwatch.assessments.models import Form, FormOwner
from fellwatch.assessments.standing import require
from fellwatch.assessments.values import Invalid
from fellwatch.foundation import access, audit, clock, once, policy
from fellwatch.foundation.access import Actor
from fellwatch.rules import allocation, vocabulary
from fellwatch.rules.allocation import Allocation
from fellwatch.rules.vocabulary import Vocabulary

RULE, OWNERS = "risk_owner", "risk_owners"
SHORTEST, LONGEST = 10, 2000


def allocate(form: Form, grade: str, *, by: Actor, now: datetime, changed_because: str = "") -> str:
    """Give a form's risk to whom the policy of the day names; return the owner, "" for nobody. A step.

    Where the owner is the same already, nothing is written.
    """
    on = clock.london_date(now)
    known = {"form": form.instrument, "form_flags": list(form.flags)} | ({"risk_grade": grade} if grade else {})
    found = allocation.given(policy.parsed(RULE, on, Allocation), known)
    standing = Form.objects.values_list("owner", flat=True).get(id=form.id)
    if found is None or found.owner == standing:
        return str(standing)
    _give(form, found.owner, found.because, changed_because if standing else "", by_hand=False, by=by, now=now)
    return found.owner


def change_owner(form_id: uuid.UUID, owner: str, because: str, *, by: Actor, now: datetime) -> None:
    """Give a risk to another team than the policy did, with the reason the officer reads. Said twice, once."""
    access.check(by, SECOND, subject=("form", str(form_id)))
    why = because.strip()
    on = clock.london_date(now)
    problems = {}
    if vocabulary.find(policy.parsed(OWNERS, on, Vocabulary), owner) is None:
        problems["owner"] = "Choose who is to own it."
    if not SHORTEST <= len(why) <= LONGEST:
        problems["because"] = "Say why in a sentence: the officer and both teams read it."
    if problems:
        raise Invalid(problems)
    with access.acting(by):
        once.only(form_id)
        form = require(form_id)
        if form.owner == owner:
            return
        _give(form, owner, why, why, by_hand=True, by=by, now=now)


def _give(
    form: Form, owner: str, because: str, changed_because: str, *, by_hand: bool, by: Actor, now: datetime
) -> None:
    FormOwner.objects.create(
        form_id=form.id,
        owner=owner,
        because=because,
        changed_because=changed_because,
        rule_version=policy.version(RULE, clock.london_date(now)).number,
        by_hand=by_hand,
        at=now,
        by_id=by.id,
        by_name=by.name,
    )
    Form.objects.filter(id=form.id).update(owner=owner, owner_because=because)
    audit.record(
        by=by,
        action="alteration",
        sentence="assessments.owner_changed" if changed_because else "assessments.owner_given",
        subject=("incident", form.incident_id),
        people=[form.person_id] if form.person_id else [],
        detail={"form": str(form.id), "owner": owner, "by_hand": by_hand},
    )
