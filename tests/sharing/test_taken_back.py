"""What may go wrong with what was sent, and the path that each has: none is silent."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.sharing.conftest import WHY

pytestmark = pytest.mark.database


def test_the_same_referral_under_another_id_is_refused_with_the_receipt_of_the_first(new, detective, now):
    from fellwatch.foundation import ids
    from fellwatch.sharing import actions, queries
    from fellwatch.sharing.checks import Invalid

    receipt = actions.refer(new, by=detective, now=now)
    with pytest.raises(Invalid) as told:
        actions.refer(replace(new, id=ids.new()), by=detective, now=now)
    assert receipt in told.value.problems["agency"]
    assert len(queries.of_incident(new.incident_id, by=detective)) == 1


def test_what_is_taken_back_can_no_longer_be_read_and_the_agency_says_that_it_kept_nothing(
    new, detective, dana, auditor, now
):
    from fellwatch.duties import queries as duties
    from fellwatch.foundation import access
    from fellwatch.foundation.audit import chain
    from fellwatch.sharing import actions, queries
    from fellwatch.sharing.checks import Invalid
    from fellwatch.sharing.models import Referral

    actions.refer(new, by=detective, now=now)
    actions.open_referral(new.id, by=dana, now=now)
    for code, words in (("regret", WHY), ("wrong_agency", "Oops.")):
        with pytest.raises(Invalid):
            actions.recall(new.id, code, words, by=detective, now=now)
    for _ in range(2):
        actions.recall(new.id, "wrong_agency", "It was meant for children's social care; they have it now.",
                       by=detective, now=now)  # fmt: skip
    assert queries.inbox(by=dana)["waiting"].rows == ()
    with access.acting(dana):
        assert not Referral.objects.exists(), "the row itself is out of reach"
    for step in (
        lambda: queries.received(new.id, by=dana),
        lambda: actions.open_referral(new.id, by=dana, now=now),
        lambda: actions.answer_referral(new.id, "accepted", "We ring her.", by=dana, now=now),
    ):
        with pytest.raises(queries.Missing):
            step()
    (back,), _ = queries.recalls(by=dana)
    assert back.was_opened
    for _ in range(2):
        actions.confirm_recall(back.id, by=dana, now=now)
    (back,), _ = queries.recalls(by=dana)
    assert back.confirmed_by_name == dana.name
    (kept,) = queries.of_incident(new.incident_id, by=detective)
    assert kept.state == "recalled"
    assert dict(kept.contents) == dict(new.contents), "what was told stays on record"
    (clock,) = [d for d in duties.of_incident(new.incident_id, by=detective) if d.rule == "referral_answer"]
    assert clock.state == "replaced"
    assert [line.sentence for line in chain.lines(by=auditor, action="erasure")] == ["sharing.recall_confirmed"]


def test_what_was_taken_back_may_be_sent_to_whom_it_was_meant_for(new, detective, now):
    from fellwatch.foundation import ids
    from fellwatch.sharing import actions, queries

    actions.refer(new, by=detective, now=now)
    actions.recall(new.id, "wrong_agency", "It was meant for children's social care.", by=detective, now=now)
    actions.refer(replace(new, id=ids.new(), agency="fellshire-children"), by=detective, now=now)
    states = {one.agency_code: one.state for one in queries.of_incident(new.incident_id, by=detective)}
    assert states == {"larch-refuge": "recalled", "fellshire-children": "sent"}


def test_an_ended_agreement_stops_everything_but_what_protects_life(new, detective, now):
    from fellwatch.sharing import actions
    from fellwatch.sharing.checks import Invalid

    later = now + timedelta(days=400)
    with pytest.raises(Invalid) as told:
        actions.refer(new, by=detective, now=later)
    assert "ended on" in told.value.problems["agency"]
    assert actions.refer(replace(new, basis="life"), by=detective, now=later)


def test_an_agreement_may_say_less_than_the_rulebook_and_never_more(new, detective, system, now):
    from fellwatch.foundation import clock
    from fellwatch.sharing import actions
    from fellwatch.sharing.checks import Invalid

    today = clock.london_date(now)
    terms = ("A narrower agreement", today, today + timedelta(days=90))
    with pytest.raises(Invalid) as told:
        actions.agree("fells-homes", *terms, ["name", "suspect"], "Both", by=system, now=now)
    assert "told" in told.value.problems
    actions.agree("larch-refuge", *terms, ["name", "safe_contact"], "Both", by=system, now=now)
    with pytest.raises(Invalid) as told:
        actions.refer(new, by=detective, now=now)
    assert set(told.value.problems) == {"tell-suspect"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"signed_by": " "}, "signed_by"),
        ({"days": 0}, "to_date"),
        ({"days": 2000}, "to_date"),
        ({"told": []}, "told"),
    ],
)
def test_an_agreement_without_its_parts_is_refused_beside_the_field(listed, system, now, change, field):
    from fellwatch.foundation import clock
    from fellwatch.sharing import actions
    from fellwatch.sharing.checks import Invalid

    said = {"title": "Agreement", "signed_by": "Both", "days": 90, "told": ["name"], **change}
    today = clock.london_date(now)
    with pytest.raises(Invalid) as told:
        actions.agree("larch-refuge", said["title"], today, today + timedelta(days=said["days"]), said["told"],
                      said["signed_by"], by=system, now=now)  # fmt: skip
    assert field in told.value.problems


def test_declining_needs_its_code_and_completing_reaches_whoever_sent_it_once(new, detective, dana, now):
    from fellwatch.contact import jobs as contact
    from fellwatch.sharing import actions, jobs, queries
    from fellwatch.sharing.checks import Invalid

    actions.refer(new, by=detective, now=now)
    actions.open_referral(new.id, by=dana, now=now)
    with pytest.raises(Invalid) as told:
        actions.answer_referral(new.id, "declined", "No bed tonight; ask the county line.", by=dana, now=now)
    assert "code" in told.value.problems
    actions.answer_referral(new.id, "accepted", "We ring her within the hour.", by=dana, now=now)
    with pytest.raises(Invalid):
        actions.complete_referral(new.id, "done", "She has a bed with us since last night.", by=dana, now=now)
    for _ in range(2):
        actions.complete_referral(new.id, "service_given", "She has a bed with us since one.", by=dana, now=now)
        jobs.tell_back(referral=str(new.id))
        contact.carry_referral(referral=str(new.id))
    (told_back,) = queries.told_back(by=detective)
    assert told_back.title == "Larch Refuge has finished with this"
    assert "She has a bed with us" in told_back.words


def test_an_agency_that_leaves_takes_nothing_more_and_its_people_are_out(new, member, detective, steward, now):
    from fellwatch.foundation.accounts.models import User
    from fellwatch.sharing import actions
    from fellwatch.sharing.checks import Invalid

    assert actions.close_agency("larch-refuge", by=steward, now=now) == 3, "Dana, and the county's own two"
    assert not User.objects.get(id=member.id).is_active
    with pytest.raises(Invalid) as told:
        actions.refer(new, by=detective, now=now)
    assert "left" in told.value.problems["agency"]
