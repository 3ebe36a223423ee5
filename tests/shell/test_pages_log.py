"""The auditor's pages: lines in words, filters, paging, and the check that the log is whole."""

import ast
import re
import time
import uuid
from pathlib import Path

import pytest

from tests.shell.browsers import browser, household

pytestmark = pytest.mark.database

PACKAGE = Path(__file__).resolve().parents[2] / "fellwatch"
NOT_WRITERS = {"migrations", "access.py", "permissions.py", "jobs.py", "sentences.py", "apps.py", "urls.py"}
SENTENCE = re.compile(r"[a-z]+\.[a-z]+(?:_[a-z]+)*")


def _written():
    """Return every sentence the code gives the log, with where, and the beginnings of those put together there."""
    rooms = {path.name for path in PACKAGE.iterdir() if path.is_dir()} | {"audit", "imports", "jobs", "access"}
    for path in PACKAGE.rglob("*.py"):
        if NOT_WRITERS & {path.name, *path.parts}:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.keyword) and node.arg in {"sentence", "because", "what"}:
                yield from _said(node.value, path)
            if isinstance(node, ast.Call):
                for argument in node.args:
                    yield from ((s, p) for s, p in _said(argument, path) if s.split(".")[0] in rooms)


def _said(value, path):
    if isinstance(value, ast.Constant) and isinstance(value.value, str) and SENTENCE.fullmatch(value.value):
        yield value.value, path
    if isinstance(value, ast.JoinedStr) and isinstance(value.values[0], ast.Constant):
        begins = str(value.values[0].value)
        if re.fullmatch(r"[a-z]+\.[a-z_]*", begins):
            yield begins, path


def test_every_sentence_the_code_gives_the_log_has_words(database):
    from fellwatch.foundation.accounts import roles
    from fellwatch.shell.pages.sentences import WORDS

    permissions = {permission for role in roles.roles().values() for permission in role.permissions}
    written = [(said, path) for said, path in _written() if said not in permissions]
    assert {"contact.incident_logged", "records.person_read", "duties.", "contact."} <= {said for said, _ in written}
    missing = sorted(
        f"{said} in {path.relative_to(PACKAGE)}"
        for said, path in written
        if not (any(known.startswith(said) for known in WORDS) if said.endswith((".", "_")) else said in WORDS)
    )
    assert not missing


LOGS = re.compile(r"_?log|_logged|_read|_written|_entry")


def _subjects():
    """Return what the code says its lines are about: each kind with what tells which, as it is written."""
    for path in PACKAGE.rglob("*.py"):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                given = [one.value for one in node.keywords if one.arg == "subject"]
                given += node.args if LOGS.match(name) else []
                yield from (pair for one in given for part in ast.walk(one) if (pair := _pair(part)))


def _pair(node):
    if not isinstance(node, ast.Tuple) or len(node.elts) != 2:
        return None
    kind, which = node.elts
    if not isinstance(kind, ast.Constant) or not isinstance(kind.value, str):
        return None
    return kind.value, which.value if isinstance(which, ast.Constant) else None


def test_everything_a_line_is_about_has_words(database):
    from fellwatch.shell.pages.subjects import MANY, OF, ONE, WHOLE

    written = set(_subjects())
    assert {("incident", None), ("desk", "queue"), ("school_notice", None), ("people", None)} <= written
    known = {*ONE, *MANY, *OF, *(kind for kind, _ in WHOLE)}
    assert sorted(kind for kind, _ in written if kind not in known) == []
    assert sorted(pair for pair in written if pair[1] and pair not in WHOLE) == []


@pytest.mark.parametrize(
    ("kind", "id", "words"),
    [
        ("incident", "0199b1f2-7c1a-7f3e-9d53-1d2f3a4b5c6d", "incident …3a4b5c6d"),
        ("school_notice", "0199b1f2-7c1a-7f3e-9d53-1d2f3a4b5c6d", "notice to a school …3a4b5c6d"),
        ("people", "1", "1 person"),
        ("school_notices", "1200", "1,200 notices to schools"),
        ("board", "all", "the whole board"),
        ("board", "south", "the board of south"),
        ("search", "starting_model", "a search for somebody"),
        ("agency", "mind_fellshire", "agency mind fellshire"),
        ("force", "E23000002", "force Cumbria"),
        ("figures", "response_by_month", "figures: response by month"),
        ("new_thing", "12_a", "new thing 12 a"),
    ],
)
def test_what_a_line_is_about_is_said_in_words(database, kind, id, words):
    from fellwatch.shell.pages.subjects import about

    assert about(kind, id) == words


def test_words_read_as_one_sentence_after_a_name(database):
    from fellwatch.shell.pages.sentences import WORDS, words

    assert all(said[0].islower() and not said.endswith(".") for said in WORDS.values())
    assert words("later.not_yet_known") == "later: not yet known"


def test_the_log_says_who_did_what_in_words_and_for_what_purpose(db, alice):
    household(alice)
    page = browser("auditor").get("/log/").content.decode()
    assert "Alice Beck" in page
    assert "logged an incident" in page
    assert "Protecting people from harm" in page


def test_the_log_narrows_by_who_what_and_whom(db, alice):
    home = household(alice)
    client = browser("auditor")
    browser("response_officer").get(f"/people/{home.isla}/")
    narrowed = client.get("/log/", {"person": home.isla, "who": "response"}).content.decode()
    assert "opened a person" in narrowed
    assert "saw the people around somebody" in narrowed
    assert "Alice Beck" not in narrowed
    about = client.get("/log/", {"kind": "incident", "subject": home.incidents[0]}).content.decode()
    assert "logged an incident" in about
    assert "No line is like that" in client.get("/log/", {"action": "erasure"}).content.decode()
    assert "No line is like that" in client.get("/log/", {"person": uuid.uuid4()}).content.decode()


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"person": "Danielle"}, "person"),
        ({"action": "peeked"}, "action"),
        ({"kind": "incident"}, "subject"),
        ({"subject": "x"}, "subject"),
        ({"who": "a\x00b"}, "who"),
    ],
)
def test_a_filter_that_cannot_be_read_is_told_beside_it_and_kept(db, asked, field):
    answer = browser("auditor").get("/log/", asked)
    assert answer.status_code == 400
    assert f'href="#{field}"' in answer.content.decode()


@pytest.mark.parametrize("before", ["soon", "-4", "9" * 30, "²"])
def test_a_page_of_the_log_that_cannot_be_is_told(db, before):
    assert browser("auditor").get("/log/", {"before": before}).status_code == 400


def test_an_auditor_finds_an_incident_by_the_log_number_they_were_given(db, alice):
    home = household(alice)
    auditor = browser("auditor")
    number = home.references[0]
    for asked in ({"subject": number}, {"subject": number, "kind": "incident"}):
        page = auditor.get("/log/", asked).content.decode()
        assert "No line is like that" not in page
        assert number in page, "what was typed is kept"
    assert "No line is like that" in auditor.get("/log/", {"subject": "991231-99999"}).content.decode()
    assert browser("call_taker").get("/log/", {"subject": number}).status_code == 403


def test_older_lines_follow_by_number_and_miss_none(db, alice, monkeypatch):
    from fellwatch.shell.pages import log

    household(alice)
    monkeypatch.setattr(log, "MOST", 7)
    client, seen, href = browser("auditor"), [], "/log/?who=Alice"
    while href:
        page = client.get(href).content.decode()
        seen += re.findall(r"fw-quiet\">\d\d:\d\d:\d\d · (\d+)<", page)
        href = next((h.replace("&amp;", "&") for h in re.findall(r'href="([^"]+)" rel="next"', page)), "")
    assert len(seen) == len(set(seen)) > 7
    assert seen == sorted(seen, key=int, reverse=True)


def _seal_something():
    """Seal until the oldest entries are under a seal: a transaction of another test may hold them back a moment."""
    from fellwatch.foundation.audit import chain

    patience = time.monotonic() + 60
    while not chain.seal() and time.monotonic() < patience:
        time.sleep(0.02)


def test_the_check_says_that_the_log_is_whole_and_how_much_waits(committed, alice):
    household(alice)
    _seal_something()
    page = browser("auditor").get("/log/verify/").content.decode()
    assert "The log is whole" in page
    assert "Entries proved" in page


def test_an_altered_line_is_a_fault_with_what_to_do(committed, database, alice):
    import psycopg

    household(alice)
    _seal_something()
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute(
            "update foundation_auditentry set actor_name = 'Somebody else' "
            "where id = (select min(id) from foundation_auditentry)"
        )
    page = browser("auditor").get("/log/verify/").content.decode()
    assert "The log is not whole" in page
    assert "under seal" in page
    assert "information security officer" in page
