"""Any slip in any rule's file is told as a fault: it never ends in anything but a list of faults."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from fellwatch.rules import envelope
from fellwatch.rules.envelope import File

ROOT = Path(__file__).parents[2] / "rulebook"
FILES = sorted(ROOT.glob("*/*.toml"))
WRONG = st.sampled_from(
    [None, True, 0, -1, 1.5, "", "nonsense", [], [1], [{}], {}, {"x": 1}, date(2026, 1, 1), time(8)]
) | st.just(datetime(2026, 1, 1, tzinfo=UTC))


def damaged(data: dict[str, Any], choose: st.DataObject, wrong: object) -> dict[str, Any]:
    """Replace one value somewhere in a rule, or take it away."""
    rule = deepcopy(data)
    place: Any = rule
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = choose.draw(st.sampled_from(keys))
        inner = place[key]
        if not isinstance(inner, dict | list) or not inner or choose.draw(st.integers(0, 3)) == 0:
            break
        place = inner
    if wrong is None:
        del place[key]
    else:
        place[key] = wrong
    return rule


@given(st.sampled_from(FILES), st.data(), WRONG)
def test_a_damaged_rule_is_read_to_its_end(file: Path, choose: st.DataObject, wrong: object) -> None:
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    slip = File(f"{file.parent.name}/{file.name}", damaged(data, choose, wrong))
    envelope.read(slip)
    assert all(fault.what and fault.do for fault in slip.faults)
