"""The same queries as other people would type them: what a generator other than ours might do to the layout."""

import random
import re
from collections.abc import Callable

from benchmarks.matching.answers import Row
from benchmarks.matching.tidy import plain

Quirk = Callable[[random.Random, Row], Row]
PREFIX, MOST = "QUIRK_", 1500


def names() -> tuple[str, ...]:
    """Return the files' names."""
    return tuple(PREFIX + quirk for quirk in QUIRKS)


def _capitals(rng: random.Random, row: Row) -> Row:
    return {name: value if name == "person_id" else value.upper() for name, value in row.items()}


def _small(rng: random.Random, row: Row) -> Row:
    return {name: value if name == "person_id" else value.lower() for name, value in row.items()}


def _slashes(rng: random.Random, row: Row) -> Row:
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", row["date_of_birth"])
    return {**row, "date_of_birth": f"{found[3]}/{found[2]}/{found[1]}" if found else row["date_of_birth"]}


def _short_dates(rng: random.Random, row: Row) -> Row:
    """4/3/91, or 4.3.1991."""
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", row["date_of_birth"])
    if not found:
        return row
    mark = rng.choice("./-")
    return {**row, "date_of_birth": f"{int(found[3])}{mark}{int(found[2])}{mark}{found[1]}"}


def _no_postcode(rng: random.Random, row: Row) -> Row:
    return {**row, "postcode": ""} if row["address"] or row["phone"] or row["date_of_birth"] else row


def _postcode_in_address(rng: random.Random, row: Row) -> Row:
    joined = ", ".join(part for part in (row["address"], row["postcode"]) if part)
    return {**row, "address": joined, "postcode": ""}


def _all_in_surname(rng: random.Random, row: Row) -> Row:
    """The whole name in one box."""
    return {**row, "forename": "", "surname": f"{row['forename']} {row['surname']}".strip()}


def _plain_letters(rng: random.Random, row: Row) -> Row:
    """No accents, apostrophes or hyphens."""
    return {**row, "forename": plain(row["forename"]), "surname": plain(row["surname"])}


def _prefixes_apart(rng: random.Random, row: Row) -> Row:
    """O'Neill as O Neill, McBride as Mc Bride."""
    return {
        **row,
        "surname": re.sub(r"^(O'|Mc|Mac(?=[A-Z])|Al-|El-)(?=\w)", lambda m: m[1].strip("'-") + " ", row["surname"]),
    }


def _titles(rng: random.Random, row: Row) -> Row:
    title = rng.choice(("Mrs", "Miss", "Ms") if row["sex"][:1].lower() == "f" else ("Mr", "Dr", "Mr."))
    return {**row, "forename": f"{title} {row['forename']}".strip()}


def _flat_first(rng: random.Random, row: Row) -> Row:
    """Flat 2, 14 Tarn Row as 2/14 Tarn Row or Apt 2 14 Tarn Row."""
    found = re.match(r"(?i)flat (\d+), (\d+) (.*)", row["address"])
    if not found:
        return row
    return {
        **row,
        "address": rng.choice((f"Apt {found[1]}, {found[2]} {found[3]}", f"{found[2]} {found[3]}, Flat {found[1]}")),
    }


def _spaces(rng: random.Random, row: Row) -> Row:
    return {
        name: f"  {value.replace(' ', '  ')} " if value and name != "person_id" else value
        for name, value in row.items()
    }


def _dashed_phone(rng: random.Random, row: Row) -> Row:
    digits = row["phone"]
    return {**row, "phone": f"{digits[:5]}-{digits[5:8]}-{digits[8:]}" if digits.isdigit() else digits}


QUIRKS: dict[str, Quirk] = {
    "capitals": _capitals,
    "small_letters": _small,
    "slashed_dates": _slashes,
    "other_dates": _short_dates,
    "no_postcode": _no_postcode,
    "postcode_in_address": _postcode_in_address,
    "whole_name_as_surname": _all_in_surname,
    "plain_letters": _plain_letters,
    "prefixes_apart": _prefixes_apart,
    "titles": _titles,
    "flats_otherwise": _flat_first,
    "spaces": _spaces,
    "dashed_phone": _dashed_phone,
}
