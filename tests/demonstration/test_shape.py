"""The county is as big as it says, and its year runs as a county's year does."""

from collections import Counter
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from fellwatch.demonstration import plan, shape
from fellwatch.demonstration.blocks import blocks, divide
from fellwatch.demonstration.county import county
from fellwatch.demonstration.happenings import KINDS
from fellwatch.demonstration.rows import Batch, IncidentRow, NameRow, PersonRow, ResidenceRow
from fellwatch.demonstration.ruled import unruled
from fellwatch.demonstration.setting import Setting
from fellwatch.demonstration.visitors import home_places
from tests.demonstration.small import NOW, SETTING, made


def test_a_year_in_the_whole_county_is_cumbria_in_2018() -> None:
    whole = shape.at(1)
    figures = (whole.people, whole.calls, whole.incidents, whole.domestic, whole.missing, whole.visitors)
    assert figures == (498_000, 257_000, 98_511, 7_937, 3_339, 49_000_000)


@pytest.mark.parametrize("scale", [0, 0.001, 50])
def test_a_scale_that_makes_no_county_is_refused(scale: float) -> None:
    with pytest.raises(ValueError, match="Choose a scale"):
        shape.at(scale)


@pytest.mark.parametrize("scale", [0.01, 0.1, 1, 10])
def test_blocks_hold_everybody_once_and_are_small_enough_for_memory(scale: float) -> None:
    found = blocks(shape.at(scale))
    assert sum(block.people for block in found) == shape.at(scale).people
    assert max(block.people for block in found) <= shape.BLOCK
    ends = [block.first_person + block.people for block in found]
    assert [block.first_person for block in found[1:]] == ends[:-1]
    assert {block.beat for block in found} == set(range(24))


def test_dividing_gives_out_exactly_what_there_is() -> None:
    assert divide(10, [1, 1, 1]) == [4, 3, 3]
    assert sum(divide(98_511, [kind.share for kind in KINDS])) == 98_511


def test_the_rows_are_as_many_as_the_shape_asks() -> None:
    wanted = shape.at(0.01)
    batches = made()
    incidents = [row for batch in batches for row in batch.rows[IncidentRow]]
    calls = [call for batch in batches for call in batch.live]
    assert len(incidents) + len(calls) == wanted.incidents
    assert len(calls) == wanted.open_incidents
    codes = Counter(row.opening_code for row in incidents) + Counter(call.opening_code for call in calls)
    assert codes["domestic_incident"] == wanted.domestic
    assert codes["missing_person"] == wanted.missing
    residents = sum(len(batch.rows[PersonRow]) for batch in batches) - _guests(batches)
    assert residents == wanted.people


def _guests(batches: list[Batch]) -> int:
    """Return how many visitors and people of the story there are."""
    outcodes = {place.id for place in home_places()}
    homes = [row for batch in batches for row in batch.rows[ResidenceRow] if row[2] in outcodes]
    return len(homes) + len(batches[-1].rows[PersonRow])


def test_every_incident_falls_in_the_year_before_now_and_references_rise_with_time() -> None:
    rows = sorted((row for batch in made()[:-1] for row in batch.rows[IncidentRow]), key=lambda row: row.received_at)
    assert all(0 < (NOW - row.received_at).days + 1 <= 366 for row in rows)
    assert all(row.closed_at <= NOW and row.closed_at >= row.received_at for row in rows)
    numbers = [int(row.reference.split("-")[1]) for row in rows]
    assert numbers == sorted(numbers)
    assert len(set(numbers)) == len(numbers)


def test_open_calls_are_recent_and_the_urgent_ones_are_fresh() -> None:
    calls = [call for batch in made() for call in batch.live]
    minutes = {call.id: (NOW - call.received_at).total_seconds() / 60 for call in calls}
    assert all(0 < age <= 5 * 24 * 60 for age in minutes.values())
    urgent = [call for call in calls if "yes" in call.dangers.values()]
    assert urgent
    assert all(minutes[call.id] <= 45 for call in urgent)
    assert all(0 < minute < minutes[call.id] for call in calls for minute, _, _ in call.steps)


def test_domestic_incidents_come_at_night_and_summers_are_busier() -> None:
    when = plan.year(shape.at(0.1), blocks(shape.at(0.1)), seed=1, now=NOW)
    codes = [KINDS[n].code for n in when.kinds]
    hours = [datetime.fromtimestamp(int(s), UTC).astimezone(ZoneInfo("Europe/London")) for s in when.seconds]
    domestic = [hour for hour, code in zip(hours, codes, strict=True) if code == "domestic_incident"]
    theft = [hour for hour, code in zip(hours, codes, strict=True) if code == "theft"]

    def at_night(found: list[datetime]) -> float:
        return sum(h.hour >= 20 or h.hour < 4 for h in found) / len(found)

    assert at_night(domestic) > 1.4 * at_night(theft)
    summer = sum(h.month in {7, 8} for h in hours) / len(hours)
    assert 62 / 365 < summer < 0.24


def test_a_few_callers_make_many_of_the_calls() -> None:
    numbers = Counter(row.caller_number for batch in made() for row in batch.rows[IncidentRow] if row.caller_number)
    often = sum(count for _, count in numbers.most_common(max(1, len(numbers) // 20)))
    assert 0.12 < often / numbers.total() < 0.6
    assert sum(count == 1 for count in numbers.values()) > len(numbers) / 2


def test_the_same_seed_makes_the_same_county_and_another_seed_another() -> None:
    def first_names(seed: int) -> list[object]:
        setting = Setting(seed, NOW, NOW.date(), SETTING.loader)
        batches = county(shape.at(0.01), setting, unruled).batches()
        next(batches)
        return list(next(batches).rows[NameRow])

    assert first_names(1) == first_names(1)
    assert first_names(1) != first_names(2)


def test_a_batch_can_be_made_again_without_those_before_it() -> None:
    planned = county(shape.at(0.01), SETTING, unruled)
    assert next(planned.batches(after=7)).rows == made()[7].rows
