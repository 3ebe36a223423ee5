"""Vulnerability questions, lower grades, the helpline and referrals through the API: the same rules as on pages."""

import uuid

import pytest

from tests.api import door
from tests.contact.calls import THRIVE, call

pytestmark = pytest.mark.database

HELD = "He has been arrested at his mother's; confirmed by custody by phone."
LOWER = {
    "seen": 1,
    "trigger": "new_information",
    "grade": "priority",
    "reason_code": "suspect_detained",
    "rationale": HELD,
    "thrive": THRIVE,
}


REFERRAL = {
    "agency": "larch-refuge",
    "basis": "safeguarding",
    "necessity": "The refuge has to find her a bed tonight and ring her safely.",
    "proportionality": "Without who is feared they cannot keep him away; her history is left out.",
    "contents": {"name": "Danielle Hewett", "safe_contact": "Text first."},
}


@pytest.fixture
def logged(db, alice):
    from fellwatch.contact import actions
    from fellwatch.foundation import clock

    now = clock.now()
    return actions.log_incident(call(now), by=alice, now=now)


@pytest.fixture
def caller(logged, alice):
    from fellwatch.foundation import clock
    from fellwatch.records import queries

    parts = queries.incident(logged.incident_id, by=alice, now=clock.now()).parts
    return next(part.person.id for part in parts if part.role == "caller")


def test_answers_about_somebody_stand_once_and_say_the_grade_they_propose(logged, caller):
    machine = door.of_role("call_taker")
    here = f"/incidents/{logged.incident_id}/people/{caller}/prompts"
    sent = f"{here}/{uuid.uuid4()}"
    body = {"vulnerabilities": ["pregnant"], "answers": {"pregnant_weeks": "30 weeks", "pregnant_blow": "yes"}}
    for _ in range(2):
        answer = machine.put(sent, body)
        assert answer.status_code == 200, answer.content
    assert answer.json()["proposed_grade"]
    found = machine.get(here).json()
    assert "pregnant" in found["vulnerabilities"]
    assert found["answers"]["pregnant_weeks"] == "30 weeks"
    assert 2 <= found["answered"] <= found["asked"]
    lines = machine.get(f"/incidents/{logged.incident_id}").json()["handling"]["log"]
    assert sum(one["kind"] == "prompts" for one in lines) == 1


def test_a_wrong_answer_is_told_by_its_field_and_a_stranger_to_the_incident_is_not_there(logged, caller):
    machine = door.of_role("call_taker")
    here = f"/incidents/{logged.incident_id}/people"
    body = {"vulnerabilities": ["pregnant"], "answers": {"pregnant_blow": "perhaps"}}
    wrong = machine.put(f"{here}/{caller}/prompts/{uuid.uuid4()}", body)
    assert wrong.status_code == 422
    assert "answers.pregnant_blow" in wrong.json()["problems"]
    assert machine.get(f"{here}/{uuid.uuid4()}/prompts").status_code == 404
    assert door.of_role("helpline_adviser").get(f"{here}/{caller}/prompts").status_code == 403


def test_a_lower_grade_waits_for_a_supervisor_who_refuses_or_agrees_once(logged):
    taker, supervisor = door.of_role("call_taker"), door.of_role("control_supervisor")
    first, second = uuid.uuid4(), uuid.uuid4()
    here = f"/incidents/{logged.incident_id}"
    for _ in range(2):
        sent = taker.put(f"{here}/proposals/{first}", LOWER)
        assert (sent.status_code, sent.json()["state"]) == (202, "waiting"), sent.content
    assert taker.get(here).json()["handling"]["grade"] == "emergency"
    assert [one["id"] for one in supervisor.get("/proposals").json()["items"]] == [str(first)]
    assert taker.get("/proposals").status_code == 403
    assert "because" in supervisor.put(f"/proposals/{first}/refusal", {"because": " "}).json()["problems"]
    for _ in range(2):
        refused = supervisor.put(f"/proposals/{first}/refusal", {"because": "He is still outside."})
        assert refused.status_code == 204, refused.content
    assert taker.put(f"{here}/proposals/{second}", LOWER).status_code == 202
    for _ in range(2):
        assert supervisor.put(f"/proposals/{second}/agreement").status_code == 204
    assert taker.get(here).json()["handling"]["grade"] == "priority"


def test_the_helpline_is_asked_once_answers_and_is_told_what_came_of_it(logged):
    taker, adviser = door.of_role("call_taker"), door.of_role("helpline_adviser")
    asked = uuid.uuid4()
    here = f"/incidents/{logged.incident_id}/consultations"
    assert "question" in taker.put(f"{here}/{asked}", {"about": "Wren, 30", "question": " "}).json()["problems"]
    for _ in range(2):
        question = {"about": "Wren, 30, on the bridge", "question": "Is there a plan?"}
        assert taker.put(f"{here}/{asked}", question).status_code == 204
    assert [one["id"] for one in adviser.get("/consultations").json()["items"]] == [str(asked)]
    assert adviser.put(f"/consultations/{asked}/taking").json() == {"taken": True}
    wrong = adviser.put(f"/consultations/{asked}/advice", {"code": "pray", "text": "Ring."})
    assert "code" in wrong.json()["problems"]
    advice = {"code": "known_plan", "text": "Ring his sister."}
    assert adviser.put(f"/consultations/{asked}/advice", advice).status_code == 204
    unheard = taker.put(f"/consultations/{asked}/outcome", {"agreed": False, "outcome": "Taken to hospital."})
    assert "disagreement" in unheard.json()["problems"]
    settled = {"agreed": True, "outcome": "Home with his sister."}
    assert taker.put(f"/consultations/{asked}/outcome", settled).status_code == 204
    (found,) = taker.get(here).json()["items"]
    assert (found["advice"], found["agreed"]) == ("Ring his sister.", True)
    assert adviser.get(here).status_code == 403


def test_a_referral_gets_one_receipt_and_what_the_agency_may_not_have_is_refused(logged, caller, system):
    from fellwatch.demonstration import agencies
    from fellwatch.foundation import clock

    agencies.fill(by=system, now=clock.now())
    taker = door.of_role("call_taker")
    here = f"/incidents/{logged.incident_id}/referrals"
    sent = f"{here}/{uuid.uuid4()}"
    body = {**REFERRAL, "person_id": str(caller)}
    wrong = taker.put(sent, {**body, "contents": {"criminal_record": "Much"}})
    assert "contents.criminal_record" in wrong.json()["problems"]
    assert "person_id" in taker.put(sent, {**body, "person_id": str(uuid.uuid4())}).json()["problems"]
    receipts = {taker.put(sent, body).json()["receipt"] for _ in range(2)}
    (found,) = taker.get(here).json()["items"]
    assert receipts == {found["receipt"]}
    assert found["contents"] == body["contents"]
    assert "larch-refuge" in {one["code"] for one in taker.get("/agencies").json()["items"]}


def test_a_program_that_knows_somebody_by_an_earlier_id_is_answered_and_gets_its_receipt_again(
    logged, caller, system, alice, actor
):
    from fellwatch.demonstration import agencies
    from fellwatch.foundation import clock
    from fellwatch.recognition import merging
    from fellwatch.records import actions as records
    from fellwatch.records.actions import NewPerson

    now = clock.now()
    agencies.fill(by=system, now=now)
    taker, here = door.of_role("call_taker"), f"/incidents/{logged.incident_id}"
    sent = f"{here}/referrals/{uuid.uuid4()}"
    body = {**REFERRAL, "person_id": str(caller)}
    receipt = taker.put(sent, body).json()["receipt"]
    other = records.add_person(NewPerson("Dani", "Birkett"), by=alice, now=now)
    merging.merge(other, caller, because="Same number.", by=actor("Rita Holme", "records_reviewer"), now=now)
    assert taker.put(sent, body).json()["receipt"] == receipt
    prompts = f"{here}/people/{caller}/prompts"
    told = {"vulnerabilities": ["pregnant"], "answers": {"pregnant_weeks": "30 weeks"}}
    assert taker.put(f"{prompts}/{uuid.uuid4()}", told).status_code == 200
    found = taker.get(prompts).json()
    assert (found["vulnerabilities"], found["answers"]["pregnant_weeks"]) == (["pregnant"], "30 weeks")
    assert found == taker.get(f"{here}/people/{other}/prompts").json()


def test_what_machines_asked_and_told_stands_in_the_log(logged, caller, auditor):
    from fellwatch.foundation.audit import chain

    taker = door.of_role("call_taker")
    body = {"about": "Wren, 30", "question": "Is there a plan?"}
    taker.put(f"/incidents/{logged.incident_id}/consultations/{uuid.uuid4()}", body)
    taker.get(f"/incidents/{logged.incident_id}/people/{caller}/prompts")
    said = {line.sentence for line in chain.lines(by=auditor)}
    assert {"contact.consultation_requested", "records.incident_read"} <= said
