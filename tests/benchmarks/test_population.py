"""The judge's own population and errors: the same for a seed, families that hang together, slips that are real."""

import csv
import random
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from benchmarks.matching import mishearing, population, records, sample
from benchmarks.matching.families import CHILD, FIRST, PARTNER
from benchmarks.matching.names import written
from benchmarks.matching.population import Population
from benchmarks.matching.said import SPOKEN, WITHOUT_PHONE, Said, Somebody
from benchmarks.matching.saying import say, write
from tests.conftest import shared


@pytest.fixture(scope="module")
def people() -> Population:
    shared("names/lastname_uk.csv")
    return population.invent(5, 4000)


def _somebody() -> Somebody:
    return Somebody(
        id="P1",
        forename="Margaret Anne",
        surname="O'Connell-Smith",
        maiden="Thwaite",
        female=True,
        born=date(1984, 5, 6),
        mobile="07700900123",
        landline="01632960123",
        home=("2", "14", "Tarn Row", "FW1 1AA"),
        former=("", "3", "Beck Road", "FW2 2BB"),
        town="Ravensby",
        tradition="tables",
        household=7,
    )


def test_the_same_seed_invents_the_same_people_and_another_seed_others(people: Population) -> None:
    again, other = population.invent(5, 4000), population.invent(6, 4000)
    assert (again.called.surname == people.called.surname).all()
    assert (again.mobile == people.mobile).all()
    assert list(other.called.surname[:50]) != list(people.called.surname[:50])


def test_every_household_has_one_first_member_and_parents_are_older_than_their_children(people: Population) -> None:
    members = people.members
    firsts = np.bincount(members.household[members.role == FIRST])
    assert (firsts == 1).all()
    first = np.flatnonzero(members.role == FIRST)[members.household]
    child = members.role == CHILD
    assert (members.born[child] - members.born[first][child] > 15 * 365).all()


def test_most_married_women_bear_the_household_s_name_and_keep_the_one_before(people: Population) -> None:
    maiden = people.called.maiden != ""
    assert 0.05 < maiden.mean() < 0.4
    assert (people.called.maiden[maiden] != people.called.surname[maiden]).all()
    assert np.isin(people.members.role[maiden], (FIRST, PARTNER)).all()


def test_children_often_share_a_parent_s_telephone(people: Population) -> None:
    first = np.flatnonzero(people.members.role == FIRST)[people.members.household]
    child = (people.members.role == CHILD) & (people.mobile > 0)
    assert 0.3 < (people.mobile == people.mobile[first])[child].mean() < 0.8


def test_hardly_anybody_has_the_forename_of_somebody_they_live_with_but_some_sons_have_their_fathers(
    people: Population,
) -> None:
    first = [name.split()[0] for name in people.called.forename]
    named = list(zip(people.members.household.tolist(), first, strict=True))
    assert 0 < len(named) - len(set(named)) <= len(named) * 0.015


def test_records_lack_things_and_keep_former_names_and_homes_as_further_rows(people: Population) -> None:
    ids = records.person_ids(people, 5)
    rows = list(records.rows(people, ids, np.ones(len(people), bool), 5))
    assert len({row[0] for row in rows}) == len(people)
    assert len(people) * 1.2 < len(rows) < len(people) * 2.5
    assert any(not row[4] for row in rows)
    assert any(len(row[4]) == 4 for row in rows)
    assert max(sum(row[5] == number for row in rows) for number in {row[5] for row in rows[:200]} - {""}) < 12


def test_a_sample_holds_the_held_and_nobody_else_and_labels_say_who_is_missing(tmp_path: Path) -> None:
    shared("names/lastname_uk.csv")
    sample.draw(tmp_path, people=3000, seed=9, sizes=sample.Sizes(held=60, housemates=20, strangers=40))
    held = {row["person_id"] for row in _read(tmp_path / "PEOPLE.csv")}
    queries, about = _read(tmp_path / "QUERIES.csv"), _read(tmp_path / "QUERIES_ABOUT.csv")
    homes = np.load(tmp_path / "homes.npz")
    lived_in = set(homes["household"][homes["held"]].tolist())
    assert len(queries) == len(about) == 120
    for query, told in zip(queries, about, strict=True):
        assert (told["person_id"] in held) == (told["standing"] == "held") == bool(query["person_id"])
        assert (int(told["household"]) in lived_in) == (told["standing"] != "stranger")
        assert 1 <= int(told["faults"]) <= 3
    assert not any(row["phone"] for row in _read(tmp_path / "QUERIES_WITHHELD.csv"))


def _read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8") as source:
        return list(csv.DictReader(source))


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_said_of_somebody_still_tells_them_apart_and_is_never_all_right(seed: int) -> None:
    shared("names/pho_rules.csv")
    said = say(random.Random(seed), _somebody(), SPOKEN if seed % 2 else WITHOUT_PHONE)
    assert said.kinds
    assert said.enough()
    cells = write(random.Random(seed), said, _somebody())
    assert len(cells) == 7
    assert any(cells)


def test_too_little_is_known_by_a_surname_and_a_year() -> None:
    assert not Said(surname="Smith", born="1984", bits={"surname": 9.0, "born": 6.0}).enough()


def test_telephone_and_address_are_one_fact_about_a_household_and_do_not_tell_who_of_it() -> None:
    assert not Said(bits={"forename": 0.0, "surname": 9.0, "home": 17.0, "phone": 17.0}).enough()
    assert Said(bits={"forename": 5.0, "surname": 9.0, "home": 17.0}).enough()


def test_a_sound_is_spelt_another_way_only_where_the_published_rule_allows_it() -> None:
    shared("names/pho_rules.csv")
    rule = mishearing.Rule("START", "ts", "t", "None", "V", "None", "None")
    assert rule.places("tsara") == [0]
    assert rule.places("tsrara") == []
    assert rule.places("matsara") == []
    assert mishearing.Rule("MIDDLE", "gh", "", "y;-2;b;h;d", "None", "None", "None").places("haighton") == []
    heard = {mishearing.as_heard(random.Random(seed), "Philippa") for seed in range(60)}
    assert "Filippa" in heard
    assert "Philippa" not in heard


def test_slips_change_a_word_and_a_short_one_is_left_alone() -> None:
    shared("names/ocr_rules.csv")
    rng = random.Random(3)
    assert all(mishearing.as_typed(rng, "Thwaite")[0] == "T" for _ in range(50))
    assert mishearing.as_typed(rng, "Li") == "Li"
    assert mishearing.as_read(rng, "xx") == "xx"
    assert len(mishearing.digit_slip(rng, "07700900123", first=3)) == 11


def test_names_are_written_as_people_write_them() -> None:
    assert [written(name) for name in ("SMITH", "o'brien", "MCDONALD", "ANNE-MARIE")] == [
        "Smith",
        "O'Brien",
        "McDonald",
        "Anne-Marie",
    ]
