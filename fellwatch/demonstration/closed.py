"""A closed incident as rows: what `contact`'s actions leave behind once it was logged and closed."""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from fellwatch.demonstration import thrive
from fellwatch.demonstration.happenings import CHANNELS, Case
from fellwatch.demonstration.plan import Planned
from fellwatch.demonstration.rows import (
    AssessmentRow,
    Batch,
    GradingRow,
    HandlingRow,
    IncidentRow,
    LogLineRow,
    PartRow,
)
from fellwatch.demonstration.ruled import Ruled, Told
from fellwatch.demonstration.scenes import Scene
from fellwatch.demonstration.setting import Setting
from fellwatch.demonstration.signins import CALL_TAKERS

PATROLS = {"north": "NF", "west": "WF", "south": "SF"}
TARGET = {"emergency": 20.0, "priority": 60.0, "scheduled": 2000.0}
"""Minutes around which attendance falls, by grade. How long it took, not how long it may take."""

TRIGGER = "first_contact"


@dataclass(frozen=True)
class Times:
    """When somebody was sent, was there, and when it was over."""

    assigned_at: datetime | None
    arrived_at: datetime | None
    closed_at: datetime
    result: str
    unit: str


def channel(rng: random.Random, case: Case) -> str:
    """Return how the report arrived: 999 mostly, when something is dangerous."""
    choices = CHANNELS["emergency" if case.urgent else "other"]
    return rng.choices([c for c, _ in choices], [w for _, w in choices])[0]


def call_sign(rng: random.Random, area: str) -> str:
    """Return a patrol of the policing area."""
    return f"{PATROLS.get(area, 'SF')}{rng.randrange(10, 60)}"


@dataclass(frozen=True)
class Closed:
    """One closed incident, decided but not yet in rows."""

    id: str
    told: Told
    scene: Scene
    ruled: Ruled
    times: Times
    logged_at: datetime
    taker: tuple[str, str]


class Writer:
    """Writes closed incidents into a batch."""

    def __init__(self, rng: random.Random, batch: Batch, setting: Setting, new_id: Callable[[], str]) -> None:
        self.rng, self.batch, self.setting, self.new_id = rng, batch, setting, new_id

    def write(self, planned: Planned, told: Told, scene: Scene, ruled: Ruled) -> None:
        """Write the rows of one closed incident."""
        at = planned.received_at
        latest = self.setting.now - timedelta(minutes=1)
        logged = min(at + timedelta(seconds=self.rng.randrange(60, 420)), max(at, latest))
        times = self._times(ruled, scene, logged, latest, told.case.attend)
        taker = self.rng.choice(CALL_TAKERS)
        done = Closed(self.new_id(), told, scene, ruled, times, logged, taker)
        self.batch.add(self._incident(done, planned))
        for person, role, vulnerabilities in scene.parts:
            self.batch.add(PartRow(self.new_id(), done.id, person, role, list(vulnerabilities)))
        self.batch.add(_handling(done))
        self.batch.add(_grading(done, self.new_id()))
        self.batch.add(_assessment(done, self.new_id()))
        for moment, kind, text in _lines(done):
            line = LogLineRow(self.new_id(), done.id, moment, kind, text, *taker, "call_taker")
            self.batch.add(line)

    def _incident(self, done: Closed, planned: Planned) -> IncidentRow:
        case, qualifiers = done.told.case, list(done.told.case.qualifiers)
        return IncidentRow(
            id=done.id,
            reference=planned.reference,
            channel=done.told.channel,
            received_at=planned.received_at,
            occurred_at=self._occurred(case, planned.received_at),
            created_at=done.logged_at,
            created_by=done.taker[0],
            caller_number=done.scene.number,
            place_id=done.scene.place_id,
            summary=case.summary,
            opening_code=planned.kind.code,
            opening_qualifiers=qualifiers,
            closing_codes=[planned.kind.code],
            closing_qualifiers=qualifiers,
            result=done.times.result,
            closed_at=done.times.closed_at,
            closed_by=done.taker[0],
            compartment="",
            source="call",
        )

    def _occurred(self, case: Case, at: datetime) -> datetime | None:
        if case.dangers.get("in_progress") == "yes":
            return at
        return at - timedelta(hours=self.rng.randrange(1, 60)) if case.crime else None

    def _times(self, ruled: Ruled, scene: Scene, logged: datetime, latest: datetime, attend: bool) -> Times:
        by_phone = "Dealt with on the telephone."
        if not attend or ruled.grade not in TARGET or self.rng.random() < 0.08:
            closed = logged + timedelta(minutes=self.rng.uniform(8, 300))
            return Times(None, None, max(min(closed, latest), logged), by_phone, "")
        arrived = logged + timedelta(minutes=TARGET[ruled.grade] * self.rng.lognormvariate(-0.65, 0.6))
        sent = logged + (arrived - logged) * self.rng.uniform(0.1, 0.5)
        closed = arrived + timedelta(minutes=self.rng.lognormvariate(4.0, 0.7))
        if closed > latest:
            return Times(None, None, max(latest, logged), by_phone, "")
        return Times(sent, arrived, closed, "Attended and dealt with.", call_sign(self.rng, scene.area))


def _handling(done: Closed) -> HandlingRow:
    minutes = done.ruled.attend_minutes.get(done.scene.beat)
    return HandlingRow(
        incident_id=done.id,
        state="closed",
        grade=done.ruled.grade,
        number=1,
        graded_at=done.logged_at,
        attend_by=done.logged_at + timedelta(minutes=minutes) if minutes else None,
        attend_minutes=minutes,
        dangers=json.dumps(done.told.case.dangers),
        flags=list(done.ruled.flags),
        protected=list(done.ruled.protected),
        repeats="[]",
        unit=done.times.unit,
        assigned_at=done.times.assigned_at,
        arrived_at=done.times.arrived_at,
        delay_reason="",
        updated_at=done.times.closed_at,
    )


def _grading(done: Closed, grading_id: str) -> GradingRow:
    return GradingRow(
        id=grading_id,
        incident_id=done.id,
        number=1,
        grade=done.ruled.grade,
        proposed=done.ruled.grade,
        because=json.dumps(done.ruled.because),
        rule=done.ruled.rule,
        rule_version=done.ruled.rule_version,
        trigger=TRIGGER,
        rationale="",
        reason_code="",
        at=done.logged_at,
        by_id=done.taker[0],
        by_name=done.taker[1],
        confirmed_by_name="",
    )


def _assessment(done: Closed, assessment_id: str) -> AssessmentRow:
    ruled = done.ruled
    return AssessmentRow(
        id=assessment_id,
        instrument=ruled.instrument,
        instrument_version=ruled.instrument_version,
        variant=ruled.variant,
        incident_id=done.id,
        person_id=None,
        number=1,
        trigger=TRIGGER,
        answers=json.dumps(thrive.answers(done.told.case)),
        complete=ruled.complete,
        missing=json.dumps(ruled.missing),
        score=ruled.score,
        grade="",
        flags=list(ruled.assessment_flags),
        at=done.logged_at,
        by_id=done.taker[0],
        by_name=done.taker[1],
    )


def _lines(done: Closed) -> Iterator[tuple[datetime, str, str]]:
    times = done.times
    yield done.logged_at, "logged", done.told.case.summary
    if times.assigned_at and times.arrived_at:
        yield times.assigned_at, "assigned", f"{times.unit} sent."
        yield times.arrived_at, "on_scene", "On scene."
    yield times.closed_at, "closed", times.result
