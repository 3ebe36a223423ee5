"""What people of the invented county said of how they may be reached: of the story, of a MARAC and of a request.

Noted by the register's own action under fixed identifiers, so that beginning again adds nothing.
"""

import uuid
from dataclasses import replace
from datetime import datetime, timedelta

from fellwatch.demonstration import cast, protecting
from fellwatch.demonstration.identifiers import named
from fellwatch.foundation import clock
from fellwatch.foundation.access import Actor
from fellwatch.sharing.reach import actions
from fellwatch.sharing.reach.values import NewRule

SISTER = "07700 900451"


def fill(*, officer: Actor, now: datetime) -> int:
    """Note each rule as if on its own day; return how many there are."""
    rules = [*_story(now), *_others(officer, now)]
    for number, (one, ago) in enumerate(rules):
        new = replace(one, id=uuid.UUID(named(f"reach/{number}")))
        actions.say(new, by=officer, now=now - timedelta(days=ago))
    return len(rules)


def _story(now: datetime) -> list[tuple[NewRule, int]]:
    """Danielle: her own telephone is looked at, her sister's is safe in the morning, and that must be asked again."""
    she = uuid.UUID(cast.DANIELLE.id)
    again = (clock.london_date(now) + timedelta(days=30)).isoformat()
    never = NewRule(she, "call", "no", cast.DANIELLE.number, "self", words="He answers it, and reads what comes.")
    safe = NewRule(
        she, "call", "yes", SISTER, "self", words="Her sister's, while he is at work.", password="heron",
        if_other="Say that it is the dentist, about Tuesday.", kept_from="Marc Oddie, and his mother next door",
        from_time="09:00", to_time="12:30", to_date=again,
    )  # fmt: skip
    return [(never, 5), (safe, 5), (NewRule(she, "post", "no", "", "self", words="He opens the letters."), 5)]


def _others(officer: Actor, now: datetime) -> list[tuple[NewRule, int]]:
    """Whoever is at risk in a disclosure request, by an agency; a victim before the MARAC, by an officer."""
    pairs = protecting.pairs(officer)
    found: list[tuple[NewRule, int]] = []
    if len(pairs) > 3:
        by_agency = NewRule(
            pairs[3][1], "text", "yes", "07700 900460", "agency", "Larch Refuge, Ida Fleet",
            words="Her work telephone.", from_time="10:00", to_time="15:00",
        )  # fmt: skip
        found.append((by_agency, 0))
    if len(pairs) > 6:
        why = "The other has a key and was seen at the house on three of four evenings."
        found.append((NewRule(pairs[6][1], "visit", "no", "", "officer", because=why), 2))
    return found
