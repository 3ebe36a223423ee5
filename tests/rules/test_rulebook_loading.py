"""Loading: everything wrong is told at once, with the file, the place and the remedy."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fellwatch.duties import calendar
from fellwatch.rules import digest, rulebook
from fellwatch.rules.errors import NoSuchRule, NoVersion, RulebookErrors
from fellwatch.rules.rulebook import Rulebook
from tests.rules.rulebook_writing import EXAMPLE, faults, rule, version, written


def test_a_rule_in_order_loads_and_its_examples_hold(tmp_path: Path) -> None:
    book = rulebook.load(written(tmp_path, clocks__act=rule()))
    assert book.rule("act").version_on(date(2026, 1, 1)).number == 1
    assert not list(rulebook.failed_examples(book, calendar.england_and_wales()))


def test_an_example_that_does_not_come_out_is_told_with_what_did(tmp_path: Path) -> None:
    wrong = rule().replace("due = 2020-01-01T14", "due = 2020-01-01T15", 1)
    book = rulebook.load(written(tmp_path, clocks__act=wrong))
    (problem,) = rulebook.failed_examples(book, calendar.england_and_wales())
    assert problem.where == "version 1, example 1"
    assert "by Wed 1 Jan 2020 14:00" in problem.what


def test_an_example_outside_its_version_does_not_hold(tmp_path: Path) -> None:
    early = rule("act", version().replace("at = 2020-01-01", "at = 2019-12-31"))
    book = rulebook.load(written(tmp_path, clocks__act=early))
    problems = list(rulebook.failed_examples(book, calendar.england_and_wales()))
    assert all("outside this version" in problem.what for problem in problems)
    assert problems


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    root = written(
        tmp_path,
        clocks__act=rule().replace('confidence = "verified"', 'confidence = "sure"').replace("hours = 4", "weeks = 4"),
        clocks__broken="id = ",
        clocks__other=rule("other", top='colour = "blue"').replace('kind = "clock"', 'kind = "clok"'),
    )
    found = "\n".join(faults(root))
    assert "clocks/act.toml: version.0.confidence: 'sure' is not a choice here" in found
    assert "clocks/act.toml: version.0.body.clocks.0.weeks: means nothing here" in found
    assert "clocks/broken.toml: cannot be read" in found
    assert "clocks/other.toml: colour: means nothing here" in found
    assert "no kind is called 'clok'; write one of clock" in found
    assert "Did you mean clock" in found


def test_every_fault_says_what_to_do(tmp_path: Path) -> None:
    root = written(tmp_path, clocks__act='id = "act"\n[[version]]\nnumber = "one"\n')
    with pytest.raises(RulebookErrors) as caught:
        rulebook.load(root)
    assert len(caught.value.problems) > 8
    assert all(problem.do for problem in caught.value.problems)


def test_fewer_than_three_examples_are_too_few(tmp_path: Path) -> None:
    text = rule()
    text = text[: text.rindex("[[version.example]]")]
    assert any("work at least 3" in fault for fault in faults(written(tmp_path, clocks__act=text)))


def test_a_rule_bears_its_files_name(tmp_path: Path) -> None:
    assert any("is not the file's name" in one for one in faults(written(tmp_path, clocks__act=rule("deed"))))


def test_one_id_in_two_files_is_a_fault(tmp_path: Path) -> None:
    root = written(tmp_path, clocks__act=rule(), others__act=rule())
    assert any("is also in clocks/act.toml" in one for one in faults(root))


def test_an_unknown_territory_is_a_fault(tmp_path: Path) -> None:
    root = written(tmp_path, clocks__act=rule("act", version(territory="Narnia")))
    assert any("'Narnia' is not a territory" in one for one in faults(root))


def test_two_versions_that_hold_at_once_in_one_place_are_a_fault(tmp_path: Path) -> None:
    overlapping = rule("act", version(1), version(2, "2022-01-01"))
    assert any("versions 1 and 2 both hold" in one for one in faults(written(tmp_path, clocks__act=overlapping)))


def test_two_versions_may_hold_at_once_in_different_places_and_the_narrower_wins(tmp_path: Path) -> None:
    both = rule("act", version(1), version(2, territory="E23000005"), version(3, territory="wales"))
    found = rulebook.load(written(tmp_path, clocks__act=both)).rule("act")
    day = date(2026, 1, 1)
    picked = [found.version_on(day, place).number for place in ("E23000005", "E23000002", "W15000001", "england")]
    assert picked == [2, 1, 3, 1]


def test_a_gap_is_a_fault_only_where_the_rule_calls_itself_contiguous(tmp_path: Path) -> None:
    apart = (version(1, applies_to="2021-01-01"), version(2, "2022-01-01"))
    rulebook.load(written(tmp_path / "gaps", clocks__act=rule("act", *apart)))
    root = written(tmp_path / "none", clocks__act=rule("act", *apart, top="contiguous = true"))
    assert any("nothing holds in england_and_wales between version 1 and version 2" in one for one in faults(root))


def test_a_day_before_the_first_version_has_none_and_says_which_there_are(tmp_path: Path) -> None:
    book = rulebook.load(written(tmp_path, clocks__act=rule()))
    with pytest.raises(NoVersion, match="no version for 31 December 2019 in england_and_wales"):
        book.rule("act").version_on(date(2019, 12, 31))


def test_the_end_of_a_version_is_not_part_of_it(tmp_path: Path) -> None:
    two = rule("act", version(1, applies_to="2022-01-01"), version(2, "2022-01-01"))
    found = rulebook.load(written(tmp_path, clocks__act=two)).rule("act")
    assert found.version_on(date(2021, 12, 31)).number == 1
    assert found.version_on(date(2022, 1, 1)).number == 2


def test_a_misspelt_rule_is_answered_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(NoSuchRule, match="Did you mean act"):
        rulebook.load(written(tmp_path, clocks__act=rule())).rule("acts")


def test_an_empty_folder_is_no_rulebook(tmp_path: Path) -> None:
    assert "holds no rules" in faults(tmp_path)[0]


CLOCK_FAULTS = [
    ("minutes = 5", "needs its length once"),
    ('school = "term"', "there is no fact 'term'"),
    ('when = { grade = "high" }', "is not a choice among the facts"),
    ("extended_to = 36", "stands without extended_by"),
    ('suspended_while = ["away"]', "there is no fact 'away'"),
    ("then_days_from = 3", "stands without then_days_from, or the reverse"),
]


@pytest.mark.parametrize(("line", "fault"), CLOCK_FAULTS)
def test_a_clock_that_cannot_run_is_refused_at_loading(tmp_path: Path, line: str, fault: str) -> None:
    root = written(tmp_path, clocks__act=rule("act", version(extra=line)))
    assert any(fault in one for one in faults(root))


def test_a_clock_of_no_length_is_a_fault(tmp_path: Path) -> None:
    root = written(tmp_path, clocks__act=rule().replace("hours = 4", "hours = 0"))
    assert any("0 is no length of time" in one for one in faults(root))


@pytest.mark.parametrize("months", ["0", "13", '"one"'])
def test_a_warning_comes_one_to_twelve_months_before_the_last_day(tmp_path: Path, months: str) -> None:
    text = rule().replace('duty = "Do it."', f'duty = "Do it."\nwarn_months_before = {months}')
    assert any("warn_months_before" in one for one in faults(written(tmp_path, clocks__act=text)))


def test_an_example_whose_warning_comes_at_another_time_does_not_hold(tmp_path: Path) -> None:
    text = rule().replace("[[version.example]]", "[[version.example]]\nwarned_from = 2020-01-01T12:00:00Z", 1)
    book = rulebook.load(written(tmp_path, clocks__act=text))
    (problem,) = rulebook.failed_examples(book, calendar.england_and_wales())
    assert "the first warning comes Wed 1 Jan 2020 13:00" in str(problem)


def test_a_fact_that_changes_nothing_is_a_fault(tmp_path: Path) -> None:
    fact = '[[version.body.facts]]\nid = "idle"\nkind = "number"\nmeaning = "Nothing"\n'
    root = written(tmp_path, clocks__act=rule("act", version(extra=fact)))
    assert any("facts.idle: changes nothing" in one for one in faults(root))


def _publish(root: Path, book: Rulebook) -> None:
    register, _ = digest.publish(rulebook.core_rules(book), digest.read(root))
    digest.write(root, register)


def test_a_published_version_that_changes_is_refused(tmp_path: Path) -> None:
    root = written(tmp_path, clocks__act=rule())
    _publish(root, rulebook.load(root))
    rulebook.load(root)
    written(root, clocks__act=rule("act", version(hours=5)))
    (fault,) = faults(root)
    assert "version 1: was changed after it was published" in fault
    assert "publish a new version" in fault


def test_a_published_version_that_vanishes_is_refused(tmp_path: Path) -> None:
    root = written(tmp_path, clocks__act=rule("act", version(1, applies_to="2022-01-01"), version(2, "2022-01-01")))
    _publish(root, rulebook.load(root))
    written(root, clocks__act=rule("act", version(2, "2022-01-01")))
    assert any("act.1: is published but no longer there" in one for one in faults(root))


def test_a_published_version_may_be_given_its_end_once(tmp_path: Path) -> None:
    root = written(tmp_path, clocks__act=rule())
    _publish(root, rulebook.load(root))
    written(root, clocks__act=rule("act", version(1, applies_to="2022-01-01"), version(2, "2022-01-01", hours=2)))
    _publish(root, rulebook.load(root))
    written(root, clocks__act=rule("act", version(1, applies_to="2021-12-01"), version(2, "2022-01-01", hours=2)))
    assert any("another end after it was published" in one for one in faults(root))


def test_examples_may_be_added_to_a_published_version(tmp_path: Path) -> None:
    root = written(tmp_path, clocks__act=rule())
    _publish(root, rulebook.load(root))
    written(root, clocks__act=rule() + EXAMPLE.format(day="2020-02-02", hour=14))
    assert len(rulebook.load(root).rule("act").version(1).examples) == 4


def test_a_digest_file_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    root = written(tmp_path, clocks__act=rule())
    (root / digest.FILE).write_text("[act]\none = 1\n", encoding="utf-8")
    assert any("digests.toml: cannot be read" in one for one in faults(root))
