"""What is compared, how alike counts, and which pairs are looked at: one description for DuckDB and Spark.

Phone and address are one fact, the household: a sister shares both, so that counting them apart would join her.
"""

from collections.abc import Mapping, Sequence

Level = tuple[str, str, str]  # its name, the condition in SQL, and in words; the first that holds counts

LIKE = {"duckdb": "jaro_winkler_similarity", "spark": "jaro_winkler"}


def _named(column: str) -> str:
    """One's name is among all the words of the other's names; initials do not count."""
    return (
        f"(length({column}_r) > 2 and contains(words_l, ' ' || {column}_r || ' ')) "
        f"or (length({column}_l) > 2 and contains(words_r, ' ' || {column}_l || ' '))"
    )


_TURNED = "(fn_sound_l = sn_sound_r and sn_sound_l = fn_sound_r) or (fns_l = sn_r and sn_l = fns_r)"

COMPARED: Mapping[str, tuple[Level, ...]] = {
    "forename": (
        ("exact", "fn_l = fn_r", "the same forename"),
        ("variant", "contains(fn_variants_l, ' ' || fn_r || ' ')", "a form of the same forename"),
        ("close", "{like}(fn_l, fn_r) >= 0.9", "spelled almost the same"),
        ("sounds", "fn_sound_l = fn_sound_r", "sounds the same"),
        ("initial", "(length(fn_l) = 1 or length(fn_r) = 1) and left(fn_l, 1) = left(fn_r, 1)", "the same initial"),
        ("turned", _TURNED, "forename and surname the other way round"),
        ("part", _named("fn"), "one of the other names"),
        ("near", "{like}(fn_l, fn_r) >= 0.75", "spelled somewhat alike"),
        ("differs", "ELSE", "a different forename"),
    ),
    "surname": (
        ("exact", "sn_l = sn_r", "the same surname"),
        ("close", "{like}(sn_l, sn_r) >= 0.92", "spelled almost the same"),
        ("sounds", "sn_sound_l = sn_sound_r", "sounds the same"),
        ("turned", _TURNED, "forename and surname the other way round"),
        ("part", _named("sn"), "one part of a double name"),
        ("near", "{like}(sn_l, sn_r) >= 0.8", "spelled somewhat alike"),
        ("differs", "ELSE", "a different surname"),
    ),
    "date_of_birth": (
        ("exact", "dob_l = dob_r and birthday_l <> '01-01'", "the same date of birth"),
        ("first_of_january", "dob_l = dob_r", "the same date of birth, 1 January: often a stand-in"),
        (
            "partly",
            "(dob_l is null or dob_r is null) and birth_year_l = birth_year_r",
            "the same year, as far as known",
        ),
        ("turned", "dob_l = dob_turned_r", "day and month the other way round"),
        ("one_slip", "levenshtein(dob_l, dob_r) <= 1", "one digit differs"),
        ("birthday", "birthday_l = birthday_r and birthday_l <> '01-01'", "the same day and month"),
        ("year", "birth_year_l = birth_year_r", "the same year"),
        ("differs", "ELSE", "a different date of birth"),
    ),
    "household": (
        (
            "phone_and_house",
            "phone_l = phone_r and (house_l = house_r or door_l = door_r)",
            "the same number and address: one household",
        ),
        ("phone", "phone_l = phone_r", "the same number: one household"),
        ("house", "house_l = house_r", "the same address: one household"),
        ("door", "door_l = door_r", "the same house and street, as far as known: one household"),
        ("postcode", "postcode_l = postcode_r", "the same postcode"),
        ("slip", "levenshtein(postcode_l, postcode_r) <= 1", "one letter of the postcode differs"),
        ("outcode", "outcode_l = outcode_r", "the same district"),
        ("differs", "ELSE", "another number or address"),
    ),
    "identifier": (
        ("exact", "identifier_l = identifier_r", "the same number of theirs"),
        ("one_slip", "levenshtein(identifier_l, identifier_r) <= 1", "one digit of the number differs"),
        ("differs", "ELSE", "another number of theirs"),
    ),
    "sex": (
        ("same", "sex_l = sex_r", "the same sex"),
        ("differs", "ELSE", "a different sex"),
    ),
}
UNKNOWN: Mapping[str, str] = {
    "forename": "fn_l is null or fn_r is null",
    "surname": "sn_l is null or sn_r is null",
    "date_of_birth": "birth_year_l is null or birth_year_r is null",
    "household": "(phone_l is null or phone_r is null) and (postcode_l is null or postcode_r is null)"
    " and (door_l is null or door_r is null)",
    "identifier": "identifier_l is null or identifier_r is null",
    "sex": "sex_l is null or sex_r is null",
}
# A rare value says more than a common one.
_COUNTED: Mapping[tuple[str, str], str] = {
    ("forename", "exact"): "fn",
    ("surname", "exact"): "sn",
    ("household", "postcode"): "postcode",
}

PAIRS = (
    "l.dob = r.dob and left(l.sn, 1) = left(r.sn, 1)",
    "l.dob = r.dob and left(l.fn, 1) = left(r.fn, 1)",
    "l.dob = r.dob and left(l.fn, 1) = left(r.sn, 1)",
    "l.sn_sound = r.sn_sound and l.fn_sound = r.fn_sound",
    "l.dob = r.dob_turned and l.sn_sound = r.sn_sound",
    "l.sn_sound = r.fn_sound and l.fn_sound = r.sn_sound",
    "l.sn = r.fns and l.fns = r.sn",
    "l.birthday = r.birthday and l.fn_sound = r.fn_sound",
    "l.birthday = r.birthday and l.sn_sound = r.sn_sound",
    "l.birth_year = r.birth_year and l.sn_sound = r.sn_sound and left(l.fn, 1) = left(r.fn, 1)",
    "l.birth_year = r.birth_year and l.fn_sound = r.fn_sound and left(l.sn, 2) = left(r.sn, 2)",
    "l.phone = r.phone",
    "l.house = r.house",
    "l.identifier = r.identifier",
    "l.door = r.door and l.birth_year = r.birth_year",
    "l.door = r.door and l.fn_sound = r.fn_sound",
    "l.door = r.door and l.sn_sound = r.sn_sound",
    "l.postcode = r.postcode and l.fn_sound = r.fn_sound",
    "l.postcode = r.postcode and l.fn_sound = r.sn_sound",
    "l.postcode = r.postcode and l.birth_year = r.birth_year",
    "l.postcode = r.postcode and l.sn_sound = r.sn_sound",
)
# For a file whose records say little and which is small enough: whoever shares a rare name, or one and a place.
WIDE = (
    "l.postcode = r.postcode",
    "l.sn = r.sn",
    "l.rare = r.rare",
    "l.rare_too = r.rare_too and l.birth_year = r.birth_year",
    "l.fn = r.fn and l.outcode = r.outcode and left(l.sn, 2) = left(r.sn, 2)",
)
SURE = "l.fn = r.fn and l.sn = r.sn and l.dob = r.dob"
TRAINED_ON = ("l.dob = r.dob", "l.sn = r.sn and l.fn = r.fn")


def levels(field: str) -> tuple[Level, ...]:
    """Return the levels of a field; of one that a file brings besides, exact, close and different."""
    if field in COMPARED:
        return COMPARED[field]
    plain = field.replace("_", " ")
    return (
        ("exact", f"{field}_l = {field}_r", f"the same {plain}"),
        ("close", f"{{like}}({field}_l, {field}_r) >= 0.88", f"{plain} spelled almost the same"),
        ("differs", "ELSE", f"another {plain}"),
    )


def counted(field: str, level: str) -> str:
    """Return the column whose values are counted for this level, or ""."""
    if field in COMPARED:
        return _COUNTED.get((field, level), "")
    return field if level == "exact" else ""


def unknown(field: str) -> str:
    """Return the condition under which a field says nothing."""
    return UNKNOWN.get(field, f"{field}_l is null or {field}_r is null")


def pairs(others: Sequence[str], *, wide: bool) -> tuple[str, ...]:
    """Return which pairs are looked at, best rules first."""
    besides = tuple(rule for other in others for rule in _with(other))
    return (*PAIRS, *(WIDE if wide else ()), *(besides if wide else ()))


def _with(other: str) -> tuple[str, ...]:
    return (
        f"l.rare_too = r.rare_too and l.{other} = r.{other}",
        f"l.birth_year = r.birth_year and l.{other} = r.{other} and left(l.fn, 1) = left(r.fn, 1)",
    )
