"""A referral: only what that agency may be told, on a lawful basis, with its receipt and its answer."""

from dataclasses import replace
from datetime import timedelta

import pytest

pytestmark = pytest.mark.database


def test_what_was_told_is_kept_with_its_basis_and_counts_as_a_disclosure(new, detective, auditor, now):
    from fellwatch.duties import queries as duties
    from fellwatch.foundation.audit import chain
    from fellwatch.sharing import actions, queries

    receipts = {actions.refer(new, by=detective, now=now) for _ in range(2)}
    (sent,) = queries.of_incident(new.incident_id, by=detective)
    assert receipts == {sent.receipt}
    assert dict(sent.contents) == dict(new.contents)
    assert "address" in sent.withheld
    (line,) = chain.lines(by=auditor, action="disclosure")
    assert line.detail["told"] == ["name", "safe_contact", "suspect"]
    clocks = [d for d in duties.of_incident(new.incident_id, by=detective) if d.rule == "referral_answer"]
    assert [clock.due_at for clock in clocks] == [now + timedelta(hours=1)]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"agency": "nobody"}, "agency"),
        ({"basis": ""}, "basis"),
        ({"basis": "consent"}, "agreed"),
        ({"necessity": "Useful."}, "necessity"),
        ({"proportionality": "Fair."}, "proportionality"),
        ({"contents": {}}, "contents"),
        ({"agency": "fells-homes"}, "tell-suspect"),
        ({"contents": {"criminal_record": "Much"}}, "tell-criminal_record"),
        ({"contents": {"name": "x" * 2001}}, "tell-name"),
    ],
)
def test_what_is_missing_or_may_not_be_told_is_refused_beside_its_field(new, detective, now, change, field):
    from fellwatch.sharing import actions, queries
    from fellwatch.sharing.checks import Invalid

    with pytest.raises(Invalid) as told:
        actions.refer(replace(new, **change), by=detective, now=now)
    assert field in told.value.problems
    assert queries.of_incident(new.incident_id, by=detective) == ()


def test_opening_is_the_receipt_and_the_answer_reaches_the_incident_once(new, detective, dana, system, now):
    from fellwatch.contact import jobs
    from fellwatch.contact import queries as contact
    from fellwatch.duties import queries as duties
    from fellwatch.sharing import actions, queries
    from fellwatch.sharing.checks import Invalid

    actions.refer(new, by=detective, now=now)
    (row,) = queries.inbox(by=dana)["waiting"].rows
    with pytest.raises(Invalid):
        actions.answer_referral(row.id, "accepted", "We ring her.", by=dana, now=now)
    for _ in range(2):
        actions.open_referral(row.id, by=dana, now=now)
    with pytest.raises(Invalid):
        actions.answer_referral(row.id, "declined", "Full", by=dana, now=now)
    for _ in range(2):
        actions.answer_referral(row.id, "accepted", "We ring her within the hour.", by=dana, now=now)
    for _ in range(2):
        jobs.carry_referral(referral=str(row.id))
    lines = [line.text for line in contact.handled(new.incident_id, by=detective).log if line.kind == "referral"]
    assert len(lines) == 2
    assert any("We ring her within the hour." in line for line in lines)
    (clock,) = [d for d in duties.of_incident(new.incident_id, by=detective) if d.rule == "referral_answer"]
    assert clock.state == "met"


def test_a_partner_sees_her_own_agencys_referrals_and_no_record(new, detective, dana, now):
    from fellwatch.foundation import access
    from fellwatch.records.models import Incident, Person
    from fellwatch.sharing import actions, queries
    from fellwatch.sharing.models import Agency, Referral

    actions.refer(new, by=detective, now=now)
    with access.acting(dana):
        assert Referral.objects.count() == 1
        assert [agency.code for agency in Agency.objects.all()] == ["larch-refuge"]
        assert not Person.objects.exists()
        assert not Incident.objects.exists()
    other = replace(dana, agency="fells-homes")
    assert queries.inbox(by=other)["waiting"].rows == ()
    with pytest.raises(queries.Missing):
        queries.received(new.id, by=other)
    with pytest.raises(queries.Missing):
        actions.open_referral(new.id, by=other, now=now)
    with pytest.raises(access.Refused):
        actions.refer(new, by=dana, now=now)
