"""Who may search and who may keep the index. A silent compartment hides its rows even from the counts.

An announced record is readable so that it can be scored and announced; `queries` never shows what it holds.
"""

from fellwatch.foundation.access import Table, compartment, holds
from fellwatch.records import access as records

SEARCH = "recognition.search"
INDEX = "recognition.index"

_keeps = holds(INDEX) | holds(records.WRITE) | holds(records.LOAD)
_seen = (holds(SEARCH) | holds(INDEX) | holds(records.LOAD)) & compartment("silent_in")


def _index(name: str, sentence: str) -> Table:
    removes = _keeps & compartment("silent_in")
    return Table(name, _seen, _keeps, _keeps, removes, retention="person", sentence=sentence)


TABLES = (_index("recognition_entry", "how a person is recognised"),)
