"""The same settings on Spark, in a local cluster of two workers, come to the same verdicts. Minutes: `make soak`."""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from fellwatch.recognition.linkage import engines, model, run
from tests.recognition.linkage import files
from tests.rules import rulebook_under_test as book

pytestmark = [
    pytest.mark.skipif(not os.environ.get("FELLWATCH_SOAK"), reason="takes minutes: make soak"),
    pytest.mark.skipif(find_spec("pyspark") is None, reason="pyspark is not installed (requirements/bench.txt)"),
    pytest.mark.skipif(shutil.which("java") is None, reason="Java is not installed"),
]


def test_two_workers_of_spark_come_to_the_verdicts_of_duckdb(tmp_path: Path):
    assert engines.WORKERS.startswith("local-cluster[2,")
    people = files.write(tmp_path / "people.csv", (*files.PEOPLE, *files.crowd()))
    records = files.write(tmp_path / "records.csv", files.RECORDS)
    settings, found = model.of(book.parsed("partner_linkage")), {}
    for engine in ("duckdb", "spark"):
        with run.link(records, people, settings, engine=engine) as done:
            found[engine] = [
                (v.record_id, v.outcome, v.person_id, [round(c.bits, 3) for c in v.candidates]) for v in done.verdicts()
            ]
    assert found["spark"] == found["duckdb"]
