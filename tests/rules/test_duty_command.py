"""`fellwatch duty` and `fellwatch rulebook`, asked as an officer or a policy lead would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from fellwatch.cli.main import main
from fellwatch.rules import rulebook

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "rulebook"
LOAD = rulebook.load
READ_ONCE = cache(LOAD)


@pytest.fixture(autouse=True)
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the shipped rulebook once for this file: each command of its own reads it for half a second."""

    def load(root: Path, force: str | None = None) -> rulebook.Rulebook:
        return (READ_ONCE if root == SHIPPED else LOAD)(root, force)

    monkeypatch.setattr(rulebook, "load", load)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def due(*words: str) -> str:
    result = run("duty", "due", *words)
    assert result.exit_code == 0, result.output
    return result.output


def refused(*words: str) -> str:
    result = run("duty", "due", *words)
    assert result.exit_code != 0, result.output
    return result.output


def data(*words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(due(*words, "--json"))
    return found


def test_notice_served_on_friday_night_must_be_heard_by_monday_night() -> None:
    said = due("dvpn_hearing", "--at", "2026-10-16T22:15+01:00")
    assert "Due: by Mon 19 Oct 2026 22:15 · " in said
    assert "2026-10-19T22:15:00+01:00 in London, 2026-10-19T21:15:00Z" in said
    assert "- Sun 18 Oct 2026 does not count: Sunday" in said
    assert "from Fri 16 Oct 2026 22:15: 1 h 45 min counts, 46 h 15 min left" in said
    assert "Rule: dvpn_hearing version 1" in said
    assert "Source: Crime and Security Act 2010 s27" in said
    assert "Confidence: verified" in said


def test_the_same_answer_comes_as_data() -> None:
    found = data("dvpn_hearing", "--at", "2026-10-16T22:15+01:00")
    assert found["due_at"] == "2026-10-19T21:15:00Z"
    assert found["due_at_london"] == "2026-10-19T22:15:00+01:00"
    assert found["version"]["number"] == 1
    assert [step["text"] for step in found["working"] if step["skips"]] == ["Sun 18 Oct 2026 does not count: Sunday"]


def test_both_readings_of_26_december_are_shown() -> None:
    found = data("dvpn_hearing", "--at", "2026-12-23T18:00Z")
    assert (found["due_at"], found["uncertain"]) == ("2026-12-26T18:00:00Z", True)
    assert [one["due_at"] for one in found["also"]] == ["2026-12-29T18:00:00Z"]
    assert "Another reading: by Tue 29 Dec 2026 18:00" in due("dvpn_hearing", "--at", "2026-12-23T18:00Z")


def test_a_school_is_told_with_its_term_on_the_command_line() -> None:
    term = "term=2026-10-12..2026-10-23,2026-11-02..2026-12-18@08:45"
    said = due("encompass_notification", "--at", "2026-10-23T21:00+01:00", "--fact", term)
    assert "as soon as reasonably practicable, and before Mon 2 Nov 2026 08:45" in said
    assert "- Sat 24 Oct 2026 to Sun 1 Nov 2026: no school" in said


def test_a_school_without_a_term_calendar_is_taken_to_open_on_the_next_working_day() -> None:
    found = data("encompass_notification", "--at", "2026-10-23T21:00+01:00")
    assert found["due_at"] == "2026-10-26T08:30:00Z"
    assert "No term calendar is held" in found["warnings"][0]


def test_facts_change_the_length() -> None:
    rural = ("--fact", "grade=emergency", "--fact", "beat=rural")
    assert data("attendance", "--at", "2026-11-21T23:40Z", *rural)["due_at"] == "2026-11-22T00:00:00Z"


def test_a_whole_day_starts_a_clock_that_counts_days() -> None:
    found = data("notification_annual", "--at", "2025-06-14", "--fact", "away=2026-05-01..2026-07-20")
    assert found["last_date"] == "2026-07-22"


def test_a_forces_choice_holds_when_the_force_is_named() -> None:
    asked = ("attendance", "--at", "2026-11-21T23:40Z", "--fact", "grade=priority")
    assert data(*asked)["due_at"] == "2026-11-22T00:40:00Z"
    assert data(*asked, "--force", "fellshire")["due_at"] == "2026-11-22T00:25:00Z"
    assert data(*asked, "--force", "X23000099")["version"]["number"] == 1002


def test_the_selectors_day_can_be_given_where_it_is_another() -> None:
    asked = ("s136_detention", "--at", "2017-12-11T00:30Z")
    assert data(*asked)["due_at"] == "2017-12-12T00:30:00Z"
    assert data(*asked, "--on", "2017-12-10")["due_at"] == "2017-12-14T00:30:00Z"


def test_a_pilot_area_has_its_own_clock_and_others_are_told_where_it_holds() -> None:
    asked = ("dapn_hearing", "--at", "2025-10-17T22:15+01:00")
    assert data(*asked, "--territory", "E23000005")["due_at"] == "2025-10-20T21:15:00Z"
    assert "has no version for 17 October 2025 in E23000002. It has version 1 in E23000005" in refused(
        *asked, "--territory", "E23000002"
    )


def test_only_a_clock_is_offered_for_a_misspelt_clock():
    said = refused("nonsense", "--at", "2026-10-16T22:15+01:00")
    assert "There is no rule 'nonsense'. The clocks are: " in said


REFUSALS = [
    (("dvpn_hering", "--at", "2026-10-16T22:15+01:00"), "Did you mean dvpn_hearing"),
    (("dvpn_hearing", "--at", "2026-10-16T22:15"), "On London's clock write 2026-10-16T22:15+01:00"),
    (("dvpn_hearing", "--at", "Friday"), "'Friday' is not a time"),
    (("dvpn_hearing", "--at", "2026-10-16"), "needs a time, not only a day"),
    (("dvpn_hearing", "--at", "2026-10-16T22:15Z", "--territory", "englnd"), "Did you mean england"),
    (("dvpn_hearing", "--at", "2026-10-16T22:15Z", "--fact", "grade=high"), "It takes no facts"),
    (("dvpn_hearing", "--at", "2046-10-16T22:15Z"), "No bank holidays are known for"),
    (
        ("attendance", "--at", "2026-10-16T22:15Z"),
        "needs grade (The grade the incident has): one of emergency",
    ),
    (("attendance", "--at", "2026-10-16T22:15Z", "--fact", "grad=emergency"), "Did you mean grade?"),
    (("attendance", "--at", "2026-10-16T22:15Z", "--fact", "grade=emergncy"), "Did you mean emergency?"),
    (("attendance", "--at", "2026-10-16T22:15Z", "--fact", "grade"), "is not NAME=VALUE"),
    (("attendance", "--at", "2026-10-16T22:15Z", "--force", "felshire"), "Did you mean fellshire?"),
    (("dvpo_length", "--at", "2026-10-19", "--fact", "days=29"), "at most 28"),
    (("dvpo_length", "--at", "2026-10-19", "--fact", "days=many"), "days cannot be 'many'"),
    (("incident_grade", "--at", "2026-10-19"), "is no clock but of kind grading"),
    (
        ("encompass_notification", "--at", "2026-10-19T21:00Z", "--fact", "term=Mondays"),
        "give days and start such as",
    ),
    (
        ("s136_detention", "--at", "2026-10-20T23:10+01:00", "--fact", "extension_signed_at=0001-01-01T00:00+01:00"),
        "extension_signed_at cannot be '0001-01-01T00:00+01:00': give dates between 1900 and 2199.",
    ),
    (
        ("retention_limit", "--at", "2026-10-20", "--fact", "born=9950-01-01"),
        "born cannot be '9950-01-01': give dates between 1900 and 2199.",
    ),
    (
        ("notification_initial", "--at", "2026-10-20", "--fact", "away=2026-10-20..9999-12-31"),
        "away cannot be '2026-10-20..9999-12-31': give dates between 1900 and 2199.",
    ),
    (
        ("encompass_notification", "--at", "2026-10-19T21:00Z", "--fact", "term=2020-01-01..2199-12-31@08:45"),
        "give at most 2,000 days in all",
    ),
    (("s136_detention", "--at", "9999-12-31T12:00Z"), "9999-12-31T12:00:00+00:00 is too far away"),
    (("s136_detention", "--at", "0001-01-01T00:00+01:00"), "give dates between 1900 and 2199"),
    (("dvpo_length", "--at", "1899-12-31"), "1899-12-31 is too far away"),
    (("dvpn_hearing", "--at", "2026-10-16T22:15Z", "--on", "9999-12-31"), "9999-12-31 is too far away"),
]


@pytest.mark.parametrize(("words", "answer"), REFUSALS, ids=[answer for _, answer in REFUSALS])
def test_what_cannot_be_answered_says_what_to_write_instead(words: tuple[str, ...], answer: str) -> None:
    assert answer in " ".join(refused(*words).split())


def test_a_date_that_is_too_far_away_leaves_by_the_same_door_as_any_other_slip() -> None:
    at = run("duty", "due", "s136_detention", "--at", "9999-12-31T12:00Z")
    fact = run("duty", "due", "retention_limit", "--at", "2026-10-20", "--fact", "born=9950-01-01")
    assert (at.exit_code, fact.exit_code) == (2, 1)
    assert "Traceback" not in at.output + fact.output


def test_every_clock_is_listed_with_what_it_asks_for() -> None:
    rows = json.loads(run("duty", "rules", "--json").output)
    row = next(one for one in rows if one["id"] == "attendance")
    assert {"title", "starts_on", "clock", "confidence", "source"} <= row.keys()
    assert row["starts_on"] == "incident.graded"
    assert "beat: " in " ".join(row["facts"])
    said = run("duty", "rules").output
    assert all(f"{one['id']}: {one['title']}" in said for one in rows)


def test_it_works_without_django_or_a_database() -> None:
    program = (
        "import sys; from fellwatch.cli.main import main\n"
        "try: main(['duty', 'due', 'dvpn_hearing', '--at', '2026-10-16T22:15+01:00'])\n"
        "except SystemExit: print(sorted({'django', 'psycopg'} & set(sys.modules)))"
    )
    env = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "DATABASE"))}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.rstrip().endswith("[]")


def test_the_shipped_rulebook_checks_out() -> None:
    result = run("rulebook", "check")
    assert result.exit_code == 0, result.output
    assert "examples hold" in result.output


def test_a_rulebook_is_published_once_and_then_held_still(tmp_path: Path) -> None:
    source = (ROOT / "rulebook" / "clocks" / "desk_advice.toml").read_text(encoding="utf-8")
    file = tmp_path / "clocks" / "desk_advice.toml"
    file.parent.mkdir()
    file.write_text(source, encoding="utf-8")
    assert "published desk_advice version 1" in run("rulebook", "publish", "--rulebook", str(tmp_path)).output
    assert "0 new" in run("rulebook", "publish", "--rulebook", str(tmp_path)).output
    file.write_text(source.replace("minutes = 10", "minutes = 12"), encoding="utf-8")
    result = run("rulebook", "publish", "--rulebook", str(tmp_path))
    assert result.exit_code == 1
    assert "was changed after it was published" in result.output
    file.write_text(source.replace("at_most = 60", "at_most = 30"), encoding="utf-8")
    assert "Withdrawn: 1" in run("rulebook", "withdraw", "desk_advice", "--rulebook", str(tmp_path)).output
    assert "1 new" in run("rulebook", "publish", "--rulebook", str(tmp_path)).output


def test_pages_are_rendered_and_seen_to_be_stale(tmp_path: Path) -> None:
    to = ("--to", str(tmp_path))
    assert run("rulebook", "render", *to).exit_code == 0
    assert run("rulebook", "render", *to, "--check").exit_code == 0
    page = tmp_path / "clocks.md"
    page.write_text(page.read_text(encoding="utf-8") + "old", encoding="utf-8")
    stale = run("rulebook", "render", *to, "--check")
    assert "Out of date: clocks.md" in stale.output


def test_rendering_never_touches_a_page_written_by_hand(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("Mine.", encoding="utf-8")
    result = run("rulebook", "render", "--to", str(tmp_path))
    assert "holds pages written by hand: README.md" in result.output
    assert [file.name for file in tmp_path.iterdir()] == ["README.md"]


def test_many_minutes_are_said_in_hours():
    assert "Clock: 168 hours by the clock, day and night" in due(
        "activation_followed", "--at", "2026-10-16T22:15+01:00"
    )
    assert "Clock: 45 minutes by" in due(
        "attendance", "--at", "2026-11-21T23:40Z", "--fact", "grade=priority", "--force", "fellshire"
    )
