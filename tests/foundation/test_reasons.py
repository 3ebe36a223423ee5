"""A reason of several places is said once."""

from fellwatch.foundation import reasons


def test_a_reason_of_several_places_is_said_once_with_them():
    said = [("a", "Because."), ("b", "Otherwise."), ("c", "Because."), ("d", ""), ("e", "")]
    assert reasons.repeated(said) == {"Because.": ("a", "c")}
    assert reasons.repeated([]) == {}
