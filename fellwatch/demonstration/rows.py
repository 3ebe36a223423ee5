"""One row of each table the county fills. A field is a column, so a row is ready for COPY.

Named tuples, not dataclasses: at 10× there are some forty million of them.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple


class PersonRow(NamedTuple):
    id: str
    sex: str
    birth_year: int | None
    birth_month: int | None
    birth_day: int | None
    death_date: date | None
    compartment: str
    announce: bool
    created_at: datetime
    created_by: str
    merged_into_id: str | None = None


class NameRow(NamedTuple):
    id: str
    person_id: str
    kind: str
    forenames: str
    surname: str
    from_date: date | None
    to_date: date | None
    source: str


class PhoneRow(NamedTuple):
    id: str
    person_id: str
    number: str
    last_known_date: date
    safe_to_call: bool | None
    source: str


class IdentifierRow(NamedTuple):
    id: str
    person_id: str
    kind: str
    value: str
    source: str


class RelationshipRow(NamedTuple):
    id: str
    person_id: str
    other_id: str
    kind: str
    from_date: date | None
    to_date: date | None
    source: str


class PlaceRow(NamedTuple):
    id: str
    uprn: int | None
    flat: str
    house: str
    street: str
    locality: str
    town: str
    postcode: str
    latitude: float | None
    longitude: float | None
    district: str
    area: str
    force: str
    beat: str
    compartment: str


class ResidenceRow(NamedTuple):
    id: str
    person_id: str
    place_id: str
    kind: str
    from_date: date | None
    to_date: date | None
    source: str


class ThingRow(NamedTuple):
    id: str
    kind: str
    mark: str
    description: str


class ThingLinkRow(NamedTuple):
    id: str
    thing_id: str
    person_id: str
    kind: str
    from_date: date | None
    to_date: date | None
    source: str


class MarkerRow(NamedTuple):
    id: str
    person_id: str | None
    place_id: str | None
    kind: str
    detail: str
    from_at: datetime
    expires_at: datetime | None
    ended_at: datetime | None
    ended_because: str
    source: str
    created_by: str


class IncidentRow(NamedTuple):
    id: str
    reference: str
    channel: str
    received_at: datetime
    occurred_at: datetime | None
    created_at: datetime
    created_by: str
    caller_number: str
    place_id: str | None
    summary: str
    opening_code: str
    opening_qualifiers: list[str]
    closing_codes: list[str]
    closing_qualifiers: list[str]
    result: str
    closed_at: datetime | None
    closed_by: str | None
    compartment: str
    source: str


class PartRow(NamedTuple):
    id: str
    incident_id: str
    person_id: str
    role: str
    vulnerabilities: list[str]


class SchoolRow(NamedTuple):
    id: str
    urn: int
    name: str
    place_id: str
    opened_date: date | None
    closed_date: date | None


class PostcodeRow(NamedTuple):
    postcode: str
    sector: str
    latitude: float | None
    longitude: float | None
    district: str
    area: str
    force: str
    beat: str


class ForceAreaRow(NamedTuple):
    code: str
    name: str
    boundary: str


class HandlingRow(NamedTuple):
    incident_id: str
    state: str
    grade: str
    number: int
    graded_at: datetime
    attend_by: datetime | None
    attend_minutes: int | None
    dangers: str
    flags: list[str]
    protected: list[str]
    repeats: str
    unit: str
    assigned_at: datetime | None
    arrived_at: datetime | None
    delay_reason: str
    updated_at: datetime


class GradingRow(NamedTuple):
    id: str
    incident_id: str
    number: int
    grade: str
    proposed: str
    because: str
    rule: str
    rule_version: int
    trigger: str
    rationale: str
    reason_code: str
    at: datetime
    by_id: str
    by_name: str
    confirmed_by_name: str


class LogLineRow(NamedTuple):
    id: str
    incident_id: str
    at: datetime
    kind: str
    text: str
    by_id: str
    by_name: str
    by_role: str


class AssessmentRow(NamedTuple):
    id: str
    instrument: str
    instrument_version: int
    variant: str
    incident_id: str | None
    person_id: str | None
    number: int
    trigger: str
    answers: str
    complete: bool
    missing: str
    score: int | None
    grade: str
    flags: list[str]
    at: datetime
    by_id: str
    by_name: str


Row = tuple[object, ...]


TABLES: dict[type[Row], str] = {
    ForceAreaRow: "records_forcearea",
    PostcodeRow: "records_postcode",
    PlaceRow: "records_place",
    SchoolRow: "records_school",
    PersonRow: "records_person",
    NameRow: "records_personname",
    PhoneRow: "records_personphone",
    IdentifierRow: "records_personidentifier",
    RelationshipRow: "records_relationship",
    ResidenceRow: "records_residence",
    ThingRow: "records_thing",
    ThingLinkRow: "records_thinglink",
    MarkerRow: "records_marker",
    IncidentRow: "records_incident",
    PartRow: "records_incidentperson",
    HandlingRow: "contact_handling",
    GradingRow: "contact_grading",
    LogLineRow: "contact_logline",
    AssessmentRow: "assessments_assessment",
}
"""Table of each kind of row, in an order that puts what is pointed to first."""


@dataclass(frozen=True)
class LiveCall:
    """A call not yet finished with: `contact`'s own actions log it, so that every clock and queue runs.

    People are (person, role, vulnerabilities); steps are (minutes after the call, what, words).
    """

    id: str
    channel: str
    opening_code: str
    received_at: datetime
    summary: str
    qualifiers: tuple[str, ...]
    caller_number: str
    place_id: str | None
    people: tuple[tuple[str, str, tuple[str, ...]], ...]
    dangers: dict[str, str]
    thrive: dict[str, object]
    steps: tuple[tuple[float, str, str], ...] = ()


class Batch:
    """The rows of one block of people, by table, and the calls that are still open."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: dict[type[Row], list[Row]] = {kind: [] for kind in TABLES}
        self.live: list[LiveCall] = []

    def add(self, row: Row) -> None:
        """Put a row with the others of its table."""
        self.rows[type(row)].append(row)

    def counts(self) -> dict[str, int]:
        """Return how many rows there are of each table that has any."""
        return {TABLES[kind]: len(rows) for kind, rows in self.rows.items() if rows}
