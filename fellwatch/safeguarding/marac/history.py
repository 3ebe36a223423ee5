"""What was before a referral: the last one of the same two people, and how often the police were called."""

from functools import cache

from django.db.models import Q

from fellwatch.foundation import clock, policy
from fellwatch.records.models import Incident
from fellwatch.rules.conferences import Asked, Found
from fellwatch.rules.vocabulary import Vocabulary
from fellwatch.safeguarding.marac import law
from fellwatch.safeguarding.marac.models import MaracReferral


def decide(row: MaracReferral) -> tuple[Found, MaracReferral | None]:
    """Decide a referral under the rule of its day; return the earlier one it may repeat. A step of its actions."""
    last = before(row)
    asked = Asked(
        source=row.source,
        judgement=row.judgement,
        ticks=row.ticks,
        escalates=escalates(row),
        happened=row.happened_date,
        behaviour=row.behaviour,
        last_referred=clock.london_date(last.referred_at) if last else None,
    )
    return law.decide(asked, clock.london_date(row.referred_at)), last


def before(row: MaracReferral) -> MaracReferral | None:
    """Return the last earlier referral of the same victim and any of the same perpetrators.

    Both follow a merge: an earlier record's referral is the survivor's from the moment two people are made one.
    """
    if row.victim_id is None:
        return None
    them = row.matter.kept.filter(role="perpetrator", person__isnull=False).values("person")
    earlier = MaracReferral.objects.filter(
        victim_id=row.victim_id,
        matter__kept__person__in=them,
        matter__kept__role="perpetrator",
        referred_at__lt=row.referred_at,
    )
    return earlier.exclude(state__in=["withdrawn", "to_place"]).order_by("-referred_at").first()


def escalates(row: MaracReferral) -> bool:
    """Say whether the victim's domestic incidents come often enough by the definition of the day."""
    if row.victim_id is None:
        return False
    on = clock.london_date(row.referred_at)
    definition, _ = law.escalation(on)
    opens = clock.midnight(definition.window.opens(on))
    codes = domestic_codes()
    domestic = Q(opening_code__in=codes) | Q(opening_qualifiers__overlap=list(codes))
    found = Incident.objects.filter(
        domestic, people__person_id=row.victim_id, people__role="victim", received_at__gte=opens,
        received_at__lte=row.referred_at,
    )  # fmt: skip
    return found.distinct().count() >= definition.at_least


@cache
def domestic_codes() -> tuple[str, ...]:
    """Return the codes and qualifiers of an incident that mean domestic abuse."""
    today = clock.london_date(clock.now())
    found = []
    for name in ("nsir_opening", "nsir_qualifiers"):
        for code in policy.parsed(name, today, Vocabulary).codes:
            if "domestic" in str(code.attributes.get("implies", "")).split():
                found.append(code.code)
    return tuple(found)
