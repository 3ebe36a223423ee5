"""Weights by Splink: how often each likeness is seen between strangers and between records of the same person."""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
from splink import Linker, block_on
from splink.backends.duckdb import DuckDBAPI

from fellwatch.recognition.addresses import street_sound
from fellwatch.recognition.asked import Asked
from fellwatch.recognition.held import Held
from fellwatch.recognition.names import forename_forms, surname_forms, variants
from fellwatch.recognition.sounds import sound

_JW = "jaro_winkler_similarity({0}_l, {0}_r)"
_SLIP = "damerau_levenshtein({0}_l, {0}_r) = 1"


def _word(column: str) -> list[tuple[str, str]]:
    likeness, slip = _JW.format(column), _SLIP.format(column)
    return [
        ("exact", f"{column}_l = {column}_r"),
        ("sounds", f"{column}_sound_l = {column}_sound_r"),
        ("close", f"{likeness} >= 0.92 or (least(length({column}_l), length({column}_r)) > 4 and {slip})"),
        ("near", f"{likeness} >= 0.84"),
    ]


_EXACT, *_REST = _word("forename")
LEVELS: Mapping[str, Sequence[tuple[str, str]]] = {
    "forename": [_EXACT, ("variant", "list_contains(variants_l, forename_r)"), *_REST],
    "surname": _word("surname"),
    "date_of_birth": [
        ("full", "y_l = y_r and m_l = m_r and d_l = d_r"),
        ("swapped", "y_l = y_r and m_l = d_r and d_l = m_r"),
        (
            "one_digit",
            "(y_l = y_r)::int + (m_l = m_r)::int + (d_l = d_r)::int = 2 and damerau_levenshtein(born_l, born_r) = 1",
        ),
        ("one_part", "(y_l = y_r)::int + (m_l = m_r)::int + (d_l = d_r)::int = 2"),
    ],
    "phone": [("exact", "phone_l = phone_r"), ("one_digit", _SLIP.format("phone"))],
    "address": [
        ("same_house", "house_l = house_r and (postcode_l = postcode_r or street_l = street_r)"),
        ("other_house", "postcode_l = postcode_r or street_l = street_r"),
    ],
    "sex": [("same", "sex_l = sex_r")],
}
_UNKNOWN = {"date_of_birth": "born", "address": "house"}
_BLOCKS = (("forename", "surname"), ("born",), ("forename", "y"))
"""None of these is a household: blocked by telephone or address, brothers would be taken for one another."""
_COLUMNS = (
    "unique_id", "forename", "forename_sound", "variants", "surname", "surname_sound", "born", "y", "m", "d",
    "phone", "house", "street", "postcode", "sex",
)  # fmt: skip


def learn(
    said: Iterable[Asked], held: Iterable[Held], *, seed: int, pairs: int = 2_000_000
) -> dict[tuple[str, str], tuple[float, float]]:
    """Return (how often the same person, how often strangers) for each level that the two tables can teach."""
    with tempfile.TemporaryDirectory(prefix="fellwatch-train-") as folder:
        con = duckdb.connect(str(Path(folder) / "train.duckdb"))
        try:
            api = DuckDBAPI(con)
            tables = [_table(con, api, "said", map(_of_asked, said)), _table(con, api, "held", map(_of_held, held))]
            linker = Linker(tables, _settings(), log_level=None)
            linker.training.estimate_u_using_random_sampling(max_pairs=pairs, seed=seed)
            for block in _BLOCKS:
                linker.training.estimate_parameters_using_expectation_maximisation(
                    block_on(*block), record_sample_proportion=1.0
                )
            return _learned(linker.misc.save_model_to_json())
        finally:
            con.close()


def _settings() -> dict[str, Any]:
    return {
        "link_type": "link_only",
        "unique_id_column_name": "unique_id",
        "comparisons": [_comparison(field, rows) for field, rows in LEVELS.items()],
        "blocking_rules_to_generate_predictions": [block_on("born")],
        "em_convergence": 0.001,
        "max_iterations": 15,
        "probability_two_random_records_match": 0.00001,
    }


def _comparison(field: str, rows: Sequence[tuple[str, str]]) -> dict[str, Any]:
    column = _UNKNOWN.get(field, field)
    null = {
        "sql_condition": f"{column}_l is null or {column}_r is null",
        "label_for_charts": "unknown",
        "is_null_level": True,
    }
    levels = [{"sql_condition": sql, "label_for_charts": name} for name, sql in rows]
    return {
        "output_column_name": field,
        "comparison_levels": [null, *levels, {"sql_condition": "ELSE", "label_for_charts": "differs"}],
    }


def _table(con: Any, api: Any, name: str, rows: Iterable[tuple[Any, ...]]) -> Any:
    con.execute(
        f"create table {name} (unique_id integer, forename text, forename_sound text, variants text[], surname text, "
        "surname_sound text, born text, y integer, m integer, d integer, phone text, house text, street text, "
        "postcode text, sex text)"
    )
    kept = [(n, *row) for n, row in enumerate(rows)]
    for start in range(0, len(kept), 2000):
        part = kept[start : start + 2000]
        columns = [list(column) for column in zip(*part, strict=True)]
        names = ", ".join(f"unnest(${n + 1})" for n in range(len(columns)))
        con.execute(f"insert into {name} select {names}", columns)
    return api.register(name, dataset_display_name=name)


def _row(forename: str, surname: str, born: tuple[int | None, ...], phone: str, home: Any, sex: str) -> tuple[Any, ...]:
    year, month, day = born
    whole = f"{year:04}{month:02}{day:02}" if year and month and day else None
    house, street, postcode = (home.house, street_sound(home.street), home.postcode) if home else ("", "", "")
    return (
        forename or None, sound(forename) if forename else None, sorted(variants(forename)) if forename else [],
        surname or None, sound(surname) if surname else None, whole, year, month, day, phone or None,
        house or None, street or None, postcode or None, sex if sex in ("female", "male") else None,
    )  # fmt: skip


def _of_asked(asked: Asked) -> tuple[Any, ...]:
    reading = asked.name.readings[0] if asked.name.readings else None
    forename = reading.forenames[0] if reading and reading.forenames else ""
    born = (asked.born.year, asked.born.month, asked.born.day)
    return _row(forename, reading.surname if reading else "", born, asked.phone, asked.address, asked.sex)


def _of_held(held: Held) -> tuple[Any, ...]:
    name = held.names[0] if held.names else None
    fore, sur = (forename_forms(name.forenames), surname_forms(name.surname)) if name else ((), ())
    home = held.addresses[0].address if held.addresses else None
    born = (held.born.year, held.born.month, held.born.day)
    return _row(fore[0] if fore else "", sur[0] if sur else "", born, (*held.phones, "")[0], home, held.sex)


def _learned(settings: Mapping[str, Any]) -> dict[tuple[str, str], tuple[float, float]]:
    found = {}
    for comparison in settings["comparisons"]:
        for level in comparison["comparison_levels"]:
            same, stranger = level.get("m_probability"), level.get("u_probability")
            if isinstance(same, float) and isinstance(stranger, float) and not level.get("is_null_level"):
                found[comparison["output_column_name"], level["label_for_charts"]] = (same, stranger)
    return found
