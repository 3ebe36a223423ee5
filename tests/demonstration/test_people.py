"""Households are ones that could be, and people have the names and numbers that make them hard to find."""

from collections import Counter, defaultdict
from datetime import date

from fellwatch.demonstration import cast
from fellwatch.demonstration.rows import (
    AssessmentRow,
    GradingRow,
    HandlingRow,
    IncidentRow,
    MarkerRow,
    NameRow,
    PartRow,
    PersonRow,
    PhoneRow,
    PlaceRow,
    RelationshipRow,
    ResidenceRow,
    SchoolRow,
    ThingRow,
)
from tests.demonstration.small import NOW, rows_of


def born() -> dict[str, date]:
    return {
        row.id: date(row.birth_year or 1, row.birth_month or 7, row.birth_day or 1)
        for row in rows_of(PersonRow)
        if isinstance(row, PersonRow)
    }


def test_parents_are_of_an_age_to_be_parents() -> None:
    birthdays = born()
    gaps = [
        ((birthdays[row.other_id] - birthdays[row.person_id]).days / 365.25, row.kind)
        for row in rows_of(RelationshipRow)
        if isinstance(row, RelationshipRow) and row.kind in {"mother", "father"}
    ]
    assert len(gaps) > 500
    assert all(16 <= years <= 50 for years, kind in gaps if kind == "mother")
    assert all(16 <= years <= 66 for years, kind in gaps if kind == "father")


def test_no_child_lives_without_a_grown_up() -> None:
    birthdays, homes = born(), defaultdict(list)
    for row in rows_of(ResidenceRow):
        if isinstance(row, ResidenceRow) and row.kind == "home" and row.to_date is None:
            homes[row.place_id].append((NOW.date() - birthdays[row.person_id]).days / 365.25)
    assert all(max(ages) >= 17 for ages in homes.values())
    sizes = [len(ages) for ages in homes.values()]
    assert 2.0 < sum(sizes) / len(sizes) < 2.5


def test_the_county_is_as_old_as_a_county_is() -> None:
    ages = [(NOW.date() - day).days / 365.25 for day in born().values()]
    assert 0.14 < sum(age < 18 for age in ages) / len(ages) < 0.24
    assert 0.16 < sum(age >= 65 for age in ages) / len(ages) < 0.30
    assert max(ages) < 106


def test_people_lived_somewhere_before_and_residences_run_forward() -> None:
    rows = [row for row in rows_of(ResidenceRow) if isinstance(row, ResidenceRow)]
    assert all(row.from_date is None or row.to_date is None or row.from_date <= row.to_date for row in rows)
    moved = sum(row.kind == "home" and row.to_date is not None for row in rows)
    assert moved > 200
    keys = Counter((row.person_id, row.place_id, row.kind, row.from_date) for row in rows)
    assert max(keys.values()) == 1


def test_names_are_of_every_kind() -> None:
    names = [row for row in rows_of(NameRow) if isinstance(row, NameRow)]
    kinds = Counter(row.kind for row in names)
    assert {"current", "maiden", "nickname", "transliterated", "alias", "reported"} <= set(kinds)
    assert kinds["current"] == len(rows_of(PersonRow))
    assert any("'" in row.surname for row in names)
    assert any("-" in row.surname for row in names)
    assert any(ord(max(row.surname)) > 0x400 for row in names if row.kind == "alias")
    assert max(Counter((row.person_id, row.kind, row.forenames, row.surname) for row in names).values()) == 1


def test_forenames_belong_to_their_time() -> None:
    years = {row.id: row.birth_year or 0 for row in rows_of(PersonRow) if isinstance(row, PersonRow)}
    names = [row for row in rows_of(NameRow) if isinstance(row, NameRow) and row.kind == "current"]
    old = Counter(row.forenames.split()[0] for row in names if years[row.person_id] < 1950)
    young = Counter(row.forenames.split()[0] for row in names if years[row.person_id] >= 2005)
    assert {name for name, _ in old.most_common(20)} & {"John", "Margaret", "Mary", "William", "Patricia"}
    assert {name for name, _ in young.most_common(25)} & {"Olivia", "Jack", "Emily", "Oliver", "Amelia"}


def test_a_few_dates_of_birth_are_only_partly_known() -> None:
    people = [row for row in rows_of(PersonRow) if isinstance(row, PersonRow)]
    partial = sum(row.birth_day is None for row in people)
    assert 0.01 < partial / len(people) < 0.06
    assert all(row.birth_year for row in people)
    assert all(row.birth_month for row in people if row.birth_day)


def test_nobody_holds_the_same_number_twice_and_addresses_stand_once() -> None:
    phones = Counter((row[1], row[2]) for row in rows_of(PhoneRow))
    assert max(phones.values()) == 1
    places = Counter((row[7], row[2], row[3], row[4]) for row in rows_of(PlaceRow))
    assert max(places.values()) == 1


def test_about_one_person_in_a_hundred_is_marked_and_some_markers_have_run_out() -> None:
    markers = [row for row in rows_of(MarkerRow) if isinstance(row, MarkerRow)]
    marked = {row.person_id for row in markers if row.person_id}
    assert 0.005 < len(marked) / len(rows_of(PersonRow)) < 0.025
    assert any(row.expires_at and row.expires_at < NOW for row in markers)
    assert all((row.person_id is None) != (row.place_id is None) for row in markers)


def test_every_identifier_is_used_once() -> None:
    for kind in (
        PersonRow,
        NameRow,
        PlaceRow,
        IncidentRow,
        PartRow,
        ThingRow,
        SchoolRow,
        GradingRow,
        AssessmentRow,
    ):
        found = [row[0] for row in rows_of(kind)]
        assert len(set(found)) == len(found)


def test_every_incident_is_handled_graded_and_assessed_once() -> None:
    incidents = {row[0] for row in rows_of(IncidentRow)}
    assert {row[0] for row in rows_of(HandlingRow)} == incidents
    assert {row[1] for row in rows_of(GradingRow)} == incidents
    assert {row[4] for row in rows_of(AssessmentRow)} == incidents
    parts = Counter((row[1], row[2], row[3]) for row in rows_of(PartRow))
    assert max(parts.values()) == 1


def test_the_story_can_begin() -> None:
    names = {row.person_id: row for row in rows_of(NameRow) if isinstance(row, NameRow) and row.kind == "current"}
    assert names[cast.DANIELLE.id].surname == "Hewett"
    homes = [row for row in rows_of(ResidenceRow) if isinstance(row, ResidenceRow) and row.place_id == cast.TARN_ROW.id]
    assert {row.person_id for row in homes if row.to_date is None} == {cast.DANIELLE.id, cast.ISLA.id}
    isla = next(row for row in rows_of(PersonRow) if row[0] == cast.ISLA.id)
    assert (NOW.date() - born()[str(isla[0])]).days // 365 == 5
    marked = {
        row.kind: row for row in rows_of(MarkerRow) if isinstance(row, MarkerRow) and row.person_id == cast.MARC.id
    }
    assert marked["weapons"].from_at.year == 2025
    assert marked["weapons"].expires_at is not None
    assert marked["weapons"].expires_at > NOW
    assert "not to go to 14 Tarn Row" in marked["domestic_abuse_perpetrator"].detail


def test_the_story_has_two_earlier_domestic_incidents_at_the_address() -> None:
    there = [row for row in rows_of(IncidentRow) if isinstance(row, IncidentRow) and row.place_id == cast.TARN_ROW.id]
    assert [(NOW - row.received_at).days for row in there] == [112, 72]
    assert all("domestic_abuse" in row.opening_qualifiers for row in there)
    assert all(row.caller_number == "+447700900142" for row in there)


def test_a_silent_record_shares_the_callers_number_and_nearly_her_name() -> None:
    silent = next(row for row in rows_of(PersonRow) if isinstance(row, PersonRow) and row.id == cast.SILENT.id)
    announced = next(row for row in rows_of(PersonRow) if isinstance(row, PersonRow) and row.id == cast.ANNOUNCED.id)
    assert (silent.compartment, silent.announce) == ("covert", False)
    assert (announced.compartment, announced.announce) == ("restricted", True)
    assert cast.SILENT.number == cast.DANIELLE.number
