"""A small force and a small partner's file, with everything that makes linking hard."""

import csv
from pathlib import Path

HEADER = ("person_id", "forename", "surname", "sex", "date_of_birth", "phone", "address", "postcode", "identifier")

PEOPLE = (
    ("danielle", "Danielle", "Hewett", "female", "1991-03-04", "07700 900142", "14 Tarn Row", "ZZ1 1AA", ""),
    ("danielle", "Danielle", "Birkett", "female", "1991-03-04", "", "2 Beck Road", "ZZ1 2BB", ""),
    ("chloe", "Chloe", "Hewett", "female", "1994-09-12", "07700 900142", "14 Tarn Row", "ZZ1 1AA", ""),
    ("isla", "Isla", "Hewett", "female", "2021-06-01", "", "14 Tarn Row", "ZZ1 1AA", ""),
    ("robert", "Robert", "Oddie", "male", "1960-01-20", "", "3 Fell Lane", "ZZ2 1AA", ""),
    ("young robert", "Robert", "Oddie", "male", "1988-07-19", "", "3 Fell Lane", "ZZ2 1AA", ""),
    ("mo", "Mohammed", "Khan", "male", "1985-11-30", "07700 900777", "9 Mill Street", "ZZ3 1AA", "9434765919"),
    ("hina", "Hina Amina", "Sarwar-Tarn", "female", "1987-08-05", "07700 900411", "6 Gill Street", "ZZ5 1AA", ""),
    ("jan", "Jan", "Nowak", "male", "1979-01-01", "", "", "ZZ4 1AA", ""),
)
RECORDS = (
    ("plain", "Danielle", "Hewett", "F", "04/03/1991", "+44 7700 900142", "14 Tarn Row", "zz11aa", ""),
    ("misspelt", "Danyel", "Hewitt", "", "1991-03-04", "", "14 Tarn Rw", "ZZ1 1AA", ""),
    ("maiden", "Danielle", "Birkett", "", "1991-03-04", "", "2 Beck Rd", "ZZ1 2BB", ""),
    ("twin of isla", "Ava", "Hewett", "female", "2021-06-01", "", "14 Tarn Row", "ZZ1 1AA", ""),
    ("sister", "Ruth", "Hewett", "female", "1999-02-02", "07700 900142", "14 Tarn Row", "ZZ1 1AA", ""),
    ("robert without birth", "Robert", "Oddie", "male", "", "", "3 Fell Lane", "ZZ2 1AA", ""),
    ("by number", "Moe", "Kahn", "male", "1985", "", "", "", "943 476 5919"),
    ("stranger", "Greta", "Lindqvist", "female", "1970-05-05", "07700 900333", "1 Far Road", "ZZ9 9ZZ", ""),
    ("whole as surname", "", "Hina Amina Sarwar-Tarn", "F", "1987-08-05", "", "6 Gill Street", "ZZ5 1AA", ""),
    ("whole as forename", "Mrs Hina Sarwar-Tarn", "", "F", "1987-08-05", "07700 900411", "", "", ""),
    ("surname first", "", "Sarwar-Tarn, Hina", "", "1987-08-05", "", "", "ZZ5 1AA", ""),
    ("titled", "Mrs. Hina", "Sarwar-Tarn", "female", "1987-08-05", "", "6 Gill Street", "", ""),
    ("turned", "Sarwar-Tarn", "Hina Amina", "female", "1987-08-06", "", "", "", ""),
    ("another birth", "Hina", "Sarwar-Tarn", "female", "1987-05-08", "", "", "", ""),
    ("birthday kept", "Henna", "Sarwar-Tran", "female", "1978-08-05", "07700 900411", "", "", ""),
    ("empty", "", "", "", "", "", "", "", ""),
)


def write(path: Path, rows, header=HEADER) -> Path:
    """Write rows as CSV."""
    with path.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows((header, *rows))
    return path


def crowd(count: int = 400):
    """Return people whom nobody asks for, so that names have frequencies."""
    forenames = ("Ada", "Ben", "Cara", "Dev", "Ella", "Finn", "Gail", "Hugh", "Iris", "Jack", "Kate", "Liam")
    surnames = ("Ash", "Beck", "Crag", "Dale", "Edge", "Fell", "Gill", "Holm", "Kirk", "Lund", "Moss", "Nab", "Pike")
    for n in range(count):
        yield (
            f"c{n}", forenames[n % 12], surnames[n % 13], ("male", "female")[n % 2],
            f"{1940 + n % 70}-{n % 12 + 1:02}-{n % 28 + 1:02}", f"07700 900{n % 100 + 800:03}", f"{n + 1} Long Road",
            f"ZY{n % 9 + 1} {n % 8 + 1}QQ", "",
        )  # fmt: skip
