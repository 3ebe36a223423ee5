"""A year of forms looked at again, and a queue of the last days, so that the central team has work and a past.

The past is written as rows; the last days by the rooms' own actions. Every figure is invented.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from fellwatch.assessments import actions as forms
from fellwatch.assessments.models import Assessment, Form, FormOwner, FormReview, Prompt
from fellwatch.assessments.values import Filled
from fellwatch.demonstration.after_the_call import CHECKLIST, WAITING, closed
from fellwatch.demonstration.identifiers import named
from fellwatch.duties import reckoning
from fellwatch.duties.models import Duty, DutyEvent
from fellwatch.foundation import access, audit, clock, policy
from fellwatch.foundation.access import Actor
from fellwatch.response import actions as response
from fellwatch.rules import allocation, instruments
from fellwatch.rules.allocation import Allocation
from fellwatch.rules.instruments import Instrument

LIVE = 9
PROMPTED_DAYS, BACKLOG_DAYS = 75, 40
TEAMS = {"south response": 0.10, "north response": 0.15, "west response": 0.24}
REASONS = (
    ("rationale", "rationale", 5),
    ("victims_view", "voice", 3),
    ("q18", "left_out", 2),
    ("q2", "detail", 1),
    ("grade", "grade", 1),
)
PROMPT = "Say what happened, when, and what you saw yourself."
GRADED = (("standard", 0.5), ("medium", 0.36), ("high", 0.14))
OWNED, CLOCK = "risk_owner", "second_look"
FEARED = {"q17": "yes", "q17_words": "Said that he would finish it.", "q18": "yes", "q18_words": "On the stairs."}


@dataclass
class _Rows:
    forms: list[Form] = field(default_factory=list)
    answers: list[Assessment] = field(default_factory=list)
    reviews: list[FormReview] = field(default_factory=list)
    owners: list[FormOwner] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)


def fill(*, by: Actor, supervisor: Actor, seed: int, now: datetime) -> int:
    """Write a year of reviews and the prompt that was added in it; return how many forms. Filled twice, once."""
    with access.acting(supervisor):
        _prompt(supervisor, now)
    rows = _made(by, seed, now)
    with access.acting(by):
        Form.objects.bulk_create(rows.forms, batch_size=1000, ignore_conflicts=True)
        Assessment.objects.bulk_create(rows.answers, batch_size=1000, ignore_conflicts=True)
        FormOwner.objects.bulk_create(rows.owners, batch_size=1000, ignore_conflicts=True)
        new = {one.id for one in rows.duties} - set(Duty.objects.filter(rule=CLOCK).values_list("id", flat=True))
        Duty.objects.bulk_create([one for one in rows.duties if one.id in new], batch_size=1000)
        noted = [
            DutyEvent(duty_id=one.id, at=one.started_at, kind="noted", by_name=by.name, by_id=by.id)
            for one in rows.duties
            if one.id in new
        ]
        DutyEvent.objects.bulk_create(noted, batch_size=1000)
        audit.record(
            by=by,
            action="collection",
            sentence="demonstration.batch_loaded",
            subject=("reviews", len(rows.reviews)),
            detail={"forms": len(rows.forms)},
        )
    with access.acting(supervisor):
        FormReview.objects.bulk_create(rows.reviews, batch_size=1000, ignore_conflicts=True)
    return len(rows.forms)


def _made(by: Actor, seed: int, now: datetime) -> _Rows:
    """Make the rows of each incident's form, save where somebody has written one."""
    asked, rows = policy.parsed("dash", clock.london_date(now), Instrument), _Rows()
    with access.acting(by):
        known = dict(Form.objects.filter(instrument="dash").values_list("incident_id", "id"))
        for incident, at, people in _past(now):
            ours = UUID(named(f"form/{incident}"))
            if known.get(incident, ours) == ours:
                _one(random.Random(f"{seed}/review/{incident}"), incident, at, people["victim"], asked, rows, by, now)
    return rows


def _past(now: datetime) -> list[tuple[UUID, datetime, dict[str, UUID]]]:
    return list(closed(now))[: -(WAITING + LIVE)]


def _prompt(supervisor: Actor, now: datetime) -> None:
    Prompt.objects.get_or_create(
        id=UUID(named("prompt/rationale")),
        defaults={
            "instrument": "dash",
            "question": "rationale",
            "words": PROMPT,
            "because": "Reasons that would fit any form: nobody can tell from them what was feared.",
            "from_at": now - timedelta(days=PROMPTED_DAYS),
            "by_id": supervisor.id,
            "by_name": supervisor.name,
        },
    )


def _one(
    rng: random.Random,
    incident: UUID,
    received_at: datetime,
    victim: UUID,
    asked: Instrument,
    rows: _Rows,
    by: Actor,
    now: datetime,
) -> None:
    at = received_at + timedelta(hours=rng.randint(2, 10))
    team = rng.choice(tuple(TEAMS))
    grade = _draw(rng)
    prompted = at > now - timedelta(days=PROMPTED_DAYS)
    reason = _returned_for(rng, TEAMS[team], prompted)
    waits = at > now - timedelta(days=BACKLOG_DAYS) and rng.random() < 0.25
    answers = {**CHECKLIST, **(FEARED if grade == "high" else {}), "grade": grade}
    form = _form(incident, victim, answers, grade, at, team, 2 if reason else 1, asked, by)
    form.state = "second" if waits else "settled"
    form.closed_number = 0 if waits else form.number
    rows.forms.append(form)
    rows.answers += [
        _answers(form, n, answers, at + timedelta(hours=20 * (n - 1)), by) for n in range(1, form.number + 1)
    ]
    seen_at = at + timedelta(hours=rng.randint(1, 8))
    if reason:
        rows.reviews.append(_review(form, 1, "supervisor", "returned", seen_at, by, reasons=reason))
        form.submitted_at = at + timedelta(hours=20)
        seen_at = form.submitted_at + timedelta(hours=3)
    rows.reviews.append(_review(form, form.number, "supervisor", "accepted", seen_at, by))
    form.passed_on_at = seen_at
    _own(form, at, rows, by)
    if waits:
        rows.duties.append(_duty(form, seen_at, now))
    else:
        _settle(rng, form, seen_at + timedelta(hours=rng.randint(2, 60)), rows, by)


def _draw(rng: random.Random) -> str:
    draw = rng.random()
    for grade, share in GRADED:
        draw -= share
        if draw < 0:
            return grade
    return "standard"


def _returned_for(rng: random.Random, rate: float, prompted: bool) -> dict[str, dict[str, str]]:
    """Say what is sent back, if anything: since the prompt, a reason that does not carry the grade comes rarely."""
    if rng.random() >= rate:
        return {}
    question, code, _ = rng.choices(REASONS, [weight for _, _, weight in REASONS])[0]
    if question == "rationale" and prompted and rng.random() < 0.75:
        return {}
    return {question: {"code": code, "words": "What happened, and when?"}}


def _form(
    incident: UUID,
    victim: UUID,
    answers: Mapping[str, str],
    grade: str,
    at: datetime,
    team: str,
    number: int,
    asked: Instrument,
    by: Actor,
) -> Form:
    projected = instruments.projections(asked, answers)
    flags, score = projected["flags"], projected["score"]
    return Form(
        id=UUID(named(f"form/{incident}")),
        instrument="dash",
        instrument_version=policy.version("dash", clock.london_date(at)).number,
        incident_id=incident,
        person_id=victim,
        number=number,
        grade=grade,
        score=score if isinstance(score, int) else None,
        flags=flags if isinstance(flags, list) else [],
        complete=True,
        opened_at=at,
        opened_by_id=by.id,
        opened_by_name="Rosa Pike",
        changed_at=at,
        submitted_at=at,
        submitted_by_id=by.id,
        submitted_by_name="Rosa Pike" if team == "south response" else "Ben Syke",
        submitted_team=team,
        passed_on_because=[f"Graded {grade}."],
    )


def _answers(form: Form, number: int, answers: Mapping[str, str], at: datetime, by: Actor) -> Assessment:
    return Assessment(
        id=UUID(named(f"answers/{form.incident_id}/{number}")),
        instrument=form.instrument,
        instrument_version=form.instrument_version,
        incident_id=form.incident_id,
        person_id=form.person_id,
        number=number,
        trigger="desk",
        answers=dict(answers),
        complete=True,
        missing=[],
        score=form.score,
        grade=form.grade,
        flags=form.flags,
        at=at,
        by_id=by.id,
        by_name=form.submitted_by_name,
    )


def _review(
    form: Form,
    number: int,
    stage: str,
    outcome: str,
    at: datetime,
    by: Actor,
    *,
    reasons: Mapping[str, Mapping[str, str]] | None = None,
    grade: str = "",
    note: str = "",
) -> FormReview:
    return FormReview(
        id=UUID(named(f"review/{form.incident_id}/{number}/{stage}")),
        form=form,
        number=number,
        stage=stage,
        outcome=outcome,
        reasons=dict(reasons or {}),
        note=note,
        officer_grade=form.grade,
        grade=grade,
        closes=stage == "central",
        team=form.submitted_team,
        at=at,
        by_id=by.id,
        by_name="Gwen Bield" if stage == "central" else "Sam Force",
    )


def _settle(rng: random.Random, form: Form, at: datetime, rows: _Rows, by: Actor) -> None:
    """Let the central team accept it, or grade one in fourteen anew."""
    anew = form.grade == "standard" and rng.random() < 0.14
    if anew:
        form.specialist_grade = "medium"
        note = "The third call since the summer, each sooner than the last: more than it looks alone."
        rows.reviews.append(_review(form, form.number, "central", "regraded", at, by, grade="medium", note=note))
    else:
        rows.reviews.append(_review(form, form.number, "central", "accepted", at, by))
    form.changed_at = at


def _own(form: Form, at: datetime, rows: _Rows, by: Actor) -> None:
    lines = policy.parsed(OWNED, clock.london_date(at), Allocation)
    given = allocation.given(lines, {"form": form.instrument, "risk_grade": form.grade})
    if given is None:
        return
    form.owner, form.owner_because = given.owner, given.because
    version = policy.version(OWNED, clock.london_date(at)).number
    owner = {"owner": given.owner, "because": given.because, "rule_version": version, "at": at}
    id = UUID(named(f"owner/{form.incident_id}"))
    rows.owners.append(FormOwner(id=id, form=form, by_id=by.id, by_name=form.submitted_by_name, **owner))


def _duty(form: Form, at: datetime, now: datetime) -> Duty:
    """Start the clock of a form that waits, as passing it on does."""
    found = reckoning.one(CLOCK, at=at, facts={"risk": form.grade})
    assert found is not None
    return Duty(
        id=UUID(named(f"second-look/{form.incident_id}")),
        rule=found.rule,
        rule_version=found.version,
        title=found.title,
        owner=found.owner,
        fact="form.passed_on",
        incident_id=form.incident_id,
        about=form.id,
        started_at=at,
        due_at=found.due_at,
        warn_at=found.warn_at,
        facts={"risk": form.grade},
        working=list(found.working),
    )


def queue(*, officer: Actor, supervisor: Actor, reviewer: Actor, now: datetime) -> int:
    """Let the last days' forms be handed in, accepted and looked at as people do; return how many wait."""
    with access.acting(officer):
        newest = list(closed(now))[-(WAITING + LIVE) : -WAITING]
    waiting = 0
    for number, (incident, _, people) in enumerate(newest):
        at = now - timedelta(hours=30 - 3 * number)
        form_id = _handed_in(number, incident, people["victim"], officer, at)
        if form_id and number != 1:
            forms.review(form_id, "accepted", seen=1, by=supervisor, now=at + timedelta(hours=1))
            waiting += _looked_at(number, form_id, reviewer, at + timedelta(hours=2))
    return waiting


def _handed_in(number: int, incident: UUID, victim: UUID, officer: Actor, at: datetime) -> UUID | None:
    answers = {**CHECKLIST, "grade": ("medium", "standard", "high")[number % 3]}
    answers |= FEARED if number % 3 == 2 else {}
    filled = Filled(incident, "dash", answers, victim, id=UUID(named(f"checklist/{incident}")))
    with access.acting(officer):
        if _begun(incident).exists():
            return None
    form_id = forms.save(filled, by=officer, now=at)
    response.hand_in(form_id, seen=1, by=officer, now=at)
    return form_id


def _begun(incident: UUID) -> "QuerySet[Form, Form]":
    return Form.objects.filter(incident_id=incident, instrument="dash")


def _looked_at(number: int, form_id: UUID, reviewer: Actor, at: datetime) -> int:
    """Let the reviewer send one back, grade one anew, accept one; the others wait."""
    match number:
        case 0:
            reasons = {"rationale": {"code": "rationale", "words": "Which threat, and when was it made?"}}
            looked = forms.Looked("returned", 1, note="Thank you for the rest of it.", reasons=reasons)
        case 4:
            note = "The neighbour's account and the bruise say more than the form: this is not standard."
            looked = forms.Looked("regraded", 1, grade="medium", note=note)
        case 5:
            looked = forms.Looked("accepted", 1)
        case _:
            return 1
    forms.look_at(form_id, looked, by=reviewer, now=at)
    return 0
