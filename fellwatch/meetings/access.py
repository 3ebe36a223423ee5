"""Who may know of a matter, and who never. Everything hangs on the matter, so that one policy closes every exit.

A matter is open to the force's own people of the meeting, to the agencies in its circle and to whoever brought it;
never to somebody it must be kept from, or around them, whatever their role. See `kept.sql`.
"""

from pathlib import Path

from fellwatch.foundation.access import (
    Condition,
    Table,
    apart_from,
    holds,
    in_circle,
    own_agency,
    own_record,
    with_parent,
)

READ = "meetings.read"
BRING = "meetings.bring"
"""Bring a matter: what an officer, a partner or the coordinator may do."""
ARRANGE = "meetings.arrange"
"""Circles, agendas, research, actions: what a coordinator does."""
CHAIR = "meetings.chair"
TAKE_PART = "meetings.take_part"
"""Answer for one's own agency: what a partner does."""
CARRY = "meetings.carry"
"""Remind and keep names up to date: a process holds it."""

KEPT_FROM = "meetings_kept_from"
FLOOR = (Path(__file__).with_name("kept.sql"),)

_inside = holds(READ) | holds(TAKE_PART)
_of_matter = with_parent("meetings_matter", "matter_id")
_of_meeting = with_parent("meetings_meeting", "meeting_id")
_runs = holds(ARRANGE) | holds(CHAIR)
_own = holds(TAKE_PART) & own_agency("agency")


def _table(name: str, read: Condition, add: Condition, change: Condition, sentence: str) -> Table:
    return Table(name, read, add, change, retention="meeting", sentence=sentence)


TABLES = (
    _table(
        "meetings_matter",
        (holds(READ) | (holds(TAKE_PART) & in_circle("agencies")) | own_record("opened_by"))
        & apart_from(KEPT_FROM, "id"),
        holds(BRING),
        (holds(ARRANGE) | (holds(READ) & own_record("opened_by"))) & apart_from(KEPT_FROM, "id"),
        "what a meeting is about",
    ),
    _table(
        "meetings_kept",
        (holds(READ) & _of_matter) | holds(CARRY),
        holds(BRING) & _of_matter,
        (holds(ARRANGE) & _of_matter) | holds(CARRY),
        "whom a matter is kept from",
    ),
    _table(
        "meetings_ruling",
        holds(ARRANGE) & _of_matter,
        holds(ARRANGE) & _of_matter,
        holds(ARRANGE) & _of_matter,
        "whether an account is kept from a matter",
    ),
    _table(
        "meetings_meeting",
        holds(READ) | (holds(TAKE_PART) & in_circle("agencies")),
        holds(ARRANGE),
        _runs,
        "a meeting",
    ),
    _table(
        "meetings_item",
        _inside & _of_matter & _of_meeting,
        holds(ARRANGE) & _of_matter & _of_meeting,
        _runs & _of_matter & _of_meeting,
        "a matter on an agenda",
    ),
    _table(
        "meetings_minute",
        _inside & with_parent("meetings_item", "item_id"),
        _runs & with_parent("meetings_item", "item_id"),
        _runs & with_parent("meetings_item", "item_id"),
        "what was said of a matter",
    ),
    _table("meetings_attendance", _inside & _of_meeting, _runs & _of_meeting, (_runs | _own) & _of_meeting, "who came"),
    _table(
        "meetings_research",
        ((holds(READ) | _own) & _of_matter) | holds(CARRY),
        holds(ARRANGE) & _of_matter,
        ((holds(ARRANGE) | _own) & _of_matter) | holds(CARRY),
        "what an agency knows of a matter",
    ),
    _table(
        "meetings_action",
        (_inside & _of_matter) | holds(CARRY),
        _runs & _of_matter,
        ((_runs | _own) & _of_matter) | holds(CARRY),
        "what an agency has promised",
    ),
)
