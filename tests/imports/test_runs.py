"""A file goes in whole or not at all, row by row: bad rows aside, crashes resumed, nothing twice."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.database

HEADING = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,Crime type,Last outcome category"
)


def _line(n="", month="2026-10", where="-3.1,54.5", spot="On or near Tarn Row", kind="Burglary", outcome=""):
    return f"{n},{month},Fell Police,Fell Police,{where},{spot},E01000001,{kind},{outcome}"


def _file(tmp_path, lines, name="crime.csv"):
    path = tmp_path / name
    path.write_text("\n".join([HEADING, *lines]) + "\n", encoding="utf-8")
    return path


def _start(path, manager, now, **kwargs):
    from fellwatch.foundation.imports import runs

    return runs.start("street_crime", path, by=manager, now=now, **kwargs)


def _take_in(path, manager, now, **kwargs):
    from fellwatch.foundation.imports import runs

    return runs.advance(_start(path, manager, now, **kwargs).id, by=manager, now=now)


def _counts(run):
    return run.added, run.changed, run.unchanged, run.rejected


def _stored(manager):
    from fellwatch.foundation import access
    from fellwatch.records.models import StreetCrime

    with access.acting(manager):
        return sorted(StreetCrime.objects.values_list("crime_id", "location", "outcome"))


@pytest.fixture
def small_batches(monkeypatch, database):
    """Street crime in batches of ten."""
    from fellwatch.foundation.imports import importers

    known = dict(importers.importers())
    known["street_crime"] = replace(known["street_crime"], batch=10)
    monkeypatch.setattr(importers, "importers", lambda: known)


def test_bad_rows_are_kept_aside_with_every_reason_and_the_good_ones_go_in(db, manager, now, tmp_path):
    from fellwatch.foundation.imports import queries

    lines = [
        _line("a1"),
        _line("a2", month="October", where="-3.1,99"),
        _line("a3", where="-3.1,"),
        _line("a4", where="54.5,-3.1"),
        _line("a5", kind=""),
        _line("a6", where=",", spot="No Location"),
    ]
    run = _take_in(_file(tmp_path, lines), manager, now)
    kept = queries.rejections(run.id, by=manager)

    assert _counts(run) == (2, 0, 0, 4)
    assert [row.line for row in kept] == [3, 4, 5, 6]
    assert [len(row.reasons) for row in kept] == [2, 1, 2, 1]
    assert "not a month" in kept[0].reasons[0].wrong
    assert kept[0].row["Crime ID"] == "a2"
    assert "swapped" in str(kept[2].reasons[0])
    assert kept[3].reasons[0].field == "Crime type"
    assert all(reason.do for row in kept for reason in row.reasons)


def test_rejected_rows_come_back_as_csv_and_go_in_once_corrected(db, manager, now, tmp_path):
    from fellwatch.foundation.imports import queries

    run = _take_in(_file(tmp_path, [_line("a1"), _line("a2", month="10/2026", spot="=cmd|calc")]), manager, now)
    exported = queries.rejections_csv(run.id, by=manager)
    rows = list(csv.DictReader(io.StringIO(exported)))
    assert rows[0]["Location"] == "'=cmd|calc"
    assert rows[0]["Longitude"] == "-3.1"
    assert "is not a month" in rows[0][queries.REASONS]

    path = tmp_path / "corrected.csv"
    path.write_text(exported.replace("10/2026", "2026-10", 1), encoding="utf-8")
    again = _take_in(path, manager, now)
    assert _counts(again) == (1, 0, 0, 0)
    assert set(again.ignored) == {queries.LINE, queries.REASONS}
    assert ("a2", "=cmd|calc", "") in _stored(manager)


def test_the_same_file_twice_changes_nothing_and_says_who_took_it_first(db, manager, now, tmp_path):
    from fellwatch.foundation.imports import queries

    path = _file(tmp_path, [_line(), _line(), _line("a1")])
    first = _take_in(path, manager, now)
    second = _take_in(path, manager, now + timedelta(hours=1))
    assert _counts(first) == (3, 0, 0, 0)
    assert _counts(second) == (0, 0, 3, 0)
    assert [run.id for run in queries.earlier_runs(second.id, by=manager)] == [first.id]


def test_three_alike_without_a_crime_id_are_three_in_any_order_of_the_others(db, manager, now, tmp_path):
    alike, other = _line(kind="Anti-social behaviour"), _line("a1")
    _take_in(_file(tmp_path, [alike, alike, alike, other]), manager, now)
    again = _take_in(_file(tmp_path, [other, alike, alike, alike, alike]), manager, now)
    assert _counts(again) == (1, 0, 4, 0)


def test_a_later_outcome_changes_the_crime_and_a_missing_column_leaves_it(db, manager, now, tmp_path):
    _take_in(_file(tmp_path, [_line("a1"), _line("a2")]), manager, now)
    later = _take_in(_file(tmp_path, [_line("a1", outcome="Suspect charged"), _line("a2")]), manager, now)
    assert _counts(later) == (0, 1, 1, 0)

    short = tmp_path / "short.csv"
    table = list(csv.reader(io.StringIO("\n".join([HEADING, _line("a1")]))))
    short.write_text("\n".join(",".join(row[:-1]) for row in table))
    assert _counts(_take_in(short, manager, now)) == (0, 0, 1, 0)
    assert ("a1", "On or near Tarn Row", "Suspect charged") in _stored(manager)


def test_the_same_key_twice_in_one_file_is_added_once_and_stands_as_it_came_last(db, manager, now, tmp_path):
    path = tmp_path / "postcodes.csv"
    path.write_text("postcode,district\nFZ1 1AA,Tarnside\nfz11aa,Tarnside\nFZ1 1AA,Ghyll\n")
    from fellwatch.foundation import access
    from fellwatch.foundation.imports import runs
    from fellwatch.records.models import Postcode

    run = runs.start("postcodes", path, by=manager, now=now)
    run = runs.advance(run.id, by=manager, now=now)
    assert _counts(run) == (1, 1, 1, 0)
    with access.acting(manager):
        assert Postcode.objects.get().district == "Ghyll"


def test_a_dry_run_over_several_batches_says_what_the_real_run_then_does(db, manager, now, tmp_path, small_batches):
    from fellwatch.foundation.imports import runs

    lines = [_line(f"a{n % 25}", outcome=str(n // 25)) for n in range(60)] + [_line("bad", month="x")]
    path = _file(tmp_path, lines)
    tried = _take_in(path, manager, now, dry_run=True)
    assert _stored(manager) == []
    taken = runs.advance(runs.again(tried.id, by=manager, now=now).id, by=manager, now=now)
    assert _counts(tried) == _counts(taken)
    assert tried.sentence.startswith("61 rows: 25 would be added")
    assert len(_stored(manager)) == 25


def test_an_import_that_stopped_goes_on_where_it_was_with_the_same_result(db, manager, now, tmp_path, small_batches):
    from fellwatch.foundation.imports import runs

    lines = [_line(kind="Anti-social behaviour") for _ in range(25)] + [_line(f"a{n}") for n in range(30)]
    path = _file(tmp_path, lines)
    run = _start(path, manager, now)
    half = runs.advance(run.id, by=manager, now=now, limit=2)
    assert (half.state, half.done, half.percent) == ("running", 20, 36)

    resumed = _start(path, manager, now)
    assert resumed.id == run.id
    whole = runs.advance(run.id, by=manager, now=now)
    assert (whole.state, *_counts(whole)) == ("finished", 55, 0, 0, 0)
    assert len(_stored(manager)) == 55


def test_a_batch_that_fails_is_undone_whole_and_the_run_says_so_until_it_is_resumed(
    db, manager, now, tmp_path, small_batches, monkeypatch
):
    from django.db import transaction

    from fellwatch.foundation.imports import queries, runs
    from fellwatch.records.models import StreetCrime

    path = _file(tmp_path, [_line(f"a{n}") for n in range(30)])
    run = _start(path, manager, now)
    runs.advance(run.id, by=manager, now=now, limit=1)
    stored = StreetCrime.objects.bulk_create

    def breaks(rows, **kwargs):
        stored(rows[:5], **kwargs)
        raise ConnectionError("a secret about somebody")

    monkeypatch.setattr(StreetCrime.objects, "bulk_create", breaks)
    with pytest.raises(ConnectionError), transaction.atomic():
        runs.advance(run.id, by=manager, now=now)
    monkeypatch.undo()

    assert len(_stored(manager)) == 10
    assert queries.run_detail(run.id, by=manager).done == 10
    finished = runs.advance(run.id, by=manager, now=now)
    assert (finished.state, finished.added) == ("finished", 30)


def test_started_twice_it_is_one_run_and_another_choice_of_columns_is_another(db, manager, now, tmp_path):
    path = _file(tmp_path, [_line("a1")])
    one, two = _start(path, manager, now), _start(path, manager, now)
    other = _start(path, manager, now, columns={"Last outcome category": "location"})
    assert one.id == two.id
    assert other.id != one.id


def test_missing_columns_are_told_before_any_row_is_read_and_no_run_is_made(db, manager, now, tmp_path):
    from fellwatch.foundation.imports import queries
    from fellwatch.foundation.imports.importers import Unreadable

    path = tmp_path / "wrong.csv"
    path.write_text("Crime ID,Mnth,Location\na1,2026-10,Tarn Row\n")
    with pytest.raises(Unreadable) as refused:
        _start(path, manager, now)
    told = {problem.field: problem.do for problem in refused.value.problems}
    assert set(told) == {"file", "month", "reported_by", "longitude", "latitude", "category"}
    assert "Did you mean Mnth?" in told["month"]
    assert queries.run_list(by=manager) == ()


def test_an_unknown_kind_of_file_is_answered_with_the_kinds_there_are(db, manager, now, tmp_path):
    from fellwatch.foundation.imports import runs
    from fellwatch.foundation.imports.importers import Unreadable

    with pytest.raises(Unreadable, match=r"Choose one of: force_areas, incidents, .*postcodes, .*schools"):
        runs.start("scholls", _file(tmp_path, []), by=manager, now=now)


def test_who_may_not_import_is_refused_with_the_reason(db, alice, charlie, manager, now, tmp_path):
    from fellwatch.foundation import access
    from fellwatch.foundation.imports import queries, runs

    run = _start(_file(tmp_path, [_line("a1")]), manager, now)
    for actor in (alice, charlie):
        with pytest.raises(access.Refused):
            _start(_file(tmp_path, [_line("a1")]), actor, now)
        with pytest.raises(access.Refused):
            runs.advance(run.id, by=actor, now=now)
        with pytest.raises(access.Refused):
            queries.rejections(run.id, by=actor)
    assert queries.run_detail(run.id, by=manager).state == "waiting"


def test_each_batch_is_in_the_log_and_reading_rejected_rows_is_too(db, manager, auditor, now, tmp_path, small_batches):
    from fellwatch.foundation import access
    from fellwatch.foundation.audit.models import AuditEntry
    from fellwatch.foundation.imports import queries

    run = _take_in(_file(tmp_path, [_line(f"a{n}") for n in range(25)]), manager, now)
    queries.rejections(run.id, by=manager)
    with access.acting(auditor):
        entries = list(AuditEntry.objects.filter(subject_id=str(run.id)).order_by("id"))
    assert [entry.sentence for entry in entries] == [
        "imports.started",
        *["imports.batch_settled"] * 3,
        "imports.rejections_read",
    ]
    assert [entry.detail["rows"] for entry in entries[1:4]] == [[1, 10], [11, 20], [21, 25]]


def test_the_waiting_file_is_destroyed_when_nothing_needs_it_any_more(db, manager, now, tmp_path):
    from fellwatch.foundation.imports import runs, store
    from fellwatch.foundation.imports.importers import Unreadable

    before = set(store.folder().iterdir())
    tried = _take_in(_file(tmp_path, [_line("only here")]), manager, now, dry_run=True)
    assert len(set(store.folder().iterdir()) - before) == 1
    runs.advance(runs.again(tried.id, by=manager, now=now).id, by=manager, now=now)
    assert set(store.folder().iterdir()) == before
    with pytest.raises(Unreadable, match="no longer kept"):
        runs.again(tried.id, by=manager, now=now)


BROKEN = st.sampled_from(["\x00", '"', "\ufffd", ",,,", "x" * 200, "\n", "99", "", "'", ";", "=1+1"])


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hits=st.lists(st.tuples(st.integers(0, 14), st.integers(0, 60), BROKEN), max_size=8))
def test_however_rows_are_damaged_each_is_stored_whole_or_kept_aside(db, manager, now, tmp_path, small_batches, hits):
    """Every row is accounted for, and what is stored is exactly a row that was read without a fault."""
    from django.db import transaction

    lines = [_line(f"id{n}") for n in range(15)]
    for at, where, put in hits:
        lines[at] = lines[at][:where] + put + lines[at][where:]
    with transaction.atomic():
        run = _take_in(_file(tmp_path, lines), manager, now)
        again = _take_in(_file(tmp_path, lines), manager, now)
        stored = _stored(manager)
        transaction.set_rollback(True)
    assert run.done == sum(_counts(run)) == run.total
    assert len(stored) == run.added
    assert (again.added, again.rejected) == (0, run.rejected)
    assert all(location for _, location, _ in stored)
