"""`fellwatch import` at the command line."""

import csv

import pytest
from click.testing import CliRunner

pytestmark = pytest.mark.database


@pytest.fixture
def command(committed):
    """Return a caller of the command that gives its exit code, what it printed and what it complained of."""
    from fellwatch.cli.imports import import_

    def call(*arguments):
        found = CliRunner().invoke(import_, [str(one) for one in arguments])
        assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
        return found.exit_code, found.stdout, found.stderr

    return call


@pytest.fixture
def file(tmp_path):
    """Two good postcodes and a bad one."""
    path = tmp_path / "codes.csv"
    path.write_text("pcds,town\nFZ1 1AA,Tarnby\nnot one,Tarnby\nFZ1 1AB,Tarnby\n")
    return path


def test_a_dry_run_tells_each_bad_row_and_the_real_one_takes_the_good(command, file, tmp_path):
    code, told, _ = command("postcodes", file, "--dry-run")
    assert code == 1
    assert "Dry run. 3 rows: 2 would be added" in told
    assert "line 3: pcds: A postcode has digits as well as letters." in told
    assert "Columns not read: town." in told

    rejected = tmp_path / "rejected.csv"
    code, told, progress = command("postcodes", file, "--rejected", rejected)
    assert "3 rows: 2 added" in told
    assert "Postcodes" in progress
    assert [row["pcds"] for row in csv.DictReader(rejected.open())] == ["not one"]

    good = tmp_path / "good.csv"
    good.write_text("pcds\nFZ1 1AA\n")
    assert "No row was kept aside." in command("postcodes", good, "--rejected", rejected)[1]

    code, told, _ = command("postcodes", file)
    assert "0 added, 0 changed, 2 already as they are, 1 kept aside" in told
    assert "The same file was imported on" in told


def test_a_column_can_be_chosen_and_a_wrong_choice_is_explained(command, file):
    code, told, _ = command("postcodes", file, "--map", "town=area")
    assert (code, "Columns not read" in told) == (1, False)
    code, _, complaint = command("postcodes", file, "--map", "twon=area")
    assert code == 2
    assert "Nothing was imported." in complaint
    assert "Did you mean town?" in complaint
    code, _, complaint = command("postcodes", file, "--map", "town")
    assert code == 2
    assert "THEIRS=OURS" in complaint


def test_a_stopped_import_goes_on_by_the_same_command(command, file):
    from fellwatch.cli import imports
    from fellwatch.foundation import clock
    from fellwatch.foundation.imports import runs

    file.write_text("pcds\n" + "".join(f"FZ1 {n % 10}A{u}\n" for u in "ABDEFGHJLN" for n in range(10)) * 11)
    by = imports._operator()
    run = runs.start("postcodes", file, by=by, now=clock.now())
    runs.advance(run.id, by=by, now=clock.now(), limit=1)
    code, told, progress = command("postcodes", file, "--resume")
    assert (code, "Going on after row 1,000." in progress) == (0, True)
    assert "1,100 rows: 100 added, 0 changed, 1,000 already as they are" in told


def test_the_kinds_of_file_are_listed_with_their_columns(command):
    code, told, _ = command("--list")
    assert code == 0
    assert "street_crime:" in told
    assert "crime_id; also Crime ID" in told


def test_no_such_kind_no_such_file_and_no_file_are_usage_errors(command, file):
    assert command("scholls", file)[0] == 2
    assert command("schools", "/nowhere/at/all.csv")[0] == 2
    assert command("schools")[0] == 2


def test_whatever_can_be_brought_in_may_be_taken_in_by_the_service_and_its_operator(command, tmp_path):
    from fellwatch.foundation.accounts import roles
    from fellwatch.foundation.imports.importers import importers

    service = roles.system("importer").permissions
    assert {one.name for one in importers().values() if one.permission not in service} == set()
    days = tmp_path / "days.csv"
    days.write_text("urn,type,first_day,last_day\n112999,term,07/09/2026,23/10/2026\n")
    code, told, _ = command("school_calendars", days, "--dry-run")
    assert code == 1
    assert "1 would be kept aside" in told
