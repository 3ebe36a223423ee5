"""What live orders mean for whoever meets these people or goes to this address next, one line each.

Served or not: an officer at the door may be the one to serve it.
"""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q

from fellwatch.foundation import access, audit, clock
from fellwatch.foundation.access import Actor
from fellwatch.orders import law, standing
from fellwatch.orders.access import READ
from fellwatch.orders.models import Condition, Order, Protected
from fellwatch.orders.standing import How, Standing
from fellwatch.records.queries import full_name
from fellwatch.rules.legal_orders import LegalOrder

LIVE = (How.NOT_SERVED, How.BINDS_LATER, How.IN_FORCE)


@dataclass(frozen=True)
class Bearing:
    """A live order in words. `tone` is danger where it binds, warn where it waits to be served."""

    order_id: uuid.UUID
    tone: str
    text: str
    detail: str
    source: str
    people: frozenset[uuid.UUID]
    """Whom it binds and whom it protects, as far as the reader may see."""
    places: frozenset[uuid.UUID]

    def touches(self, people: Collection[uuid.UUID], place: uuid.UUID | None) -> bool:
        """Whether it is about any of these people or this address."""
        return not self.people.isdisjoint(people) or place in self.places

    def text_at(self, place: uuid.UUID | None) -> str:
        """Return the line as it is said at an address."""
        return f"{self.text}, names this address" if place in self.places else self.text


@access.reads
def on(
    people: Collection[uuid.UUID], places: Collection[uuid.UUID], *, by: Actor, now: datetime, log: bool = True
) -> tuple[Bearing, ...]:
    """Return what bears on these people and addresses now: what binds first, the newest first. Logs whom it shows."""
    access.check(by, READ)
    protecting = Protected.objects.filter(person_id__in=people).values("order_id")
    naming = Condition.objects.filter(_asked(now), place_id__in=places).values("order_id")
    touching = Q(subject_id__in=people) | Q(id__in=protecting) | Q(id__in=naming)
    hanging = (
        Order.objects.filter(touching & standing.matters(now))
        .order_by("-issued_at")
        .select_related("subject")
        .prefetch_related(
            "subject__names",
            Prefetch("protected", Protected.objects.select_related("person").prefetch_related("person__names")),
            Prefetch("conditions", Condition.objects.filter(_asked(now)).order_by("number"), "live"),
        )
    )
    found = sorted((_bearing(row, now) for row in hanging), key=lambda one: one.tone != "danger")
    if found and log:
        shown = {person for one in found for person in one.people}
        audit.record(by=by, action="consultation", sentence="orders.read", subject=("orders", len(found)), people=shown)
    return tuple(found)


def _asked(now: datetime) -> Q:
    """What an order asks, also from a watch that runs ahead: what it replaced is gone already."""
    return Q(ended_at__isnull=True) & (Q(until_at__isnull=True) | Q(until_at__gt=now))


def _bearing(row: Order, now: datetime) -> Bearing:
    rule, _ = law.rule_as_made(row.kind, row.rule_version)
    stands = standing.of(row, now)
    conditions: list[Condition] = row.live  # type: ignore[attr-defined]
    protected = {one.person_id: full_name(one.person.names.all()) for one in row.protected.all()}
    return Bearing(
        order_id=row.id,
        tone="danger" if stands.binds or row.missed_at else "warn",
        text=f"{full_name(row.subject.names.all())}: {standing.MISSED if row.missed_at else _bound(rule, row, stands)}",
        detail=_sentences(
            [one.words for one in conditions] if stands.how in LIVE else [],
            protected.values(),
            rule.arrest if stands.binds else "",
            standing.of_coming(row.answer_at, row.answer_to, missed=row.missed_at is not None, now=now),
        ),
        source=f"{row.reference}, {clock.london(row.issued_at):%-d %b %Y}",
        people=frozenset({row.subject_id, *protected}),
        places=frozenset(one.place_id for one in conditions if one.place_id),
    )


def _bound(rule: LegalOrder, row: Order, stands: Standing) -> str:
    if stands.how is How.NOT_SERVED:
        return f"{rule.short} made, not served: serve it if you meet them"
    if stands.binds and row.ends_at:
        return f"{rule.short} until {clock.london(row.ends_at):%-d %b %Y %H:%M}"
    return f"{rule.short} {stands.words}"


def _sentences(conditions: Iterable[str], protected: Iterable[str], *more: str) -> str:
    names = ", ".join(sorted(protected))
    parts = [*conditions, f"Protects {names}" if names else "", *more]
    return " ".join(part if part.endswith(".") else f"{part}." for part in parts if part)
