"""The API says of itself exactly what it does."""

import inspect
import json

import pytest

from tests.api import door

pytestmark = pytest.mark.database


@pytest.fixture
def described(db):
    """The API's description as anybody can fetch it."""
    return door.Machine("").get("/openapi.json").json()


def _operations(described):
    return [(path, method, op) for path, methods in described["paths"].items() for method, op in methods.items()]


def test_it_is_openapi_3_1_with_a_version_in_every_address(described):
    assert described["openapi"].startswith("3.1")
    assert all(path.startswith("/api/v1/") for path in described["paths"])


def test_every_operation_has_a_name_of_its_own_words_and_a_key(described):
    names = [op["operationId"] for _, _, op in _operations(described)]
    assert len(names) == len(set(names)) >= 28
    for path, _, op in _operations(described):
        assert op["summary"], path
        assert op["description"], path
        assert op["security"] == [{"Key": []}], path


def test_every_operation_declares_its_problems_in_one_shape(described):
    for path, method, op in _operations(described):
        wrong = {status: answer for status, answer in op["responses"].items() if int(status) >= 400}
        assert {"401", "422"} <= set(wrong), path
        assert ("404" in wrong) or "{" not in path, (path, method)
        assert ("413" in wrong) == ("requestBody" in op), (path, method)
        for answer in wrong.values():
            content = answer["content"]["application/problem+json"]
            assert content["schema"] == {"$ref": "#/components/schemas/Problem"}
            assert content["example"]["detail"]


def test_every_body_has_an_example_and_takes_no_field_that_nobody_knows(described):
    for _, _, op in _operations(described):
        for schema in (op.get("requestBody") or {"content": {}})["content"].values():
            name = schema["schema"].get("$ref", "").rsplit("/", 1)[-1]
            if name:
                shape = described["components"]["schemas"][name]
                assert shape["additionalProperties"] is False, name
                assert shape["examples"], name


def test_no_two_shapes_share_a_name():
    from fellwatch.api.shapes import asking, duties, handling, imports, incidents, log, records, rules

    rooms = (asking, duties, handling, imports, incidents, log, records, rules)
    names = [
        name
        for room in rooms
        for name, thing in vars(room).items()
        if inspect.isclass(thing) and thing.__module__ == room.__name__
    ]
    assert len(names) == len(set(names))


def test_the_list_of_operations_needs_nothing_from_other_hosts(db):
    from django.test import Client

    page = Client(SERVER_NAME="localhost").get("/api/v1/")
    said = page.content.decode()
    assert page.status_code == 200
    assert "//" not in said.replace("<!doctype html>", "")
    assert "<script" not in said
    assert "/api/v1/incidents/{id}" in said


@pytest.mark.parametrize("path", ["/docs", "/nothing", "/incidents/", "/../x"])
def test_an_address_that_is_not_there_is_a_problem_too(db, path):
    answer = door.of_role("call_taker").get(path)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_a_method_that_is_not_there_names_those_that_are(db):
    answer = door.of_role("call_taker").send("DELETE", "/incidents")
    assert (answer.status_code, answer["Allow"]) == (405, "GET")
    assert answer["Content-Type"] == "application/problem+json"


def test_a_misspelt_filter_is_not_passed_over(db):
    answer = door.of_role("call_taker").get("/incidents?gradee=emergency")
    assert answer.status_code == 422
    assert "gradee" in answer.json()["problems"]


def test_a_filter_by_a_grade_that_nobody_knows_is_told(db):
    assert "grade" in door.of_role("call_taker").get("/incidents?grade=immediate").json()["problems"]


def test_a_body_over_the_limit_is_refused_before_it_is_read(db):
    answer = door.of_role("call_taker").put(
        "/incidents/0199b1f2-7c1a-7f3e-9d53-1d2f3a4b5c6d", {"summary": "x" * 13_000_000}
    )
    assert answer.status_code == 413
    assert answer.json()["type"] == "/api/v1/#too-large"


@pytest.mark.parametrize("body", ["{", "nonsense", "\x00", "[" * 100_000, '{"a": NaN', "\ufeff"])
def test_a_body_that_is_not_json_is_told(db, body):
    from django.test import Client

    answer = Client(SERVER_NAME="localhost", raise_request_exception=False).generic(
        "PUT",
        "/api/v1/incidents/0199b1f2-7c1a-7f3e-9d53-1d2f3a4b5c6d",
        data=body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {door.of_role('call_taker').key}"},
    )
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_every_rule_list_and_form_can_be_read(db):
    machine = door.of_role("call_taker")
    first = machine.get("/rules?limit=20").json()
    rules, page = list(first["items"]), first
    while page["next"]:
        page = machine.get(page["next"].removeprefix("/api/v1")).json()
        rules += page["items"]
    assert len(rules) == first["total"] == len({rule["id"] for rule in rules})
    for rule in rules:
        assert machine.get(f"/rules/{rule['id']}").json()["versions"][0]["source"]
    for name in machine.get("/vocabularies").json()["items"]:
        assert machine.get(f"/vocabularies/{name['id']}").json()["codes"]
    questions = machine.get("/instruments/thrive?on=2026-11-21").json()["questions"]
    assert {"threat", "harm", "risk"} <= {question["id"] for question in questions}
    assert machine.get("/instruments/attendance").status_code == 404
    assert machine.get("/vocabularies/grades?on=1950-01-01").status_code == 404


def test_a_clock_is_reckoned_with_its_working(db):
    asked = {"at": "2026-10-16T22:15+01:00", "facts": {"grade": "emergency", "beat": "urban"}}
    machine = door.of_role("response_officer")
    due = machine.send("POST", "/rules/attendance/due", asked).json()
    assert due["due_at"] == "2026-10-16T21:30:00Z"
    assert due["acts"]["working"]
    assert due["source"]
    wrong = machine.send("POST", "/rules/attendance/due", {**asked, "facts": {"grad": "emergency"}})
    assert "Did you mean grade?" in wrong.json()["problems"]["facts"]
    assert machine.send("POST", "/rules/thrive/due", asked).status_code == 404


FAR_AWAY = [
    ("s136_detention", "2026-10-20T23:10:00+01:00", {"extension_signed_at": "0001-01-01T00:00+01:00"}),
    ("s136_detention", "2026-10-20T23:10:00+01:00", {"extension_signed_at": "9999-12-31T23:59-01:00"}),
    ("retention_limit", "2026-10-20", {"born": "9950-01-01"}),
    ("notification_initial", "2026-10-20", {"away": "0001-01-01..0001-01-02"}),
    ("encompass_notification", "2026-10-19T21:00:00Z", {"term": "2026-09-07..9999-12-31@08:45"}),
]


def test_a_fact_that_is_too_far_away_is_refused_by_name_with_the_years_that_are_taken(db):
    machine = door.of_role("response_officer")
    for rule, at, facts in FAR_AWAY:
        refused = machine.send("POST", f"/rules/{rule}/due", {"at": at, "facts": facts})
        assert refused.status_code == 422, (rule, refused.content)
        (name,) = facts
        said = refused.json()["problems"]["facts"]
        assert name in said
        assert "give dates between 1900 and 2199" in said


def test_a_start_that_is_too_far_away_is_refused_with_the_years_that_are_taken(db):
    machine = door.of_role("response_officer")
    for at in ("9999-12-31T12:00:00Z", "0001-01-01T00:00:00+01:00", "1899-12-31", "2200-01-01"):
        refused = machine.send("POST", "/rules/s136_detention/due", {"at": at})
        assert refused.status_code == 422, refused.content
        assert "between 1900 and 2199" in str(refused.json()["problems"])


def test_a_term_of_hundreds_of_millions_of_days_is_refused_before_it_is_counted_out(db):
    term = ",".join(["1900-01-01..2199-12-31"] * 86) + "@08:45"
    asked = {"at": "2026-10-19T21:00:00Z", "facts": {"term": term}}
    refused = door.of_role("response_officer").send("POST", "/rules/encompass_notification/due", asked)
    assert refused.status_code == 422, refused.content
    assert "give at most 2,000 days in all" in refused.json()["problems"]["facts"]


def test_the_log_is_read_in_pages_and_verified(db, alice, now):
    from fellwatch.contact import actions
    from tests.contact.calls import call

    actions.log_incident(call(now), by=alice, now=now)
    auditor = door.of_role("auditor")
    page = auditor.get("/log?limit=2&actor_name=Alice").json()
    seen = [line["id"] for line in page["items"]]
    later = auditor.get(page["next"].removeprefix("/api/v1")).json()
    assert max(line["id"] for line in later["items"]) < min(seen)
    assert auditor.get("/log/verification").json()["holds"] is True
    assert "subject_id" in auditor.get("/log?subject_kind=incident").json()["problems"]


def test_an_import_is_a_dry_run_unless_said_otherwise(db):
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    manager = door.of_role("data_manager")
    header = "urn,name,postcode\n"
    file = SimpleUploadedFile("schools.csv", (header + "100001,Tarn Primary,FZ1 1AA\n").encode())
    sent = Client(SERVER_NAME="localhost").post(
        "/api/v1/imports",
        {"importer": "schools", "file": file},
        headers={"Authorization": f"Bearer {manager.key}"},
    )
    assert sent.status_code == 202, sent.content
    run = sent.json()
    assert (run["dry_run"], run["state"], run["filename"]) == (True, "waiting", "schools.csv")
    assert json.loads(manager.get(f"/imports/{run['id']}").content)["id"] == run["id"]
    assert manager.get(f"/imports/{run['id']}/rejections").json() == {"items": [], "total": 0, "next": None}
    assert manager.get("/imports").json()["items"][0]["id"] == run["id"]
    assert manager.get("/imports/0199b1f2-7c1a-7f3e-9d53-1d2f3a4b5c6d").status_code == 404


def test_an_unreadable_file_is_told_column_by_column(db):
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    sent = Client(SERVER_NAME="localhost").post(
        "/api/v1/imports",
        {"importer": "schools", "file": SimpleUploadedFile("s.csv", b"a,b\n1,2\n")},
        headers={"Authorization": f"Bearer {door.of_role('data_manager').key}"},
    )
    assert sent.status_code == 422
    assert {"urn", "name", "postcode"} <= set(sent.json()["problems"])
