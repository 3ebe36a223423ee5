"""The geometry of the risk thread: everything in its place in time, and nothing outside the picture."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from fellwatch.shell.pages.thread import GRADES, LEFT, LEVELS, RIGHT, Happening, Span, draw

NOW = datetime(2026, 11, 21, 23, 40, tzinfo=UTC)


def ago(days):
    return NOW - timedelta(days=days)


def test_the_first_event_is_at_the_left_and_now_at_the_right():
    drawn = draw([Happening(1, ((ago(100), "priority"),)), Happening(2, ((NOW, "emergency"),))], [], NOW)
    assert [point.x for point in drawn.points] == [LEFT, RIGHT]


def test_a_higher_grade_stands_higher():
    heights = [LEVELS[grade] for grade in GRADES]
    assert heights == sorted(heights)


def test_a_change_of_grade_is_a_step_with_a_corner():
    drawn = draw([Happening(1, ((ago(10), "scheduled"), (ago(5), "emergency")))], [], NOW)
    ((begin, corner, end),) = [line.split() for line in drawn.lines]
    assert begin.split(",")[1] == corner.split(",")[1] == str(LEVELS["scheduled"])
    assert corner.split(",")[0] == end.split(",")[0]
    assert [point.label for point in drawn.points] == ["1", ""]


def test_incidents_of_one_night_share_a_label():
    night = [Happening(n, ((ago(300) + timedelta(hours=n), "priority"),)) for n in (1, 2, 3)]
    drawn = draw([*night, Happening(4, ((ago(1), "priority"),))], [], NOW)
    assert [point.label for point in drawn.points] == ["1–3", "", "", "4"]


def test_a_marker_without_an_end_runs_to_now():
    drawn = draw([], [Span("Weapon", ago(50), None), Span("Dog", ago(50), ago(25))], NOW)
    (start, _, whole, _), (_, _, half, _) = drawn.bars
    assert (start, whole) == (LEFT, RIGHT - LEFT)
    assert half == round((RIGHT - LEFT) / 2, 1)


def test_one_event_this_instant_is_drawn():
    assert draw([Happening(1, ((NOW, "emergency"),))], [], NOW).points[0].x == LEFT


@given(
    some.lists(some.tuples(some.integers(-30, 20_000), some.sampled_from([*GRADES, "", "later_grade"])), max_size=40)
)
def test_nothing_is_drawn_outside_the_picture(given_days):
    happenings = [Happening(n, ((ago(days), grade),)) for n, (days, grade) in enumerate(given_days, start=1)]
    drawn = draw(happenings, [Span("Marker", ago(days), None) for days, _ in given_days[:3]], NOW)
    assert all(LEFT <= point.x <= RIGHT and 0 < point.y < drawn.height for point in drawn.points)
    assert all(x >= LEFT and x + width <= RIGHT + 3 for x, _, width, _ in drawn.bars)
    assert len(drawn.years) <= 12
