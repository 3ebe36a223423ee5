"""A key opens its scopes for its holder until its day, and nothing else opens anything."""

from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from tests.api import door

pytestmark = pytest.mark.database


def _now():
    return datetime.now(UTC)


@pytest.fixture
def command(database):
    """Return a caller of `fellwatch token` that gives its exit code and what it told."""
    from fellwatch.cli.token import token

    def call(*arguments):
        found = CliRunner().invoke(token, arguments)
        assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
        return found.exit_code, found.output

    return call


def _listed(command):
    """Return each key of the list in its columns."""
    return [line.split("\t") for line in command("list")[1].splitlines()]


def _logged(auditor, sentence):
    from fellwatch.foundation.audit import chain

    return [one for one in chain.lines(by=auditor) if one.sentence == sentence]


def test_a_key_acts_as_its_holder_within_its_scopes(db):
    holder = door.user("cad", "control_supervisor")
    told = door.machine(holder, scopes=["contact.read", "records.read"]).get("/whoami").json()
    assert (told["name"], told["role"]) == ("Cad", "control_supervisor")
    assert told["scopes"] == ["contact.read", "records.read"]


def test_a_scope_that_the_role_has_no_longer_opens_nothing(db):
    holder = door.user("cad", "auditor")
    wide = door.machine(holder, scopes=["audit.read"])
    assert wide.get("/log").status_code == 200
    holder.role = "call_taker"
    holder.save()
    assert wide.get("/whoami").json()["scopes"] == []
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


def test_a_revoked_key_opens_nothing_from_that_moment(db, command):
    machine = door.machine(door.user("cad", "call_taker"), label="gateway 7")
    other = door.machine(door.user("eve", "call_taker"), label="gateway 7")
    assert machine.get("/whoami").status_code == 200
    (id, *_), _ = _listed(command)
    code, told = command("revoke", id.upper())
    assert code == 0
    assert f"{id}, gateway 7 of cad: revoked" in told
    assert machine.get("/whoami").status_code == 401
    assert other.get("/whoami").status_code == 200


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


def test_a_key_is_issued_at_the_command_line_and_the_log_says_so_without_it(db, command, auditor):
    holder = door.user("cad", "call_taker")
    code, told = command("issue", "CAD", "--label", "gateway 7", "--scope", "contact.read")
    assert code == 0
    assert door.Machine(told.strip()).get("/whoami").json()["name"] == "Cad"
    (line,) = _logged(auditor, "accounts.key_issued")
    assert (line.subject_kind, line.subject_id, line.actor_name) == ("account", str(holder.id), "operator")
    assert line.detail["scopes"] == ["contact.read"]
    assert told.strip() not in str(line.detail)


def test_a_key_is_never_issued_to_nobody_or_beyond_the_role(db, command):
    door.user("cad", "call_taker")
    code, told = command("issue", "nobody", "--label", "x", "--scope", "contact.read")
    assert (code, "There is no account nobody." in told) == (2, True)
    code, told = command("issue", "cad", "--label", "x", "--scope", "audit.read")
    assert (code, "The role does not include audit.read." in told) == (2, True)
    assert command("issue", "cad", "--label", "x", "--scope", "contact.read", "--days", "99999999")[0] == 2
    assert _listed(command) == []


def test_an_ended_account_is_issued_no_key(db, command, auditor):
    door.user("cad", "call_taker", is_active=False)
    code, told = command("issue", "cad", "--label", "x", "--scope", "contact.read")
    assert code == 2
    assert "The account cad has ended" in told
    assert not _logged(auditor, "accounts.key_issued")


def test_the_list_tells_whose_each_key_is_and_whether_it_is_good_and_never_the_key(db, command, auditor):
    cad, eve = door.user("cad", "call_taker"), door.user("eve", "call_taker")
    keys = [
        door.machine(cad, label="good", scopes=["contact.read", "records.read"]).key,
        door.machine(cad, label="past", days=1, now=_now() - timedelta(days=2)).key,
        door.machine(eve, label="gone", scopes=["contact.read"]).key,
    ]
    eve.is_active = False
    eve.save()
    code, told = command("list")
    assert code == 0
    assert not [key for key in keys if key in told or key[3:] in told]
    good, past, gone = _listed(command)
    assert good[1:4] == ["cad", "good", "contact.read, records.read"]
    assert good[5].startswith("good until ")
    assert past[5].startswith("ended ")
    assert gone[1:3] + gone[5:] == ["eve", "gone", "opens nothing: its account has ended"]
    assert len({row[0] for row in (good, past, gone)}) == 3
    assert len(_logged(auditor, "accounts.keys_listed")) == 2


def test_a_key_revoked_twice_is_told_the_same_and_logged_once(db, command, auditor):
    holder = door.user("cad", "call_taker")
    door.machine(holder, label="gateway 7")
    ((id, *_),) = _listed(command)
    assert command("revoke", id) == command("revoke", id)
    (line,) = _logged(auditor, "accounts.key_revoked")
    assert (line.subject_id, line.detail["key"][-8:]) == (str(holder.id), id)
    assert _listed(command)[0][5].startswith("revoked ")


@pytest.mark.parametrize("id", ["0badf00d", "", "gateway 7"])
def test_a_key_that_is_not_there_cannot_be_revoked(db, command, auditor, id):
    machine = door.machine(door.user("cad", "call_taker"), label="gateway 7")
    code, told = command("revoke", id)
    assert code == 2
    assert "List them with `fellwatch token list`" in " ".join(told.split())
    assert machine.get("/whoami").status_code == 200
    assert not _logged(auditor, "accounts.key_revoked")


def test_nobody_who_merely_works_here_issues_lists_or_revokes_keys(db, alice):
    from fellwatch.foundation.access import Refused
    from fellwatch.foundation.accounts import actions, queries

    door.user("cad", "call_taker")
    with pytest.raises(Refused):
        actions.issue_key("cad", label="x", scopes=["contact.read"], days=1, by=alice, now=_now())
    with pytest.raises(Refused):
        queries.keys(by=alice, now=_now())
    with pytest.raises(Refused):
        actions.revoke_key("0badf00d", by=alice, now=_now())
