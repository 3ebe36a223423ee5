"""How each victim of an incident stands: what they want, what they were told, who supports them, what they are owed."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from fellwatch.duties.queries import DutyView
from fellwatch.foundation.access import Actor
from fellwatch.records.values import IncidentView
from fellwatch.response import escalating
from fellwatch.response.escalating import Escalation
from fellwatch.response.pages import words
from fellwatch.response.values import Scene, StanceView
from fellwatch.sharing.reach import showing as reaching

STEPS = ("stance", "evidence", "tell", "support")
ASKED = ("stance", "goes_on", "wanted")
"""Questions of these forms that are answered by one tap."""
AGAINST = ("no", "withdrawn")
RUNNING = ("open", "late")


@dataclass(frozen=True)
class Victim:
    """One victim as the page shows them. `told` is (when, how, words), `support` (wanted, service, when)."""

    id: uuid.UUID
    name: str
    why: str
    stances: tuple[tuple[str, StanceView], ...]
    told: tuple[tuple[datetime, str, str], ...]
    support: tuple[tuple[bool, str, datetime], ...]
    reviews: tuple[tuple[bool, str, datetime], ...]
    owed: tuple[dict[str, object], ...]
    escalation: Escalation | None
    href: dict[str, str]
    reach: dict[str, object] | None

    @property
    def against(self) -> bool:
        """Whether the last thing they said was that they do not support action."""
        return bool(self.stances) and self.stances[-1][1].stance in AGAINST

    @property
    def radios(self) -> list[str]:
        """Return the names of this victim's fields that are answered by one tap."""
        return [field(name, self.id) for name in ASKED]

    def field(self, name: str) -> str:
        """Return what a field is called in this victim's own forms."""
        return field(name, self.id)


def field(name: str, person: uuid.UUID) -> str:
    """Return what a field is called in one victim's forms: several victims stand on one page."""
    return f"{name}-{person}"


def victims(seen: IncidentView, held: Scene, owed: Sequence[DutyView], *, by: Actor, now: datetime) -> list[Victim]:
    """Return everybody named as a victim, then whoever told of a crime against them and is no suspect."""
    names = {part.person.id: part.person.name for part in seen.parts}
    named = [part.person.id for part in seen.parts if part.role == "victim"]
    suspects = {part.person.id for part in seen.parts if part.role == "suspect"}
    crimes: dict[uuid.UUID, str] = {}
    for crime in held.crimes:
        if crime.person_id and crime.person_id in names and crime.person_id not in suspects:
            crimes.setdefault(crime.person_id, crime.title)
    shown = dict.fromkeys([*named, *crimes])
    often = escalating.of(list(shown), by=by, now=now) if shown else {}
    reach = reaching.parts({id: names[id] for id in shown}, by=by, now=now)
    return [
        _victim(id, names[id], "" if id in named else crimes[id], seen.id, held, owed, often.get(id), reach.get(id))
        for id in shown
    ]


def _victim(
    id: uuid.UUID,
    name: str,
    why: str,
    incident_id: uuid.UUID,
    held: Scene,
    owed: Sequence[DutyView],
    escalation: Escalation | None,
    reach: dict[str, object] | None,
) -> Victim:
    stances = [one for one in held.stances if one.person_id == id]
    return Victim(
        id=id,
        name=name,
        why=why,
        stances=tuple((words.STANCES.get(one.stance, one.stance), one) for one in stances),
        told=tuple(one[1:] for one in held.told if one[0] == id),
        support=tuple(one[1:] for one in held.support if one[0] == id),
        reviews=tuple(one[1:] for one in held.evidence_reviews if one[0] == id),
        owed=tuple(words.duty(one) for one in owed if one.person_id == id and one.state in RUNNING),
        escalation=escalation,
        reach=reach,
        href={step: reverse(f"response:{step}", args=[incident_id, id]) for step in STEPS},
    )
