"""Plain values that response is told and shows."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from fellwatch.foundation import ids
from fellwatch.records.values import PartialDate


@dataclass(frozen=True)
class Member:
    """Somebody at an incident: known (`person_id`), named, or only described. `id` is the sender's, and becomes a
    new person's."""

    role: str
    person_id: uuid.UUID | None = None
    forenames: str = ""
    surname: str = ""
    description: str = ""
    born: PartialDate = PartialDate()
    relationship: str = ""
    related_to: uuid.UUID | None = None
    lives_there: bool = True
    id: uuid.UUID = field(default_factory=ids.new)


@dataclass(frozen=True)
class NewClip:
    """A recording, or why there is none."""

    reference: str = ""
    device: str = ""
    started_at: datetime | None = None
    stopped_at: datetime | None = None
    not_used_because: str = ""
    id: uuid.UUID = field(default_factory=ids.new)


@dataclass(frozen=True)
class NewExhibit:
    """A thing seized."""

    reference: str
    description: str
    seized_at: datetime
    seized_where: str
    seal: str = ""
    id: uuid.UUID = field(default_factory=ids.new)


@dataclass(frozen=True)
class Move:
    """One step of an exhibit's continuity."""

    to_whom: str
    moved_at: datetime
    seal: str = ""
    id: uuid.UUID = field(default_factory=ids.new)


@dataclass(frozen=True)
class NewAppointment:
    """When and where somebody on bail must come. `exception` says why not on the last day, `because` in words."""

    at: datetime | None = None
    station: str = ""
    exception: str = ""
    because: str = ""
    id: uuid.UUID = field(default_factory=ids.new)


@dataclass(frozen=True)
class Came:
    """How somebody on bail came: "came", or "arrested" for not coming."""

    at: datetime | None
    how: str
    words: str = ""


@dataclass(frozen=True)
class NewRelease:
    """A release before charge. `conditions` are (code, words); `here` says that they hold at the incident's address.
    On bail it says when they must `answer` it."""

    kind: str
    released_at: datetime
    rank: str
    authorised_by: str
    because: str
    conditions: tuple[tuple[str, str], ...] = ()
    victim_view: str = ""
    victim_not_asked: str = ""
    here: bool = False
    answer: NewAppointment = NewAppointment()
    id: uuid.UUID = field(default_factory=ids.new)


@dataclass(frozen=True)
class NewExtension:
    """An extension of bail, and when it must be answered now."""

    stage: str
    authorised_at: datetime
    rank: str
    authorised_by: str
    because: str
    representations: str
    answer: NewAppointment = NewAppointment()
    id: uuid.UUID = field(default_factory=ids.new)


@dataclass(frozen=True)
class NewVariation:
    """What bail is to ask from a moment on. `conditions` are (code, words); `here` as of a release."""

    varied_at: datetime
    authorised_by: str
    because: str
    conditions: tuple[tuple[str, str], ...] = ()
    victim_view: str = ""
    victim_not_asked: str = ""
    here: bool = False
    id: uuid.UUID = field(default_factory=ids.new)


@dataclass(frozen=True)
class Decision:
    """What is decided about a disclosed crime."""

    recorded: bool
    offence: str = ""
    crime_number: str = ""
    owner: str = ""
    flags: tuple[str, ...] = ()
    because: str = ""
    source: str = ""
    id: uuid.UUID = field(default_factory=ids.new)


@dataclass(frozen=True)
class ClipView:
    """A recording as shown."""

    reference: str
    device: str
    started_at: datetime | None
    stopped_at: datetime | None
    not_used_because: str
    by_name: str


@dataclass(frozen=True)
class ExhibitView:
    """An exhibit with its continuity, oldest step first: (from, to, when, seal)."""

    id: uuid.UUID
    reference: str
    description: str
    seized_at: datetime
    seized_where: str
    seal: str
    moves: tuple[tuple[str, str, datetime, str], ...]


@dataclass(frozen=True)
class ExtensionView:
    """An extension as shown."""

    stage: str
    authorised_at: datetime
    rank: str
    authorised_by: str
    because: str
    ends_at: datetime | None


@dataclass(frozen=True)
class VariationView:
    """A change of conditions as shown: what was asked before, as (label, words)."""

    varied_at: datetime
    before: tuple[tuple[str, str], ...]
    authorised_by: str
    because: str
    victim_view: str
    victim_not_asked: str


@dataclass(frozen=True)
class WaitView:
    """A wait for a charging decision as shown; not answered yet where `answered_at` is none."""

    sent_at: datetime
    answered_at: datetime | None
    answer: str
    words: str


@dataclass(frozen=True)
class AppointmentView:
    """When and where bail is to be answered as shown, and what came of it; `replaced_at` where another day stands."""

    answer_at: datetime
    station: str
    exception: str
    because: str
    at: datetime
    by_name: str
    replaced_at: datetime | None
    missed_at: datetime | None
    missed_words: str
    missed_by_name: str
    came_at: datetime | None
    came_how: str
    came_words: str
    came_by_name: str


@dataclass(frozen=True)
class ReleaseView:
    """A release as shown. `next_stages` are those it may be extended to; `codes` its conditions by code."""

    id: uuid.UUID
    kind: str
    released_at: datetime
    rank: str
    authorised_by: str
    because: str
    conditions: tuple[tuple[str, str], ...]
    victim_view: str
    victim_not_asked: str
    stage: str
    ends_at: datetime | None
    working: tuple[str, ...]
    ended_at: datetime | None
    extensions: tuple[ExtensionView, ...]
    next_stages: tuple[tuple[str, str], ...]
    codes: tuple[tuple[str, str], ...]
    variations: tuple[VariationView, ...]
    waits: tuple[WaitView, ...]
    appointments: tuple[AppointmentView, ...] = ()
    """Oldest first: the last stands."""

    @property
    def appointed(self) -> AppointmentView | None:
        """Return the appointment that stands."""
        return self.appointments[-1] if self.appointments else None

    @property
    def stands_still(self) -> bool:
        """Whether a prosecutor's answer is awaited, so that no end is known."""
        return any(one.answered_at is None for one in self.waits)


@dataclass(frozen=True)
class NewAttempt:
    """A try to arrest that failed. `id` is the sender's, so that it stands once."""

    tried_at: datetime | None
    tried_where: str
    words: str
    id: uuid.UUID = field(default_factory=ids.new)


@dataclass(frozen=True)
class AttemptView:
    """A try to arrest as shown."""

    tried_at: datetime
    tried_where: str
    words: str
    by_name: str


@dataclass(frozen=True)
class SuspectView:
    """A suspect as shown, with every release."""

    id: uuid.UUID | None
    incident_id: uuid.UUID
    person_id: uuid.UUID
    name: str
    arrested_at: datetime | None
    arrested_for: str
    no_arrest_reason: str
    no_arrest_why: str
    voluntary_authority: str
    reviewed_at: datetime | None
    reviewed_by_name: str
    review_agrees: bool | None
    review_words: str
    charged_at: datetime | None
    ended_as: str
    ended_at: datetime | None
    releases: tuple[ReleaseView, ...]
    reopenings: tuple[Mapping[str, str], ...] = ()
    attempts: tuple[AttemptView, ...] = ()


@dataclass(frozen=True)
class StanceView:
    """A victim's stance as shown."""

    person_id: uuid.UUID
    name: str
    stance: str
    words: str
    statement_taken: bool
    at: datetime
    by_name: str


@dataclass(frozen=True)
class DecidedView:
    """A decision about a crime as shown."""

    recorded: bool
    crime_number: str
    offence: str
    owner: str
    because: str
    source: str
    at: datetime
    by_name: str
    outcome: str
    outcome_at: datetime | None
    outcome_words: str
    limited: bool = False
    """Whether the time to charge is limited, so that it must be said when a statement is made."""
    statement_at: datetime | None = None


@dataclass(frozen=True)
class AskedView:
    """A request that a crime is none, as shown; not answered yet where `agreed` is none."""

    id: uuid.UUID
    by_name: str
    at: datetime
    because: str
    source: str
    agreed: bool | None
    answer: str
    answered_by_name: str


@dataclass(frozen=True)
class CrimeRow:
    """A disclosed crime with its decision, if one was made, and when one is due."""

    id: uuid.UUID
    incident_id: uuid.UUID
    reference: str
    person_id: uuid.UUID | None
    person_name: str
    title: str
    law: str
    detail: str
    told_by: tuple[Mapping[str, Any], ...]
    heard_at: datetime
    due_at: datetime | None
    state: str
    decided: DecidedView | None
    asked: tuple[AskedView, ...] = ()
    crime: str = ""

    @property
    def asked_now(self) -> AskedView | None:
        """Return the request that waits for the registrar."""
        return next((one for one in self.asked if one.agreed is None), None)


@dataclass(frozen=True)
class FormNeed:
    """A form the incident asks for, and how far it has got."""

    instrument: str
    title: str
    person_id: uuid.UUID
    person_name: str
    required: bool
    reason: str
    form_id: uuid.UUID | None
    state: str
    grade: str
    complete: bool
    owner: str = ""
    regraded: str = ""
    returned: tuple[str, ...] = ()


@dataclass(frozen=True)
class Attended:
    """An incident of an officer's day, with what is still to do there."""

    incident_id: uuid.UUID
    reference: str
    received_at: datetime
    opening_code: str
    address: str
    forms_open: int
    forms_returned: int
    forms_waiting: int
    late: int
    next_due_at: datetime | None
    returned: tuple[str, ...] = ()
    """Why each form that was sent back came back, in sentences."""


@dataclass(frozen=True)
class Scene:
    """Everything response holds of one incident."""

    needs: tuple[FormNeed, ...]
    clips: tuple[ClipView, ...]
    exhibits: tuple[ExhibitView, ...]
    suspects: tuple[SuspectView, ...]
    stances: tuple[StanceView, ...]
    crimes: tuple[CrimeRow, ...]
    officers: tuple[str, ...]
    i_attend: bool
    told: tuple[tuple[uuid.UUID, datetime, str, str], ...]
    """What victims were told: (whom, when, how, words)."""
    support: tuple[tuple[uuid.UUID, bool, str, datetime], ...]
    """Referrals to support: (whom, wanted, service, when)."""
    evidence_reviews: tuple[tuple[uuid.UUID, bool, str, datetime], ...]
