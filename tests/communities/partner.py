"""A partner's small file, and the force's people that it is about."""

import csv
from pathlib import Path

HEADER = ("Case number", "First name", "Last name", "DOB", "Gender", "Mobile", "Address", "Postcode", "NHS no")
ROWS = (
    ("SC-1", "Danielle", "Hewett", "04/03/1991", "F", "07700 900142", "14 Tarn Row", "ZZ1 1AA", "943 476 5919"),
    ("SC-2", "Danyel", "Hewitt", "1991-03-04", "", "07700 900188", "14 Tarn Row", "ZZ1 1AA", ""),
    ("SC-3", "Ava", "Hewett", "01/06/2021", "F", "", "14 Tarn Row", "ZZ1 1AA", ""),
    ("SC-4", "Greta", "Lindqvist", "05/05/1970", "F", "07700 900333", "1 Far Road", "ZZ9 9ZZ", ""),
)


def write(path: Path, rows=ROWS, header=HEADER, encoding="utf-8") -> Path:
    """Write the partner's file."""
    with path.open("w", newline="", encoding=encoding) as out:
        csv.writer(out).writerows((header, *rows))
    return path


def people(by, now):
    """Store Danielle, her daughter Isla, and a crowd; return the ids of the two."""
    from fellwatch.foundation import access
    from fellwatch.recognition import index
    from fellwatch.records import actions
    from fellwatch.records.values import PartialDate

    with access.acting(by):
        home = actions.place_for(actions.NewPlace(house="14", street="Tarn Row", postcode="ZZ1 1AA"), by=by)
        danielle = actions.NewPerson("Danielle", "Hewett", PartialDate(1991, 3, 4), "female", "+447700900142")
        isla = actions.NewPerson("Isla", "Hewett", PartialDate(2021, 6, 1), "female")
        ids = tuple(actions.add_person(new, by=by, now=now) for new in (danielle, isla))
        for person in ids:
            actions.live_at(person, home, by=by, kind="home", source="test")
        for n in range(30):
            other = actions.NewPerson(f"Ada{n}", f"Beck{n}", PartialDate(1950 + n, n % 12 + 1, n % 28 + 1), "female")
            actions.add_person(other, by=by, now=now)
        index.refresh(ids)
    return ids


def take_in(path: Path, by, now, importer="partner_social_care", dry_run=False):
    """Take the file in and return the run."""
    from fellwatch.foundation.imports import runs

    run = runs.start(importer, path, by=by, now=now, dry_run=dry_run)
    return runs.advance(run.id, by=by, now=now)


def link(by, now, agency="social_care"):
    """Start linking and take it to its end, as the worker does; return the run's id."""
    from fellwatch.communities import actions, linking
    from fellwatch.foundation.accounts import roles

    run = actions.start(agency, by=by, now=now)
    linking.advance(run, by=roles.system("linkage"), now=now)
    return run
