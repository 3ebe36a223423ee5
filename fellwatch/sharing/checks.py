"""What must be right before anything is told: each problem beside its field, saying what to do."""

import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from fellwatch.foundation import ids, plain
from fellwatch.sharing import fields
from fellwatch.sharing.agreements import WITHOUT

SHORTEST, LONGEST = 20, 2_000


class Invalid(Exception):
    """A referral that may not be sent or answered so; `problems` says what to do, by field."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(f"{len(problems)} fields need another look.")
        self.problems = dict(problems)


@dataclass(frozen=True)
class NewReferral:
    """What is to be told to whom, and why."""

    agency: str
    person_id: uuid.UUID
    incident_id: uuid.UUID | None
    basis: str
    necessity: str
    contents: Mapping[str, str]
    agreed: str = ""
    proportionality: str = ""
    kind: str = "referral"
    about: uuid.UUID | None = None
    id: uuid.UUID = field(default_factory=ids.new)


def check(
    new: NewReferral, may: Collection[str], contents: Mapping[str, str], now: datetime, *, lapsed: str = ""
) -> dict[str, str]:
    """Return every problem of a referral to an agency that may be told the fields `may`, by field.

    `lapsed` says why no agreement holds, where none does.
    """
    problems = dict(_grounds(new, now))
    if lapsed and new.basis != WITHOUT:
        problems["agency"] = lapsed
    labels = {one.code: one.label for one in fields.codes(fields.FIELDS, now).codes}
    for name in contents:
        if name not in may:
            problems[f"tell-{name}"] = f"{labels.get(name, name)}: this agency may not be told that."
    if not contents:
        problems["contents"] = "Tick what the agency must know."
    texts = {"necessity": new.necessity, "proportionality": new.proportionality}
    problems |= unfit({**texts, **{f"tell-{name}": text for name, text in contents.items()}})
    return problems


def _grounds(new: NewReferral, now: datetime) -> Iterator[tuple[str, str]]:
    basis = fields.basis(new.basis, now)
    if basis is None:
        yield "basis", "Choose the lawful basis."
    elif basis.says("consent") and new.agreed != "yes":
        yield "agreed", "They have not agreed. Ask, or choose another basis and say why."
    if len(new.necessity.strip()) < SHORTEST:
        yield "necessity", "Say why this agency must know, in a sentence somebody else can judge."
    if len(new.proportionality.strip()) < SHORTEST:
        yield "proportionality", "Say why this much and no less: what was left out, and what would not do."


def unfit(texts: Mapping[str, str]) -> dict[str, str]:
    """Return what is too long or cannot be stored, by field."""
    return {name: wrong for name, text in texts.items() if (wrong := plain.problem(text, LONGEST))}
