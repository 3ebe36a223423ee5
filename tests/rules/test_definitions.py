"""Repeats: which definition fires, over which days, and what it counted."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellwatch.rules import definitions
from fellwatch.rules.contacts import Contact, Involved, Subject
from fellwatch.rules.definitions import Count, Definition, Window
from fellwatch.rules.versions import Confidence, Rule, Version
from tests.rules import rulebook_under_test as book

ON = date(2026, 10, 16)
NOON = datetime(2026, 10, 16, 12, tzinfo=UTC)
PHONE = "07700 900142"


def contact(id: str, days_ago: float, **rest: Any) -> Contact:
    return Contact(id, NOON - timedelta(days=days_ago), **rest)


def count(id: str, subject: Subject, earlier: list[Contact], present: Contact | None = None) -> Count | None:
    definition: Definition = book.parsed(id)
    return definitions.count(definition, subject=subject, earlier=earlier, present=present, on=ON)


@pytest.mark.parametrize(("id", "place"), book.examples("definition"))
def test_worked_example_comes_out_as_written(id: str, place: int) -> None:
    assert definitions.check_example(book.parsed(id), book.example(id, place)) is None


@pytest.mark.parametrize("id", book.of_kind("definition"))
def test_definition_is_worked_on_both_sides_of_its_threshold(id: str) -> None:
    fires = [example["fires"] for example in book.written()[id]["version"][0]["example"]]
    assert len(fires) >= 3
    assert set(fires) == {True, False}


@pytest.mark.parametrize(
    ("window", "opens"),
    [
        (Window(days=90), date(2026, 7, 18)),
        (Window(days=90, first_day_counts=False), date(2026, 7, 19)),
        (Window(months=12), date(2025, 10, 16)),
        (Window(months=12, first_day_counts=False), date(2025, 10, 17)),
        (Window(years=3), date(2023, 10, 16)),
        (Window(), date.min),
    ],
)
def test_window_opens_on_the_day_the_rule_says(window: Window, opens: date) -> None:
    assert window.opens(ON) == opens


def test_window_of_months_ends_on_the_last_day_a_short_month_has() -> None:
    assert Window(months=1).opens(date(2026, 3, 31)) == date(2026, 2, 28)
    assert Window(months=12).opens(date(2028, 2, 29)) == date(2027, 2, 28)
    assert Window(months=2).opens(date(2026, 1, 15)) == date(2025, 11, 15)


def test_evidence_names_what_was_counted_oldest_first() -> None:
    earlier = [contact("b", 34, phone=PHONE), contact("a", 74, phone=PHONE), contact("x", 2, phone="other")]
    found = count("repeat_caller", Subject(phone=PHONE), earlier, contact("now", 0, phone=PHONE))
    assert found == Count("phone", 3, "90 days", date(2026, 7, 18), ("a", "b", "now"), ())


def test_contact_after_the_day_asked_about_does_not_count() -> None:
    later = [contact("a", -1, phone=PHONE), contact("b", -2, phone=PHONE)]
    assert count("repeat_caller", Subject(phone=PHONE), later, contact("now", 0, phone=PHONE)) is None


def test_draft_already_saved_is_counted_once() -> None:
    now = contact("now", 0, phone=PHONE)
    assert count("repeat_caller", Subject(phone=PHONE), [now, contact("a", 9, phone=PHONE)], now) is None


def test_what_counts_most_is_told_when_several_things_are_shared() -> None:
    earlier = [contact(str(day), day, phone=PHONE, place="14 Tarn Row") for day in (1, 2)]
    earlier += [contact("house", 3, place="14 Tarn Row")]
    found = count("repeat_caller", Subject(phone=PHONE, place="14 Tarn Row"), earlier)
    assert found is not None
    assert (found.by, found.count) == ("place", 3)


def test_serial_perpetrator_of_unknown_age_is_not_excused() -> None:
    people = [(Involved("Marc", "suspect"), Involved(victim, "victim")) for victim in ("Alice", "Danielle")]
    earlier = [contact(str(day), day, people=pair, domestic=True) for day, pair in enumerate(people)]
    found = count("serial_perpetrator", Subject(person="Marc"), earlier)
    assert found is not None
    assert found.victims == ("Alice", "Danielle")


def test_repeat_perpetrator_counts_the_victim_he_came_back_to() -> None:
    marc = Involved("Marc", "suspect")
    earlier = [
        contact(str(day), day, people=(marc, Involved(victim, "victim")), domestic=True)
        for day, victim in enumerate(["Alice", "Danielle", "Danielle", "Charlie"])
    ]
    found = count("repeat_perpetrator", Subject(person="Marc"), earlier)
    assert found is not None
    assert found.evidence == ("2", "1")


def test_what_fires_says_which_rule_and_how_sure_it_is() -> None:
    version = Version(
        1, date(2011, 4, 1), None, ("england_and_wales",), "A source", Confidence.LOCAL, "A reason", {},
        parsed=book.parsed("repeat_caller"),
    )  # fmt: skip
    rule = Rule("repeat_caller", "definition", "Repeat caller", "incident_reported", "", "", versions=(version,))
    fired = definitions.fires(
        rule,
        version,
        subject=Subject(phone=PHONE),
        earlier=[contact("a", 1, phone=PHONE), contact("b", 2, phone=PHONE)],
        present=contact("now", 0, phone=PHONE),
        on=ON,
    )
    assert fired is not None
    assert fired.words == "Repeat caller: 3 in 90 days, same phone"
    assert (fired.definition, fired.version, fired.confidence) == ("repeat_caller", 1, Confidence.LOCAL)


def test_faults_of_a_definition_are_told_at_once() -> None:
    faults = book.faults("definition", {"by": ["hair"], "counts": "all", "window": {"weeks": 2}, "at_least": 0})
    assert [fault.where for fault in faults] == ["by", "counts", "window.weeks", "at_least"]


days = st.lists(st.integers(0, 400), max_size=8)


@given(days, st.integers(0, 400))
def test_one_more_contact_never_stops_a_definition_from_firing(ago: list[int], more: int) -> None:
    before = [contact(f"{place}", day, phone=PHONE) for place, day in enumerate(ago)]
    after = [*before, contact("more", more, phone=PHONE)]
    fired = count("repeat_caller", Subject(phone=PHONE), before)
    assert fired is None or count("repeat_caller", Subject(phone=PHONE), after) is not None


@given(days)
def test_exactly_the_contacts_inside_the_window_are_counted(ago: list[int]) -> None:
    found = count("repeat_caller", Subject(phone=PHONE), [contact(f"{p}", d, phone=PHONE) for p, d in enumerate(ago)])
    inside = sum(day <= 90 for day in ago)
    assert (found.count if found else 0) == (inside if inside >= 3 else 0)
