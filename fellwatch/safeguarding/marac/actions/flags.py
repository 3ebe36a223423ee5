"""The flag on both people's records, for as long as a further incident is a repeat. A new referral begins it anew."""

from datetime import datetime

from fellwatch.foundation import clock
from fellwatch.foundation.access import Actor
from fellwatch.records import actions as records
from fellwatch.records.models import Marker
from fellwatch.safeguarding.marac import law
from fellwatch.safeguarding.marac.models import MaracReferral

KIND = "marac"
VICTIM = "Victim. Anything further may be a repeat: refer it whatever its grade."
PERPETRATOR = "Never let them or anybody around them know of it."


def put(row: MaracReferral, *, by: Actor, now: datetime) -> None:
    """Put the flag on victim and perpetrators until the last day that makes a repeat. A step of accepting."""
    until = law.due(law.FLAG, row.referred_at).at
    perpetrators = row.matter.kept.filter(role="perpetrator", person__isnull=False).values_list("person", flat=True)
    bearers = [(row.victim_id, VICTIM), *((one, PERPETRATOR) for one in perpetrators)]
    for person, detail in ((one, words) for one, words in bearers if one):
        for old in Marker.objects.filter(person_id=person, kind=KIND, ended_at__isnull=True, source="MARAC"):
            records.end_marker(old.id, by=by, now=now, because="Referred again: the flag begins anew.")
        records.warn(by=by, now=now, kind=KIND, detail=detail, expires_at=until, source="MARAC", person_id=person)
    last = law.last_day(clock.london_date(row.referred_at))
    MaracReferral.objects.filter(id=row.id).update(flag_until_date=last)
