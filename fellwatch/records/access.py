"""Who may see and change records. A restricted person hides everything that hangs on them.

Nothing can be hung on what its writer may not see: else a constraint would betray what already hangs there.
"""

from pathlib import Path

from fellwatch.foundation.access import Condition, Table, apart_from, compartment, differs, holds, with_parent

READ = "records.read"
WRITE = "records.write"
LOAD = "records.load"
RESTRICT = "records.restrict"
COMBINE = "records.combine"
IDENTIFY = "records.identify"
"""Say whose record an account's holder has, so that nobody reads by their work what must be kept from them."""
FLOOR = tuple(
    Path(__file__).with_name(name)
    for name in ("moves.sql", "circle.sql", "children.sql", "numbered.sql", "received.sql")
)
CIRCLE = "records_circle"
KEPT_MARKER = "marac"
"""The marker that whoever it is about, and those around them, must never find by their own account."""

_write = holds(WRITE) | holds(LOAD)
_seen = holds(READ) & compartment()
_of_person = holds(READ) & with_parent("records_person", "person_id")


def _on_seen(*parents: tuple[str, str]) -> Condition:
    """True for a writer who may see everything the row hangs on."""
    found = _write
    for table, column in parents:
        found = found & with_parent(table, column)
    return found


# What an agency told is for those who link it and decide on it, also before anybody knows whose it is.
_linking = (holds(COMBINE) | holds(LOAD)) & with_parent("records_person", "person_id")
_on_person = _on_seen(("records_person", "person_id"))
_on_both = _on_seen(("records_person", "person_id"), ("records_person", "other_id"))
_on_home = _on_seen(("records_person", "person_id"), ("records_place", "place_id"))
_on_part = _on_seen(("records_person", "person_id"), ("records_incident", "incident_id"))


def _child(name: str, sentence: str) -> Table:
    return Table(name, read=_of_person, add=_on_person, change=_on_person, retention="person", sentence=sentence)


TABLES = (
    Table("records_person", _seen, _write, _write & compartment(), retention="person", sentence="a person"),
    _child("records_personname", "a person's name"),
    _child("records_personphone", "a person's telephone number"),
    _child("records_personidentifier", "a person's identifier"),
    Table(
        "records_relationship",
        read=_of_person & with_parent("records_person", "other_id"),
        add=_on_both,
        change=_on_both,
        retention="person",
        sentence="how two people are related",
    ),
    Table("records_place", _seen, _write, _write & compartment(), retention="place", sentence="a place"),
    Table(
        "records_residence",
        read=_of_person & with_parent("records_place", "place_id"),
        add=_on_home,
        change=_on_home,
        retention="person",
        sentence="where a person lived",
    ),
    Table("records_thing", holds(READ), _write, _write, retention="thing", sentence="a thing"),
    _child("records_thinglink", "whose a thing is"),
    Table(
        "records_incident",
        _seen,
        _write,
        _write & compartment(),
        retention="incident",
        sentence="an incident",
    ),
    Table(
        "records_incidentperson",
        read=_of_person & with_parent("records_incident", "incident_id"),
        add=_on_part,
        change=_on_part,
        retention="incident",
        sentence="a person's part in an incident",
    ),
    Table(
        "records_marker",
        read=_of_person
        & with_parent("records_place", "place_id")
        & (differs("kind", KEPT_MARKER) | apart_from(CIRCLE, "person_id")),
        add=_on_home,
        change=_on_home,
        retention="person",
        sentence="a warning marker",
    ),
    Table(
        "records_restriction",
        read=_of_person & compartment(),
        add=holds(RESTRICT) & with_parent("records_person", "person_id") & compartment(),
        change=holds(RESTRICT) & with_parent("records_person", "person_id") & compartment(),
        retention="person",
        sentence="who may see a person, and why",
    ),
    Table(
        "records_accountholder",
        read=holds(IDENTIFY) & with_parent("records_person", "person_id"),
        add=holds(IDENTIFY) & with_parent("records_person", "person_id"),
        change=holds(IDENTIFY) & with_parent("records_person", "person_id"),
        retention="account",
        sentence="whose record an account's holder has",
    ),
    Table("records_sourcerecord", _linking, _linking, _linking, retention="partner", sentence="a partner's record"),
    Table(
        "records_judgement", _linking, _linking, _linking, retention="partner", sentence="who a record is said to be"
    ),
    Table(
        "records_merge",
        read=(holds(COMBINE) | holds(READ)) & with_parent("records_person", "survivor_id"),
        add=holds(COMBINE) & with_parent("records_person", "survivor_id"),
        change=holds(COMBINE) & with_parent("records_person", "survivor_id"),
        retention="person",
        sentence="that two people are one",
    ),
    Table(
        "records_likeness",
        read=_of_person & with_parent("records_person", "other_id"),
        add=_on_both,
        change=holds(COMBINE) & with_parent("records_person", "person_id") & with_parent("records_person", "other_id"),
        retention="person",
        sentence="that two people may be one",
    ),
    Table("records_school", holds(READ), holds(LOAD), holds(LOAD), retention="reference", sentence="a school"),
    Table(
        "records_streetcrime",
        holds(READ),
        holds(LOAD),
        holds(LOAD),
        retention="reference",
        sentence="a published crime",
    ),
    Table(
        "records_forcearea",
        holds(READ),
        holds(LOAD),
        holds(LOAD),
        retention="reference",
        sentence="a force area",
    ),
    Table(
        "records_postcode",
        holds(READ),
        holds(LOAD),
        holds(LOAD),
        retention="reference",
        sentence="a postcode",
    ),
)
