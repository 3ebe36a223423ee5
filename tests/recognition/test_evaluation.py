"""A force measures on its own labelled sample, without a database."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from fellwatch.cli.recognition import recognition

HEADER = "person_id,forename,surname,sex,date_of_birth,phone,address,postcode\n"
PEOPLE = HEADER + (
    "1,Danielle,Hewett,female,1991-03-04,07700 900123,14 Fell Lane,ZZ1 1AA\n"
    "1,Danielle,Birkett,female,1991-03-04,,2 Beck Road,ZZ1 2BB\n"
    "2,Marcus,Hewett,male,1994-09-12,07700 900123,14 Fell Lane,ZZ1 1AA\n"
    "3,John,Smith,male,1975-05-05,07700 900555,3 Tarn Row,ZZ2 1AA\n"
)
QUERIES = HEADER + (
    "1,Danyel,Hewitt,,4/3/1991,07700 900123,,\n"
    "1,Dani,Birkett,f,,,2 Beck Rd,\n"
    "3,Jon,Smith,m,5/5/75,,,\n"
    ",Chloe,Hewett,f,,07700 900123,14 Fell Lane,ZZ1 1AA\n"
)


def _run(tmp_path: Path, people: bytes, queries: bytes, *more: str) -> tuple[int, str]:
    (tmp_path / "people.csv").write_bytes(people)
    (tmp_path / "queries.csv").write_bytes(queries)
    files = [str(tmp_path / "people.csv"), str(tmp_path / "queries.csv")]
    result = CliRunner().invoke(recognition, ["evaluate", *files, *more])
    return result.exit_code, result.output


def test_every_query_finds_its_person_and_the_missing_sister_is_no_false_alarm(tmp_path: Path) -> None:
    code, output = _run(tmp_path, PEOPLE.encode(), QUERIES.encode(), "--json")
    figures = json.loads(output)
    assert code == 0
    assert (figures["people"], figures["queries"], figures["not_held"]) == (3, 4, 1)
    assert figures["recall_at_1"] == 1.0
    assert figures["precision_at_published"] == 1.0


def test_the_figures_are_printed_for_people_too(tmp_path: Path) -> None:
    code, output = _run(tmp_path, PEOPLE.encode(), QUERIES.encode())
    assert code == 0
    assert "recall at 1" in output


@pytest.mark.parametrize(
    ("people", "says"),
    [
        (b"person_id,forename\n1,Danielle\n", "lacks surname"),
        ("person_id,forename\n1,Zoë\n".encode("latin-1"), "not UTF-8"),
        (b"", "lacks person_id"),
    ],
)
def test_a_file_that_cannot_be_used_says_why_and_what_to_do(tmp_path: Path, people: bytes, says: str) -> None:
    code, output = _run(tmp_path, people, QUERIES.encode())
    assert code == 1
    assert says in output


def test_a_field_that_cannot_be_read_is_counted_not_fatal(tmp_path: Path) -> None:
    queries = HEADER + "1,Danielle,Hewett,,31/2/1991,rubbish,,\n"
    code, output = _run(tmp_path, PEOPLE.encode(), queries.encode(), "--json")
    assert code == 0
    assert json.loads(output)["unreadable_fields"] == 2
