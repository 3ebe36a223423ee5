"""What everyone in a household is called, and has been called."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from fellwatch.demonstration import names
from fellwatch.demonstration.composition import Kind, Member
from fellwatch.demonstration.heritage import Heritage, Named

MARRIED, TOOK_HIS_NAME, HYPHENATED = 0.68, 0.82, 0.04


@dataclass(frozen=True, slots=True)
class Called:
    """A member's name now, and every other: (kind, forenames, surname, until)."""

    forenames: str
    surname: str
    others: tuple[tuple[str, str, str, date | None], ...] = ()
    partnered: str = ""
    """Married or living together, for the two of a couple."""


def name_all(rng: random.Random, kind: Kind, members: list[Member], today: date) -> list[Called]:
    """Name a household, member by member."""
    culture = names.heritage(rng)
    family = _surname(rng, culture)
    couple = [member for member in members if member.part in {"first", "partner"}]
    married = len(couple) == 2 and rng.random() < MARRIED
    called: list[Called] = []
    for member in members:
        if kind is Kind.SHARED:
            culture = names.heritage(rng)
            family = _surname(rng, culture)
        called.append(_call(rng, culture, family, member, married, len(couple) == 2, today))
    return called


def _call(
    rng: random.Random, culture: Heritage | None, family: tuple[Named, Named], member: Member, married: bool,
    coupled: bool, today: date,
) -> Called:  # fmt: skip
    woman = member.sex == "female"
    first = _forename(rng, culture, member)
    now = names.spell(family[woman])
    others: list[tuple[str, str, str, date | None]] = []
    given = first.latin if culture else names.forenames(rng, member.sex, member.born.year)
    if coupled and member.part == "first":
        now, others = _own_name(rng, culture, given, now, member, married, today)
    elif member.part == "elder" and rng.random() < 0.5:
        now = names.spell(_surname(rng, culture)[woman])
    others += _nicknames(rng, given, now)
    others += _spellings(first, family[woman], given, now) if culture else []
    together = ("married" if married else "together") if coupled and member.part in {"first", "partner"} else ""
    return Called(given, now, tuple(others), together)


def _own_name(
    rng: random.Random,
    culture: Heritage | None,
    given: str,
    family: str,
    member: Member,
    married: bool,
    today: date,
) -> tuple[str, list[tuple[str, str, str, date | None]]]:
    """Return the name of the one whose name a marriage may change, with the one she was born with."""
    born_as = names.spell(_surname(rng, culture)[member.sex == "female"])
    if not married or born_as == family or rng.random() > TOOK_HIS_NAME + HYPHENATED:
        return born_as, []
    wed = member.born + timedelta(days=int(rng.uniform(20, 38) * 365.25))
    wed = min(wed, today - timedelta(days=30))
    kind = "maiden" if member.sex == "female" else "former"
    taken = f"{born_as}-{family}" if rng.random() < HYPHENATED / (TOOK_HIS_NAME + HYPHENATED) else family
    return taken, [(kind, given, born_as, wed)]


def _nicknames(rng: random.Random, given: str, surname: str) -> list[tuple[str, str, str, date | None]]:
    known = names.NICKNAMES.get(given.split()[0])
    if known is None or rng.random() > 0.3:
        return []
    return [("nickname", rng.choice(known), surname, None)]


def _spellings(first: Named, family: Named, given: str, surname: str) -> list[tuple[str, str, str, date | None]]:
    """Return other romanisations, and the name in its own script where the family writes another."""
    found: list[tuple[str, str, str, date | None]] = []
    if (first.also or family.also) and names.spell(family) == surname:
        other = first.also[0] if first.also else given
        found.append(("transliterated", other, family.also[0] if family.also else surname, None))
    if first.script and family.script and names.spell(family) == surname:
        found.append(("alias", first.script, family.script, None))
    return found


def _surname(rng: random.Random, culture: Heritage | None) -> tuple[Named, Named]:
    if culture:
        return rng.choice(culture.surnames)
    name = Named(names.surname(rng))
    return name, name


def _forename(rng: random.Random, culture: Heritage | None, member: Member) -> Named:
    if culture is None:
        return Named("")
    return rng.choice(culture.female if member.sex == "female" else culture.male)
