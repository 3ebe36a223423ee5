"""Answers given apart: the more dangerous stands, nothing is lost, and both languages say the same."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellwatch.rules.instruments import Question, QuestionKind
from fellwatch.rules.merging import Came, merge, merge_all
from tests.rules.javascript import answers

ORDER = ("no", "refused", "not_known", "yes")
ASKED = Question("choked", "a", "Choked?", "", "", QuestionKind.CHOICE, (), True, None, ORDER, 4000, ())
CHOSEN = st.sampled_from([None, "", *ORDER, "not_on_the_form"])
LISTS = st.lists(st.sampled_from(["bed", "car", "dog", "É", "😀"]), max_size=4)
WORDS = st.sampled_from([None, "", " ", "He said he would.", "She said no."])
EITHER = st.one_of(CHOSEN, LISTS, WORDS)


def rank(answer):
    return ORDER.index(answer) if answer in ORDER else -1


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "value", "came"),
    [
        (None, "yes", None, "yes", "taken"),
        ("no", "no", "yes", "yes", "kept"),
        ("no", "yes", "yes", "yes", "same"),
        (None, "no", "yes", "yes", "disputed"),
        (None, "yes", "no", "yes", "disputed"),
        (None, "not_known", "no", "not_known", "disputed"),
        ("yes", "no", "yes", "no", "lowered"),
        ("no", "yes", None, "yes", "disputed"),
        ("yes", None, "yes", None, "lowered"),
        (["bed"], ["bed", "car"], ["bed", "dog"], ["bed", "car", "dog"], "joined"),
        (["bed"], ["car"], ["bed", "dog"], ["bed", "car", "dog"], "disputed"),
    ],
)
def test_what_stands_when_two_answered(base, mine, theirs, value, came):
    found = merge(ASKED, base=base, mine=mine, theirs=theirs)
    assert (found.value, found.came) == (value, came)


def test_words_are_never_overwritten_without_somebody_deciding():
    found = merge(None, base="", mine="He said he would.", theirs="She said no.")
    assert (found.value, found.came) == ("She said no.", Came.DISPUTED)


@given(CHOSEN, CHOSEN, CHOSEN)
def test_a_lower_risk_never_silently_beats_a_higher_one(base, mine, theirs):
    found = merge(ASKED, base=base, mine=mine, theirs=theirs)
    if rank(found.value) < rank(mine) and mine in ORDER:
        assert found.came in {Came.KEPT, Came.DISPUTED}
    if rank(found.value) < rank(theirs) and theirs in ORDER:
        assert found.came is Came.LOWERED
    if found.came is Came.DISPUTED and mine in ORDER and theirs in ORDER:
        assert rank(found.value) == max(rank(mine), rank(theirs))


@given(EITHER, EITHER, EITHER)
def test_an_answer_that_does_not_stand_was_seen_by_its_writer_or_is_disputed(base, mine, theirs):
    found = merge(ASKED, base=base, mine=mine, theirs=theirs)
    stands = found.value if isinstance(found.value, list) else [found.value]
    for given_answer, kept in ((mine, {Came.KEPT}), (theirs, {Came.TAKEN, Came.LOWERED})):
        said = given_answer if isinstance(given_answer, list) else [given_answer]
        if [one for one in said if one and str(one).strip() and one not in stands]:
            assert found.came in {Came.DISPUTED, *kept}


@given(EITHER, EITHER, EITHER)
def test_sending_again_changes_nothing(base, mine, theirs):
    once = merge(ASKED, base=base, mine=mine, theirs=theirs)
    again = merge(ASKED, base=once.value, mine=once.value, theirs=once.value)
    assert (again.value, again.came) == (once.value, Came.SAME)


@given(st.lists(st.sampled_from(ORDER), min_size=2, max_size=4))
def test_whatever_order_devices_come_back_in_the_most_dangerous_answer_stands(given_apart):
    outcomes = set()
    for order in permutations(given_apart):
        stands = None
        for mine in order:
            stands = merge(ASKED, base=None, mine=mine, theirs=stands).value
        outcomes.add(stands)
    assert outcomes == {max(given_apart, key=rank)}


EDIT = st.tuples(st.integers(0, 2), st.sampled_from(["answer", "answer", "send", "look"]), st.sampled_from(ORDER))


@given(st.lists(EDIT, max_size=30))
def test_through_any_history_of_three_handhelds_nothing_is_lost_or_lowered_in_silence(history):
    """Each answers, sends and looks when it likes; `stored` is the server's, version by version."""
    stored, seen, pending, argued = [None], [0, 0, 0], [None, None, None], []
    for device, does, value in history:
        match does:
            case "answer":
                pending[device] = (value, seen[device])
            case "look":
                seen[device] = len(stored) - 1
            case "send" if pending[device]:
                mine, base = pending[device]
                before = stored[-1]
                found = merge(ASKED, base=stored[base], mine=mine, theirs=before)
                if found.disputed:
                    argued.append({mine, before})
                if rank(found.value) < rank(before):
                    assert found.came is Came.LOWERED
                    assert stored[base] == before, "lowered only by whoever had seen what stood"
                assert found.value == mine or found.disputed or found.came is Came.KEPT
                stored.append(found.value)
                pending[device], seen[device] = None, len(stored) - 1
    for sides in argued:
        assert len(sides) == 2


def test_only_what_was_changed_is_merged():
    found = merge_all({"choked": ASKED}, bases={}, mine={"choked": "yes"}, theirs={"choked": "no", "other": "yes"})
    assert set(found) == {"choked"}


def test_the_handheld_merges_as_the_server_does():
    from itertools import product

    some = [None, "", " ", *ORDER, "not_on_the_form", [], ["bed"], ["car", "bed"], ["É", "😀", "dog"], ["bed", "dog"]]
    cases = [list(case) for case in product(some, repeat=3)]
    question = {"id": "choked", "risk_order": list(ORDER)}
    for python, javascript in ((ASKED, question), (None, None)):
        ours = [merge(python, base=b, mine=m, theirs=t) for b, m, t in cases]
        theirs = answers("merging.merge(given[0], ...given[1])", [[javascript, case] for case in cases])
        assert [{"value": one.value, "came": str(one.came)} for one in ours] == theirs
