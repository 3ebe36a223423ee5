"""The compiled index says what the same rules say in Python, and finds whom weighing everybody finds."""

import json
import uuid
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from fellwatch.recognition import addresses, compare, weigh
from fellwatch.recognition.arrays import build, company, engine, look, packing, ranks, seek, segment, words
from fellwatch.recognition.arrays.columns import Columns
from fellwatch.recognition.arrays.fields import date_level
from fellwatch.recognition.arrays.levels import CODES
from fellwatch.recognition.arrays.vocabulary import SHORTEST_SPLIT, letters
from fellwatch.recognition.held import Held, HeldAddress, HeldName, to_json
from fellwatch.records.values import PartialDate
from fellwatch.rules.likeness import SecondLook
from tests.recognition.people import DANIELLE, MARCUS, MODEL, STRANGERS, said

COMPILED = engine.compiled(MODEL)
PEOPLE = (DANIELLE, MARCUS, *STRANGERS)
plain = st.text(alphabet="abcdehilnorstuw", min_size=1, max_size=12)
births = st.builds(
    PartialDate,
    st.none() | st.integers(1930, 2020),
    st.none() | st.integers(1, 12),
    st.none() | st.integers(1, 28),
)
forenames = st.sampled_from(
    ("Danielle", "Dani", "Daniel", "Marcus", "Mary Jane", "Anne-Marie", "Jon", "John", "Li", "")
)
surnames = st.sampled_from(("Hewett", "Hewitt", "Huett", "Smith", "Smyth", "O'Neill", "Smith-Jones", "Jones", ""))
phones = st.sampled_from(("", "+447700900123", "+447700900132", "+447700900124", "+441632960001"))
homes = st.sampled_from(("", "14 Fell Lane ZZ1 1AA", "Flat 2, 14 Fell Ln", "3 Beck Road", "ZZ1 1AA", "16 Fel Lane"))
sexes = st.sampled_from(("female", "male", "unknown"))


@st.composite
def persons(draw: st.DrawFn) -> Held:
    """Draw somebody with up to two names and homes."""
    names = [HeldName("current", draw(forenames), draw(surnames))]
    if draw(st.booleans()):
        names.append(HeldName("maiden", draw(forenames), draw(surnames)))
    found = [a for a in (addresses.read(draw(homes)) for _ in range(2)) if a]
    number = draw(phones)
    return Held(
        uuid.uuid4(),
        tuple(dict.fromkeys(names)),
        draw(births),
        draw(sexes),
        (number,) if number else (),
        tuple(HeldAddress(n == 0, a) for n, a in enumerate(dict.fromkeys(found))),
    )


def index(people: list[Held]) -> engine.Part:
    """Return the people as one segment, numbered in order."""
    columns = Columns()
    for number, held in enumerate(people):
        columns.add(held, number)
    return engine.Part(build.segment(columns))


def who(people: list[Held], **fields: str) -> list[engine.Match]:
    """Ask the people."""
    return engine.who(said(**fields), (index(people),), COMPILED, counted=len(people))


@given(plain, plain)
def test_likeness_and_slips_are_what_rapidfuzz_says(one: str, other: str) -> None:
    a, b = letters(one), letters(other)
    assert words.jaro_winkler(a, b) == pytest.approx(JaroWinkler.similarity(one, other))
    assert words.one_slip(a, b) == (DamerauLevenshtein.distance(one, other) == 1)
    if min(len(one), len(other)) > 1:
        beyond = ranks.cannot_be_near(len(one), len(other), words.letters_in(a), words.letters_in(b))
        assert not (beyond and compare.word(one, other) in ("close", "near"))


@given(st.sets(plain, min_size=1, max_size=12), plain)
def test_the_neighbours_of_a_word_are_the_words_one_slip_away_of_short_ones_some(held: set[str], typed: str) -> None:
    names = index([Held(uuid.uuid4(), (HeldName("current", "", one),)) for one in held])
    s = segment.unpacked(names.segment)
    spelled = [s.letters[s.word_start[n] : s.word_start[n + 1]] for n in range(len(s.word_sound))]
    found = set(seek.neighbours(letters(typed), s.letters, s.word_start, s.slip_start, s.slip_word).tolist())
    near = {n for n, word in enumerate(spelled) if words.one_slip(letters(typed), word)}
    assert {n for n in near if len(spelled[n]) >= SHORTEST_SPLIT} <= found <= near


@given(st.lists(st.tuples(st.integers(-3, 3), st.integers(0, 99)), max_size=24, unique_by=lambda row: row[1]))
def test_the_best_come_first_and_of_equals_the_lowest_number(rows: list[tuple[int, int]]) -> None:
    total = len(rows)
    held = np.array([number for _, number in rows], np.int64)
    levels, bits = np.repeat(held[:, None], look.FIELDS, axis=1), np.repeat(held[:, None] / 2, 4, axis=1)
    result = np.array([[bit, number / 4] for bit, number in rows], float).reshape(total, 2)
    look.arrange(total, held, levels, bits, result)
    wanted = sorted(rows, key=lambda row: (-row[0], row[1]))
    assert [(bit, number) for (bit, _), number in zip(result.tolist(), held.tolist(), strict=True)] == wanted
    assert (levels == held[:, None]).all()
    assert (bits == held[:, None] / 2).all()
    assert (result[:, 1] == held / 4).all()


numbers = st.integers(10**9, 10**13 - 1)


@given(numbers, st.integers(0, 12), st.integers(0, 9), st.booleans())
def test_a_slip_of_a_digit_is_what_rapidfuzz_says(number: int, at: int, digit: int, turned: bool) -> None:
    text = str(number)
    at %= len(text)
    slipped = text[:at] + (text[at : at + 2][::-1] if turned else str(digit)) + text[at + (2 if turned else 1) :]
    assume(not slipped.startswith("0"))
    other = int(slipped)
    assert words.digit_slip(number, other) == (DamerauLevenshtein.distance(text, str(other)) == 1)


@given(births, births)
def test_dates_agree_as_compare_says(asked: PartialDate, held: PartialDate) -> None:
    if asked == PartialDate():
        return
    code = date_level(packing.born(held), asked.year or 0, asked.month or 0, asked.day or 0, -1)
    assert (CODES[code][1] if code >= 0 else "") == compare.date_of_birth(asked, held)


@settings(max_examples=150)
@given(st.lists(persons(), min_size=1, max_size=8), forenames, surnames, births, phones, homes, sexes)
def test_levels_and_odds_are_what_weigh_says(
    people: list[Held], forename: str, surname: str, born: PartialDate, phone: str, home: str, sex: str
) -> None:
    known = f"{born.day}/{born.month}/{born.year}" if born.year and born.month and born.day else str(born.year or "")
    fields = {"forename": forename + " ", "surname": surname + " ", "date_of_birth": known}
    fields |= {"phone": phone, "address": home, "sex": sex}
    query = said(**fields)
    for match in who(people, **fields):
        shared = match.level("phone") == "household"
        why = weigh.weigh(
            query,
            people[match.number],
            MODEL,
            weigh.Frequencies(),
            match.others,
            match.paired,
            number_of_household=shared,
        )
        assert match.bits == pytest.approx(why.start + why.total, abs=1e-6)
        assert sum(step.weight for step in why.steps) == pytest.approx(why.total, abs=0.11)


@settings(max_examples=150)
@given(st.lists(persons(), min_size=1, max_size=30), st.data())
def test_whoever_weighs_most_is_found(people: list[Held], data: st.DataObject) -> None:
    meant = data.draw(st.sampled_from(people))
    if not (meant.names[0].forenames and meant.names[0].surname):
        return
    fields = {"forename": meant.names[0].forenames + " ", "surname": meant.names[0].surname + " "}
    if meant.phones:
        fields["phone"] = meant.phones[0]
    query = said(**fields)
    found = who(people, **fields)
    everybody = [weigh.weigh(query, p, MODEL, weigh.Frequencies()).total for p in people]
    there = [weigh.weigh(query, people[m.number], MODEL, weigh.Frequencies()).total for m in found]
    assert max(there) == pytest.approx(max(everybody), abs=1e-6)


@pytest.mark.parametrize("text", ["x" * 10_000, "\x00\x00", "(a+)+$" * 2000, "\U0010ffff", "' or 1=1 --", "王", ""])
def test_hostile_text_is_bounded_and_breaks_nothing(text: str) -> None:
    assert isinstance(who(list(PEOPLE), name=text, phone=text, address=text, date_of_birth=text), list)
    columns = Columns()
    columns.add(Held(uuid.uuid4(), (HeldName("current", text, text),)), 0)
    assert build.segment(columns).people == 1


@given(st.lists(persons(), max_size=6))
def test_what_the_entry_keeps_makes_the_same_index_as_the_people(people: list[Held]) -> None:
    columns = Columns()
    for number, held in enumerate(people):
        columns.stored(json.loads(json.dumps(to_json(held))), number)
    kept = build.segment(columns)
    assert all(np.array_equal(one, other) for one, other in zip(kept, index(people).segment, strict=True))


def test_an_empty_index_finds_nobody() -> None:
    assert engine.who(said(name="Danielle Hewett "), (index([]),), COMPILED, counted=0) == []


def test_the_others_who_fit_as_well_take_from_each() -> None:
    twin = Held(uuid.uuid4(), DANIELLE.names, DANIELLE.born, DANIELLE.sex, DANIELLE.phones, DANIELLE.addresses)
    fields = {"name": "Danielle Hewett ", "date_of_birth": "4/3/1991", "phone": "07700 900123"}
    alone = who([DANIELLE, MARCUS], **fields)[0]
    both = who([DANIELLE, twin, MARCUS], **fields)
    assert alone.others > -0.1
    assert both[0].others < -5
    assert both[0].bits == pytest.approx(both[1].bits)


def test_names_of_one_tradition_tell_of_one_another_and_others_do_not() -> None:
    rng = np.random.default_rng(1)
    fore, sur = rng.integers(0, 30, 3000), rng.integers(40, 70, 3000)
    fore[:300], sur[:300] = rng.integers(30, 35, 300), rng.integers(70, 75, 300)
    fore[300], sur[300] = 35, 75
    told = np.array(company.company(np.arange(3000), fore, sur, 76)) / company.STEPS
    assert told[0, 30:35].min() > 2
    assert told[1, 70:75].min() > 2
    assert told[0, :30].max() < 0.5
    assert told[1, 40:70].max() < 0.5
    assert told[0, 35] == told[1, 75] == 0


def test_two_names_that_go_together_are_partly_one_fact_and_the_working_says_so() -> None:
    taken = SecondLook(paired=1.0)
    query = said(name="Danielle Hewett ")
    model = replace(MODEL, second=taken)
    apart, together = (weigh.weigh(query, DANIELLE, model, weigh.Frequencies(), 0.0, bits) for bits in (0.0, -3.0))
    assert together.total == pytest.approx(apart.total - 3)
    assert [step.level_words for step in together.steps if step.field == "paired"] == [weigh.PAIRED_WORDS]
    assert all(step.field != "paired" for step in apart.steps)


LOPEZ = Held(uuid.uuid4(), (HeldName("current", "Maria", "Lopez-Grant"),), PartialDate(1984, 2, 3))
GRANT = Held(uuid.uuid4(), (HeldName("current", "Lopez", "Grant"),), PartialDate(1971, 5, 6))
JANE = Held(uuid.uuid4(), (HeldName("current", "Mary Jane", "Moss"),), PartialDate(1990, 7, 8))
GARCIA = Held(uuid.uuid4(), (HeldName("current", "Ana", "Garcia Tarn"),), PartialDate(1962, 9, 1))
SEVERAL = [LOPEZ, GRANT, JANE, GARCIA]


def settled(**fields: str) -> tuple[list[str], list[int]]:
    """Return the surnames that the question is left with beside a forename, and who is found, best first."""
    part = index(SEVERAL)
    query = engine.settled(said(**fields), (part,))
    found = engine.who(query, (part,), COMPILED, counted=len(SEVERAL))
    return [r.surname for r in query.name.readings if r.forenames and r.surname], [m.number for m in found]


@pytest.mark.parametrize("field", ["surname", "forename"])
@pytest.mark.parametrize(
    "typed", ["Maria Lopez-Grant", "Lopez-Grant Maria ", "Lopez-Grant, Maria", "marya lopez grant "]
)
def test_a_whole_name_typed_in_one_field_finds_whose_it_is(field: str, typed: str) -> None:
    assert settled(**{field: typed})[1][0] == 0


@pytest.mark.parametrize("typed", ["Lopez Grant ", "Lopes Grant ", "lopez grant", "Garcia Tarn ", "Garcia-Tarn"])
def test_two_words_that_somebody_bears_as_a_surname_are_no_forename_and_surname(typed: str) -> None:
    assert settled(surname=typed)[0] == []


def test_two_forenames_are_not_taken_for_a_name_whose_surname_is_a_forename() -> None:
    whole, found = settled(forename="Mary Jane ")
    assert (whole, found[0]) == ([], 2)


def test_two_segments_answer_as_one() -> None:
    fields = {"name": "Danyel Hewitt ", "phone": "07700 900123"}
    apart = engine.who(said(**fields), (index([DANIELLE]), index([MARCUS])), COMPILED, counted=2)
    together = who([DANIELLE, MARCUS], **fields)
    assert [m.bits for m in apart] == pytest.approx([m.bits for m in together])


def test_the_superseded_are_left_out_and_take_nobodys_place() -> None:
    part = index([DANIELLE, MARCUS])
    dead = np.array([1, 0], np.uint8)
    found = engine.who(said(name="Hewett "), (engine.Part(part.segment, dead),), COMPILED, counted=2)
    assert [m.number for m in found] == [1]


def test_a_file_comes_back_the_same_and_a_damaged_one_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "index"
    segment.save(index(list(PEOPLE)).segment, file, {"people": len(PEOPLE)})
    mapped, about = segment.load(file)
    assert about == {"people": len(PEOPLE)}
    assert engine.who(said(phone="07700 900555"), (engine.Part(mapped),), COMPILED, counted=0)[0].number == 3
    whole = file.read_bytes()
    for damaged in (b"", whole[:-1], b"x" + whole[1:], whole[:40]):
        file.write_bytes(damaged)
        with pytest.raises(segment.FileUnusable):
            segment.load(file)
    with pytest.raises(segment.FileUnusable):
        segment.load(tmp_path / "absent")


def test_a_mapped_file_needs_no_compiling_of_its_own_and_what_is_written_to_it_is_written_nowhere(
    tmp_path: Path,
) -> None:
    file = tmp_path / "index"
    segment.save(index(list(PEOPLE)).segment, file, {})
    engine.warm(COMPILED)
    compiled = [len(f.signatures) for f in (look.look, look.borne, look.surname_like, look.look_again)]
    mapped, _ = segment.load(file)
    engine.who(said(phone="07700 900555", name="Danielle Hewett "), (engine.Part(mapped),), COMPILED, counted=0)
    engine.bearers(mapped, "danielle")
    engine.like_a_surname(mapped, "hewett")
    assert [len(f.signatures) for f in (look.look, look.borne, look.surname_like, look.look_again)] == compiled
    whole = file.read_bytes()
    mapped.at[0, 0] = 7
    assert file.read_bytes() == whole


def test_a_postcode_and_a_house_are_kept_without_loss() -> None:
    codes = ["ZZ1 1AA", "W1A 1AA", "SW1A 2AA", "M1 1AE", "CR2 6XH", "B33 8TH", "ZZ11 1AA", "ZZ1A 1AA", "Z1 1AA"]
    assert len({packing.postcode(code) for code in codes}) == len(codes)
    assert packing.postcode("") == 0
    assert len({packing.house(h) for h in ("1", "1a", "1b", "11", "the barn", "barn", "")}) == 7


def test_today_is_no_matter() -> None:
    assert packing.born(PartialDate(1991, 3, 4)) == 1991 << 9 | 3 << 5 | 4
    assert date(1991, 3, 4).year == packing.born(PartialDate(1991)) >> 9
