"""Make an order as somebody authorised or ordered it, and vary what it says."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from fellwatch.duties import reckoning
from fellwatch.foundation import access, clock, once
from fellwatch.foundation.access import Actor
from fellwatch.orders import law
from fellwatch.orders.actions import steps
from fellwatch.orders.models import Condition, Order, Protected
from fellwatch.orders.values import Invalid, NewOrder
from fellwatch.records import earlier
from fellwatch.rules import legal_orders
from fellwatch.rules.errors import NoVersion
from fellwatch.rules.legal_orders import BindsOn, Chosen, LegalOrder, Term

MONTH = timedelta(days=30)
"""A tag's months are counted short, so that what is shown never outlasts what a court gave."""


def make(new: NewOrder, *, by: Actor, now: datetime) -> uuid.UUID:
    """Store an order and start its clocks; sent twice, it stands once.

    Raises Invalid where the law of the day it was made does not let it say so or last so long.
    """
    access.check(by, steps.maker(by, new.kind))
    with access.acting(by):
        once.only(new.id)
        if Order.objects.filter(id=new.id).exists():
            return new.id
        steps.require_past(new.made_at, "made_at", now)
        new = _known(new)
        rule, number = _law(new)
        _check_terms(rule, new.chosen, shared_home=new.shared_home)
        order = _store(new, rule, number, _ends_at(new, rule))
        _say(order, rule, new.chosen, new.place_id, new.made_at)
        Protected.objects.bulk_create([Protected(order_id=order.id, person_id=person) for person in new.protected])
        _begin(order, rule, new, by=by, now=now)
        steps.logged(order, "made", by=by, detail={"terms": [one.term for one in new.chosen]})
    return new.id


def vary(
    order_id: uuid.UUID,
    chosen: Sequence[Chosen],
    because: str,
    *,
    at: datetime,
    by: Actor,
    now: datetime,
    place_id: uuid.UUID | None = None,
    shared_home: bool = False,
) -> None:
    """Replace what an order says from an instant; what it said before stays readable. Not for notices."""
    words = steps.require_words(because, "because", "Say which court varied it and why.")
    with access.acting(by):
        order = steps.turn(order_id)
        access.check(by, steps.maker(by, order.kind), subject=("order", str(order_id)))
        rule = steps.law_of(order)
        steps.require_past(at, "at", now)
        if rule.rank:
            raise Invalid({"because": "A notice cannot be varied. Withdraw it and give another."})
        if not steps.binds(order, at):
            raise Invalid({"at": "It did not bind at that time. Look at when it began and ended."})
        _check_terms(rule, chosen, shared_home=shared_home)
        Condition.objects.filter(order_id=order.id, ended_at__isnull=True).update(ended_at=at)
        _say(order, rule, chosen, place_id, at)
        steps.tell(order, "varied", words, by=by, at=at)
        steps.logged(order, "varied", by=by, detail={"terms": [one.term for one in chosen]})


def _known(new: NewOrder) -> NewOrder:
    """Return it with its people as they are known now, whatever page named them."""
    subject, *protected = earlier.everybody([new.subject_id, *new.protected])
    if subject in protected:
        raise Invalid({"protected": "Choose somebody else: whom it binds was found to be who it protects."})
    return replace(new, subject_id=subject, protected=tuple(dict.fromkeys(protected)))


def _law(new: NewOrder) -> tuple[LegalOrder, int]:
    on = clock.london_date(new.made_at)
    try:
        return law.rule(new.kind, on), law.version(new.kind, on).number
    except NoVersion as none:
        raise Invalid({"kind": str(none)}) from none


def _check_terms(rule: LegalOrder, chosen: Sequence[Chosen], *, shared_home: bool) -> None:
    wrong = legal_orders.terms_refused(rule, chosen, shared_home=shared_home)
    if wrong:
        raise Invalid({f"term-{term}" if term else "terms": words for term, words in wrong.items()})


def _ends_at(new: NewOrder, rule: LegalOrder) -> datetime | None:
    """Return when it ends by law or as the court said; the length is refused as the law refuses it."""
    if not rule.length_under:
        return new.ends_at
    found = reckoning.one(rule.length_under, at=new.made_at, facts={"days": str(new.days or "")})
    if found is None or found.due_at is None:
        raise Invalid({"days": found.trouble if found else "No law gives a length on that day."})
    return found.due_at


def _store(new: NewOrder, rule: LegalOrder, number: int, ends_at: datetime | None) -> Order:
    at_once = rule.binds_on is BindsOn.MAKING
    return Order.objects.create(
        id=new.id,
        kind=new.kind,
        rule_version=number,
        reference=f"{rule.short.upper()}-{clock.london(new.made_at):%y%m%d}-{new.id.hex[-6:].upper()}",
        subject_id=new.subject_id,
        protects=len(new.protected),
        incident_id=new.incident_id,
        follows_id=new.follows,
        case_id=new.case_id,
        made_by=new.made_by,
        state="in_force" if at_once else "issued",
        issued_at=new.made_at,
        binds_at=new.made_at if at_once else None,
        ends_at=ends_at if at_once else None,
        answer_at=new.coming.at,
        answer_to=new.coming.where,
        missed_at=new.coming.missed_at,
    )


def _say(order: Order, rule: LegalOrder, chosen: Sequence[Chosen], place_id: uuid.UUID | None, at: datetime) -> None:
    before = Condition.objects.filter(order_id=order.id).count()
    rows = []
    for number, one in enumerate(chosen, before + 1):
        term = legal_orders.find_term(rule, one.term)
        assert term is not None
        until = at + one.months * MONTH if term.most_months else None
        rows.append(
            Condition(
                order_id=order.id,
                number=number,
                term=one.term,
                words=_words(term, one),
                place_id=place_id,
                from_at=at,
                until_at=until,
            )
        )
    Condition.objects.bulk_create(rows)


def _words(term: Term, chosen: Chosen) -> str:
    """Say a term with what was filled in."""
    if not term.detail:
        return term.label
    return f"{term.label}: {chosen.detail.strip()}{' metres' if term.detail_is_number else ''}"


def _begin(order: Order, rule: LegalOrder, new: NewOrder, *, by: Actor, now: datetime) -> None:
    fact = rule.starts if rule.binds_on is BindsOn.MAKING else rule.authorised
    if fact:
        steps.owe(order, fact, new.made_at, by=by, now=now, known={"days": str(new.days)} if new.days else {})
    length = f" It lasts {new.days} days." if new.days else ""
    steps.tell(order, "made", f"{law.title(order.kind)}, by {new.made_by}.{length}", by=by, at=new.made_at)
