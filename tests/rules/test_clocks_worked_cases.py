"""The worked cases of the domain rules, by their numbers there, computed under the shipped rulebook."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from fellwatch.duties import calendar
from fellwatch.rules import clocks, rulebook
from fellwatch.rules.calendar_days import day_of, end_of, midnight
from fellwatch.rules.clock_readings import ClockRefused
from fellwatch.rules.clocks import Due
from fellwatch.rules.rulebook import Rulebook
from tests.rules.rulebook_writing import written

ROOT = Path(__file__).parents[2] / "rulebook"
LONDON = ZoneInfo("Europe/London")
GREATER_MANCHESTER = "E23000005"


@cache
def book() -> Rulebook:
    return rulebook.load(ROOT)


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def work_out(id: str, at: datetime | date, place: str = "england_and_wales", **facts: object) -> Due:
    version = book().rule(id).version_on(day_of(at), place)
    return clocks.due(clocks.rule_of(version), start=at, calendar=calendar.england_and_wales(), facts=facts)


HEARINGS = [
    ("T1", "2026-10-14 09:30", "2026-10-16 09:30"),
    ("T2", "2026-10-16 22:15", "2026-10-19 22:15"),
    ("T3", "2026-04-02 15:00", "2026-04-07 15:00"),
    ("T4", "2026-10-18 10:00", "2026-10-21 00:00"),
    ("T5", "2026-08-28 20:00", "2026-09-01 20:00"),
    ("T6", "2026-12-31 17:00", "2027-01-04 17:00"),
    ("T7", "2018-12-24 09:00", "2018-12-28 09:00"),
    ("T9 the clock runs from service at 13:00, not from 08:00", "2026-10-12 13:00", "2026-10-14 13:00"),
    ("OF 6.12", "2026-10-17 14:00", "2026-10-20 14:00"),
    ("OF 6.12 with a bank holiday on the Monday", "2026-08-29 14:00", "2026-09-02 14:00"),
]


@pytest.mark.parametrize(("case", "served", "heard"), HEARINGS, ids=[one[0] for one in HEARINGS])
def test_a_protection_notice_is_heard_within_48_court_hours(case: str, served: str, heard: str) -> None:
    assert work_out("dvpn_hearing", london(served)).due_at == london(heard), case


def test_t8_both_readings_of_26_december_are_shown_and_the_earlier_acts() -> None:
    due = work_out("dvpn_hearing", london("2026-12-23 18:00"))
    assert due.due_at == london("2026-12-26 18:00")
    assert [one.due_at for one in due.also] == [london("2026-12-29 18:00")]
    assert due.uncertain
    assert "plan for the earlier" in due.warnings[0]


def test_t10_a_hearing_one_minute_late_is_out_of_time() -> None:
    due = work_out("dvpn_hearing", london("2026-10-14 09:30"))
    assert due.met_by(london("2026-10-16 09:30"))
    assert not due.met_by(london("2026-10-16 09:31"))


def test_a_domestic_abuse_notice_is_counted_like_a_violence_notice_in_its_pilot_area() -> None:
    due = work_out("dapn_hearing", london("2025-10-17 22:15"), GREATER_MANCHESTER)
    assert due.due_at == london("2025-10-20 22:15")


BREACHES = [
    ("T11", "2026-10-13 03:20", "2026-10-14 03:20"),
    ("T12", "2026-10-17 13:00", "2026-10-19 13:00"),
    ("T13", "2026-10-18 23:50", "2026-10-20 00:00"),
    ("T14", "2026-04-02 20:00", "2026-04-04 20:00"),
]


@pytest.mark.parametrize("rule", ["dvpn_breach", "dvpo_breach", "dapn_breach"])
@pytest.mark.parametrize(("case", "arrested", "due"), BREACHES, ids=[one[0] for one in BREACHES])
def test_somebody_arrested_for_breach_is_in_court_in_24_court_hours(
    rule: str, case: str, arrested: str, due: str
) -> None:
    assert work_out(rule, london(arrested)).due_at == london(due), case


def test_t15_an_earlier_hearing_governs_a_breach() -> None:
    due = work_out("dvpn_breach", london("2026-10-13 03:20"), hearing_at=london("2026-10-13 10:00"))
    assert due.due_at == london("2026-10-13 10:00")


def test_t16_a_protection_order_lasts_14_to_28_days_from_the_day_it_is_made() -> None:
    made = date(2026, 10, 19)
    assert work_out("dvpo_length", made, days=28).last_date == date(2026, 11, 15)
    assert work_out("dvpo_length", made, days=14).last_date == date(2026, 11, 1)
    for days in (13, 29, 30):
        with pytest.raises(ClockRefused):
            work_out("dvpo_length", made, days=days)


def test_t17_a_domestic_abuse_order_is_notified_in_three_days_weekend_or_not() -> None:
    assert work_out("dapo_notification", date(2026, 10, 19)).last_date == date(2026, 10, 21)
    assert work_out("dapo_notification", date(2026, 10, 16)).last_date == date(2026, 10, 18)


BAIL = [
    ("T18", "2026-03-02", ["2026-06-02", "2026-09-02", "2026-12-02", "2027-03-02", "2027-09-02"]),
    ("T19", "2026-11-29", ["2027-02-28", "2027-05-29", "2027-08-29"]),
    ("T20", "2026-11-30", ["2027-02-28", "2027-05-31", "2027-08-31"]),
    ("T21", "2026-08-31", ["2026-11-30", "2027-02-28", "2027-05-31"]),
    ("T22", "2024-02-29", ["2024-05-31", "2024-08-31", "2024-11-30"]),
    ("T23", "2026-12-30", ["2027-03-30", "2027-06-30", "2027-09-30"]),
]


@pytest.mark.parametrize(("case", "arrested", "ends"), BAIL, ids=[one[0] for one in BAIL])
def test_bail_ends_months_after_the_day_after_arrest(case: str, arrested: str, ends: list[str]) -> None:
    stages = ("3_months", "6_months", "9_months", "12_months", "18_months")
    for stage, end in zip(stages, ends, strict=False):
        due = work_out("pre_charge_bail", date.fromisoformat(arrested), stage=stage)
        assert due.last_date == date.fromisoformat(end), f"{case} {stage}"


def test_t24_the_arrest_date_picks_the_bail_regime() -> None:
    assert work_out("pre_charge_bail", date(2022, 10, 27)).last_date == date(2022, 11, 24)
    assert work_out("pre_charge_bail", date(2022, 10, 28)).last_date == date(2023, 1, 28)


def test_t25_bail_under_the_earlier_regime() -> None:
    arrested = date(2018, 11, 5)
    assert work_out("pre_charge_bail", arrested).last_date == date(2018, 12, 3)
    assert work_out("pre_charge_bail", arrested, stage="3_months").last_date == date(2019, 2, 5)


def test_t27_an_inspector_who_signs_after_the_period_ended_extends_nothing() -> None:
    late = work_out("pre_charge_bail", date(2026, 3, 2), stage="6_months", authorised_at=london("2026-06-03 00:00"))
    in_time = work_out("pre_charge_bail", date(2026, 3, 2), stage="6_months", authorised_at=london("2026-06-02 23:59"))
    assert late.last_date == date(2026, 6, 2)
    assert "does not hold" in late.warnings[0]
    assert in_time.last_date == date(2026, 9, 2)


def test_t29_section_136_lasts_24_hours_and_36_where_extended_in_time() -> None:
    arrived = london("2026-10-20 23:10")
    assert work_out("s136_detention", arrived).due_at == london("2026-10-21 23:10")
    signed = work_out("s136_detention", arrived, extension_signed_at=london("2026-10-21 22:30"))
    assert signed.due_at == london("2026-10-22 11:10")
    late = work_out("s136_detention", arrived, extension_signed_at=london("2026-10-21 23:11"))
    assert late.due_at == london("2026-10-21 23:10")
    assert "does not hold" in late.warnings[0]


def test_t30_the_clock_runs_from_the_decision_to_keep_somebody_already_there() -> None:
    assert work_out("s136_detention", london("2026-10-20 14:05")).due_at == london("2026-10-21 14:05")


def test_t33_and_fc_0_1_twenty_four_hours_are_hours_across_the_end_of_summer_time() -> None:
    due = work_out("s136_detention", london("2026-10-24 20:00"))
    assert due.due_at == datetime(2026, 10, 25, 19, 0, tzinfo=UTC)
    assert due.words == "by Sun 25 Oct 2026 19:00"


def test_t34_moving_to_another_place_of_safety_at_hour_20_leaves_four_hours() -> None:
    arrived = london("2026-10-20 10:00")
    due_at = work_out("s136_detention", arrived).due_at
    assert due_at is not None
    assert due_at - (arrived + timedelta(hours=20)) == timedelta(hours=4)


def test_of_6_13_section_136_from_monday_night() -> None:
    arrived = london("2026-10-19 22:00")
    assert work_out("s136_detention", arrived).due_at == london("2026-10-20 22:00")
    extended = work_out("s136_detention", arrived, extension_signed_at=london("2026-10-20 21:00"))
    assert extended.due_at == london("2026-10-21 10:00")


def test_t42_the_anniversary_of_a_referral_is_still_a_repeat() -> None:
    due = work_out("marac_repeat_flag", date(2026, 1, 10))
    assert due.last_date == date(2027, 1, 10)
    assert due.met_by(london("2027-01-10 23:59"))
    assert not due.met_by(london("2027-01-11 00:00"))


def test_t47_a_tuesday_night_reaches_school_before_wednesday_starts() -> None:
    due = work_out("encompass_notification", london("2026-10-13 21:00"), term="2026-10-12..2026-10-23@08:45")
    assert due.due_at == london("2026-10-14 08:45")
    assert not due.met_by(london("2026-10-14 08:45"))


def test_t48_before_half_term_at_once_and_no_later_than_the_first_day_back() -> None:
    term = "2026-10-12..2026-10-23,2026-11-02..2026-12-18@08:45"
    due = work_out("encompass_notification", london("2026-10-23 21:00"), term=term)
    assert due.promptly
    assert due.due_at == london("2026-11-02 08:45")
    assert due.words == "as soon as reasonably practicable, and before Mon 2 Nov 2026 08:45"


def test_t49_t50_t51_who_is_outside_the_school_duty() -> None:
    night = london("2026-10-13 21:00")
    assert not work_out("encompass_notification", night, under_18="no").owed
    assert not work_out("encompass_notification", night, setting="nursery").owed
    at_home = work_out("encompass_notification", night, setting="home_educated")
    assert at_home.promptly
    assert "home education" in at_home.acts.why


def test_t53_policy_until_6_november_2025_and_statute_from_7_november() -> None:
    rule = book().rule("encompass_notification")
    assert rule.version_on(date(2025, 11, 6)).number == 1
    assert "s49A" in rule.version_on(date(2025, 11, 7)).source


def test_t54_a_disclosure_is_counted_both_ways_and_the_earlier_acts() -> None:
    now = work_out("dvds_total", date(2026, 10, 1))
    assert (now.last_date, [one.last_date for one in now.also]) == (date(2026, 10, 28), [date(2026, 10, 29)])
    before = work_out("dvds_total", date(2018, 10, 1))
    assert (before.last_date, [one.last_date for one in before.also]) == (
        date(2018, 11, 4),
        [date(2018, 11, 5)],
    )
    assert now.uncertain


def test_t56_common_assault_six_months_from_the_statement_or_two_years_from_the_offence() -> None:
    due = work_out("common_assault_charge", date(2026, 1, 1), statement_on=date(2026, 5, 1))
    assert due.last_date == date(2026, 10, 31)
    assert {one.last_date for one in due.also} >= {date(2026, 11, 1), date(2028, 1, 1)}
    assert due.uncertain
    capped = work_out("common_assault_charge", date(2025, 1, 1), statement_on=date(2026, 11, 1))
    assert capped.last_date == date(2026, 12, 31)
    assert date(2027, 1, 1) in {one.last_date for one in capped.also}


def test_t57_without_a_statement_six_months_from_the_offence() -> None:
    due = work_out("common_assault_charge", date(2026, 1, 1))
    assert due.last_date == date(2026, 6, 30)
    assert [one.last_date for one in due.also] == [date(2026, 7, 1)]


def test_fc_2_10_a_victim_hears_within_one_or_five_working_days() -> None:
    cases = [
        (date(2026, 10, 2), date(2026, 10, 5), date(2026, 10, 9)),
        (date(2026, 4, 2), date(2026, 4, 7), date(2026, 4, 13)),
        (date(2026, 12, 24), date(2026, 12, 29), date(2027, 1, 5)),
    ]
    for event, enhanced, standard in cases:
        assert work_out("victim_update", event, rights="enhanced").last_date == enhanced
        assert work_out("victim_update", event, rights="standard").last_date == standard


NOTIFICATION_PERIODS = [
    ("custody_30_months_or_more", "adult", None),
    ("custody_over_6_months", "adult", date(2034, 3, 9)),
    ("caution", "adult", date(2026, 3, 9)),
    ("caution", "under_18", date(2025, 3, 9)),
]


@pytest.mark.parametrize(("disposal", "age", "last"), NOTIFICATION_PERIODS)
def test_of_6_1_how_long_somebody_stays_on_the_register(disposal: str, age: str, last: date | None) -> None:
    due = work_out("notification_period", date(2024, 3, 10), disposal=disposal, age=age)
    assert due.last_date == last


def test_of_6_2_three_days_begin_with_conviction_or_release_and_custody_pauses_them() -> None:
    assert work_out("notification_initial", date(2024, 3, 1)).last_date == date(2024, 3, 3)
    released = work_out("notification_on_release", london("2024-04-05 08:00"))
    assert released.last_date == date(2024, 4, 7)
    spell = "2024-03-02T09:00+00:00..2024-04-05T08:00+01:00"
    paused = work_out("notification_initial", date(2024, 3, 1), away=spell)
    left = end_of(date(2024, 3, 3)) - london("2024-03-02 09:00")
    assert paused.due_at == london("2024-04-05 08:00").astimezone(UTC) + left


def test_of_6_3_yearly_notification_waits_for_release_where_it_falls_in_custody() -> None:
    assert work_out("notification_annual", date(2025, 6, 14)).last_date == date(2026, 6, 14)
    inside = work_out("notification_annual", date(2025, 6, 14), away="2026-05-01..2026-07-20")
    assert inside.last_date == date(2026, 7, 22)


def test_of_6_3_yearly_notification_is_warned_of_from_the_same_day_of_the_month_before() -> None:
    anniversary = work_out("notification_annual", date(2025, 6, 14))
    assert anniversary.warn_at == (midnight(date(2026, 5, 14)),)
    at_a_station = work_out("notification_annual", london("2025-06-14 16:40"))
    assert at_a_station.warn_at == (midnight(date(2026, 5, 14)),)
    inside = work_out("notification_annual", date(2025, 6, 14), away="2026-05-01..2026-07-20")
    assert inside.warn_at == (midnight(date(2026, 6, 22)),)


COUNTED_WITHIN = """chooses = "notification_no_fixed_address"
[[choice]]
number = 1001
of = 1
applies_from = 2012-08-13
decided_by = "The board"
reason = "The day of the last notification counts."
[choice.set]
"clocks.week.clock" = "days_from"
[[choice.example]]
at = 2024-11-04
last_day = 2024-11-10
"""


def test_of_6_4_no_fixed_address_every_seven_days() -> None:
    assert work_out("notification_no_fixed_address", date(2024, 11, 4)).last_date == date(2024, 11, 11)


def test_of_6_4_a_force_may_count_the_day_of_the_last_notification_and_ends_a_day_earlier(tmp_path: Path) -> None:
    root = written(
        tmp_path,
        clocks__notification_no_fixed_address=(ROOT / "clocks" / "notification_no_fixed_address.toml").read_text(),
        forces__fellshire__force='code = "X23000099"\nname = "Fellshire Police"\n',
        forces__fellshire__notification_no_fixed_address=COUNTED_WITHIN,
    )
    monday, days = date(2024, 11, 4), []
    for force in (None, "fellshire"):
        choosing = rulebook.load(root, force)
        version = choosing.version_on("notification_no_fixed_address", monday)
        assert not list(rulebook.failed_examples(choosing, calendar.england_and_wales()))
        due = clocks.due(clocks.rule_of(version), start=monday, calendar=calendar.england_and_wales(), facts={})
        days.append(due.last_date)
    assert days == [date(2024, 11, 11), date(2024, 11, 10)]


def test_of_6_5_a_stay_is_notified_within_three_days_beginning_with_the_seventh() -> None:
    assert work_out("notification_change", date(2024, 6, 8)).last_date == date(2024, 6, 10)


def test_of_6_9_visits_fall_due_by_risk_and_a_longer_plan_needs_approval() -> None:
    seen = date(2026, 1, 10)
    due = work_out("offender_visit", seen, risk="high")
    assert due.last_date == date(2026, 4, 10)
    assert due.met_by(london("2026-04-10 20:00"))
    assert not due.met_by(london("2026-04-11 00:01"))
    assert work_out("offender_visit", seen, risk="high", plan_months=4).last_date == date(2026, 4, 10)
    approved = work_out("offender_visit", seen, risk="high", plan_months=4, longer_approved="yes")
    assert approved.last_date == date(2026, 5, 10)


def test_of_6_9_only_being_seen_at_home_starts_or_ends_the_clock_of_a_visit() -> None:
    rule = clocks.rule_of(book().rule("offender_visit").version_on(date(2026, 4, 9)))
    assert (rule.starts_on, rule.settled_by) == ("offender.seen_at_home", "offender.seen_at_home_again")
    with pytest.raises(ClockRefused, match="There is no fact 'attempted_on'"):
        work_out("offender_visit", date(2026, 1, 10), risk="high", attempted_on=date(2026, 4, 9))


def test_of_6_10_three_low_years_open_reactive_management() -> None:
    assert work_out("reactive_management", date(2023, 2, 1)).due_at == midnight(date(2026, 2, 1))


def test_of_6_11_indecent_images_by_band() -> None:
    monday = london("2026-11-09 09:00")
    assert work_out("indecent_images_action", monday, band="high").due_at == london("2026-11-16 09:00")
    assert work_out("indecent_images_action", monday, band="very_high").due_at == london("2026-11-10 09:00")


def test_of_6_11_a_child_found_on_day_3_sets_a_new_limit_from_the_new_score() -> None:
    first = work_out("indecent_images_action", london("2026-11-09 09:00"), band="high")
    again = work_out("indecent_images_action", london("2026-11-12 09:00"), band="very_high")
    assert (first.due_at, again.due_at) == (london("2026-11-16 09:00"), london("2026-11-13 09:00"))
    assert first.met_by(london("2026-11-13 09:01"))
    assert not again.met_by(london("2026-11-13 09:01"))


def test_of_6_11_acting_within_the_new_limit_leaves_the_first_one_broken() -> None:
    first = work_out("indecent_images_action", london("2026-11-09 09:00"), band="very_high")
    again = work_out("indecent_images_action", london("2026-11-12 09:00"), band="very_high")
    warrant = london("2026-11-13 08:00")
    assert again.met_by(warrant)
    assert not first.met_by(warrant)


def test_of_6_15_a_new_event_starts_the_clear_period_again() -> None:
    assert work_out("retention_review", date(2021, 6, 1), group="3").due_at == midnight(date(2027, 6, 1))
    limit = work_out("retention_limit", date(2018, 2, 1), born=date(1980, 5, 15))
    assert limit.due_at == midnight(date(2080, 5, 15))
    assert work_out("retention_adequacy_review", date(2018, 2, 1)).last_date == date(2028, 2, 1)


def test_of_6_19_the_armed_policing_assessment_by_half_year_year_and_quarter() -> None:
    issued = date(2026, 4, 1)
    assert work_out("apstra_review", issued).last_date == date(2026, 10, 1)
    assert work_out("apstra_annual", issued).last_date == date(2027, 4, 1)
    register = work_out("apstra_register", issued)
    assert not register.met_by(midnight(issued + timedelta(days=100)))
