"""Bail with conditions as an order, so that whoever meets the person sees it: made, lengthened, varied and ended
with the release it belongs to. Steps: they join the transaction of the action on the release.

Bail without conditions asks nothing of anybody, and is no order.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from fellwatch.assessments.values import Invalid
from fellwatch.foundation import clock
from fellwatch.foundation.access import Actor
from fellwatch.orders import actions as orders
from fellwatch.orders import law
from fellwatch.orders import values as order_values
from fellwatch.orders.actions.ending import CASE_OVER
from fellwatch.orders.models import Order
from fellwatch.response import checks
from fellwatch.response.actions import steps
from fellwatch.response.models import BailAppointment, Release
from fellwatch.rules import legal_orders
from fellwatch.rules.legal_orders import Chosen, LegalOrder

KIND = "police_bail"
TERMS = {"keep_away": "not_go"}
"""Conditions that the order's law calls otherwise."""
RANKS = {"court": "Magistrates' court", "chief_officer": "Chief officer"}


def make(release: Release, *, here: bool, at: datetime, by: Actor, now: datetime) -> None:
    """Make the order of a release that has conditions. `here` ties them to the incident's address."""
    if not release.conditions:
        return
    suspect = release.suspect
    rank = RANKS.get(release.rank, release.rank.replace("_", " ").capitalize())
    with _told():
        orders.make(
            order_values.NewOrder(
                kind=KIND,
                subject_id=suspect.person_id,
                protected=steps.victims(suspect.incident_id),
                chosen=_chosen(release, at),
                made_by=f"{rank} {release.authorised_by}",
                made_at=at,
                place_id=suspect.incident.place_id if here else None,
                incident_id=suspect.incident_id,
                case_id=release.id,
                ends_at=release.ends_at,
                coming=coming(release.id),
            ),
            by=by,
            now=now,
        )


def vary(release: Release, because: str, *, here: bool, at: datetime, by: Actor, now: datetime) -> None:
    """Let the order ask what the release now asks: made where there was none, ended where nothing is left."""
    order = running(release.id)
    if order is None:
        make(release, here=here, at=at, by=by, now=now)
    elif not release.conditions:
        orders.end(order, "withdrawn", f"Every condition was taken off. {because}", at=at, by=by, now=now)
    else:
        place = release.suspect.incident.place_id if here else None
        with _told():
            orders.vary(order, _chosen(release, at), because, at=at, by=by, now=now, place_id=place)


def last_until(release: Release, ends_at: datetime | None, because: str, *, by: Actor, now: datetime) -> None:
    """Move the end of the order with that of the release; one that ran out before this was noted is made anew."""
    if order := running(release.id):
        orders.last_until(order, ends_at, because, at=now, by=by, now=now)
    else:
        release.ends_at = ends_at
        make(release, here=False, at=now, by=by, now=now)


def tell_answer(release: Release, because: str, *, by: Actor, now: datetime) -> None:
    """Let the order say when and where bail is to be answered now, or that it was not."""
    found = Order.objects.filter(case_id=release.id, kind=KIND).order_by("-issued_at").first()
    if found and release.conditions:
        orders.to_answer(found.id, coming(release.id), because, by=by, now=now)


def coming(release_id: uuid.UUID) -> order_values.Coming:
    """Return when and where whoever is on bail must still come; nothing once they came."""
    found = BailAppointment.objects.filter(release_id=release_id, replaced_at__isnull=True, came_at__isnull=True)
    stands = found.first()
    return order_values.Coming(stands.answer_at, stands.station, stands.missed_at) if stands else order_values.Coming()


def end(release_id: uuid.UUID, because: str, at: datetime, *, by: Actor, now: datetime) -> None:
    """End the order with its release."""
    if order := running(release_id):
        orders.end(order, CASE_OVER, because, at=at, by=by, now=now)


def running(release_id: uuid.UUID) -> uuid.UUID | None:
    """Return the order of a release that has not ended."""
    found = Order.objects.filter(case_id=release_id, kind=KIND).exclude(state="ended")
    return found.values_list("id", flat=True).first()


def _chosen(release: Release, at: datetime) -> tuple[Chosen, ...]:
    rule = law.rule(KIND, clock.london_date(at))
    return tuple(_term(rule, one["code"], one["words"], at) for one in release.conditions)


def _term(rule: LegalOrder, code: str, words: str, at: datetime) -> Chosen:
    """Say a condition in the order's own terms; one that the law of the day does not name loses no word."""
    term = legal_orders.find_term(rule, TERMS.get(code, code))
    if term and term.detail:
        return Chosen(term.id, words)
    return Chosen("other", f"{checks.label('bail_conditions', code, at)}: {words}")


@contextmanager
def _told() -> Iterator[None]:
    """Say what an order refuses beside the fields of a release."""
    try:
        yield
    except order_values.Invalid as refused:
        raise Invalid({"condition-0": " ".join(refused.problems.values())}) from refused
