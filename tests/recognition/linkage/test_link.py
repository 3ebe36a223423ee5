"""A partner's file against a force: who is joined, who is looked at, who is new, and why."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from fellwatch.recognition.linkage import compared, engines, model, run, tables, verdicts
from fellwatch.rules import linkage
from fellwatch.rules.linkage import LEVELS, Policy
from tests.recognition.linkage import files
from tests.rules import rulebook_under_test as book

POLICY: Policy = book.parsed("partner_linkage")


@pytest.fixture(scope="module")
def linked(tmp_path_factory):
    """Link the partner's records once; return each record's verdict by its id."""
    folder = tmp_path_factory.mktemp("link")
    people = files.write(folder / "people.csv", (*files.PEOPLE, *files.crowd()))
    records = files.write(folder / "records.csv", files.RECORDS)
    with run.link(records, people, model.of(POLICY)) as done:
        return {verdict.record_id: verdict for verdict in done.verdicts()}


def test_every_record_has_one_verdict(linked):
    assert set(linked) == {row[0] for row in files.RECORDS}


@pytest.mark.parametrize("record", ["plain", "misspelt", "maiden"])
def test_a_record_spelled_otherwise_or_by_a_former_name_is_joined(linked, record):
    assert (linked[record].outcome, linked[record].person_id) == ("joined", "danielle")


@pytest.mark.parametrize("record", ["whole as surname", "whole as forename", "surname first", "titled"])
def test_a_whole_name_in_one_box_and_a_title_hold_nobody_back(linked, record):
    assert (linked[record].outcome, linked[record].person_id) == ("joined", "hina")


@pytest.mark.parametrize("record", ["turned", "another birth", "birthday kept"])
def test_the_name_is_enough_to_be_looked_at_where_the_date_of_birth_is_another(linked, record):
    assert [one.person_id for one in linked[record].candidates] == ["hina"]


def test_a_title_alone_is_no_name_and_one_box_of_two_words_makes_one_record(tmp_path: Path):
    people = files.write(tmp_path / "people.csv", (*files.PEOPLE, *files.crowd(50)))
    rows = (("title", "Mrs", "Garcia Lopez", "", "", "", "", "", ""), ("two", "", "Garcia Lopez Tarn", *[""] * 6))
    with run.link(files.write(tmp_path / "records.csv", rows), people, model.of(POLICY)) as done:
        said = "select who, fn, sn from agency order by who, fn nulls first, sn"
        faces = done.engine.con.execute(said).fetchall()
        assert done.records == 2
    assert faces == [
        ("title", None, "garcialopez"),
        ("two", None, "garcialopeztarn"), ("two", "garcia", "lopeztarn"), ("two", "garcia", "tarn"),
    ]  # fmt: skip


def test_a_number_of_their_own_joins_where_the_rest_says_little(linked):
    assert linked["by number"].person_id == "mo"


def test_a_twin_is_looked_at_and_never_joined(linked):
    twin = linked["twin of isla"]
    assert (twin.outcome, twin.candidates[0].person_id, twin.candidates[0].caution) == ("review", "isla", "twin")


def test_a_sister_on_the_same_number_at_the_same_address_is_not_joined(linked):
    assert linked["sister"].outcome != "joined"


def test_a_father_and_a_son_of_one_name_are_told_apart_by_a_person(linked):
    found = linked["robert without birth"]
    assert found.outcome == "review"
    assert {one.person_id for one in found.candidates} == {"robert", "young robert"}


@pytest.mark.parametrize("record", ["stranger", "empty"])
def test_who_is_like_nobody_is_new(linked, record):
    assert (linked[record].outcome, linked[record].candidates) == ("new", ())


def test_the_working_adds_up_to_the_bits(linked):
    best = linked["plain"].candidates[0]
    steps = verdicts.read_steps(best.steps)
    before = best.bits - sum(bits for *_, bits in steps)
    assert -14 < before < -8  # one of some four hundred people
    assert {words for _, _, words, _ in steps} >= {"the same forename", "the same surname"}


def test_the_rulebook_and_the_comparison_name_the_same_levels():
    assert {field: tuple(name for name, *_ in rows) for field, rows in compared.COMPARED.items()} == LEVELS


def test_sql_and_the_rule_hold_back_the_same_pairs():
    """Every mixture of the levels that a guard asks for, and some others."""
    import itertools

    import duckdb

    names = {field: ("unknown", *rows) for field, rows in LEVELS.items() if field != "sex"}
    mixtures = list(itertools.product(*names.values()))[::7]
    con = duckdb.connect()
    con.execute(f"create table p ({', '.join(f'gamma_{field} int' for field in names)})")
    rows = [
        tuple(
            -1 if n == "unknown" else len(LEVELS[f]) - 1 - LEVELS[f].index(n) for f, n in zip(names, mix, strict=True)
        )
        for mix in mixtures
    ]
    values = ", ".join(str(row) for row in rows)
    con.execute(f"insert into p values {values}")
    said = [one for (one,) in con.execute(f"select {verdicts.caution(model.FIELDS)} from p").fetchall()]
    assert said == [linkage.caution(dict(zip(names, mix, strict=True))) for mix in mixtures]


HOSTILE = (
    ("long", "A" * 10_000, "Hewett", "", "1991-03-04", "", "", "ZZ1 1AA", ""),
    ("control", "Dan\x07\x1bielle", "Hew\x0bett", "", "1991-03-04", "", "14 Tarn Row", "ZZ1 1AA", ""),
    ("sql", "'; drop table force; --", "Robert'); delete from agency; --", "", "x' or 1=1", "", "", "", ""),
    ("regex", "(a+)+$" * 30, "a" * 200 + "!", "", "9" * 200, "0" * 200, "flat " * 40, "ZZ" * 90, ""),
    ("letters", "Ζωή", "李", "女", "٣/٤/١٩٩١", "٠٧٧٠٠", "", "", ""),
)


def test_hostile_text_is_compared_as_far_as_it_goes_and_harms_nothing(tmp_path: Path):
    people = files.write(tmp_path / "people.csv", (*files.PEOPLE, *files.crowd(50)))
    records = files.write(tmp_path / "records.csv", HOSTILE)
    with run.link(records, people, model.of(POLICY)) as done:
        outcomes = {verdict.record_id: verdict.outcome for verdict in done.verdicts()}
    assert set(outcomes) == {row[0] for row in HOSTILE}
    assert outcomes["control"] in {"joined", "review"}


@pytest.mark.database
def test_a_file_without_ids_is_refused_with_its_columns(database, tmp_path: Path):
    from fellwatch.cli.recognition import recognition

    people = files.write(tmp_path / "people.csv", files.PEOPLE)
    records = files.write(tmp_path / "records.csv", [("Danielle",)], header=("forename",))
    said = CliRunner().invoke(recognition, ["link", str(records), "--people", str(people)])
    assert said.exit_code == 1
    assert "has no column person_id. Its columns are: forename." in said.output


@pytest.mark.database
def test_the_command_says_what_became_of_the_records_and_writes_each(database, tmp_path: Path):
    from fellwatch.cli.recognition import recognition

    people = files.write(tmp_path / "people.csv", (*files.PEOPLE, *files.crowd()))
    records = files.write(tmp_path / "records.csv", files.RECORDS)
    out = tmp_path / "out.csv"
    said = CliRunner().invoke(recognition, ["link", str(records), "--people", str(people), "--out", str(out)])
    assert said.exit_code == 0, said.output
    assert f"{len(files.RECORDS)} records against" in said.output
    assert len(out.read_text().splitlines()) == 1 + len(files.RECORDS)


def test_without_spark_the_command_says_what_to_install(monkeypatch):
    monkeypatch.setattr(engines, "find_spec", lambda name: None)
    with pytest.raises(engines.EngineMissing, match=r"fellwatch\[spark\]"), engines.start("spark"):
        pass


def test_an_unreadable_file_is_refused(tmp_path: Path):
    (tmp_path / "bad.csv").write_bytes(b"\xff\xfe\x00\x01person_id")
    people = files.write(tmp_path / "people.csv", files.PEOPLE)
    with pytest.raises(tables.Unreadable), run.link(tmp_path / "bad.csv", people, model.of(POLICY)):
        pass
