"""Bringing a file: its kind, its columns, the dry run, the real one, and the rows kept aside."""

import re

import pytest

from tests.shell.browsers import browser

pytestmark = pytest.mark.database

CRIME = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context\n"
    ",2025-07,Fellshire Police,Fellshire Police,-2.9,54.6,On or near Tarn Row,E01000001,Fell 001A,Burglary,,\n"
    ",2025-07,Fellshire Police,Fellshire Police,-2.9,54.6,On or near Beck Lane,E01000001,Fell 001A,Drugs,,\n"
    ",the other day,Fellshire Police,Fellshire Police,-2.9,54.6,On or near Fell Road,E01000001,Fell 001A,Drugs,,\n"
)


@pytest.fixture
def files(db, tmp_path):
    """Keep brought files in a folder of this test's own."""
    from django.test import override_settings

    with override_settings(MEDIA_ROOT=tmp_path):
        yield tmp_path


def _file(text, name="street.csv"):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text, content_type="text/csv")


def _bring(client, text=CRIME, importer="street_crime"):
    return client.post("/imports/", {"importer": importer, "file": _file(text)})


def _columns(client, page):
    """Return the form of the columns step as a browser would send it unchanged."""
    fields = {"file": re.search(r'name="file" value="([^"]+)"', page)[1]}
    for name, options in re.findall(r'<select[^>]* name="(column-[^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        fields[name] = chosen[1] if chosen else ""
    return fields


def _tried(client, text=CRIME):
    """Bring a file, keep the guesses, and take the dry run to its end as the worker would."""
    asked = client.get(_bring(client, text).headers["Location"]).content.decode()
    answer = client.post("/imports/columns/", _columns(client, asked))
    assert answer.status_code == 302
    run = answer.headers["Location"]
    _work()
    return run


def _work():
    """Do what the background worker would: take every unfinished run to its end."""
    from fellwatch.foundation import access, clock
    from fellwatch.foundation.accounts import roles
    from fellwatch.foundation.imports import runs
    from fellwatch.foundation.imports.models import ImportRun

    by = roles.system("importer")
    with access.acting(by):
        waiting = list(ImportRun.objects.filter(state="waiting").values_list("id", flat=True))
    for run in waiting:
        runs.advance(run, by=by, now=clock.now())


def test_a_file_is_tried_first_then_taken_in_and_its_bad_row_is_kept_aside(files):
    from django.db import connection

    client = browser("data_manager")
    run = _tried(client)
    report = client.get(run).content.decode()
    assert "Dry run: nothing is changed" in report
    assert "2 would be added" in report
    assert "Rows kept aside" in report
    assert "the other day" in report
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where task_name = 'imports.advance'")
        assert cursor.fetchone()[0] == 1
    real = client.post(f"{run}begin/").headers["Location"]
    assert real != run
    _work()
    assert "2 added" in client.get(real).content.decode()
    assert "Finished" in client.get("/imports/").content.decode()


def test_rows_kept_aside_come_as_csv_with_line_and_reasons(files):
    client = browser("data_manager")
    answer = client.get(f"{_tried(client)}rejections.csv")
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert "attachment" in answer.headers["Content-Disposition"]
    lines = answer.content.decode().splitlines()
    assert len(lines) == 2
    assert "fellwatch reasons" in lines[0]
    assert "the other day" in lines[1]


def test_a_running_import_shows_a_bar_that_looks_again_by_itself(files):
    client = browser("data_manager")
    asked = client.get(_bring(client).headers["Location"]).content.decode()
    run = client.post("/imports/columns/", _columns(client, asked)).headers["Location"]
    page = client.get(run).content.decode()
    assert 'hx-trigger="every 1s"' in page
    assert '<noscript><meta http-equiv="refresh"' in page
    waiting = client.get(f"{run}progress/")
    assert "HX-Refresh" not in waiting.headers
    assert "<progress" in waiting.content.decode()
    _work()
    assert client.get(f"{run}progress/").headers["HX-Refresh"] == "true"


def test_a_column_under_another_name_can_be_mapped(files):
    client = browser("data_manager")
    foreign = CRIME.replace("Month", "Wann")
    asked = client.get(_bring(client, foreign).headers["Location"]).content.decode()
    fields = _columns(client, asked)
    missing = [name for name, value in fields.items() if value == ""]
    refused = client.post("/imports/columns/", fields)
    assert refused.status_code == 400
    assert "The file has no such column" in refused.content.decode()
    wanted = re.search(r'href="#(column-[^"]+)"', refused.content.decode())[1]
    assert wanted in missing
    assert client.post("/imports/columns/", {**fields, wanted: "Wann"}).status_code == 302


def test_one_of_their_columns_cannot_be_two_of_ours(files):
    client = browser("data_manager")
    fields = _columns(client, client.get(_bring(client).headers["Location"]).content.decode())
    names = [name for name in fields if name.startswith("column-")]
    answer = client.post("/imports/columns/", {**fields, names[0]: "Month", names[1]: "Month"})
    assert answer.status_code == 400
    assert "chosen twice" in answer.content.decode()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "Choose what kind of file it is."),
        ({"importer": "street_crime"}, "Choose a file."),
        ({"importer": "nothing_such", "file": "text"}, "Choose what kind of file it is."),
    ],
)
def test_what_is_missing_is_told_beside_its_field(files, fields, told):
    answer = browser("data_manager").post("/imports/", fields)
    assert answer.status_code == 400
    assert told in answer.content.decode()


@pytest.mark.parametrize("text", ["", b"PK\x03\x04 a spreadsheet", b"%PDF-1.7", b"\x1f\x8b cut short"])
def test_a_file_that_is_no_table_is_told_what_to_do(files, text):
    answer = _bring(browser("data_manager"), text)
    assert answer.status_code == 400
    assert 'id="file-error"' in answer.content.decode()


def test_nobody_can_name_a_file_they_did_not_bring(files):
    from django.core import signing

    client = browser("data_manager")
    other = signing.dumps(["street_crime", "../../etc/passwd", "x"], salt="another")
    for token in ("", "street_crime", other):
        answer = client.get("/imports/columns/", {"file": token})
        assert answer.status_code == 400
        assert "no longer kept" in answer.content.decode()


def test_the_same_file_brought_twice_says_so(files):
    client = browser("data_manager")
    client.post(f"{_tried(client)}begin/")
    _work()
    assert "This very file was taken in" in client.get(_tried(client)).content.decode()


def test_a_double_click_on_take_it_in_makes_one_run(files):
    client = browser("data_manager")
    run = _tried(client)
    first, second = (client.post(f"{run}begin/").headers["Location"] for _ in range(2))
    assert first == second


def test_an_import_that_is_not_there_is_explained(files):
    answer = browser("data_manager").get("/imports/00000000-0000-7000-8000-000000000000/")
    assert answer.status_code == 404
    assert b"list of imports" in answer.content


def test_a_stopped_import_can_go_on(files):
    from fellwatch.foundation import access
    from fellwatch.foundation.accounts import roles
    from fellwatch.foundation.imports.models import ImportRun

    client = browser("data_manager")
    run = _tried(client)
    with access.acting(roles.system("importer")):
        ImportRun.objects.update(state="failed", failure="It stopped on an error.", finished_at=None)
    page = client.get(run).content.decode()
    assert "Go on where it stopped" in page
    assert "It stopped on an error." in page
    assert "It goes on where it stopped" in client.post(f"{run}resume/", follow=True).content.decode()
