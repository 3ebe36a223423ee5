"""An agency's answer reaches the contact it was asked about, also where the agency may see nothing of it."""

import uuid

from fellwatch.duties import actions as duties
from fellwatch.duties import queries as duty_queries
from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.safeguarding.mash.models import HubContact
from fellwatch.sharing import actions as sharing_actions
from fellwatch.sharing import fields
from fellwatch.sharing import queries as sharing
from fellwatch.sharing.access import CARRY
from fellwatch.sharing.values import ReferralView


def carry_answer(referral_id: uuid.UUID, *, by: Actor) -> int:
    """End the clocks of what an agency has answered, at the time it answered; return how many. Run twice, done once.

    What came of it reaches whoever raised the contact as well.
    """
    access.check(by, CARRY)
    with access.acting(by):
        found = sharing.standing(referral_id, by=by)
        if found is None or found.answered_at is None:
            return 0
        _tell_back(found, by=by)
        running = duty_queries.about([referral_id], by=by, running=True)
        return sum(duties.meet(one.rule, about=referral_id, by=by, now=found.answered_at) for one in running)


def _tell_back(found: ReferralView, *, by: Actor) -> None:
    """Tell whoever raised the contact what came of what the hub passed on, once."""
    contact = HubContact.objects.filter(id=found.about).first() if found.about and found.completed_at else None
    if contact is None or found.completed_at is None:
        return
    label = fields.label(fields.OUTCOMES, found.outcome_code, found.completed_at)
    sharing_actions.tell_back(
        contact.raised_by_id, contact.id, contact.person_id, contact.incident_id,
        f"{found.agency} has finished with {contact.reference}", f"{label}. {found.outcome}", by=by,
        now=found.completed_at, key=f"completed/{found.id}", into_log=True,
    )  # fmt: skip
