"""Who may see measures, and who may load the figures of others."""

from fellwatch.foundation.access import Table, holds

READ = "measures.read"
LOAD = "measures.load"

TABLES = (
    Table(
        "measures_nationalfigure",
        holds(READ) | holds(LOAD),
        holds(LOAD),
        holds(LOAD),
        retention="reference",
        sentence="a national figure",
    ),
)
