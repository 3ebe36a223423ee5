"""The benchmarks' document: what was measured is written anew, and what was not stays as it stood."""

import json
from pathlib import Path

from benchmarks import report
from benchmarks.figures import as_data, single


def _measured(path: Path, group: str, value: float, day: str) -> Path:
    figure = single(group, "one", value, unit="s", target=60.0)
    told = {"command": "python -m benchmarks", "machine": {"date": day}, "figures": as_data([figure])}
    path.write_text(json.dumps({group: told}), encoding="utf-8")
    return path


def test_what_was_not_measured_stays_as_it_stood(tmp_path: Path) -> None:
    document, results = tmp_path / "benchmarks.md", tmp_path / "results.json"
    report.write(_measured(results, "cold start", 31.0, "Monday"), document)
    report.write(_measured(results, "save", 2.0, "Tuesday"), document)
    both = document.read_text()
    assert both.index("## Save") < both.index("Tuesday") < both.index("## Cold start") < both.index("Monday")
    report.write(_measured(results, "cold start", 99.0, "Friday"), document)
    anew = document.read_text()
    assert "NOT MET" in anew
    assert "Monday" not in anew
    assert both.partition("## Cold start")[0] == anew.partition("## Cold start")[0]
