"""What must hold whatever is typed."""

from hypothesis import given, settings
from hypothesis import strategies as st

from fellwatch.recognition import compare, held, weigh
from fellwatch.recognition.sounds import sound
from fellwatch.records.values import PartialDate
from tests.recognition.people import DANIELLE, MODEL, said

words = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12)
texts = st.text(max_size=60)
births = st.builds(
    PartialDate,
    st.none() | st.integers(1930, 2020),
    st.none() | st.integers(1, 12),
    st.none() | st.integers(1, 28),
)
EVIDENCE = {
    "name": "Danielle Hewett ",
    "date_of_birth": "4/3/1991",
    "phone": "07700 900123",
    "address": "14 Fell Lane ZZ1 1AA",
    "sex": "female",
}


@given(words, words)
def test_two_names_agree_alike_whichever_comes_first(one: str, other: str) -> None:
    assert compare.word(one, other) == compare.word(other, one)


@given(births, births)
def test_two_dates_agree_alike_whichever_comes_first(one: PartialDate, other: PartialDate) -> None:
    assert compare.date_of_birth(one, other) == compare.date_of_birth(other, one)


@given(words)
def test_a_name_agrees_with_itself(name: str) -> None:
    assert compare.word(name, name) == "exact"
    assert sound(name)


@settings(max_examples=200)
@given(name=texts, date_of_birth=texts, phone=texts, address=texts, sex=texts)
def test_whatever_is_typed_the_likelihood_stays_above_0_and_below_1(**fields: str) -> None:
    why = weigh.weigh(said(**fields), DANIELLE, MODEL, weigh.Frequencies())
    assert 0 < why.likelihood < 1


@given(st.sets(st.sampled_from(sorted(EVIDENCE))), st.sampled_from(sorted(EVIDENCE)))
def test_one_more_field_that_agrees_never_lowers_the_likelihood(given_: set[str], more: str) -> None:
    def likelihood(fields: set[str]) -> float:
        query = said(**{field: EVIDENCE[field] for field in fields})
        return weigh.weigh(query, DANIELLE, MODEL, weigh.Frequencies()).likelihood

    # What a home shares speaks for everybody in it: a trained model lets it take a hair off one of them.
    assert likelihood(given_ | {more}) >= likelihood(given_) - 0.001


@given(texts, texts, births)
def test_what_the_index_keeps_comes_back_the_same(forenames: str, surname: str, born: PartialDate) -> None:
    one = held.Held(DANIELLE.person_id, (held.HeldName("current", forenames, surname),), born)
    assert held.from_json(one.person_id, held.to_json(one)) == one
