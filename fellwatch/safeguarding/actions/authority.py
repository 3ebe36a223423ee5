"""The authority the law asks for: given or refused from that officer's own sign-in; and how a case ends."""

import uuid
from datetime import datetime

from fellwatch.duties.models import Duty
from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.orders import actions as orders
from fellwatch.orders.models import Breach, Order
from fellwatch.orders.values import NewOrder
from fellwatch.safeguarding import life, weighing
from fellwatch.safeguarding.access import INSPECTOR, RANKS, WRITE, rank_of
from fellwatch.safeguarding.actions import steps
from fellwatch.safeguarding.models import Case, CaseEvent
from fellwatch.safeguarding.values import Invalid


def authorise(case_id: uuid.UUID, words: str, *, seen: int, by: Actor, now: datetime) -> uuid.UUID:
    """Authorise a notice, which exists from then, and return it. The test is tried again; nobody authorises their own.

    Said twice, it stands once.
    """
    access.check(by, INSPECTOR, subject=("case", str(case_id)))
    with access.acting(by):
        case = _to_decide(case_id, by)
        if again := Order.objects.filter(case_id=case.id).values_list("id", flat=True).first():
            return again
        why = steps.require_words(words, "words", "Say why it is necessary, in your own words. It is your decision.")
        _check(case, seen, by)
        against = weighing.tested(case, now).against
        if against:
            raise Invalid({f"line-{line.id}": f"{line.words} ({line.law})" for line in against})
        steps.move(case, "authorise", "words")
        steps.tell(case, "authorised", why, at=now, by=by, now=now, detail={"rank": rank_of(by)})
        steps.logged(case, "authorised", by=by, rank=rank_of(by))
        return orders.make(_notice(case, by, now), by=by, now=now)


def refuse(case_id: uuid.UUID, words: str, *, seen: int, by: Actor, now: datetime) -> None:
    """Send it back to be written again, or withdrawn, with the reason."""
    access.check(by, INSPECTOR, subject=("case", str(case_id)))
    with access.acting(by):
        case = _to_decide(case_id, by)
        why = steps.require_words(words, "words", "Say what is missing or what would protect instead.")
        _check(case, seen, by)
        steps.move(case, "refuse", "words")
        steps.tell(case, "refused", why, at=now, by=by, now=now, detail={"rank": rank_of(by)})
        steps.logged(case, "refused", by=by, rank=rank_of(by))


def withdraw(case_id: uuid.UUID, words: str, *, by: Actor, now: datetime) -> None:
    """End a case before its time, with its notice where there is one. Said twice, it stands once."""
    access.check(by, WRITE)
    why = steps.require_words(words, "words", "Say why, and what keeps the person safe instead.")
    with access.acting(by):
        case = steps.turn(case_id)
        if case.state == "closed":
            return
        steps.move(case, "withdraw", "words", closed_at=now)
        for order_id in Order.objects.filter(case_id=case.id).exclude(state="ended").values_list("id", flat=True):
            orders.end(order_id, "withdrawn", why, at=now, by=by, now=now)
        if case.scheme in life.DISCLOSURES:
            steps.settle_all(case, by=by, now=now, reason=why)
        steps.tell(case, "withdrawn", why, at=now, by=by, now=now)
        steps.logged(case, "withdrawn", by=by)


def close(case_id: uuid.UUID, words: str, *, by: Actor, now: datetime) -> None:
    """Close a case when nothing binds and nothing is owed any more; say what was learnt."""
    access.check(by, WRITE)
    why = steps.require_words(words, "words", "Say how it ended and what keeps the person safe now.")
    with access.acting(by):
        case = steps.turn(case_id)
        if case.state == "closed":
            return
        if Order.objects.filter(case_id=case.id).exclude(state="ended").exclude(ends_at__lte=now).exists():
            raise Invalid({"words": "Something still binds or waits to be served. End it first, or let it run out."})
        breaches = Breach.objects.filter(order__case_id=case.id).values_list("id", flat=True)
        owed = Duty.objects.filter(about__in=[case.id, *breaches], state__in=["open", "late"])
        if owed.exists():
            names = ", ".join(owed.values_list("title", flat=True))
            raise Invalid({"words": f"Still owed: {names}. Meet it first, or have it waived with a reason."})
        steps.move(case, "close", "words", closed_at=now)
        steps.tell(case, "closed", why, at=now, by=by, now=now)
        steps.logged(case, "closed", by=by)


def _to_decide(case_id: uuid.UUID, by: Actor) -> Case:
    """Return the case for whoever has the rank its law asks for; anybody else is refused and that is logged."""
    case = steps.turn(case_id)
    access.check(by, RANKS[weighing.rule_of(case).rank], subject=("case", str(case_id)))
    return case


def _check(case: Case, seen: int, by: Actor) -> None:
    if case.version != seen or case.state != "sent":
        raise Invalid({"words": steps.MOVED})
    wrote = CaseEvent.objects.filter(case_id=case.id, kind__in=["considered", "grounded", "said", "sent"])
    if wrote.filter(by_id=by.id).exists():
        raise Invalid({"words": "You wrote part of this: another officer of the rank must decide it."})


def _notice(case: Case, by: Actor, now: datetime) -> NewOrder:
    return NewOrder(
        kind=case.scheme,
        subject_id=case.subject_id,
        protected=(case.at_risk_id,),
        chosen=weighing.chosen_of(case),
        made_by=f"{rank_of(by).capitalize()} {by.name}",
        made_at=now,
        place_id=case.place_id,
        incident_id=case.incident_id,
        case_id=case.id,
        shared_home=case.answers.get("lives_with") == "yes",
    )
