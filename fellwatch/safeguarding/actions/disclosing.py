"""A disclosure request from first contact to its safety plan, each stage with a clock of its own.

In immediate danger somebody is told before any forum meets, with the reason; the request goes on all the same.
"""

import uuid
from datetime import datetime

from fellwatch.duties import actions as duties
from fellwatch.foundation import access, clock, once
from fellwatch.foundation.access import Actor
from fellwatch.rules import vocabulary
from fellwatch.safeguarding import life, schemes
from fellwatch.safeguarding.access import WRITE
from fellwatch.safeguarding.actions import steps
from fellwatch.safeguarding.models import Case
from fellwatch.safeguarding.schemes import Scheme
from fellwatch.safeguarding.values import Checks, Decided, Invalid, Met, NewRequest, Told

DISCLOSE = "disclose"
NO_RISK = ("no risk", "not a risk", "no danger", "is safe")


def open_request(new: NewRequest, *, by: Actor, now: datetime) -> uuid.UUID:
    """Open a request and start its clocks from when it was made. Sent twice, it stands once."""
    access.check(by, WRITE)
    with access.acting(by):
        once.only(new.id)
        if Case.objects.filter(id=new.id).exists():
            return new.id
        _check_request(new, now)
        subject, at_risk = steps.require_people(new.subject_id, new.at_risk_id)
        answers = {
            "applicant": new.applicant.strip(),
            "why": new.why.strip(),
            "safe_contact": new.safe_contact.strip(),
            "in_danger": new.in_danger,
        }
        values = {
            "id": new.id,
            "scheme": new.scheme,
            "route": new.route,
            "reference": steps.reference(new.scheme, new.id, new.asked_at),
            "subject_id": subject,
            "at_risk_id": at_risk,
            "incident_id": new.incident_id,
            "state": "asked",
            "asked_at": new.asked_at,
            "answers": answers,
        }
        words = f"{schemes.ROUTES[new.route]}. {new.why.strip()}"
        case = steps.add(values, words=words, kind="asked", at=new.asked_at, by=by, now=now)
        steps.owe(case, schemes.of(new.scheme).starts, new.asked_at, by=by, now=now)
    return new.id


def check(case_id: uuid.UUID, done: Checks, *, by: Actor, now: datetime) -> None:
    """Record the first checks. A system that was not searched needs its reason."""
    access.check(by, WRITE)
    found = steps.require_words(done.found, "found", "Say what the searches found, or that they found nothing.")
    with access.acting(by):
        case, scheme = _turn(case_id)
        if case.state != "asked" and life.after(case.scheme, case.state, "check") is None:
            return
        steps.require_past(done.done_at, "done_at", now)
        _since(case, done.done_at, "done_at")
        wrong = _unsearched(scheme, done, now)
        if wrong or done.in_danger not in {"yes", "no"}:
            raise Invalid(wrong or {"in_danger": "Say whether anybody is in danger now."})
        steps.move(case, "check", "found", answers={**case.answers, "in_danger": done.in_danger, "found": found})
        duties.meet(scheme.checks, about=case.id, by=by, now=done.done_at)
        detail = {"systems": list(done.systems), "not_searched_because": done.not_searched_because.strip()}
        danger = " Somebody is in danger now." if done.in_danger == "yes" else ""
        steps.tell(case, "checked", f"{found}{danger}", at=done.done_at, by=by, now=now, detail=detail)
        steps.logged(case, "checked", by=by)


def meet(case_id: uuid.UUID, met: Met, *, by: Actor, now: datetime) -> None:
    """Record the meeting face to face and how they proved who they are."""
    access.check(by, WRITE)
    identity = steps.require_words(met.identity, "identity", "Say which papers proved name, birth date and address.")
    words = steps.require_words(met.words, "words", "Say what they told you and what they fear.")
    with access.acting(by):
        case, scheme = _turn(case_id)
        steps.require_past(met.at, "at", now)
        _since(case, met.at, "at")
        steps.move(case, "meet", "words", answers={**case.answers, "identity": identity})
        duties.meet(scheme.meeting, about=case.id, by=by, now=met.at)
        steps.tell(case, "met", words, at=met.at, by=by, now=now, detail={"identity": identity})
        steps.logged(case, "met", by=by)


def decide(case_id: uuid.UUID, decided: Decided, *, by: Actor, now: datetime) -> None:
    """Record what the forum decided: disclosing needs each of the three tests; nothing may be called no risk."""
    access.check(by, WRITE)
    with access.acting(by):
        case, _ = _turn(case_id)
        steps.require_past(decided.at, "at", now)
        _since(case, decided.at, "at")
        if wrong := _undecided(decided):
            raise Invalid(wrong)
        kept = {"outcome": decided.outcome, "wording": decided.wording.strip()}
        steps.move(case, "decide", "outcome", answers={**case.answers, **kept})
        tests = {"lawful": decided.lawful, "necessary": decided.necessary, "proportionate": decided.proportionate}
        detail = {"chair": decided.chair.strip(), "agencies": decided.agencies.strip(), **tests, **kept}
        words = f"{schemes.OUTCOMES[decided.outcome]}. Chair: {decided.chair.strip()}."
        steps.tell(case, "decided", words, at=decided.at, by=by, now=now, detail=detail)
        steps.logged(case, "decided", by=by, outcome=decided.outcome)


def tell(case_id: uuid.UUID, told: Told, *, by: Actor, now: datetime) -> None:
    """Record that the decision was told; before one, only because it could not wait, with the reason."""
    access.check(by, WRITE)
    with access.acting(by):
        case, scheme = _turn(case_id)
        steps.require_past(told.at, "at", now)
        _since(case, told.at, "at")
        urgent = case.state != "decided"
        if wrong := _untold(case, told, urgent=urgent):
            raise Invalid(wrong)
        steps.move(case, "disclose_now" if urgent else "tell", "words")
        if not urgent:
            duties.meet(scheme.total, about=case.id, by=by, now=told.at)
        kind = "disclosed_now" if urgent else "told"
        detail = {
            "recipient": told.recipient,
            "by_whom": told.by_whom.strip(),
            "undertaking": told.undertaking,
            "urgent_because": told.urgent_because.strip(),
        }
        before = f"Before any forum, because: {told.urgent_because.strip()} " if urgent else ""
        words = f"{before}{schemes.RECIPIENTS[told.recipient]}, by {told.by_whom.strip()}. {told.words.strip()}"
        steps.tell(case, kind, words, at=told.at, by=by, now=now, detail=detail)
        outcome = str(case.answers.get("outcome", ""))
        action: schemes.Action = "disclosure" if urgent or outcome == DISCLOSE else "alteration"
        steps.logged(case, kind, by=by, action=action, recipient=told.recipient)


def plan(case_id: uuid.UUID, words: str, support: str, *, by: Actor, now: datetime) -> None:
    """Write the safety plan and the support offered, whatever was decided; the case is closed."""
    access.check(by, WRITE)
    safety = steps.require_words(words, "words", "Write what keeps the person safe now, whatever was decided.")
    offered = steps.require_words(support, "support", "Say which support was offered and whether it was taken.")
    with access.acting(by):
        case, _ = _turn(case_id)
        if case.state == "closed":
            return
        steps.move(case, "plan", "words", answers={**case.answers, "plan": safety}, closed_at=now)
        steps.settle_all(case, by=by, now=now, reason="The request is closed.")
        steps.tell(case, "planned", safety, at=now, by=by, now=now, detail={"support": offered})
        steps.logged(case, "planned", by=by)


def _turn(case_id: uuid.UUID) -> tuple[Case, Scheme]:
    case = steps.turn(case_id)
    if case.scheme not in life.DISCLOSURES:
        raise Invalid({"words": "This is not a disclosure request."})
    return case, schemes.of(case.scheme)


def _since(case: Case, at: datetime, field: str) -> None:
    if at < case.asked_at:
        raise Invalid({field: "This is before the request was made."})


def _check_request(new: NewRequest, now: datetime) -> None:
    steps.require_past(new.asked_at, "asked_at", now)
    wrong = {}
    if new.scheme not in life.DISCLOSURES:
        wrong["scheme"] = "Choose which scheme."
    if new.route not in schemes.ROUTES:
        wrong["route"] = "Choose who asks, or that the police know."
    if new.in_danger not in {"yes", "no", "not_known"}:
        wrong["in_danger"] = "Say whether anybody is in danger now."
    needed = {
        "why": "Say why, in their words or from what is known.",
        "applicant": "Say who asks and what they are to the person at risk; or which information came.",
        "safe_contact": "Say how and when they can be reached without danger.",
    }
    wrong |= {name: words for name, words in needed.items() if not str(getattr(new, name)).strip()}
    if wrong:
        raise Invalid(wrong)
    for name in needed:
        steps.require_words(str(getattr(new, name)), name, needed[name])


def _unsearched(scheme: Scheme, done: Checks, now: datetime) -> dict[str, str]:
    known = vocabulary.choices(schemes.systems(now), clock.london_date(now))
    wanted = {code.code: code.label for code in known if code.says("default")}
    missing = [label for code, label in wanted.items() if code not in done.systems]
    if missing and not done.not_searched_because.strip():
        return {"not_searched_because": f"Say why these were not searched: {', '.join(missing)}."}
    return {}


def _undecided(decided: Decided) -> dict[str, str]:
    wrong = {}
    if decided.outcome not in schemes.OUTCOMES:
        wrong["outcome"] = "Choose what was decided."
    if not decided.chair.strip():
        wrong["chair"] = "Give the chair's rank and name."
    if not decided.agencies.strip():
        wrong["agencies"] = "Say which agencies took part, or why none could."
    if not decided.wording.strip():
        wrong["wording"] = "Write the very words to be said. No paper is left behind."
    if decided.outcome != DISCLOSE and any(words in decided.wording.casefold() for words in NO_RISK):
        wrong["wording"] = "Do not say that there is no risk: nobody knows that. Say that there is nothing to disclose."
    if decided.outcome == DISCLOSE:
        tests = {name: str(getattr(decided, name)).strip() for name in schemes.TESTS}
        wrong |= {name: f"{words} Say why." for name, words in schemes.TESTS.items() if not tests[name]}
    return wrong


def _untold(case: Case, told: Told, *, urgent: bool) -> dict[str, str]:
    wrong = {}
    if told.recipient not in schemes.RECIPIENTS:
        wrong["recipient"] = "Choose who was told. Whoever asked for somebody else is not told what is disclosed."
    if len([one for one in told.by_whom.replace(" and ", ",").split(",") if one.strip()]) < 2:
        wrong["by_whom"] = "Name the two professionals who told them, with a comma between."
    if told.undertaking not in schemes.UNDERTAKINGS:
        wrong["undertaking"] = "Say whether the undertaking of confidentiality was signed."
    if not told.words.strip():
        wrong["words"] = "Say what was told and how it was taken."
    if urgent and not told.urgent_because.strip():
        wrong["urgent_because"] = "No forum has decided yet. Say what danger could not wait for it."
    return wrong
