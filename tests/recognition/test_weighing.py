"""How likely, and why: told as what a caller says and who is held."""

import pytest

from fellwatch.recognition import asked, weigh
from tests.recognition.people import DANIELLE, MODEL, TODAY, first, held, said, who


def test_danyel_hewitt_with_her_number_is_danielle_hewett_and_the_working_says_why() -> None:
    (name, why), *_ = who(name="Danyel Hewitt ", phone="07700 900123")
    assert name == "Danielle Hewett"
    assert why.likelihood > 0.8
    words = {step.field: step.level_words for step in why.steps}
    assert words["forename"] == "sounds the same"
    assert words["surname"] == "sounds the same"
    assert words["phone"] == "the same number"


def test_the_steps_of_the_working_add_up_to_the_total() -> None:
    for _, why in who(name="Danyel Hewitt ", phone="07700 900123", address="14 Fell Lane ZZ1 1AA"):
        assert sum(step.weight for step in why.steps) == pytest.approx(why.total, abs=0.06)


def test_her_brother_at_the_same_address_number_and_surname_ranks_below_her_and_under_the_threshold() -> None:
    found = dict(who(name="Danielle Hewett ", phone="07700 900123", address="14 Fell Lane ZZ1 1AA"))
    assert found["Danielle Hewett"].likelihood > MODEL.published
    brother = found.get("Marcus Hewett")
    assert brother is None or brother.likelihood < MODEL.marker_likelihood


def test_a_sister_who_is_not_held_does_not_open_her_record() -> None:
    found = dict(who(name="Chloe Hewett ", phone="07700 900123", address="14 Fell Lane ZZ1 1AA"))
    assert all(why.likelihood < 0.5 for why in found.values())
    steps = [step for step in found["Danielle Hewett"].steps if step.field == "household"]
    assert steps[0].weight < -10
    assert "not evidence of being this person" in steps[0].level_words


def test_a_twin_with_the_same_date_of_birth_is_not_her() -> None:
    query = {"name": "Chloe Hewett ", "date_of_birth": "4/3/1991", "address": "14 Fell Lane ZZ1 1AA"}
    assert dict(who(**query))["Danielle Hewett"].likelihood < MODEL.published


def test_forename_and_surname_the_other_way_round_find_her_and_say_so() -> None:
    (name, why), *_ = who(name="Hewett Danielle ", phone="07700 900123")
    assert name == "Danielle Hewett"
    assert any(step.field == "order" for step in why.steps)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ({"name": "Oneil Mary "}, "Mary Jane O'Neill"),
        ({"name": "jane o neill "}, "Mary Jane O'Neill"),
        ({"name": "Ann Marie Jones "}, "Anne-Marie Smith-Jones"),
        ({"name": "Kathryn Birkett "}, "Katherine Tarn"),
        ({"name": "Dani Hewett "}, "Danielle Hewett"),
        ({"name": "محمد حسين"}, "Mohammed Hussain"),
        ({"name": "Maria Ivanova "}, "Мария Иванова"),
        ({"name": "D Hewett", "date_of_birth": "1991"}, "Danielle Hewett"),
        ({"name": "Danielle He"}, "Danielle Hewett"),
        ({"surname": "Hewett", "date_of_birth": "3/4/1991"}, "Danielle Hewett"),
        ({"name": "Danielle", "address": "14 Fell Ln"}, "Danielle Hewett"),
        ({"forename": "Shivaun", "address": "14 fell lane"}, "Siobhan Moss"),
        ({"phone": "07700 900555"}, "John Smith"),
        ({"phone": "07700 9005"}, "John Smith"),
        ({"date_of_birth": "5 May 1975"}, "John Smith"),
        ({"name": "Danielle Hewett", "phone": "withheld"}, "Danielle Hewett"),
    ],
)
def test_whatever_is_said_finds_who_is_meant(query: dict[str, str], name: str) -> None:
    assert first(**query) == name


def test_a_day_and_month_the_wrong_way_round_still_speak_for_her() -> None:
    assert dict(who(name="Danielle Hewett ", date_of_birth="3/4/1991"))["Danielle Hewett"].likelihood > 0.9


def test_another_date_of_birth_speaks_against_a_namesake() -> None:
    right = dict(who(name="Danielle Hewett ", date_of_birth="4/3/1991"))["Danielle Hewett"].likelihood
    wrong = dict(who(name="Danielle Hewett ", date_of_birth="9/8/1955"))["Danielle Hewett"].likelihood
    assert wrong < 0.5 < right


def test_an_identifier_outweighs_a_wrong_name() -> None:
    known = held("Danielle", "Hewett", identifiers=(("pnc", "911234A"),))
    query = asked.read(today=TODAY, name="Jo Bloggs ", identifiers={"pnc": "91/1234a"})
    assert weigh.weigh(query, known, MODEL, weigh.Frequencies()).likelihood > 0.05


def test_a_common_name_says_less_than_a_rare_one() -> None:
    bearers = {("forename", "john"): 1500, ("surname", "smith"): 650, ("surname", "hewett"): 4}
    counted = weigh.Frequencies(50_000, {**bearers, ("forename", "danielle"): 90})
    smith = weigh.weigh(said(name="John Smith "), held("John", "Smith"), MODEL, counted)
    hewett = weigh.weigh(said(name="Danielle Hewett "), DANIELLE, MODEL, counted)
    assert smith.likelihood < 0.1 < 0.9 < hewett.likelihood


def test_too_few_people_say_nothing_of_how_common_a_name_is() -> None:
    few = weigh.Frequencies(12, {("forename", "danielle"): 1, ("surname", "hewett"): 2})
    query = said(name="Danyel Hewitt ", phone="07700 900123")
    assert weigh.weigh(query, DANIELLE, MODEL, few) == weigh.weigh(query, DANIELLE, MODEL, weigh.Frequencies())


def test_nothing_said_finds_nobody() -> None:
    assert who(name="") == []
    assert who(phone="withheld") == []


def test_what_cannot_be_read_is_left_out_and_the_rest_still_searches() -> None:
    query = said(name="Danielle Hewett ", date_of_birth="31/2/1991", phone="call box")
    assert {trouble.field for trouble in query.troubles} == {"date_of_birth", "phone"}
    assert query.fields == ("name",)
