"""What a stranger's browser, form or link can make of the doors: nothing."""

import re
import uuid

import pytest

from tests.shell.browsers import browser, stranger

pytestmark = pytest.mark.database

ELSEWHERE = (
    "https://example.com/",
    "//example.com/",
    "/\\example.com",
    "javascript:alert(1)",
    "/\t/example.com",
    "\x00",
)
TOKENLESS = ("api/", "exchange/", "walks/")


def _addresses():
    """Every address of every app, with something in place of each argument; what takes no cookie is left out."""
    from django.urls import URLPattern, get_resolver

    def walk(patterns, prefix):
        for one in patterns:
            path = prefix + str(one.pattern)
            if isinstance(one, URLPattern):
                yield path
            else:
                yield from walk(one.url_patterns, path)

    for path in walk(get_resolver().url_patterns, ""):
        path = re.sub(r"<uuid:\w+>", str(uuid.UUID(int=0)), path)
        path = re.sub(r"<int:\w+>", "1", re.sub(r"<(?:\w+:)?\w+>", "x", path))
        path = re.sub(r"\(\?P<\w+>[^)]*\)|[\^$\\]", lambda found: "x" if found[0].startswith("(") else "", path)
        if not path.startswith(TOKENLESS):
            yield "/" + path


def test_every_address_that_takes_a_form_takes_none_from_another_site(db):
    client = browser("control_supervisor", strict=True)
    taken = {path: client.post(path).status_code for path in _addresses()}
    assert {path: status for path, status in taken.items() if status not in {403, 404, 405}} == {}
    assert sum(status == 403 for status in taken.values()) > 25


def test_no_address_changes_anything_when_it_is_only_followed(db):
    """A link, a picture or a prefetch sends GET: what writes answers it with 405, or with a page."""
    from django.db import connection

    client = browser("control_supervisor")
    for path in _addresses():
        if any(
            part in path for part in ("/line", "/unit/", "/arrival/", "/close/", "/questions/", "/settle/", "/take/")
        ):
            assert client.get(path).status_code in {404, 405}, path
    assert connection.is_usable()


@pytest.mark.parametrize("next", ELSEWHERE)
def test_nobody_is_sent_to_another_site(db, next):
    client = browser("call_taker")
    answers = [
        client.post("/theme/", {"theme": "dark", "next": next}),
        stranger().post("/accounts/login/", {"login": "x", "password": "x", "next": next}),
        client.get("/accounts/login/", {"next": next}),
        client.post("/accounts/logout/", {"next": next}),
    ]
    for answer in answers:
        assert answer.status_code in {200, 302}
        assert "example.com" not in answer.headers.get("Location", "")
        assert not answer.headers.get("Location", "/").startswith(("//", "javascript"))


def test_a_session_that_was_there_before_sign_in_is_not_the_one_after(db):
    from django.contrib.auth.hashers import make_password

    from fellwatch.foundation.accounts.models import User

    word = uuid.uuid4().hex
    User.objects.create(username="alice", role="call_taker", password=make_password(word))
    client = stranger()
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    before = client.cookies["sessionid"].value
    answer = client.post("/accounts/login/", {"login": "alice", "password": word})
    assert answer.status_code == 302
    assert client.cookies["sessionid"].value != before
    assert client.get("/contact/board/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/contact/board/").status_code == 302


def test_somebody_who_left_is_out_at_their_next_step(db):
    from fellwatch.foundation.accounts.models import User

    client = browser("call_taker")
    User.objects.filter(id=client.session["_auth_user_id"]).update(is_active=False)
    assert client.get("/contact/board/").status_code == 302


def test_a_refused_read_of_an_incident_stands_in_the_log_with_what_was_asked_for(db, auditor):
    from fellwatch.foundation.audit import chain

    id = uuid.uuid4()
    assert browser("data_manager").post(f"/contact/incidents/{id}/arrival/").status_code == 403
    (line,) = chain.lines(by=auditor, action="refusal")
    assert (line.subject_kind, line.subject_id, line.detail) == ("incident", str(id), {"permission": "contact.log"})


def test_a_cell_that_a_spreadsheet_would_run_is_guarded_and_no_name_breaks_a_header(db, manager, now):
    from fellwatch.foundation import access
    from fellwatch.foundation.imports import queries
    from fellwatch.foundation.imports.models import ImportRejection, ImportRun

    with access.acting(manager):
        run = ImportRun.objects.create(
            importer="schools",
            filename='a"\r\nSet-Cookie: x=1; .csv',
            digest="x",
            path="x",
            reading={"headers": ["=name", "b", "c", "d", "e", "f"]},
            state="finished",
            created_at=now,
            created_by=manager.id,
            created_by_name="Mina",
        )
        row = {"=name": "=cmd|' /C calc'!A0", "b": "+SUM(A1)", "c": "-A1", "d": "@x", "e": "\t=1", "f": "plain"}
        ImportRejection.objects.create(run=run, line=1, row=row, reasons=[["b", "=1", "@do"]])
    text = queries.rejections_csv(run.id, by=manager)
    cells = re.findall(r'(?:^|,)"?([=+\-@\t][^,\r\n]*)', text, re.MULTILINE)
    assert cells == []
    answer = browser("data_manager").get(f"/imports/{run.id}/rejections.csv")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f'attachment; filename="kept-aside-{run.id}.csv"'
