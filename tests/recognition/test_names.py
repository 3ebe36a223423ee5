"""Names as typed and as heard."""

import pytest

from fellwatch.recognition import compare, names
from fellwatch.recognition.sounds import sound


@pytest.mark.parametrize("typed", ["O'Neill", "O’Neill", "o neill", "ONeill", "O`Neill", "  O'NEILL  "])
def test_apostrophes_spaces_and_case_do_not_part_oneill_from_herself(typed: str) -> None:
    assert names.tokens(typed) == ("oneill",)


def test_a_double_barrelled_surname_is_found_whole_and_by_each_part() -> None:
    assert names.surname_forms("Smith-Jones") == ("smithjones", "smith", "jones")
    assert compare.surname("jones", "Smith-Jones", False)[0] == "part"
    assert compare.surname("smithjones", "Smith-Jones", False)[0] == "exact"


def test_titles_are_not_names() -> None:
    assert names.tokens("Mrs Danielle Hewett") == ("danielle", "hewett")


def test_a_particle_belongs_to_the_word_after_it() -> None:
    assert names.tokens("Jan van der Berg") == ("jan", "vanderberg")
    assert names.tokens("Ian Mc Bride") == ("ian", "mcbride")


def test_a_comma_says_that_the_surname_came_first() -> None:
    (reading,) = names.read(name="Hewett, Danielle").readings
    assert (reading.forenames, reading.surname, reading.swapped) == (("danielle",), "hewett", False)


def test_without_a_comma_both_orders_are_tried_and_the_second_is_marked() -> None:
    as_typed, turned = names.read(name="Hewett Danielle").readings
    assert (as_typed.surname, as_typed.swapped) == ("danielle", False)
    assert (turned.surname, turned.swapped) == ("hewett", True)


@pytest.mark.parametrize("field", ["surname", "forename"])
def test_a_whole_name_in_one_field_is_read_as_one_too(field: str) -> None:
    read = names.read(**{field: "Maria Lopez-Grant"})
    alone, *whole = read.readings
    assert (alone.forenames, alone.surname) in (
        ((), "marialopezgrant"),
        (("maria", "lopezgrant", "lopez", "grant"), ""),
    )
    assert [(r.forenames[0], r.surname, r.swapped) for r in whole] == [
        ("maria", "lopezgrant", False), ("lopezgrant", "maria", True),
    ]  # fmt: skip
    assert read.in_one_field
    assert [r.surname for r in names.read(surname="Lopez-Grant, Maria").readings] == ["lopezgrantmaria", "lopezgrant"]


@pytest.mark.parametrize(
    "typed",
    [{"surname": "Van Dyke"}, {"surname": "Smith-Jones"}, {"forename": "Maria"}, {"name": "Maria Grant"},
     {"forename": "Maria", "surname": "Lopez Grant"}, {"name": "Grant"}, {}],
)  # fmt: skip
def test_one_word_in_one_field_or_words_in_both_hide_no_whole_name(typed: dict[str, str]) -> None:
    assert not names.read(**typed).in_one_field


def test_the_last_word_may_be_half_typed_until_a_space_follows_it() -> None:
    assert names.read(name="Danielle Hew").unfinished == "hew"
    assert names.read(name="Danielle Hewett ").unfinished == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("danyel", "danielle"),
        ("hewitt", "hewett"),
        ("thompson", "tomson"),
        ("shaun", "sean"),
        ("phillip", "filip"),
        ("macdonald", "mcdonald"),
        ("catherine", "kathryn"),
        ("siobhan", "shivaun"),
        ("hughes", "hews"),
        ("mohammed", "muhamad"),
    ],
)
def test_names_that_sound_the_same_have_the_same_code(one: str, other: str) -> None:
    assert sound(one) == sound(other)


def test_danny_is_a_form_of_daniel_and_of_danielle() -> None:
    assert compare.forename("danny", "Daniel", False) == ("variant", "daniel")
    assert compare.forename("danielle", "Danny", False)[0] == "variant"


def test_an_initial_is_said_to_be_one() -> None:
    assert compare.forename("d", "Danielle", False)[0] == "initial"
    assert compare.forename("danielle", "D", False)[0] == "initial"


def test_someone_known_by_a_second_forename_is_found_by_it() -> None:
    assert compare.forename("jane", "Mary Jane", False) == ("middle", "jane")


@pytest.mark.parametrize(
    ("typed", "level"), [("da", "typed_two"), ("dan", "typed_three"), ("danie", "typed_more"), ("marc", "differs")]
)
def test_a_half_typed_name_agrees_as_far_as_it_goes(typed: str, level: str) -> None:
    assert compare.forename(typed, "Danielle", True)[0] == level


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("محمد", "mohammed"),
        ("Мария", "maria"),
        ("Γιώργος", "giorgos"),
        ("सुनीता", "sunita"),
        ("שרה", "shara"),
        ("Łukasz", "lukasz"),
        ("Zoë", "zoe"),
        ("김", "gim"),
    ],
)
def test_a_name_in_another_script_sounds_like_itself_in_latin_letters(theirs: str, ours: str) -> None:
    (token,) = names.tokens(theirs)
    assert compare.word(token, ours) in ("exact", "sounds", "close")


def test_a_script_that_cannot_be_read_is_kept_and_matched_exactly() -> None:
    assert names.tokens("王") == ("王",)
    assert compare.word("王", "王") == "exact"


@pytest.mark.parametrize("hostile", ["", "   ", "\x00\x01", "'; drop table x; --", "((((a+)+)+)+$" * 900, "\u202e‮"])
def test_hostile_text_is_read_without_complaint_and_kept_short(hostile: str) -> None:
    read = names.read(name=hostile)
    assert all("\x00" not in r.surname and len(r.surname) <= 400 for r in read.readings)
