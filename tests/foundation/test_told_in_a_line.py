"""What ends a command is told in one plain line: never in a traceback, and never with a password."""

import pytest
from click.testing import CliRunner


def run(*arguments):
    """Return what `fellwatch` with these arguments ends with."""
    from fellwatch.cli.main import main

    return CliRunner().invoke(main, [str(one) for one in arguments])


def told(done):
    """Return the one line that a command which failed ends with."""
    assert isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code == 1
    (line,) = done.stderr.splitlines()
    return line


def test_a_key_that_cannot_be_written_where_it_was_asked_for_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    where = ["--private", tmp_path / "private.pem", "--public", tmp_path / "file" / "public.pem"]
    line = told(run("handheld", "recovery-key", *where, "--passphrase", "four herons over the tarn"))
    assert f"{tmp_path / 'file'} cannot be used" in line
    assert not (tmp_path / "private.pem").exists()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("postgresql//operator:hidden@127.0.0.1/postgres", "ADMIN_URL cannot be read."),
        ("postgresql://operator:hidden@127.0.0.1:9/postgres", "The server cannot be prepared:"),
    ],
)
def test_a_server_that_cannot_be_prepared_is_told_without_its_password(address, words):
    line = told(run("database", "prepare", address))
    assert words in line
    assert "hidden" not in line


def test_an_address_of_the_database_that_cannot_be_read_is_told_without_its_password():
    from django.core.exceptions import ImproperlyConfigured

    from fellwatch.cli import refusals
    from fellwatch.config import databases

    with pytest.raises(ImproperlyConfigured) as wrong:
        databases.django("postgresql//operator:hidden@127.0.0.1/fellwatch")
    assert refusals.words(wrong.value).startswith("DATABASE_URL or DATABASE_OWNER_URL cannot be read.")
    assert "hidden" not in refusals.words(wrong.value)


def test_what_else_an_address_asks_of_the_connection_holds():
    from fellwatch.config import databases

    found = databases.django("postgresql://a:b@db.example/fellwatch?sslmode=verify-full&sslrootcert=/ca.pem", pool=True)
    assert found["OPTIONS"] == {"sslmode": "verify-full", "sslrootcert": "/ca.pem", "pool": True}
    assert (found["NAME"], found["HOST"], found["USER"]) == ("fellwatch", "db.example", "a")


def test_a_database_that_does_not_answer_is_told_and_what_one_says_is_not_hidden():
    import psycopg

    from fellwatch.cli import refusals

    with pytest.raises(psycopg.OperationalError) as silent:
        psycopg.connect("postgresql://operator:hidden@127.0.0.1:9/fellwatch")
    assert refusals.words(silent.value).startswith("The database does not answer:")
    assert refusals.words(psycopg.errors.DeadlockDetected("deadlock detected")) == ""
    assert refusals.words(KeyError("ours")) == ""


@pytest.mark.database
def test_whoever_searches_at_the_command_line_without_the_permission_is_told_and_logged(db, auditor):
    from fellwatch.foundation.accounts.models import User
    from fellwatch.foundation.audit import chain

    User.objects.create(username="erin", full_name="Erin Howe", role="auditor")
    line = told(run("recognition", "search", "--as", "erin", "--name", "Danielle Hewett"))
    assert line == "Error: The role auditor does not include recognition.search."
    (refused,) = chain.lines(by=auditor, action="refusal")
    assert (refused.actor_name, refused.detail) == ("Erin Howe", {"permission": "recognition.search"})


@pytest.mark.database
def test_nobody_searches_as_an_account_that_is_not_there_or_has_ended(db):
    from fellwatch.foundation.accounts.models import User

    User.objects.create(username="gone", role="call_taker", is_active=False)
    assert "Nobody signs in as nobody." in told(run("recognition", "search", "--as", "nobody", "--name", "x"))
    assert "The account gone has ended" in told(run("recognition", "search", "--as", "gone", "--name", "x"))


def test_a_register_of_published_rules_that_is_damaged_is_told(tmp_path):
    (tmp_path / "digests.toml").write_text("[threshold]\n1 = 4\n")
    assert "put back the last good one" in told(run("rulebook", "withdraw", "threshold", "--rulebook", tmp_path))


def test_a_file_that_is_no_trained_model_is_not_published(tmp_path):
    for name in ("model.toml", "people.csv", "queries.csv"):
        (tmp_path / name).write_text("")
    files = [tmp_path / name for name in ("model.toml", "people.csv", "queries.csv")]
    assert "model.toml is no model" in told(run("recognition", "publish", *files))


@pytest.mark.parametrize("scale", ["0", "-1", "nan", "1000"])
def test_a_county_of_no_size_is_told(scale):
    assert "Choose a scale between" in told(run("demonstration", "describe", "--scale", scale))


@pytest.mark.parametrize("at", ["0001-01-01", "9999-12-31", "9999-12-31T23:59+00:00"])
def test_a_time_that_no_duty_starts_at_is_told_beside_it(at):
    done = run("duty", "due", "dvpn_hearing", "--at", at)
    assert (done.exit_code, "between 1900 and 2199" in done.stderr) == (2, True)


@pytest.mark.database
@pytest.mark.parametrize(
    ("given", "beside"),
    [(("x" * 151, "--mail", ""), "USERNAME"), (("una", "--mail", "una at agencies"), "--mail")],
)
def test_a_name_or_mailbox_that_no_account_can_have_is_told_beside_it(db, given, beside):
    from fellwatch.foundation.accounts.models import User

    more = ["--name", "Una Moss", "--role", "auditor", "--team", "audit", "--without-password"]
    done = run("user", "add", *given, *more)
    assert (done.exit_code, beside in done.stderr) == (2, True)
    assert not User.objects.exists()
