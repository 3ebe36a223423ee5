"""The incident feed of another control room, as CSV and as JSON."""

import json
from datetime import UTC, datetime, timedelta

import pytest

pytestmark = pytest.mark.database

RECEIVED = datetime(2026, 10, 16, 21, 15, tzinfo=UTC)
INCIDENT = {
    "reference": "FL-1001",
    "received_at": "2026-10-16T22:15:00+01:00",
    "channel": "999 call",
    "opening_code": "domestic_incident",
    "qualifiers": ["domestic_abuse"],
    "caller_number": "07700 900142",
    "summary": "Shouting, then a crash. Caller hung up.",
    "place": {"house": "14", "street": "Tarn Row", "town": "Tarnby", "postcode": "fz11aa"},
    "people": [
        {"role": "caller", "forenames": "Danielle", "surname": "Hewett", "dob": "4 3 1991", "phone": "07700900142"},
        {"role": "victim", "forenames": "Danielle", "surname": "Hewett", "dob": "4 3 1991", "phone": "07700900142"},
        {"role": "suspect", "forenames": "Marc", "surname": "O'Doud", "sex": "M"},
    ],
}


@pytest.fixture
def take_in(db, system, tmp_path, now):
    """Return a taker of incidents, as JSON, that gives the finished run."""
    from fellwatch.foundation.imports import runs

    def take(*incidents, dry_run=False):
        path = tmp_path / "feed.json"
        path.write_text(json.dumps({"incidents": list(incidents)}))
        run = runs.start("incidents", path, by=system, now=now, dry_run=dry_run)
        return runs.advance(run.id, by=system, now=now)

    return take


@pytest.fixture(autouse=True)
def _clock_of_the_story(monkeypatch, now):
    from fellwatch.foundation import clock

    monkeypatch.setattr(clock, "now", lambda: now)


def _counts(run):
    return run.added, run.changed, run.unchanged, run.rejected


def _why(run, system):
    from fellwatch.foundation.imports import queries

    return {reason.field: reason.wrong for row in queries.rejections(run.id, by=system) for reason in row.reasons}


def test_an_incident_arrives_with_its_people_place_grade_and_clocks(take_in, system, now):
    from fellwatch.contact.models import Handling
    from fellwatch.foundation import access
    from fellwatch.records.models import Incident, IncidentPerson, Person

    run = take_in(INCIDENT)
    assert _counts(run) == (1, 0, 0, 0)
    with access.acting(system):
        stored = Incident.objects.select_related("place").get(reference="FL-1001")
        parts = sorted(IncidentPerson.objects.filter(incident=stored).values_list("role", flat=True))
        assert Person.objects.count() == 2
        handling = Handling.objects.get(incident=stored)
    assert (stored.channel, stored.received_at, stored.created_at, stored.source) == ("999", RECEIVED, now, "feed")
    assert (stored.place.house, stored.place.postcode) == ("14", "FZ1 1AA")
    assert stored.caller_number == "+447700900142"
    assert parts == ["caller", "suspect", "victim"]
    assert handling.graded_at == RECEIVED
    assert handling.grade


def test_the_same_incident_as_csv_is_the_same_incident(take_in, system, now, tmp_path):
    from fellwatch.foundation.imports import runs

    take_in(INCIDENT)
    path = tmp_path / "feed.csv"
    path.write_text(
        "log_number,received,channel,type,person_1_role,person_1_surname,person_1_forename\n"
        "FL-1001,16/10/2026 22:15,999,Domestic incident,caller,Hewett,Danielle\n"
        "FL-1002,16/10/2026 22:20,101,Domestic incident,caller,Hewett,Danielle\n"
    )
    run = runs.start("incidents", path, by=system, now=now)
    run = runs.advance(run.id, by=system, now=now)
    assert _counts(run) == (1, 0, 1, 0), _why(run, system)


def test_somebody_of_the_same_name_and_date_of_birth_is_the_same_and_of_the_name_alone_is_not(take_in, system):
    from fellwatch.foundation import access
    from fellwatch.records.models import IncidentPerson

    same = {**INCIDENT, "reference": "FL-1002", "people": [INCIDENT["people"][0]]}
    namesake = {
        **INCIDENT,
        "reference": "FL-1003",
        "people": [{"role": "caller", "forenames": "Danielle", "surname": "Hewett"}],
    }
    assert _counts(take_in(INCIDENT, same, namesake)) == (3, 0, 0, 0)
    with access.acting(system):
        callers = dict(IncidentPerson.objects.filter(role="caller").values_list("incident__reference", "person_id"))
    assert callers["FL-1001"] == callers["FL-1002"]
    assert callers["FL-1003"] != callers["FL-1001"]


def test_twice_nothing_is_stored_twice_and_a_dry_run_stores_nothing(take_in, system):
    from fellwatch.foundation import access
    from fellwatch.records.models import Incident, Person

    tried = take_in(INCIDENT, dry_run=True)
    with access.acting(system):
        assert (Incident.objects.count(), Person.objects.count()) == (0, 0)
    assert _counts(tried) == _counts(take_in(INCIDENT)) == (1, 0, 0, 0)
    assert _counts(take_in(INCIDENT, {**INCIDENT, "reference": "FL-2"})) == (1, 0, 1, 0)


def test_a_closing_in_the_feed_closes_the_incident_and_an_open_one_does_not_reopen_it(take_in, system):
    from fellwatch.foundation import access
    from fellwatch.records.models import Incident

    closed = {
        **INCIDENT,
        "closed_at": "2026-10-17T01:00:00Z",
        "closing_codes": "domestic_incident",
        "result": "Officers attended. Suspect arrested.",
    }
    take_in(INCIDENT)
    assert _counts(take_in(closed)) == (0, 1, 0, 0)
    assert _counts(take_in(closed, {**closed, "reference": "FL-9"})) == (1, 0, 1, 0)
    assert _counts(take_in({**INCIDENT, "summary": "Open still, says the feed."})) == (0, 0, 1, 0)
    with access.acting(system):
        stored = Incident.objects.get(reference="FL-1001")
    assert stored.closed_at == datetime(2026, 10, 17, 1, tzinfo=UTC)


def test_a_difference_is_kept_aside_and_never_overwrites_what_was_worked_on(take_in, system):
    take_in(INCIDENT)
    run = take_in({**INCIDENT, "opening_code": "concern_for_safety"})
    assert _counts(run) == (0, 0, 0, 1)
    assert list(_why(run, system)) == ["opening_code"]


def test_every_wrong_cell_is_told_in_one_go(take_in, system, now):
    wrong = {
        "reference": "FL-7",
        "received_at": "tomorrow",
        "channel": "carrier pigeon",
        "opening_code": "",
        "caller_number": "12",
        "place": {"postcode": "nowhere"},
        "people": [{"role": "caller", "surname": "Tarn", "dob": "31/02/1990", "gender": "?"}],
    }
    late = {**INCIDENT, "reference": "FL-8", "received_at": (now + timedelta(days=1)).isoformat()}
    coded = {**INCIDENT, "reference": "FL-9", "channel": "carrier pigeon", "people": [{"role": "caller"}]}
    shut = {**INCIDENT, "reference": "FL-10", "closed_at": "2026-10-16T10:00:00Z"}
    run = take_in(wrong, late, coded, shut, INCIDENT)
    assert _counts(run) == (1, 0, 0, 4)
    from fellwatch.foundation.imports import queries

    kept = [{reason.field for reason in row.reasons} for row in queries.rejections(run.id, by=system)]
    assert kept == [
        {"received_at", "opening_code", "caller_number", "place.postcode", "people.1.dob", "people.1.gender"},
        {"received_at"},
        {"channel", "people"},
        {"closed_at"},
    ]


def test_everybody_in_a_batch_is_named_in_the_log(take_in, system, auditor):
    from fellwatch.foundation import access
    from fellwatch.foundation.audit.models import AuditEntry
    from fellwatch.records.models import Person

    run = take_in(INCIDENT)
    with access.acting(system):
        people = set(Person.objects.values_list("id", flat=True))
    with access.acting(auditor):
        entry = AuditEntry.objects.get(sentence="imports.batch_settled", subject_id=str(run.id))
    assert set(entry.people) == people


def test_a_data_manager_starts_it_and_the_service_logs_it(db, manager, system, now, tmp_path):
    from fellwatch.foundation.imports import runs

    path = tmp_path / "feed.jsonl"
    path.write_text("\n".join(json.dumps({**INCIDENT, "reference": f"FL-{n}"}) for n in range(3)))
    run = runs.start("incidents", path, by=manager, now=now)
    assert _counts(runs.advance(run.id, by=system, now=now)) == (3, 0, 0, 0)
