"""Who may link partners' records and who decides on what a model is not sure of; the row policies of the room."""

from fellwatch.foundation.access import Table, holds, with_parent
from fellwatch.records.access import COMBINE

READ = "communities.read"
LINK = "communities.link"
REVIEW = COMBINE

_pairs = (holds(READ) | holds(LINK)) & with_parent("records_person", "person_id")
_pairs = _pairs & with_parent("records_sourcerecord", "record_id")
_works = (holds(LINK) | holds(REVIEW)) & with_parent("records_person", "person_id")

TABLES = (
    Table(
        "communities_linkrun",
        holds(READ) | holds(LINK),
        holds(LINK),
        holds(LINK),
        retention="partner",
        sentence="a run of linking",
    ),
    Table("communities_pair", _pairs, _works, _works, _works, retention="partner", sentence="a pair to be looked at"),
)
