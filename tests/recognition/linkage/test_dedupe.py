"""Who is in one file twice. The published sample is regression: the bench measures the whole of it."""

from collections import Counter
from pathlib import Path

import duckdb

from fellwatch.recognition.linkage import run
from fellwatch.recognition.linkage.model import Settings
from tests.conftest import shared


def _pairs(counted: Counter) -> int:
    return sum(n * (n - 1) // 2 for n in counted.values())


def test_a_tenth_of_the_historical_figures_are_found_again(tmp_path: Path):
    source = shared("linkage/historical_figures_with_errors_50k.parquet")
    con, file = duckdb.connect(), tmp_path / "people.parquet"
    some = f"select * from '{source}' where hash(cluster) % 10 = 0"
    con.execute(
        f"copy (select unique_id as person_id, full_name as forename, surname, dob as date_of_birth, "
        f"postcode_fake as postcode, birth_place, occupation from ({some})) to '{file}'"
    )
    truth = dict(con.execute(f"select unique_id, cluster from ({some})").fetchall())
    found = run.dedupe(
        file,
        Settings(
            split=0.1, wide=True, fields=("forename", "surname", "date_of_birth", "household"),
            others=("birth_place", "occupation"), training_pairs=200_000,
        ),
    )  # fmt: skip
    right = _pairs(Counter((found[record], truth[record]) for record in truth))
    precision, recall = right / _pairs(Counter(found.values())), right / _pairs(Counter(truth.values()))
    assert 2 * precision * recall / (precision + recall) > 0.85
