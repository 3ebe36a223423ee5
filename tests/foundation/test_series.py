"""A chart is handed its points with their names; a week in which nothing was counted has none."""

from fellwatch.foundation import series


def test_what_has_no_value_has_no_point_and_who_stands_out_is_found_by_name() -> None:
    found = series.of([("1 Oct", None), ("8 Oct", 0.0), ("15 Oct", 61.5)], {"A minute": 60.0}, stand_out=["15 Oct"])
    assert (found.names, found.values, found.signals) == (("8 Oct", "15 Oct"), (0.0, 61.5), (1,))
    assert found.limits == {"A minute": 60.0}


def test_a_line_of_nothing_is_empty() -> None:
    assert series.of([("1 Oct", None)]).values == ()
