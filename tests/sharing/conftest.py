"""A referral to send: the county's agencies with their agreements, a call, and Dana who answers for the refuge."""

from dataclasses import replace

import pytest

from tests.contact.calls import call

WHY = "The refuge has to find her a bed tonight and ring her safely."
MUCH = "Without who is feared they cannot keep him away; her history is left out."


@pytest.fixture
def dana(actor):
    return replace(actor("Dana Crag", "partner", "advocates"), agency="larch-refuge")


@pytest.fixture
def lead(actor):
    return replace(actor("Lena Holme", "partner_lead", "advocates"), agency="larch-refuge")


@pytest.fixture
def steward(actor):
    return actor("Maya Grange", "mash_coordinator", "safeguarding hub")


@pytest.fixture
def listed(db, system, now):
    from fellwatch.demonstration import agencies

    agencies.fill(by=system, now=now)


@pytest.fixture
def new(listed, alice, now):
    from fellwatch.contact import actions
    from fellwatch.records import queries
    from fellwatch.sharing.checks import NewReferral

    logged = actions.log_incident(call(now), by=alice, now=now)
    parts = queries.incident(logged.incident_id, by=alice, now=now).parts
    person = next(part.person.id for part in parts if part.role == "caller")
    told = {"name": "Danielle Hewett", "suspect": "Marc Oddie", "safe_contact": "Text first."}
    return NewReferral("larch-refuge", person, logged.incident_id, "safeguarding", WHY, told, "", MUCH)


@pytest.fixture
def member(listed, system, dana, now):
    """Dana's own account, as a member of the refuge with a mailbox."""
    from fellwatch.foundation.accounts.models import User
    from fellwatch.sharing import actions

    User.objects.create(
        id=dana.id, username="dana-of-larch", full_name=dana.name, role="partner", agency="larch-refuge"
    )
    actions.restore_members([(dana.id, "larch-refuge", dana.name, "dana.crag@agencies.example")], by=system, now=now)
    return dana
