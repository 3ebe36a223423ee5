"""Arrests, charges, victims who do not support action, interview by appointment and bail, by month, national beside."""

from datetime import timedelta

import pytest

from tests.response.answering import soon

pytestmark = pytest.mark.database


def _measured(by, now):
    from fellwatch.measures import queries

    return {one.indicator.id: one for one in queries.response_monthly(by=by, now=now).measures}


def test_months_without_anything_are_none_and_never_nought(db, sam, now):
    for measure in _measured(sam, now).values():
        assert set(measure.values) == {None}
        assert len(measure.values) == 13
        assert (measure.national, measure.national_source) == (None, "")


def test_what_is_done_moves_the_measure_of_its_month(house, rosa, sam, now):
    from fellwatch.response import actions, queries
    from fellwatch.response.values import NewRelease

    actions.arrest(house.incident_id, house.suspect, arrested_at=now, offence="Assault", by=rosa, now=now)
    (suspect,) = queries.scene(house.incident_id, by=rosa, now=now).suspects
    new = NewRelease("bail", now, "inspector", "Insp 2 Jo Pass", "To safeguard her.", (), "Agrees.", answer=soon(now))
    actions.release(suspect.id, new, by=rosa, now=now)
    actions.take_stance(
        house.incident_id, house.victim, "yes", words="", statement_taken=False, by=rosa, now=now - timedelta(hours=1)
    )
    actions.take_stance(
        house.incident_id, house.victim, "withdrawn", words="Afraid.", statement_taken=True, by=rosa, now=now
    )
    found = _measured(sam, now)
    assert {name: one.values[-1] for name, one in found.items()} == {
        "arrest_rate": 100.0,
        "charge_rate": None,
        "unsupported_victims": 100.0,
        "voluntary_attendance": 0.0,
        "bail_use": 100.0,
    }
    assert found["unsupported_victims"].months[-1].asked == 1


def test_a_charge_counts_in_the_month_of_the_call(house, rosa, sam, actor, now):
    from fellwatch.assessments import actions as forms
    from fellwatch.assessments.values import Filled
    from fellwatch.response import actions, queries
    from fellwatch.response.values import Decision

    ivy = actor("Ivy Wath", "crime_recorder", "crime recording")
    forms.save(Filled(house.incident_id, "dash", {"q17": "yes", "q18": "yes"}, house.victim), by=rosa, now=now)
    for number, crime in enumerate(queries.crimes_waiting(by=ivy)):
        actions.decide(crime.id, Decision(True, crime_number=f"FS/26/{number}", owner="DC 4"), by=ivy, now=now)
        if number == 0:
            actions.end(crime.id, "charged", words="Charged.", by=ivy, now=now + timedelta(days=40))
    later = now + timedelta(days=40)
    assert _measured(sam, later)["charge_rate"].values[-2] == 50.0


def test_a_national_figure_is_loaded_from_a_file_and_stands_beside(db, sam, manager, now, tmp_path):
    from datetime import date

    from fellwatch.foundation import access
    from fellwatch.foundation.imports.importers import importers
    from fellwatch.measures.imports import FigureRow

    importer = importers()["national_figures"]
    row = FigureRow("arrest_rate", date(2026, 4, 1), 41.5, "A publication")
    with access.acting(manager):
        importer.write([row], [], manager, now)
        assert importer.stored([row], manager) == {importer.key(row): row}
    found = _measured(sam, now)["arrest_rate"]
    assert (found.national, found.national_source) == (41.5, "A publication")
    assert _measured(sam, now - timedelta(days=300))["arrest_rate"].national is None


def test_an_officer_reads_no_measures_and_the_read_is_logged(house, rosa, sam, auditor, now):
    from fellwatch.foundation.access import Refused
    from fellwatch.foundation.audit import chain

    with pytest.raises(Refused):
        _measured(rosa, now)
    _measured(sam, now)
    assert "response.figures_read" in {line.sentence for line in chain.lines(by=auditor)}


def test_an_hour_s_counting_changes_no_figure_and_what_comes_after_is_added(house, rosa, sam, now):
    from fellwatch.foundation.accounts import roles
    from fellwatch.measures import queries
    from fellwatch.response import actions, figures

    assert queries.response_monthly(by=sam, now=now).kept is None
    actions.arrest(house.incident_id, house.suspect, arrested_at=now, offence="Assault", by=rosa, now=now)
    before = _measured(sam, now)
    later = now + timedelta(days=3)
    figures.keep(by=roles.system("figures"), now=later)
    kept = queries.response_monthly(by=sam, now=later).kept
    assert kept is not None
    assert (kept.counted_at, kept.until_at > now) == (later, True)
    assert sum(month.arrested for month in before["arrest_rate"].months) == 1
    assert sum(month.arrested for month in _measured(sam, later)["arrest_rate"].months) == 1


def test_what_an_hour_counted_is_not_counted_twice(house, rosa, sam, now):
    from fellwatch.foundation.accounts import roles
    from fellwatch.response import actions, figures

    actions.arrest(house.incident_id, house.suspect, arrested_at=now, offence="Assault", by=rosa, now=now)
    for _ in range(2):
        figures.keep(by=roles.system("figures"), now=now)
    assert _measured(sam, now)["arrest_rate"].months[-1].arrested == 1


def test_only_the_service_counts(db, sam, now):
    from fellwatch.foundation.access import Refused
    from fellwatch.response import figures

    with pytest.raises(Refused):
        figures.keep(by=sam, now=now)
