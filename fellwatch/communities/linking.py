"""Link an agency's records: Splink scores them as files, then every five hundred are stored in one transaction.

Killed half way, whatever was stored stands and nothing is half joined: run again, it goes on with those left.
"""

import csv
import tempfile
import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.db.models import F

from fellwatch.communities import queries
from fellwatch.communities.access import LINK
from fellwatch.communities.models import LinkRun, Pair
from fellwatch.foundation import access, clock, policy
from fellwatch.foundation.access import Actor
from fellwatch.recognition import index
from fellwatch.recognition.linkage import model, people, run
from fellwatch.recognition.linkage.run import Candidate, Verdict
from fellwatch.records import sources
from fellwatch.records.models import Judgement
from fellwatch.rules.linkage import Policy

CHUNK = 500
RULE = "partner_linkage"
COLUMNS = ("person_id", "forename", "surname", "sex", "date_of_birth", "phone", "address", "postcode", "identifier")


def advance(run_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Take a run to its end. Its records are those joined to nobody when it begins."""
    access.check(by, LINK)
    rule = policy.version(RULE, clock.london_date(now))
    settings = model.of(policy.parsed(RULE, clock.london_date(now), Policy))
    with access.acting(by):
        found = LinkRun.objects.select_for_update().get(id=run_id)
        if found.state == "finished":
            return
        rows = queries.unlinked(found.agency, by=by)
        LinkRun.objects.filter(id=run_id).update(
            state="running", failure="", total=len(rows), done=0, review=0, new=0, rule=f"{RULE} {rule.number}"
        )
    if rows:
        _link(run_id, rows, settings, by=by, now=now)
    with access.acting(by):
        LinkRun.objects.filter(id=run_id).update(state="finished", finished_at=clock.now())


def _link(
    run_id: uuid.UUID, rows: Sequence[tuple[object, ...]], settings: model.Settings, *, by: Actor, now: datetime
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        left, right = Path(folder) / "records.csv", Path(folder) / "people.csv"
        _write(left, rows)
        people.write(right, by=by, identifier="nhs")
        with run.link(left, right, settings) as linked:
            for chunk in _chunks(linked.verdicts()):
                _store(run_id, chunk, settings, by=by, now=now)
        with access.acting(by):
            LinkRun.objects.filter(id=run_id).update(seconds={k: round(v, 2) for k, v in linked.seconds.items()})


def _write(path: Path, rows: Iterable[tuple[object, ...]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        writer.writerows(map(_line, rows))


def _line(row: tuple[object, ...]) -> tuple[object, ...]:
    id, forenames, surname, sex, year, month, day, phone, flat, house, street, postcode, nhs = row
    born = "-".join(f"{part:02}" for part in (year, month, day) if isinstance(part, int))
    address = " ".join(str(part) for part in (f"flat {flat}," if flat else "", house, street) if part)
    return id, forenames, surname, sex, born, phone, address, postcode, nhs


def _chunks(verdicts: Iterator[Verdict]) -> Iterator[list[Verdict]]:
    while chunk := list(islice(verdicts, CHUNK)):
        yield chunk


def _store(run_id: uuid.UUID, chunk: Sequence[Verdict], settings: model.Settings, *, by: Actor, now: datetime) -> None:
    """Store what became of some records, all of it or nothing. What a person has said comes first."""
    with access.acting(by):
        kept = list(_heeding(chunk, settings))
        joined = [
            sources.Joining(uuid.UUID(v.record_id), uuid.UUID(v.person_id), v.candidates[0].likelihood,
                            v.candidates[0].steps)
            for v in kept if v.outcome == "joined"
        ]  # fmt: skip
        index.refresh(sources.join_many(joined, because=RULE, by=by, now=now))
        looked_at = [v for v in kept if v.outcome == "review"]
        _ask(run_id, [uuid.UUID(v.record_id) for v in kept], looked_at)
        LinkRun.objects.filter(id=run_id).update(
            done=F("done") + len(chunk),
            joined=F("joined") + len(joined),
            review=F("review") + len(looked_at),
            new=F("new") + len(kept) - len(joined) - len(looked_at),
        )


def _heeding(chunk: Sequence[Verdict], settings: model.Settings) -> Iterator[Verdict]:
    """Leave out whom a person said the record is not; who is left is looked at, and never joined by the model."""
    said = Judgement.objects.filter(
        record_id__in=[v.record_id for v in chunk], same=False, withdrawn_at__isnull=True
    ).values_list("record_id", "person_id")
    apart = {(str(record), str(person)) for record, person in said}
    for verdict in chunk:
        left = tuple(c for c in verdict.candidates if (verdict.record_id, c.person_id) not in apart)
        if len(left) == len(verdict.candidates):
            yield verdict
        else:
            yield Verdict(verdict.record_id, "review" if _likely(left, settings) else "new", left)


def _likely(candidates: Sequence[Candidate], settings: model.Settings) -> bool:
    return bool(candidates) and candidates[0].likelihood >= settings.split


def _ask(run_id: uuid.UUID, records: Sequence[uuid.UUID], verdicts: Iterable[Verdict]) -> None:
    """Put the pairs that a person must look at in the place of those that an earlier run left undecided."""
    Pair.objects.filter(record_id__in=records, verdict__in=["", "not_sure"]).delete()
    Pair.objects.bulk_create(
        [
            Pair(
                run_id=run_id,
                record_id=verdict.record_id,
                person_id=candidate.person_id,
                place=place,
                likelihood=candidate.likelihood,
                unsure=abs(candidate.likelihood - 0.5),
                caution=candidate.caution,
                working=candidate.steps,
            )
            for verdict in verdicts
            for place, candidate in enumerate(verdict.candidates)
        ],
        ignore_conflicts=True,
    )
