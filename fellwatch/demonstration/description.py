"""The county in figures: what the shape asks for, and what the batches hold."""

from collections import Counter
from collections.abc import Iterator

from fellwatch.demonstration import shape
from fellwatch.demonstration.county import county
from fellwatch.demonstration.identifiers import named
from fellwatch.demonstration.ruled import unruled
from fellwatch.demonstration.setting import Setting
from fellwatch.foundation import clock


def describe(scale: float, seed: int) -> Iterator[str]:
    """Yield lines: the figures of the year, then the rows of every table."""
    wanted, now = shape.at(scale), clock.now()
    yield f"Fellshire at {scale:g}× (seed {seed}). Everybody and every place in it is invented."
    for name in (
        "people",
        "calls",
        "incidents",
        "domestic",
        "missing",
        "referrals",
        "visitors",
        "open_incidents",
    ):
        yield f"  {name.replace('_', ' '):<28}{getattr(wanted, name):>14,}"
    yield "Of calls and referrals only the number is kept as yet; visitors are among the people where they rang."
    yield "Rows:"
    counts: Counter[str] = Counter()
    for batch in county(wanted, Setting(seed, now, clock.london_date(now), named("describe")), unruled).batches():
        counts.update(batch.counts())
    for table, count in counts.items():
        yield f"  {table:<28}{count:>14,}"
