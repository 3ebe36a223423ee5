"""Release a suspect before charge, on bail or under investigation, and extend bail by the law of the arrest's date."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from fellwatch.assessments.values import Invalid
from fellwatch.duties import actions as duties
from fellwatch.duties import reckoning
from fellwatch.duties.reckoning import Reckoned
from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor
from fellwatch.response import checks, facts
from fellwatch.response.access import RESPOND
from fellwatch.response.actions import answering, bail_orders, steps
from fellwatch.response.models import Extension, ProsecutorWait, Release, Suspect
from fellwatch.response.values import NewExtension, NewRelease
from fellwatch.rules import bail
from fellwatch.rules.vocabulary import Vocabulary

BAIL, UNDER_INVESTIGATION = "bail", "under_investigation"
RULE = "pre_charge_bail"


def release(suspect_id: uuid.UUID, new: NewRelease, *, by: Actor, now: datetime) -> None:
    """Release somebody arrested. On bail, its end is reckoned and shown with its working, and its clock runs.

    Raises Invalid where the rank may not do it, where no victim was asked about conditions and nobody says why,
    and where somebody is released without conditions in domestic abuse without an inspector's view.
    """
    access.check(by, RESPOND)
    with steps.turn(new.id, by=by):
        suspect = steps.row(Suspect, suspect_id)
        if steps.sent_before(Release, new.id, suspect_id=suspect_id, kind=new.kind):
            return
        arrested_at = _arrested(suspect)
        stage = bail.first(_stages(arrested_at)).code if new.kind == BAIL else ""
        due = _reckon(arrested_at, {"stage": stage}) if stage else None
        checks.stop(
            _wrong(new, suspect, now),
            _wrong_authority(new, suspect, arrested_at),
            _wrong_answer(new, due.due_at if due else None, now),
        )
        Release.objects.create(
            id=new.id,
            suspect_id=suspect_id,
            kind=new.kind,
            released_at=new.released_at,
            rank=new.rank,
            authorised_by=new.authorised_by.strip(),
            because=new.because.strip(),
            conditions=[{"code": code, "words": words.strip()} for code, words in new.conditions],
            victim_view=new.victim_view.strip(),
            victim_not_asked=new.victim_not_asked.strip(),
            stage=stage,
            ends_at=due.due_at if due else None,
            working=list(due.working) if due else [],
            rule_version=due.version if due else None,
            at=now,
            by_id=by.id,
            by_name=by.name,
        )
        if due:
            _clock(suspect, new.id, arrested_at, {"stage": stage}, by=by, now=now)
            answering.store(steps.row(Release, new.id), new.answer, by=by, now=now)
            bail_orders.make(steps.row(Release, new.id), here=new.here, at=new.released_at, by=by, now=now)
        enhanced = facts.is_enhanced(suspect.incident)
        steps.victims_must_hear(suspect.incident_id, new.released_at, by=by, now=now, enhanced=enhanced)
        kinds = [code for code, _ in new.conditions]
        steps.logged(
            suspect.incident_id, "released", by=by, people=[suspect.person_id], kind=new.kind, conditions=kinds
        )


def _arrested(suspect: Suspect) -> datetime:
    if suspect.arrested_at is None:
        raise Invalid({"released_at": "Record the arrest first: its date says which law of bail holds."})
    return suspect.arrested_at


def _wrong(new: NewRelease, suspect: Suspect, now: datetime) -> dict[str, str]:
    if new.kind not in {BAIL, UNDER_INVESTIGATION}:
        return {"kind": "Choose bail or release under investigation."}
    wrong = checks.moment("released_at", new.released_at, now, "Say when they were released.")
    if not wrong and suspect.arrested_at and new.released_at < suspect.arrested_at:
        wrong["released_at"] = "Nobody is released before the arrest. Look at both times."
    wrong |= checks.words("authorised_by", new.authorised_by, "Name whoever authorised it, with their number.", 120)
    wrong |= checks.words("because", new.because, _why_needed(new))
    wrong |= checks.short("victim_view", new.victim_view) | checks.short("victim_not_asked", new.victim_not_asked)
    wrong |= wrong_conditions(new.conditions, new.released_at)
    if new.kind == UNDER_INVESTIGATION and new.conditions:
        wrong["kind"] = "Nobody released under investigation can have conditions. Choose bail, or take them out."
    if new.kind == BAIL and not (new.victim_view.strip() or new.victim_not_asked.strip()):
        wrong["victim_view"] = "Say what the victim thinks of the conditions, or why nobody could ask."
    return wrong


def _wrong_answer(new: NewRelease, ends_at: datetime | None, now: datetime) -> dict[str, str]:
    if new.kind == BAIL:
        return answering.wrong(new.answer, ends_at, after=new.released_at, now=now)
    if new.kind == UNDER_INVESTIGATION and new.answer.at:
        return {"answer_at": "Nobody released under investigation must come back. Choose bail, or take this out."}
    return {}


def wrong_conditions(conditions: Sequence[tuple[str, str]], on: datetime) -> dict[str, str]:
    """Return what is wrong with conditions, beside each. A step."""
    wrong: dict[str, str] = {}
    for n, (code, words) in enumerate(conditions):
        wrong |= checks.code(f"condition-{n}", "bail_conditions", code, on, "Choose a condition.")
        wrong |= checks.words(f"condition_words-{n}", words, "Say whom, where or when exactly.", 500)
    return wrong


def _why_needed(new: NewRelease) -> str:
    if new.kind == BAIL:
        return "Say why bail is necessary and proportionate."
    return "Say why there is no bail, and what keeps the victim safe instead."


def _wrong_authority(new: NewRelease, suspect: Suspect, arrested_at: datetime) -> dict[str, str]:
    if new.kind == BAIL:
        stages = _stages(arrested_at)
        asked = bail.Asked(bail.first(stages).code, new.rank, new.released_at)
        return dict(bail.objections(stages, asked))
    if new.rank not in bail.RANKS:
        return {"rank": "Choose the rank of whoever decided."}
    if facts.is_domestic(suspect.incident) and new.rank == bail.RANKS[0]:
        return {"rank": "Domestic abuse: an inspector must have looked before anyone goes without conditions."}
    return {}


def extend(release_id: uuid.UUID, new: NewExtension, *, by: Actor, now: datetime) -> None:
    """Extend bail by one stage, while the period still runs, on the authority that the stage needs."""
    access.check(by, RESPOND)
    checks.stop(_wrong_extension(new, now))
    with steps.turn(release_id, by=by):
        release = steps.row(Release, release_id)
        if steps.sent_before(Extension, new.id, release_id=release_id, stage=new.stage):
            return
        arrested_at = _may_extend(release, new)
        known = clock_facts(release, new.stage, new.authorised_at)
        due = _reckon(arrested_at, known)
        checks.stop(answering.wrong(new.answer, due.due_at, after=release.released_at, now=now))
        Extension.objects.create(
            id=new.id,
            release_id=release_id,
            stage=new.stage,
            authorised_at=new.authorised_at,
            rank=new.rank,
            authorised_by=new.authorised_by.strip(),
            because=new.because.strip(),
            representations=new.representations.strip(),
            ends_at=due.due_at,
            working=list(due.working),
            at=now,
            by_id=by.id,
            by_name=by.name,
        )
        pause_clock(release, by=by, now=now)
        Release.objects.filter(id=release_id).update(stage=new.stage, ends_at=due.due_at, working=list(due.working))
        answering.store(release, new.answer, by=by, now=now)
        _clock(release.suspect, new.id, arrested_at, known, by=by, now=now)
        _tell_extended(release, new, due.due_at, by=by, now=now)


def _wrong_extension(new: NewExtension, now: datetime) -> dict[str, str]:
    return {
        **checks.moment("authorised_at", new.authorised_at, now, "Say when it was authorised."),
        **checks.words("authorised_by", new.authorised_by, "Name whoever authorised it, with their number.", 120),
        **checks.words("because", new.because, "Say why more time is needed, and that the case is moved on."),
        **checks.words("representations", new.representations, "Say what the suspect, once told, had to say."),
    }


def _may_extend(release: Release, new: NewExtension) -> datetime:
    """Return when the arrest was, or raise Invalid: bail must run, its time too, and the rank must suffice."""
    if release.kind != BAIL or release.ended_at:
        raise Invalid({"stage": "There is no bail here that runs."})
    arrested_at = _arrested(release.suspect)
    if ProsecutorWait.objects.filter(release_id=release.id, answered_at__isnull=True).exists():
        raise Invalid({"stage": "Bail's time stands still while the prosecutor decides. Record the answer first."})
    asked = bail.Asked(new.stage, new.rank, new.authorised_at, release.stage, release.ends_at)
    wrong = dict(bail.objections(_stages(arrested_at), asked))
    checks.stop({"authorised_at" if field == "at" else field: words for field, words in wrong.items()})
    return arrested_at


def _tell_extended(release: Release, new: NewExtension, ends_at: datetime | None, *, by: Actor, now: datetime) -> None:
    """Let the orders behind the bail last as long, and have everybody told who must know: the log says so."""
    suspect = release.suspect
    rank = new.rank.replace("_", " ")
    bail_orders.last_until(release, ends_at, f"Extended by {rank} {new.authorised_by.strip()}.", by=by, now=now)
    bail_orders.tell_answer(release, "Bail was extended.", by=by, now=now)
    enhanced = facts.is_enhanced(suspect.incident)
    steps.victims_must_hear(suspect.incident_id, new.authorised_at, by=by, now=now, enhanced=enhanced)
    steps.logged(suspect.incident_id, "bail_extended", by=by, people=[suspect.person_id], stage=new.stage)


def last_day(arrested_at: datetime) -> date | None:
    """Return the last day of bail as it begins after an arrest, where the law of that day gives one."""
    found = reckoning.one(RULE, at=arrested_at, facts={"stage": bail.first(_stages(arrested_at)).code})
    return clock.london_date(found.due_at - answering.INSTANT) if found and found.due_at else None


def _stages(arrested_at: datetime) -> Vocabulary:
    return checks.codes("bail_stages", arrested_at)


def clock_facts(release: Release, stage: str, authorised_at: datetime | None = None) -> dict[str, str]:
    """Return what bail's clock asks: the stage, when it was authorised, and while a prosecutor's answer was awaited."""
    waits = ProsecutorWait.objects.filter(release_id=release.id).order_by("sent_at")
    spells = [f"{one.sent_at.isoformat()}..{one.answered_at.isoformat() if one.answered_at else ''}" for one in waits]
    return {
        "stage": stage,
        **({"authorised_at": authorised_at.isoformat()} if authorised_at else {}),
        **({"with_prosecutor": ",".join(spells)} if spells else {}),
    }


def resume_clock(release: Release, about: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Reckon anew when bail ends, with the time that a prosecutor took, and start its clock again. A step."""
    suspect = release.suspect
    arrested_at = _arrested(suspect)
    stage = release.extensions.filter(stage=release.stage).first()
    known = clock_facts(release, release.stage, stage.authorised_at if stage else None)
    due = _reckon(arrested_at, known)
    Release.objects.filter(id=release.id).update(ends_at=due.due_at, working=list(due.working))
    _clock(suspect, about, arrested_at, known, by=by, now=now)
    words = "The prosecutor has answered: its time runs on."
    bail_orders.last_until(release, due.due_at, words, by=by, now=now)


def pause_clock(release: Release, *, by: Actor, now: datetime, reason: str = "Bail was extended.") -> None:
    """End the clock of bail as it stood. A step."""
    things = [release.id]
    things += release.extensions.values_list("id", flat=True)
    things += release.waits.values_list("id", flat=True)
    for thing in things:
        duties.replace(RULE, incident_id=release.suspect.incident_id, by=by, now=now, about=thing, reason=reason)


def _reckon(arrested_at: datetime, known: dict[str, str]) -> Reckoned:
    found = reckoning.one(RULE, at=arrested_at, facts=known)
    if found is None:
        raise Invalid({"arrested_at": "No law of bail before charge in the rulebook holds on that day."})
    return found


def _clock(
    suspect: Suspect, about: uuid.UUID, arrested_at: datetime, known: dict[str, str], *, by: Actor, now: datetime
) -> None:
    fact = duties.Fact("suspect.arrested", arrested_at, known)
    duties.note(fact, by=by, now=now, incident_id=suspect.incident_id, about=about)
