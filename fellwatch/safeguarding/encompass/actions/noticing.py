"""Make the notices of an incident: one for each child and each place that must know. Run again, it adds what is new."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from fellwatch.foundation import access, audit, clock, ids, once, rows
from fellwatch.foundation.access import Actor
from fellwatch.records.models import Incident
from fellwatch.rules import school_notices
from fellwatch.rules.school_notices import Decision, Path, SchoolNotices, Setting
from fellwatch.safeguarding.encompass import calendar, finding
from fellwatch.safeguarding.encompass.access import RUN
from fellwatch.safeguarding.encompass.actions import sending, steps
from fellwatch.safeguarding.encompass.finding import Found
from fellwatch.safeguarding.encompass.models import Enrolment, Establishment, SchoolNotice

NOTICES = uuid.UUID("5b0c6c2e-7d1f-5a43-9b7e-656e636f6d70")
FORM_SAYS = "the officer's form"
FIRST: dict[Path, str] = {Path.DECIDE: "decide", Path.HOME_FORCE: "elsewhere", Path.NURSERY: "outside"}
NO_TEAM = "No education team is held here: telephone the authority."


def consider(incident_id: uuid.UUID, *, domestic: bool, by: Actor, now: datetime) -> int:
    """Make every notice that an incident asks for and return how many were new; run by a job, twice without harm.

    `domestic`: whoever took the call said so, though no code does.
    """
    access.check(by, RUN)
    with access.acting(by):
        return make(incident_id, domestic=domestic, by=by, now=now)


def make(incident_id: uuid.UUID, *, domestic: bool, by: Actor, now: datetime, decided: uuid.UUID | None = None) -> int:
    """Make what is new, and add what has become known to what was sent. A step: it joins the caller's transaction.

    `decided` is a child about whom a person has decided that it may be told.
    """
    once.only(uuid.uuid5(NOTICES, str(incident_id)))
    incident = Incident.objects.filter(id=incident_id).first()
    found = incident and steps.rule_on(clock.london_date(incident.received_at))
    if incident is None or not found:
        return 0
    rule, version = found
    if not (domestic or decided or finding.is_domestic(incident, rule)):
        return 0
    children = finding.children(incident, by=by)
    made = sum(_each(incident, rule, version, one, by, now, one.person.id == decided) for one in children)
    if made:
        audit.record(
            by=by, action="collection", sentence="safeguarding.notices_made", subject=("incident", incident.id),
            people=[one.person.id for one in children], detail={"notices": made},
        )  # fmt: skip
    return made


def _each(
    incident: Incident, rule: SchoolNotices, version: int, found: Found, by: Actor, now: datetime, decided: bool
) -> int:
    on = clock.london_date(incident.received_at)
    live = list(
        SchoolNotice.objects.filter(incident_id=incident.id, child_id=found.person.id)
        .exclude(state__in=["recalled", "answered"])
        .select_related("establishment", "incident")
    )
    places, doubt = _places(incident, found, by=by, now=now)
    decision = _decide(rule, incident, found, places, decided, now)
    if doubt and decision.path is Path.SCHOOL and not decided:
        decision = Decision(Path.DECIDE, doubt)
    if decision.path is Path.NONE:
        return 0
    if live and all(one.path in {"decide", "home_force"} for one in live):
        return 0
    _give_way(live, decision, by=by, now=now)
    for one in live:
        sending.add_what_is_new(one, rule, found, by=by, now=now)
    targets = _targets(decision, incident, places, on)
    if decision.path in {Path.ASK, Path.NURSERY} and any(one.path in {"school", "council"} for one in live):
        return 0
    new = [who for who in targets if not any(_covers(one, decision, who) for one in live)]
    for who in new:
        _make(incident, rule, version, found, decision, who, by=by, now=now)
    return len(new)


def _places(incident: Incident, found: Found, *, by: Actor, now: datetime) -> tuple[list[Enrolment], str]:
    """Return where a child learns. What the officer wrote is believed where nothing else is known, else doubted."""
    on = clock.london_date(incident.received_at)
    places = finding.enrolments(found.person.id, on)
    written = finding.school_written(found.answers)
    meant = finding.by_name(written, on) if written else None
    if meant is None or _denied(incident, found, meant):
        return places, ""
    if not places:
        steps.enrol(found.person.id, "school", meant.id, on=on, source=FORM_SAYS, also=False, by=by, now=now)
        return finding.enrolments(found.person.id, on), ""
    if meant.id in {one.establishment_id for one in places} or any(
        one.noted_at > incident.received_at for one in places
    ):
        return places, ""
    known = ", ".join(one.establishment.name if one.establishment else one.setting for one in places)
    return places, f"The officer's form names {meant.name}, the record says {known}: choose."


def _denied(incident: Incident, found: Found, school: Establishment) -> bool:
    """Whether a school has said of this incident's notice that the child is not its pupil."""
    told = SchoolNotice.objects.filter(incident_id=incident.id, child_id=found.person.id, establishment=school)
    return told.filter(disputed_at__isnull=False).exists()


def _decide(
    rule: SchoolNotices, incident: Incident, found: Found, places: Sequence[Enrolment], decided: bool, now: datetime
) -> Decision:
    known, today = clock.london_date(incident.received_at), clock.london_date(now)
    setting = Setting(places[0].setting) if places else Setting.UNKNOWN
    hidden = bool(incident.compartment or found.person.compartment)
    child = finding.child_of(found.person, setting=setting, hidden=hidden, known=known, now=today)
    if decided:
        child = replace(child, hidden=False, days_old=0, in_force_area=True)
    decision = school_notices.decide(rule, child, known)
    written = finding.school_written(found.answers)
    if decision.path is Path.ASK and written:
        meant = finding.by_name(written, known)
        if meant and _denied(incident, found, meant):
            return Decision(Path.ASK, f"The officer's form names {meant.name}, which says it is not theirs: asked.")
        return Decision(Path.ASK, f"The officer wrote “{written}”, which is no school held here, or several: asked.")
    return decision


def _targets(
    decision: Decision, incident: Incident, places: Sequence[Enrolment], on: object
) -> list[Establishment | None]:
    if decision.path is Path.SCHOOL:
        return [one.establishment for one in places if one.establishment]
    if decision.path in {Path.COUNCIL, Path.ASK}:
        district = incident.place.district if incident.place else ""
        return [finding.council(district, clock.london_date(incident.received_at))]
    return [None]


def _covers(one: SchoolNotice, decision: Decision, who: Establishment | None) -> bool:
    return one.path == decision.path and one.establishment_id == (who.id if who else None)


def _give_way(live: list[SchoolNotice], decision: Decision, *, by: Actor, now: datetime) -> None:
    """End what was asked, once it is known where the child learns."""
    if decision.path not in {Path.SCHOOL, Path.COUNCIL}:
        return
    for one in [one for one in live if one.path in {"ask", "nursery"}]:
        steps.settle(one, state="answered")
        steps.story(one, "answered", "It became known where the child learns.", at=now, by=by)
        steps.close_contents(one)
        steps.end_clock(one, "It became known where the child learns.", by=by, now=now)
        live.remove(one)


def _make(
    incident: Incident,
    rule: SchoolNotices,
    version: int,
    found: Found,
    decision: Decision,
    who: Establishment | None,
    *,
    by: Actor,
    now: datetime,
) -> None:
    id = ids.new()
    state, because = FIRST.get(decision.path, "held"), decision.because
    if state == "held" and who is None:
        state, because = "decide", f"{because} {NO_TEAM}"
    due = calendar.deadline(who, incident.received_at)
    notice = SchoolNotice(
        id=id, incident=incident, child_id=found.person.id, establishment=who, path=decision.path,
        linked_by=found.linked_by, state=state, because=because, receipt=f"S-{id.hex[-8:].upper()}",
        rule_version=version, statutory=rule.statutory, known_at=incident.received_at, due_at=due.due_at,
        due_words=due.doubt, created_at=now,
    )  # fmt: skip
    rows.add([notice])
    steps.story(notice, "made", f"The child {found.linked_by}. {because}", at=now, by=by)
    if state == "outside":
        return
    steps.owe(notice, by=by, now=now)
    if state == "held":
        sending.send_or_hold(notice, rule, found, by=by, now=now)
