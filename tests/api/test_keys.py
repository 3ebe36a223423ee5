"""A key opens its scopes for its holder until its day, and nothing else opens anything."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.api import door

pytestmark = pytest.mark.database


def _now():
    return datetime.now(UTC)


def test_a_key_acts_as_its_holder_within_its_scopes(db):
    holder = door.user("cad", "control_supervisor")
    told = door.machine(holder, scopes=["contact.read", "records.read"]).get("/whoami").json()
    assert (told["name"], told["role"]) == ("Cad", "control_supervisor")
    assert told["scopes"] == ["contact.read", "records.read"]


def test_a_scope_beyond_the_role_opens_nothing(db):
    wide = door.machine(door.user("cad", "call_taker"), scopes=["contact.read", "audit.read"])
    assert wide.get("/whoami").json()["scopes"] == ["contact.read"]
    assert wide.get("/log").status_code == 403


def test_a_key_without_the_scope_is_refused_though_its_holder_may(db):
    holder = door.user("cad", "call_taker")
    narrow = door.machine(holder, scopes=["contact.read"])
    answer = narrow.put("/incidents/0199b1f2-7c1a-7f3e-9d53-1d2f3a4b5c6d", door.call())
    assert answer.status_code == 403
    assert answer.json()["because"] == ["This key's scopes do not include contact.log. Ask for a key that has it."]


def test_a_refusal_says_why_and_stands_in_the_log_with_the_key(db, auditor):
    from fellwatch.foundation.audit import chain

    answer = door.machine(door.user("cad", "call_taker"), label="gateway 7").get("/log")
    assert answer.status_code == 403
    assert answer.json()["because"] == ["The role call taker does not include audit.read."]
    refused = chain.lines(by=auditor, action="refusal")[0]
    assert (refused.actor_name, refused.subject_id) == ("Cad", "audit.read")
    assert "gateway 7" in refused.purpose


def test_every_read_names_the_holder_and_the_key(db, auditor, alice, now):
    from fellwatch.contact import actions
    from fellwatch.foundation.audit import chain
    from tests.contact.calls import call

    logged = actions.log_incident(call(now), by=alice, now=now)
    caller = door.machine(door.user("cad", "call_taker"), label="gateway 7")
    assert caller.get(f"/incidents/{logged.incident_id}").status_code == 200
    read = next(line for line in chain.lines(by=auditor) if line.sentence == "records.incident_read")
    assert (read.actor_name, read.role, read.people) == ("Cad", "call_taker", 2)
    assert "gateway 7" in read.purpose


def test_an_expired_key_opens_nothing(db):
    then = _now() - timedelta(days=31)
    assert door.machine(door.user("cad", "call_taker"), days=30, now=then).get("/whoami").status_code == 401


def test_a_revoked_key_opens_nothing_from_that_moment(db):
    from fellwatch.foundation.accounts import tokens

    holder = door.user("cad", "call_taker")
    machine = door.machine(holder, label="gateway 7")
    assert machine.get("/whoami").status_code == 200
    assert tokens.revoke("gateway 7", user=holder, now=_now()) == 1
    assert machine.get("/whoami").status_code == 401


def test_the_key_of_somebody_who_left_opens_nothing(db):
    holder = door.user("cad", "call_taker")
    machine = door.machine(holder)
    holder.is_active = False
    holder.save()
    assert machine.get("/whoami").status_code == 401


@pytest.mark.parametrize(
    "said", ["", "Bearer", "Bearer ", "Bearer fw_", "Basic YTpi", "fw_", "Bearer Ω", "Bearer  fw_x"]
)
def test_no_key_or_a_wrong_one_is_told_what_to_do(db, said):
    from django.test import Client

    answer = Client(SERVER_NAME="localhost").get("/api/v1/incidents", headers={"Authorization": said})
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert "Authorization: Bearer" in answer.json()["detail"]


def test_a_page_session_opens_nothing_here(db):
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(door.user("alice", "call_taker"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/api/v1/incidents").status_code == 401
    body = door.call()
    path = "/api/v1/incidents/0199b1f2-7c1a-7f3e-9d53-1d2f3a4b5c6d"
    assert client.put(path, body, content_type="application/json").status_code == 401
