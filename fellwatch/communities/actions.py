"""Every write of the room: start a run, decide on a pair, take a record off somebody."""

import uuid
from datetime import datetime
from typing import Literal

from fellwatch.communities import jobs
from fellwatch.communities.access import LINK, REVIEW
from fellwatch.communities.models import LinkRun, Pair
from fellwatch.communities.values import Overtaken
from fellwatch.foundation import access, audit
from fellwatch.foundation.access import Actor
from fellwatch.recognition import merging
from fellwatch.records import sources
from fellwatch.records.queries import Missing

UNFINISHED = ("waiting", "running", "failed")
OPEN = ("", "not_sure")
WORDS = {"same": "the same person", "different": "two people", "not_sure": "not sure", "closed": "no longer asked"}


def start(agency: str, *, by: Actor, now: datetime) -> uuid.UUID:
    """Start linking an agency's records that are joined to nobody; one that stopped goes on."""
    access.check(by, LINK)
    with access.acting(by):
        run, added = LinkRun.objects.get_or_create(
            agency=agency,
            state__in=UNFINISHED,
            defaults={"state": "waiting", "created_at": now, "created_by": by.id, "created_by_name": by.name},
        )
        jobs.queue(run.id)
        if added:
            audit.record(
                by=by,
                action="combination",
                sentence="communities.linking_started",
                subject=("linking", run.id),
                detail={"agency": agency},
            )
        return run.id


def decide(
    pair_id: uuid.UUID, verdict: Literal["same", "different", "not_sure"], *, by: Actor, now: datetime
) -> uuid.UUID:
    """Say of a record and somebody that they are the same, two people, or that one is not sure.

    Sent twice it is done once. Raises Overtaken, saying who decided what, where somebody else was first.
    """
    access.check(by, REVIEW)
    with access.acting(by):
        pair = Pair.objects.select_for_update().select_related("record").filter(id=pair_id).first()
        if pair is None:
            raise Missing("There is no such pair, or the person is restricted.")
        if pair.verdict not in OPEN:
            return _again(pair, verdict, by)
        if pair.record.person_id is not None:
            raise Overtaken("The record was joined to somebody meanwhile. Nothing was done.")
        _carry_out(pair, verdict, by=by, now=now)
        Pair.objects.filter(id=pair.id).update(
            verdict=verdict, decided_at=now, decided_by=by.id, decided_by_name=by.name
        )
        return pair.record_id


def _again(pair: Pair, verdict: str, by: Actor) -> uuid.UUID:
    if pair.decided_by == by.id and pair.verdict == verdict:
        return pair.record_id
    who = "You" if pair.decided_by == by.id else pair.decided_by_name or "A colleague"
    raise Overtaken(f"{who} decided first: {WORDS[pair.verdict]}. Nothing was done.")


def _carry_out(pair: Pair, verdict: str, *, by: Actor, now: datetime) -> None:
    match verdict:
        case "same":
            merging.join(
                pair.record_id,
                pair.person_id,
                because="A reviewer compared them.",
                likelihood=pair.likelihood,
                working=pair.working,
                by=by,
                now=now,
            )
            rest = Pair.objects.filter(record_id=pair.record_id, verdict__in=OPEN).exclude(id=pair.id)
            rest.update(verdict="closed", decided_at=now, decided_by=by.id, decided_by_name=by.name)
        case "different":
            sources.tell_apart(pair.record_id, pair.person_id, because="A reviewer compared them.", by=by, now=now)
        case _:
            audit.record(
                by=by,
                action="consultation",
                sentence="communities.left_unsure",
                subject=("record", pair.record_id),
                people=[pair.person_id],
            )
