"""What children's social care knows of the county: a small file, brought as a data manager would, and linked.

Most of its people are the county's under misspelt names; some are a twin, a namesake without a birth date, or
nobody the force knows, so that the reviewer's queue has what a queue has.
"""

import csv
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fellwatch.communities import actions
from fellwatch.demonstration.misspellings import misreported
from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.foundation.imports import runs
from fellwatch.records.models import Person

AGENCY = "social_care"
HEADER = ("Case number", "First name", "Last name", "DOB", "Gender", "Mobile", "Address", "Town", "Postcode")
KINDS = ("plain",) * 5 + ("misspelt",) * 4 + ("moved",) * 2 + ("twin", "unborn", "stranger")
MOST = 140
OTHERS = {"female": ("Wren", "Saffron", "Merrin"), "male": ("Corin", "Jago", "Tobin")}
STRANGERS = ("Quill", "Farrowby", "Ostler", "Penhale", "Tregear", "Varley")


@dataclass(frozen=True)
class Known:
    """Somebody of the county as their home and first number have them."""

    forenames: str
    surname: str
    sex: str
    born: tuple[int, int, int]
    phone: str
    flat: str
    house: str
    street: str
    town: str
    postcode: str


def bring(*, by: Actor, seed: int, now: datetime) -> int:
    """Bring the file and ask for it to be linked; return how many records it has. Brought twice, it stands once."""
    with access.acting(by):
        rows = list(_rows(random.Random(f"{seed}/partners"), _known()))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "childrens-social-care.csv"
        with file.open("w", newline="", encoding="utf-8") as out:
            csv.writer(out).writerows((HEADER, *rows))
        started = runs.start(f"partner_{AGENCY}", file, by=by, now=now)
        runs.advance(started.id, by=by, now=now)
    actions.start(AGENCY, by=by, now=now)
    return len(rows)


def _known() -> Sequence[Known]:
    """Return people with a home, a name and a whole date of birth, the same each time."""
    homes = Person.objects.filter(
        birth_day__isnull=False, compartment="", names__kind="current",
        residences__kind="home", residences__to_date__isnull=True, residences__place__compartment="",
    ).exclude(residences__place__house="")  # fmt: skip
    found = homes.order_by("id").values_list(
        "names__forenames", "names__surname", "sex", "birth_year", "birth_month", "birth_day", "phones__number",
        "residences__place__flat", "residences__place__house", "residences__place__street",
        "residences__place__town", "residences__place__postcode",
    )[: MOST * 4 : 4]  # fmt: skip
    return [
        Known(row[0], row[1], row[2], (row[3] or 0, row[4] or 0, row[5] or 0), row[6] or "", *row[7:]) for row in found
    ]


def _rows(rng: random.Random, known: Sequence[Known]) -> Iterator[tuple[str, ...]]:
    for number, one in enumerate(known):
        yield _row(rng, f"SC{10_000 + number}", rng.choice(KINDS), one)


def _row(rng: random.Random, reference: str, kind: str, one: Known) -> tuple[str, ...]:
    forenames, surname, born, phone = one.forenames.split()[0], one.surname, _said(rng, one.born), one.phone
    address = f"Flat {one.flat}, {one.house} {one.street}" if one.flat else f"{one.house} {one.street}"
    match kind:
        case "misspelt":
            forenames, surname = misreported(rng, one.forenames, one.surname)
        case "moved":
            address = f"{rng.randrange(2, 90)} Kiln Bank"
        case "twin":
            forenames, phone = rng.choice(OTHERS.get(one.sex, OTHERS["female"])), ""
        case "unborn":
            born = ""
        case "stranger":
            forenames, surname = rng.choice(OTHERS["male"]), rng.choice(STRANGERS)
            born, phone, address = _said(rng, (one.born[0] - 3, 13 - one.born[1], 7)), "", "1 Far End"
    sex = one.sex[:1].upper() if rng.random() < 0.8 else ""
    return (
        reference,
        forenames,
        surname,
        born,
        sex,
        phone if rng.random() < 0.6 else "",
        address,
        one.town,
        one.postcode,
    )


def _said(rng: random.Random, born: tuple[int, int, int]) -> str:
    year, month, day = born
    return f"{day:02}/{month:02}/{year}" if rng.random() < 0.7 else f"{year}-{month:02}-{day:02}"
