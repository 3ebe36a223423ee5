"""Splink 5 on DuckDB. It has no call for one record: quality is of one batch, latency of a table of one row."""

from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import duckdb
import jellyfish
import pandas  # type: ignore[import-untyped]
import splink
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.blocking_rule_library import CustomRule

from benchmarks.matching import measures, tidy
from benchmarks.matching.answers import MOST, Answer, Answers
from benchmarks.matching.processes import memory_mb
from benchmarks.matching.sample import GIVEN, WITHHELD
from benchmarks.matching.tidy import COLUMNS, Tidy

SINGLE = 30
"""How many queries are asked one by one: each takes as long as thousands of another system's."""
SURE = 0.001


def _name(column: str, other: str) -> Any:
    """Same, sounding the same, close, an initial, or the other of the two names."""
    swapped = f'"{column}_l" = "{other}_r" and "{column}_l" <> \'\''
    initial = f'left("{column}_l", 1) = left("{column}_r", 1) and least(length("{column}_l"), length("{column}_r")) = 1'
    return cl.CustomComparison(
        output_column_name=column,
        comparison_levels=[
            cll.NullLevel(column),
            cll.ExactMatchLevel(column, term_frequency_adjustments=True),
            cll.ExactMatchLevel(f"{column}_sound"),
            cll.DamerauLevenshteinLevel(column, 1),
            cll.JaroWinklerLevel(column, 0.88),
            cll.CustomLevel(swapped, "the other name"),
            cll.CustomLevel(initial, "the initial"),
            cll.ElseLevel(),
        ],
    )


def _born() -> Any:
    turned = "left(born_l, 4) = left(born_r, 4) and born_l[6:7] = born_r[9:10] and born_l[9:10] = born_r[6:7]"
    return cl.CustomComparison(
        output_column_name="born",
        comparison_levels=[
            cll.NullLevel("born"),
            cll.ExactMatchLevel("born"),
            cll.CustomLevel(turned, "day and month changed round"),
            cll.DamerauLevenshteinLevel("born", 1),
            cll.CustomLevel("left(born_l, 7) = left(born_r, 7) and length(born_l) >= 7", "month and year"),
            cll.CustomLevel("left(born_l, 4) = left(born_r, 4)", "year"),
            cll.ElseLevel(),
        ],
    )


def _home() -> Any:
    return cl.CustomComparison(
        output_column_name="street",
        comparison_levels=[
            cll.NullLevel("street"),
            cll.CustomLevel("street_l = street_r and house_l = house_r", "the same house"),
            cll.CustomLevel("house_l = house_r and damerau_levenshtein(street_l, street_r) <= 2", "nearly"),
            cll.CustomLevel("damerau_levenshtein(street_l, street_r) <= 2", "the street"),
            cll.ElseLevel(),
        ],
    )


def settings() -> Any:
    """Return comparisons and blocking as Splink's own guidance would set them for these columns."""
    return SettingsCreator(
        link_type="link_only",
        unique_id_column_name="unique_id",
        comparisons=[
            _name("forename", "surname"),
            _name("surname", "forename"),
            _born(),
            cl.LevenshteinAtThresholds("phone", 2),
            cl.LevenshteinAtThresholds("postcode", 1),
            _home(),
            cl.ExactMatch("sex"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("phone"),
            block_on("surname_sound", "forename_sound"),
            block_on("surname_sound", "year"),
            block_on("forename_sound", "born"),
            block_on("postcode", "forename_sound"),
            block_on("postcode", "surname_sound"),
            block_on("street", "house"),
            block_on("born", "initial"),
            CustomRule("l.surname_sound = r.forename_sound and l.forename_sound = r.surname_sound"),
        ],
        retain_intermediate_calculation_columns=False,
        additional_columns_to_retain=["id"],
    )


class Model:
    """People in DuckDB, and a linker trained on development queries or read from a file."""

    def __init__(self, folder: Path, model: Path | None, files: Sequence[str] = (GIVEN, WITHHELD)) -> None:
        self.con = duckdb.connect()
        self.con.execute("set threads to 2")
        self.api = DuckDBAPI(self.con)
        names = ", ".join(f"nullif({name}, '') as {name}" for name in COLUMNS if name != "id")
        self.con.execute(
            f"create table raw as select id, {names} from read_csv('{tidy.people(folder)}', all_varchar = true)"
        )
        self.table("people", "select row_number() over () as n, * from raw")
        began = perf_counter()
        self.people = self.api.register("people_rows", dataset_display_name="people")
        self.queries = [tidy.queries(folder, name) for name in files]
        self.asked = self._register("asked", [one for part in self.queries for one in part])
        self.linker = Linker([self.people, self.asked], str(model) if model else settings(), log_level=None)
        for column in ("forename", "surname"):
            self.linker.table_management.compute_tf_table(column)
        self.build_seconds = perf_counter() - began

    def table(self, name: str, source: str) -> None:
        """Create a table with the sounds of names, its first column `n` made the id."""
        rows = self.con.execute(f"select distinct forename from ({source}) union select surname from ({source})")
        words = [word for (word,) in rows.fetchall() if word]
        sounds = {"word": words, "sound": [jellyfish.metaphone(word.split(" ")[0]) for word in words]}
        self.con.register("sounds", pandas.DataFrame(sounds, dtype="string"))
        self.con.execute(
            f"create or replace table {name}_rows as select '{name}' || n as unique_id, q.* exclude (n), "
            "f.sound as forename_sound, s.sound as surname_sound, left(born, 4) as year, left(surname, 1) as initial "
            f"from ({source}) q left join sounds f on f.word = forename left join sounds s on s.word = surname"
        )

    def _register(self, name: str, asked: list[Tidy]) -> Any:
        self._rows(name, asked)
        return self.api.register(f"{name}_rows", dataset_display_name=name)

    def _rows(self, name: str, asked: list[Tidy]) -> None:
        columns = {column: [getattr(one, column) or None for one in asked] for column in COLUMNS}
        columns["n"] = [str(n) for n in range(len(asked))]
        self.con.register("given", pandas.DataFrame(columns, dtype="string"))
        self.table(name, "select * from given")

    def train(self) -> None:
        """u from random pairs, m from the development queries whose person is known."""
        self.con.execute(
            "create or replace table labels as select 'people' as source_dataset_l, p.unique_id as unique_id_l, "
            "'asked' as source_dataset_r, a.unique_id as unique_id_r from asked_rows a join people_rows p using (id)"
        )
        training = self.linker.training
        training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
        labels = self.api.register("labels", dataset_display_name="labelled")
        training.estimate_m_from_pairwise_labels(labels)  # type: ignore[no-untyped-call]

    def answers(self) -> list[tuple[tuple[str, float], ...]]:
        """Link all queries in one batch, and return the likeliest people for each."""
        linked = self.linker.inference.predict_between(self.people, self.asked, threshold_match_probability=SURE)
        return self._ranked(linked, sum(len(part) for part in self.queries))

    def _ranked(self, linked: Any, count: int) -> list[tuple[tuple[str, float], ...]]:
        pairs = self.con.execute(
            f"with told as (select *, unique_id_l like 'asked%' as turned from {linked.physical_name}) "
            "select cast(replace(if(turned, unique_id_l, unique_id_r), 'asked', '') as int) as n, "
            "if(turned, id_r, id_l) as who, max(match_weight) as weight from told "
            "group by all order by n, weight desc"
        ).fetchall()
        found: list[list[tuple[str, float]]] = [[] for _ in range(count)]
        for n, who, weight in pairs:
            if len(found[n]) < MOST:
                found[n].append((who, weight))
        return [tuple(part) for part in found]

    def one_by_one(self) -> list[float]:
        """Return how long a table of one row takes, each in milliseconds."""
        took = []
        for n, one in enumerate(self.queries[0][: SINGLE + 2]):
            self._rows(f"single{n}", [one])
            began = perf_counter()
            row = self.api.register(f"single{n}_rows", dataset_display_name=f"single{n}")
            linked = self.linker.inference.predict_between(self.people, row, threshold_match_probability=SURE)
            self.con.execute(f"select count(*) from {linked.physical_name}").fetchall()
            took.append((perf_counter() - began) * 1000)
        return took[2:]


def tune(folder: Path, file: Path) -> None:
    """Train on the development sample, and keep the model with the score from which a match is called."""
    model = Model(folder, None)
    model.train()
    model.linker.misc.save_model_to_json(str(file), overwrite=True)
    answers = [Answer(0.0, found) for found in model.answers()]
    truths = [one.id for part in model.queries for one in part]
    published = measures.threshold_for(measures.outcomes(answers, truths))
    file.with_suffix(".published").write_text(str(published), encoding="utf-8")


def run(folder: Path, tuned: Path | None = None) -> Answers:
    """Link both files of queries in one batch, then time single rows."""
    model = Model(folder, tuned)
    began = perf_counter()
    found = model.answers()
    batch_seconds = perf_counter() - began
    took = model.one_by_one()
    each = [took[n % len(took)] for n in range(len(found))]
    answers = tuple(Answer(ms, one) for ms, one in zip(each, found, strict=True))
    count = len(model.queries[0])
    return Answers(
        system="Splink",
        how=f"Splink {splink.__version__} on DuckDB, one batch; latency of a table of one row ({SINGLE} asked)",
        build_seconds=model.build_seconds,
        memory_mb=memory_mb(),
        published=float(tuned.with_suffix(".published").read_text(encoding="utf-8")) if tuned else None,
        asked={GIVEN: answers[:count], WITHHELD: answers[count:]},
        notes={"batch_seconds": batch_seconds, "batch_records": len(found)},
    )


def batch(folder: Path, tuned: Path | None, name: str) -> tuple[list[set[str]], int, float]:
    """Link one file: return whom each record may be, how many rows of people, and the seconds from files to pairs."""
    began = perf_counter()
    model = Model(folder, tuned, (name,))
    found = model.answers()
    seconds = perf_counter() - began
    count = model.con.execute("select count(*) from people_rows").fetchall()[0][0]
    return [{who for who, _ in one} for one in found], int(count), seconds
