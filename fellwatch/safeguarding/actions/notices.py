"""Write a notice: open the case, answer the legal test, say what it forbids, send it for authority."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from fellwatch.foundation import access, clock, once, plain
from fellwatch.foundation.access import Actor
from fellwatch.orders import law
from fellwatch.rules import legal_orders
from fellwatch.rules.legal_orders import Chosen, LegalOrder
from fellwatch.safeguarding import weighing
from fellwatch.safeguarding.access import WRITE
from fellwatch.safeguarding.actions import steps
from fellwatch.safeguarding.models import Case
from fellwatch.safeguarding.values import Invalid, NewNotice

LONGEST = 8000


def open_notice(new: NewNotice, *, by: Actor, now: datetime) -> uuid.UUID:
    """Open a case for a notice. Raises Invalid where the law gives no such notice here today."""
    access.check(by, WRITE)
    on = clock.london_date(now)
    with access.acting(by):
        once.only(new.id)
        if Case.objects.filter(id=new.id).exists():
            return new.id
        regime = next((one for one in law.regimes(on) if one.kind == new.scheme), None)
        if regime is None or not regime.available:
            raise Invalid({"scheme": regime.because if regime else "Choose which notice."})
        subject, at_risk = steps.require_people(new.subject_id, new.at_risk_id)
        values = {
            "id": new.id,
            "scheme": new.scheme,
            "rule_version": law.version(new.scheme, on).number,
            "reference": steps.reference(new.scheme, new.id, now),
            "subject_id": subject,
            "at_risk_id": at_risk,
            "incident_id": new.incident_id,
            "place_id": new.place_id,
            "state": "considered",
            "asked_at": now,
        }
        steps.add(values, words=f"A {regime.short} is considered.", kind="considered", at=now, by=by, now=now)
    return new.id


def ground(case_id: uuid.UUID, answers: Mapping[str, str], *, seen: int, by: Actor, now: datetime) -> None:
    """Keep the answers to the legal test, as far as they go; whether it is met is decided when it is sent."""
    access.check(by, WRITE)
    with access.acting(by):
        case = _mine(case_id, seen)
        rule = weighing.rule_of(case)
        given = {ask.id: str(answers.get(ask.id, "")).strip() for ask in rule.asks}
        if wrong := _wrong(rule, given):
            raise Invalid(wrong)
        steps.move(case, "ground", "grounds", answers=given)
        steps.tell(case, "grounded", "The grounds were written.", at=now, by=by, now=now, detail={"answers": given})
        steps.logged(case, "grounded", by=by)


def say(case_id: uuid.UUID, chosen: Sequence[Chosen], *, seen: int, by: Actor, now: datetime) -> None:
    """Keep what the notice is to say; only what the law allows, and always what it demands."""
    access.check(by, WRITE)
    with access.acting(by):
        case = _mine(case_id, seen)
        shared = case.answers.get("lives_with") == "yes"
        wrong = legal_orders.terms_refused(weighing.rule_of(case), chosen, shared_home=shared)
        if wrong:
            raise Invalid({f"term-{term}" if term else "terms": words for term, words in wrong.items()})
        terms = [{**asdict(one), "yes": sorted(one.yes)} for one in chosen]
        steps.move(case, "say", "terms", terms=terms)
        steps.tell(case, "said", "What it says was chosen.", at=now, by=by, now=now, detail={"terms": terms})
        steps.logged(case, "said", by=by)


def send(case_id: uuid.UUID, *, seen: int, by: Actor, now: datetime) -> None:
    """Send it for authority. Raises Invalid with every line of the test that is not met, each saying what to do."""
    access.check(by, WRITE)
    with access.acting(by):
        case = _mine(case_id, seen)
        outcome = weighing.tested(case, now)
        wrong = {f"line-{line.id}": f"{line.words} ({line.law})" for line in outcome.against}
        if not case.terms:
            wrong["terms"] = "Choose what the notice says first."
        if wrong:
            raise Invalid(wrong)
        steps.move(case, "send", "send")
        words = (
            f"Sent for the authority of {_article(weighing.rule_of(case).rank)} {weighing.rule_of(case).rank} or above."
        )
        steps.tell(case, "sent", words, at=now, by=by, now=now)
        steps.logged(case, "sent", by=by)


def _article(word: str) -> str:
    """Return "a" or "an"."""
    return "an" if word[:1] in "aeiou" else "a"


def _mine(case_id: uuid.UUID, seen: int) -> Case:
    case = steps.turn(case_id)
    if case.version != seen:
        raise Invalid({"seen": steps.MOVED})
    return case


def _wrong(rule: LegalOrder, given: Mapping[str, str]) -> dict[str, str]:
    wrong = {}
    for ask in rule.asks:
        value = given[ask.id]
        if ask.options and value and value not in {option.id for option in ask.options}:
            wrong[ask.id] = "Choose one of the answers."
        elif problem := plain.problem(value, LONGEST):
            wrong[ask.id] = problem
    return wrong
