"""Write what was measured as Markdown: printed in one run, and kept as docs/benchmarks-recognition.md."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.matching.answers import Answers
from benchmarks.matching.judged import MANNERS, Judged, Quirk
from benchmarks.matching.measures import Bin
from benchmarks.matching.sample import GIVEN, WITHHELD

DOCUMENT = Path("docs/benchmarks-recognition.md")
PICTURE = Path("docs/figures/recognition-reliability.svg")
HEAD = """# How surely people are recognised

Written by `make bench-recognition`, part by part as each is measured, from figures that were really seen. The
population, its households and the errors in the queries are the benchmark's own (`benchmarks/matching`), made from
open tables of names, of sounds taken for one another and of letters misread; nothing of that generator is used to
train the model. Of 4,500 queries 3,000 ask about somebody held, 500 about somebody who is not held but lives with
somebody who is, and 1,000 about somebody not held at all. Each has one to three things wrong, and is asked again
until what is said could tell a careful person who is meant (a household's telephone and address count as one fact).
Those filled in on a form give nearly every field and are asked once; their mix is another, so that a likelihood
calibrated to one manner of asking is found out.

Every system answers the same queries. Peers' weights and thresholds are learned on development queries of another
seed. Latency of PostgreSQL and tantivy is of finding candidates alone, their scoring left out in their favour;
Fellwatch's is from the fields as read to the ranked likelihoods. Shares have 95 % intervals in brackets: Wilson's, or
for recall at a precision from drawing the queries again. A busy machine makes every time worse, never better.
"""


@dataclass(frozen=True)
class Bar:
    """A target with what was measured; `met` is None where nothing could be."""

    name: str
    target: str
    measured: str
    met: bool | None


@dataclass(frozen=True)
class Sized:
    """Everything of one size of population."""

    people: int
    answers: Sequence[Answers]
    judged: Sequence[Judged]
    quirks: Sequence[Quirk]

    def of(self, system: str, queries: str) -> Judged | None:
        """Return one system's measures on one file of queries."""
        return next((one for one in self.judged if (one.system, one.queries) == (system, queries)), None)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table that reads the same in a terminal and in Markdown."""
    lines = [tuple(head), *(tuple(row) for row in rows)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(head))]
    drawn = ["| " + " | ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)) + " |" for line in lines]
    return "\n".join([drawn[0], "|" + "|".join("-" * (w + 2) for w in widths) + "|", *drawn[1:]])


def size(sized: Sized) -> str:
    """Return the sections of one size."""
    parts = [f"## {sized.people:,} people\n", *(_systems(sized, queries) for queries in MANNERS)]
    how = "\n".join(f"- {one.system}: {one.how}." for one in sized.answers)
    return "\n".join([*parts, how, ""])


def _systems(sized: Sized, queries: str) -> str:
    head = ("", "p50 ms", "p95 ms", "p99 ms", "recall@1", "recall@5", "recall at precision 0.99",
            "precision as published", "recall as published", "index MB", "built s")  # fmt: skip
    rows = []
    for found in sized.answers:
        one = sized.of(found.system, queries)
        if one is None:
            continue
        times = (f"{value:.3f}" for value in (one.p50, one.p95, one.p99))
        shares = (str(one.first), str(one.five), str(one.high), str(one.precision or ""), str(one.recall or ""))
        rows.append((found.system, *times, *shares, f"{found.memory_mb:,.0f}", f"{found.build_seconds:,.1f}"))
    return f"{MANNERS[queries].capitalize()}:\n\n{table(head, rows)}\n" if rows else ""


def calibration(sized: Sized) -> str:
    """Return how likelihood and truth lie together, by range and by group, and where it goes wrong."""
    found = {q: one for q in MANNERS if (one := sized.of("Fellwatch", q))}
    if not found:
        return ""
    parts = [
        f"## Calibration at {sized.people:,} people\n",
        "The likelihood of the first candidate beside the share that were right.\n",
        "![Likelihood shown beside the share that was right](figures/recognition-reliability.svg)\n",
        _curve({MANNERS[q]: one.curve for q, one in found.items()}),
        "\nBy group, at the score where the whole has precision 0.99:\n",
        _groups(found.values()),
        "\n## Where it goes wrong\n",
        "Wrongly called a match at that score:\n",
        *(f"- {MANNERS[q]}: {_alarms(one)}." for q, one in found.items()),
        "\nHeld, and not rightly called a match, by what was done to the query (the ten worst of at least 30):\n",
        _misses(found),
    ]
    if sized.quirks:
        parts += ["\n## The same queries typed otherwise\n", _quirks(sized.quirks)]
    return "\n".join([*parts, ""])


def _curve(series: Mapping[str, Sequence[Bin]]) -> str:
    rows = []
    for name, bins in series.items():
        for one in bins:
            shown = f"{one.shown:.3f}" if one.count else ""
            rows.append((name, f"{one.low:.1f} to {one.high:.1f}", f"{one.count:,}", shown, str(one.right)))
    return table(("queries", "likelihood", "n", "mean shown", "right"), rows)


def _groups(found: Iterable[Judged]) -> str:
    rows = []
    for one in found:
        whole = one.high
        rows.append((MANNERS[one.queries], "everybody", f"{whole.of:,}", str(one.first), str(whole), "",
                     f"{one.calibration or 0:.4f}"))  # fmt: skip
        for group in one.groups:
            apart = f"{group.recall.value - whole.value:+.3f}"
            shares = f"{group.first.of:,}", str(group.first), str(group.recall), apart
            rows.append((MANNERS[one.queries], group.name, *shares, f"{group.calibration:.4f}"))
    head = ("queries", "group", "held", "recall@1", "recall", "from the whole", "calibration error")
    return table(head, rows)


def _alarms(one: Judged) -> str:
    return ", ".join(f"{kind}: {count}" for kind, count in one.alarms.items()) or "none"


def _misses(found: Mapping[str, Judged]) -> str:
    rows = []
    for queries, one in found.items():
        for missed in [m for m in one.misses if m.of >= 30][:10]:
            share = f"{missed.missed / missed.of:.3f}"
            rows.append((MANNERS[queries], missed.fault, f"{missed.missed:,} of {missed.of:,}", share))
    return table(("queries", "fault", "missed", "share"), rows)


def _quirks(quirks: Sequence[Quirk]) -> str:
    rows = [(q.name, str(q.first), str(q.plainly)) for q in quirks]
    return table(("typed", "recall@1", "recall@1 of the same queries as they were"), rows)


def bars(sizes: Sequence[Sized]) -> list[Bar]:
    """Return the bars that these figures can tell of, at the largest population judged."""
    largest = max((s for s in sizes if s.judged), key=lambda s: s.people, default=None)
    if largest is None:
        return []
    found: list[Bar] = []
    for queries in MANNERS:
        one = largest.of("Fellwatch", queries)
        if one is not None:
            found += _quality(one)
    return [*found, *_speed(largest)]


def _quality(one: Judged) -> Iterable[Bar]:
    said = MANNERS[one.queries]
    yield Bar(f"recall at precision 0.99, {said}", "≥ 0.98", str(one.high), one.high.value >= 0.98)
    if one.queries == WITHHELD:
        yield Bar(f"recall@1, {said}", "≥ 0.99", str(one.first), one.first.value >= 0.99)
    worst = max(one.groups, key=lambda g: g.calibration)
    whole = one.calibration or 0.0
    yield Bar(f"calibration error, {said}", "< 0.02", f"{whole:.4f}", whole < 0.02)
    yield Bar(f"calibration error of the worst group, {said}", "< 0.02", f"{worst.calibration:.4f} ({worst.name})",
              worst.calibration < 0.02)  # fmt: skip
    apart = max(one.groups, key=lambda g: abs(g.recall.value - one.high.value))
    distance = apart.recall.value - one.high.value
    yield Bar(f"recall of the group furthest from the whole, {said}", "within 0.02", f"{distance:+.3f} ({apart.name})",
              abs(distance) <= 0.02)  # fmt: skip


def _speed(sized: Sized) -> Iterable[Bar]:
    ours = sized.of("Fellwatch", GIVEN)
    peers = [one for system in ("PostgreSQL", "tantivy") if (one := sized.of(system, GIVEN))]
    if ours is None:
        return
    if peers:
        best = min(peers, key=lambda one: one.p50)
        times = best.p50 / ours.p50
        told = f"{times:.1f} × ({best.system} {best.p50:.3f} ms, ours {ours.p50:.3f} ms)"
        yield Bar("median against the best of PostgreSQL and tantivy", "≥ 5 × lower", told, times >= 5)
    size = next(one for one in sized.answers if one.system == "Fellwatch")
    if asked := size.asked.get(GIVEN):
        first = asked[0].took_ms
        told = f"{first:.3f} ms, against p50 {ours.p50:.3f} and p99 {ours.p99:.3f} ms"
        yield Bar("the first query after the index stands", "≤ p99", told, first <= ours.p99)
    bytes_each = size.notes.get("bytes_a_person", 0.0)
    yield Bar("index arrays a person", "≤ 100 bytes", f"{bytes_each:.0f} bytes", bytes_each <= 100)


def growth(alone: Mapping[int, Judged]) -> tuple[str, list[Bar]]:
    """Return the table of the engine alone at several sizes, and its bars."""
    rows = [
        (f"{people:,}", *(f"{v:.3f}" for v in (one.p50, one.p95, one.p99)), str(one.first))
        for people, one in alone.items()
    ]
    found = []
    for people, one in alone.items():
        if people >= 5_000_000 and people < 10_000_000:
            found.append(Bar(f"p50 at {people:,}", "< 0.1 ms", f"{one.p50:.3f} ms", one.p50 < 0.1))
            found.append(Bar(f"p99 at {people:,}", "< 1 ms", f"{one.p99:.3f} ms", one.p99 < 1))
    small, large = alone.get(1_000_000), alone.get(10_000_000)
    if small and large:
        times = large.p95 / small.p95
        found.append(Bar("p95 from 1 to 10 million people", "< 2 ×", f"{times:.2f} ×", times < 2))
    return "## The engine alone\n\n" + table(("people", "p50 ms", "p95 ms", "p99 ms", "recall@1"), rows) + "\n", found


def verdicts(found: Sequence[Bar]) -> str:
    """Return the bars as a table."""
    said = {None: "not measured", True: "met", False: "NOT MET"}
    return table(("bar", "target", "measured", ""), [(b.name, b.target, b.measured, said[b.met]) for b in found])
