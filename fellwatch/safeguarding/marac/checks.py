"""What must be right in a referral: each problem beside its field, saying what to do."""

from datetime import date, datetime

from fellwatch.foundation import clock, plain, policy
from fellwatch.rules import vocabulary
from fellwatch.rules.vocabulary import Vocabulary
from fellwatch.safeguarding.marac import law
from fellwatch.safeguarding.marac.values import SAID, Invalid, NewReferral

__all__ = ["BASES", "EQUALITY", "Invalid", "referral"]

LONGEST = 4_000
BASES = "referral_bases"
EQUALITY = ("ethnic_minority", "lgbt", "disabled", "male", "aged_16_17")
_NEEDED = {
    "victim_name": "Write the victim's name.",
    "perpetrator_name": "Write the perpetrator's name. The case is kept from whoever bears it.",
    "happened": "Say what happened, in the victim's words where you have them.",
}


def referral(new: NewReferral, now: datetime) -> dict[str, str]:
    """Return every problem of a referral, by field."""
    problems = {field: ask for field, ask in _NEEDED.items() if len(new.said.get(field, "").strip()) < 3}
    for field, text in new.said.items():
        if field not in SAID:
            problems[field] = "Nobody asks for this."
        elif wrong := plain.problem(text, LONGEST):
            problems[field] = wrong
    return problems | _consent(new, now) | _reasons(new, clock.london_date(now))


def _consent(new: NewReferral, now: datetime) -> dict[str, str]:
    problems = {}
    if new.consent not in {"yes", "no", "not_asked"}:
        problems["consent-1"] = "Say whether they agree. It is not needed, but it is asked where that is safe."
    if new.aware not in {"yes", "no"}:
        problems["aware-1"] = "Say whether they know of this referral."
    basis = vocabulary.find(policy.parsed(BASES, clock.london_date(now), Vocabulary), new.basis)
    if basis is None:
        problems["basis"] = "Choose the lawful basis."
    elif basis.says("consent") and new.consent != "yes":
        problems["basis"] = "They have not agreed. Choose another basis and say why."
    if new.consent != "yes" and len(new.basis_because.strip()) < 10:
        problems["basis_because"] = (
            "Say why it is shared without their agreement, in a sentence somebody else can judge."
        )
    return problems


def _reasons(new: NewReferral, today: date) -> dict[str, str]:
    rule, problems = law.conference(today), {}
    if new.judgement and len(new.said.get("judgement_because", "").strip()) < 10:
        problems["judgement_because"] = "Say why you believe that the danger is high."
    if new.ticks is not None and not 0 <= new.ticks <= 40:
        problems["ticks"] = "Give the number of yes answers, such as 14, or leave it empty."
    if new.behaviour and rule.behaviour(new.behaviour) is None:
        problems["behaviour"] = "Choose one of the answers."
    if not new.behaviour:
        problems["behaviour"] = "Say what kind of thing happened: it decides whether this is a repeat."
    if new.happened_date is None:
        problems["happened_date"] = "Give the day on which it last happened, such as 21 November 2026."
    elif new.happened_date > today:
        problems["happened_date"] = "This lies in the future."
    if not 0 <= new.children <= 20:
        problems["children_count"] = "Give a number, such as 2."
    return problems
