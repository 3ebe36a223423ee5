"""What must be right before anything is told: each problem beside its field, saying what to do."""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from fellwatch.foundation import ids
from fellwatch.sharing import fields

SHORTEST, LONGEST = 20, 2_000
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


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
    incident_id: uuid.UUID
    basis: str
    necessity: str
    contents: Mapping[str, str]
    agreed: str = ""
    id: uuid.UUID = field(default_factory=ids.new)


def check(new: NewReferral, kind: str, contents: Mapping[str, str], now: datetime) -> dict[str, str]:
    """Return every problem of a referral to a kind of agency, by field."""
    problems: dict[str, str] = {}
    basis = fields.basis(new.basis, now)
    if basis is None:
        problems["basis"] = "Choose the lawful basis."
    elif basis.says("consent") and new.agreed != "yes":
        problems["agreed"] = "They have not agreed. Ask, or choose another basis and say why."
    if len(new.necessity.strip()) < SHORTEST:
        problems["necessity"] = "Say why this agency must know, in a sentence somebody else can judge."
    may = {one.code for one in fields.allowed(kind, now)}
    labels = {one.code: one.label for one in fields.codes(fields.FIELDS, now).codes}
    for name in contents:
        if name not in may:
            problems[f"tell-{name}"] = f"{labels.get(name, name)}: this agency may not be told that."
    if not contents:
        problems["contents"] = "Tick what the agency must know."
    for name, text in (("necessity", new.necessity), *((f"tell-{name}", text) for name, text in contents.items())):
        if len(text) > LONGEST:
            problems[name] = f"This is {len(text):,} characters; keep it to {LONGEST:,}."
        elif UNSTORABLE.search(text):
            problems[name] = "This holds a character that cannot be stored. Paste it again as plain text."
    return problems
