"""The smallest county, made once for every test that only looks at it."""

from datetime import UTC, datetime
from functools import cache

from fellwatch.demonstration import shape
from fellwatch.demonstration.county import county
from fellwatch.demonstration.identifiers import named
from fellwatch.demonstration.rows import Batch
from fellwatch.demonstration.ruled import unruled
from fellwatch.demonstration.setting import Setting

NOW = datetime(2026, 11, 21, 23, 40, tzinfo=UTC)
SETTING = Setting(1, NOW, NOW.date(), named("tests"))


@cache
def made() -> list[Batch]:
    """Return every batch at 0.01×."""
    return list(county(shape.at(0.01), SETTING, unruled).batches())


def rows_of(kind: type) -> list[tuple[object, ...]]:
    """Return every row of a table."""
    return [row for batch in made() for row in batch.rows[kind]]
