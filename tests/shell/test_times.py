"""Times as officers say them, the same on the server and in the browser."""

import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fellwatch.shell import times

SCRIPT = Path(__file__).resolve().parent.parent.parent / "fellwatch/shell/assets/js/clocks.js"
NOW = datetime(2026, 10, 16, 18, 3, tzinfo=UTC)
SECONDS = [0, 1, -1, 59, 60, -60, 61, 3599, 3600, -3600, 3660, 11520, -11520, 86399, 86400, 90000, -200000, 604800]


def test_a_moment_is_said_both_ways() -> None:
    assert times.both(NOW + timedelta(hours=3, minutes=12), NOW) == "in 3 h 12 min · Fri 16 Oct 22:15"


def test_the_hour_is_that_of_a_watch_in_london_on_both_sides_of_the_change() -> None:
    assert times.at(datetime(2026, 10, 24, 19, tzinfo=UTC), NOW) == "Sat 24 Oct 20:00"
    assert times.at(datetime(2026, 10, 25, 19, tzinfo=UTC), NOW) == "Sun 25 Oct 19:00"


def test_another_year_is_named() -> None:
    assert times.at(datetime(2027, 1, 4, 9, tzinfo=UTC), NOW) == "Mon 4 Jan 2027 09:00"


def test_a_late_moment_is_said_as_past() -> None:
    assert times.relative(NOW - timedelta(minutes=22), NOW) == "22 min ago"


def test_less_than_a_minute_is_now() -> None:
    assert times.relative(NOW + timedelta(seconds=20), NOW) == "now"


def test_share_of_a_period_never_leaves_its_bar() -> None:
    start, end = NOW, NOW + timedelta(hours=1)
    assert times.share(start, end, NOW + timedelta(minutes=15)) == 25.0
    assert times.share(start, end, NOW - timedelta(days=1)) == 0.0
    assert times.share(start, end, NOW + timedelta(days=1)) == 100.0
    assert times.share(end, start, NOW) == 100.0


def test_the_browser_says_the_same_words_as_the_server() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("There is no Node on this machine's path.")
    asked = (
        f"const {{ relative, running }} = await import({json.dumps(SCRIPT.as_uri())});"
        f"console.log(JSON.stringify({json.dumps(SECONDS)}.map((s) => [relative(s), running(s)])))"
    )
    source = "globalThis.document = { documentElement: { dataset: {} } };" + asked
    said = subprocess.run([node, "--input-type=module", "-e", source], capture_output=True, text=True, check=True)
    ours = [[times.relative(NOW + timedelta(seconds=s), NOW), times.running(timedelta(seconds=s))] for s in SECONDS]
    assert json.loads(said.stdout) == ours
