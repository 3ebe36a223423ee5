"""Who has an account, in which role, and until when."""

from datetime import UTC, datetime

import pytest

pytestmark = pytest.mark.database
NOW = datetime(2026, 10, 3, 22, 40, tzinfo=UTC)
PHRASE = "four herons over the tarn"


@pytest.fixture
def operator(db):
    from fellwatch.foundation.accounts import roles

    return roles.system("operator")


@pytest.fixture
def alice(operator):
    from fellwatch.foundation.accounts import actions

    values = {"full_name": "Alice Beck", "role": "call_taker", "team": "control room", "password": PHRASE}
    return actions.make("alice", agency="X23000099", by=operator, **values)


def entries(sentence: str) -> list:
    """Return each such line of the log, as an auditor reads it."""
    from dataclasses import replace

    from fellwatch.foundation import access
    from fellwatch.foundation.accounts import roles
    from fellwatch.foundation.audit.models import AuditEntry

    auditor = replace(roles.system("auditor"), permissions=roles.roles()["auditor"].permissions)
    with access.acting(auditor):
        return list(AuditEntry.objects.filter(sentence=sentence).order_by("id"))


def lines(sentence: str) -> list[dict]:
    """Return the detail of each such line of the log."""
    return [one.detail for one in entries(sentence)]


def test_an_account_without_a_password_has_none_that_works(operator):
    from fellwatch.foundation.accounts import actions

    made = actions.make("bob@x.example", agency="X23000099", by=operator, full_name="Bob Tarn", role="auditor", team="")
    assert made.has_usable_password() is False


@pytest.mark.parametrize(
    ("values", "beside"),
    [
        ({"role": "king"}, "role"),
        ({"role": "auditor", "password": "short"}, "password"),
    ],
)
def test_what_is_wrong_with_an_account_is_said_beside_the_value_and_none_is_made(operator, values, beside):
    from fellwatch.foundation.accounts import actions
    from fellwatch.foundation.accounts.models import User

    with pytest.raises(actions.Invalid) as wrong:
        actions.make("carol", agency="X23000099", by=operator, **values)
    assert list(wrong.value.problems) == [beside]
    assert not User.objects.filter(username="carol").exists()


def test_a_name_is_given_once_however_it_is_written(operator, alice):
    from fellwatch.foundation.accounts import actions

    with pytest.raises(actions.Invalid, match="already"):
        actions.make("Alice", agency="X23000099", by=operator, role="auditor")


def test_another_role_counts_at_the_next_click_and_the_log_holds_both(operator, alice, db):
    from fellwatch.foundation.accounts import actions
    from tests.shell.browsers import stranger

    client = stranger()
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/log/").status_code == 403
    actions.change("ALICE", by=operator, role="auditor")
    assert client.get("/log/").status_code == 200
    (said,) = lines("accounts.changed")
    assert said["before"]["role"] == "call_taker"
    assert said["after"]["role"] == "auditor"
    assert said["changed"] == ["role"]


def test_a_new_password_stands_in_the_log_as_changed_and_never_as_typed(operator, alice):
    from fellwatch.foundation.accounts import actions

    actions.change("alice", by=operator, password="five herons over the beck")
    (said,) = lines("accounts.changed")
    assert said["changed"] == ["password"]
    assert "beck" not in str(said)


def test_whoever_leaves_is_out_at_once_with_their_machines_and_may_come_back(operator, alice):
    from fellwatch.foundation.accounts import actions, tokens
    from tests.shell.browsers import stranger

    client = stranger()
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    key = actions.issue_key("alice", label="link", scopes=["contact.read"], days=90, by=operator, now=NOW)
    assert client.get("/contact/board/").status_code == 200
    assert actions.end("alice", by=operator, now=NOW) == 1
    assert client.get("/contact/board/").status_code == 302
    actions.restore("alice", by=operator)
    assert client.get("/contact/board/").status_code == 200
    assert tokens.holder(key, now=NOW) is None, "a machine's key stays ended"


def test_a_lost_telephone_is_forgotten(operator, alice):
    from allauth.mfa.models import Authenticator

    from fellwatch.foundation.accounts import actions, queries

    Authenticator.objects.create(user=alice, type="totp", data={"secret": "x"})
    assert [one.proofs for one in queries.accounts(by=operator) if one.username == "alice"] == [("password", "totp")]
    assert actions.forget("alice", by=operator) == 1
    assert [one.proofs for one in queries.accounts(by=operator) if one.username == "alice"] == [("password",)]
    assert lines("accounts.forgotten") == [{"authenticators": 1, "identities": 0}]


def test_nobody_who_merely_works_here_makes_accounts(operator, alice):
    from fellwatch.foundation.access import Refused
    from fellwatch.foundation.accounts import actions, roles

    with pytest.raises(Refused):
        actions.end("alice", by=roles.actor(alice), now=NOW)


def test_a_wrong_password_is_logged_by_the_account_that_was_tried_and_never_by_what_was_typed(alice):
    from tests.shell.browsers import stranger

    client = stranger()
    client.post("/accounts/login/", {"login": "alice", "password": "not this one"})
    client.post("/accounts/login/", {"login": "my pass phrase by mistake", "password": ""})
    client.post("/accounts/login/", {"login": "my pass phrase by mistake", "password": "not this one"})
    rows = entries("accounts.turned_away")
    assert [row.subject_id for row in rows] == [str(alice.id), "unknown"]
    assert "mistake" not in str([vars(row) for row in rows])


def test_a_name_that_is_guessed_at_is_shut_for_a_while_in_words(alice):
    from django.core.cache import cache

    from tests.shell.browsers import stranger

    cache.clear()
    client = stranger()
    said = [client.post("/accounts/login/", {"login": "alice", "password": f"guess {n}"}) for n in range(7)]
    assert "too many" in said[-1].content.decode().lower()
    shut = client.post("/accounts/login/", {"login": "alice", "password": PHRASE})
    assert shut.status_code != 302, "nor does the right one get in meanwhile"
    cache.clear()
    assert client.post("/accounts/login/", {"login": "alice", "password": PHRASE}).status_code == 302


def test_tries_are_counted_for_the_whole_installation_and_stay_counted(committed, database):
    from concurrent.futures import ThreadPoolExecutor

    import psycopg
    from django.core.cache import cache
    from django.db import connection

    from fellwatch.foundation.accounts import actions, roles
    from tests.shell.browsers import stranger

    def tried(phrase):
        try:
            return stranger().post("/accounts/login/", {"login": "alice", "password": phrase})
        finally:
            connection.close()

    def elsewhere(phrase):
        with ThreadPoolExecutor(1) as other:
            return other.submit(tried, phrase).result()

    values = {"full_name": "Alice Beck", "role": "call_taker", "team": "control room", "password": PHRASE}
    actions.make("alice", agency="X23000099", by=roles.system("operator"), **values)
    cache.clear()
    with psycopg.connect(database, autocommit=True) as owner:
        for number, guess in enumerate((tried, elsewhere, tried, elsewhere, tried)):
            assert "too many" not in guess(f"guess {number}").content.decode().lower()
        (kept,) = owner.execute(
            "select cache_key from django_cache where cache_key like '%login_failed:5/%'"
        ).fetchall()
        assert not kept[0].endswith(":lock")
        sixth = elsewhere(PHRASE)
        assert (sixth.status_code, "too many" in sixth.content.decode().lower()) == (200, True)
        owner.execute("delete from django_cache")
    assert tried(PHRASE).status_code == 302


def test_a_page_that_is_only_looked_at_counts_nothing(alice):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.shell.browsers import stranger

    client = stranger()
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/accounts/login/").status_code == 200
        client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
        assert client.get("/contact/board/").status_code == 200
    assert asked.captured_queries
    assert not [one for one in asked.captured_queries if "django_cache" in one["sql"]]


def test_where_more_than_a_password_is_asked_for_nothing_else_opens(alice, monkeypatch):
    from allauth.mfa.models import Authenticator
    from django.conf import settings

    from tests.shell.browsers import stranger

    monkeypatch.setattr(settings, "FELLWATCH_SECOND_FACTOR", True)
    client = stranger()
    client.post("/accounts/login/", {"login": "alice", "password": PHRASE})
    shut = client.get("/contact/board/")
    assert (shut.status_code, shut["Location"]) == (302, "/accounts/2fa/")
    assert client.get("/accounts/2fa/").status_code == 200
    assert client.get("/health").status_code == 200
    Authenticator.objects.create(user=alice, type="totp", data={"secret": "x"})
    assert client.get("/contact/board/").status_code == 200
