"""PostgreSQL with b-trees and double metaphone: one union query, its indexes checked by EXPLAIN."""

import re
from pathlib import Path
from time import perf_counter

import psycopg

from benchmarks.matching import scorer, tidy
from benchmarks.matching.answers import Answers, Found, ask
from benchmarks.matching.debian_postgres import server
from benchmarks.matching.sample import GIVEN, WITHHELD
from benchmarks.matching.tidy import COLUMNS, Tidy

_TABLE = """
create extension fuzzystrmatch;
create table raw (id text, forename text, surname text, sex text, born text, phone text, house text, street text,
                  postcode text);
"""
_BUILT = """
create table held as
  select row_number() over ()::int as n, raw.*, dmetaphone(split_part(forename, ' ', 1)) as f, dmetaphone(surname) as s,
         left(born, 4) as year
  from raw;
create index on held (phone) where phone <> '';
create index on held (s, f);
create index on held (s, year);
create index on held (born, f) where length(born) = 10;
create index on held (born, left(surname, 1)) where length(born) = 10;
create index on held (postcode, f) where postcode <> '';
create index on held (postcode, s) where postcode <> '';
create index on held (street, house) where street <> '';
create index on held (surname, left(forename, 1));
create unique index on held (n);
vacuum analyze held;
"""
# `:name` is what was asked, `:f` and `:s` its sounds. Every branch takes at most CAP rows.
_BRANCHES = """
phone = :phone and phone <> '' and :phone <> ''
s = :s and f = :f and :surname <> '' and :forename <> ''
s = dmetaphone(:forename) and f = dmetaphone(split_part(:surname, ' ', 1)) and :surname <> '' and :forename <> ''
s = :s and year = left(:born, 4) and :surname <> '' and :born <> ''
s = dmetaphone(:forename) and year = left(:born, 4) and :forename <> '' and :born <> ''
born = :born and length(born) = 10 and f = :f and :forename <> ''
born = :born and length(born) = 10 and left(surname, 1) = left(:surname, 1) and :surname <> ''
postcode = :postcode and postcode <> '' and f = :f and :forename <> '' and :postcode <> ''
postcode = :postcode and postcode <> '' and s = :s and :surname <> '' and :postcode <> ''
street = :street and house = :house and street <> '' and :street <> ''
surname = :surname and left(forename, 1) = :forename and length(:forename) = 1
"""
_SOUNDS = {":f ": "dmetaphone(split_part(:forename, ' ', 1)) ", ":s ": "dmetaphone(:surname) "}
MOST, CAP = 80, 150


def _union() -> str:
    text = _BRANCHES.strip()
    for sound, meant in _SOUNDS.items():
        text = text.replace(sound, meant)
    branches = re.sub(r":(\w+)", r"%(\1)s::text", text).splitlines()
    union = " union all ".join(f"(select n from held where {branch} limit {CAP})" for branch in branches)
    found = f"select n, count(*) as times from ({union}) u group by n order by times desc, n limit {MOST}"
    columns = ", ".join(f"held.{name}" for name in COLUMNS)
    return f"select {columns} from ({found}) found join held using (n)"


class Index:
    """The table with its indexes, and the one prepared query."""

    def __init__(self, connection: psycopg.Connection, folder: Path) -> None:
        self.connection = connection
        connection.execute(_TABLE.encode())
        with (
            connection.cursor().copy("copy raw from stdin with (format csv, header)") as copy,
            tidy.people(folder).open("rb") as file,
        ):
            while block := file.read(1 << 20):
                copy.write(block)
        began = perf_counter()
        for statement in _BUILT.split(";"):
            if statement.strip():
                connection.execute(statement.encode())
        self.build_seconds = perf_counter() - began
        self.query = _union()
        self._check()

    def find(self, asked: Tidy) -> list[Tidy]:
        """Return the rows worth scoring."""
        rows = self.connection.execute(self.query.encode(), _parameters(asked), prepare=True)
        return [Tidy(*row) for row in rows.fetchall()]

    def _check(self) -> None:
        """Every branch must go by its index."""
        asked = Tidy("", "john", "smith", "m", "1984-05-06", "07700900123", "1", "tarn row", "fw11aa")
        plan = self.connection.execute(f"explain {self.query}".encode(), _parameters(asked))
        text = "\n".join(str(line[0]) for line in plan.fetchall())
        if "Seq Scan" in text:
            raise RuntimeError(f"A branch of the query goes through the whole table:\n{text}")

    def megabytes(self) -> float:
        """Return what the table and its indexes take."""
        size = self.connection.execute("select pg_total_relation_size('held')").fetchone()
        return float(size[0]) / 2**20 if size else 0.0


def _parameters(asked: Tidy) -> dict[str, str]:
    return {name: getattr(asked, name) for name in COLUMNS}


def tune(folder: Path, file: Path) -> None:
    """Learn the scorer's weights from the development queries."""
    with server() as connection:
        index = Index(connection, folder)
        asked = tidy.development(folder)
        scorer.learn([(one, index.find(one)) for one in asked], file)


def run(folder: Path, tuned: Path | None = None) -> Answers:
    """Build, and answer both files of queries."""
    weights, published = scorer.kept(tuned)

    def judge(asked: Tidy, found: list[Tidy]) -> Found:
        return scorer.best(asked, found, weights)

    with server() as connection:
        index = Index(connection, folder)
        version = connection.info.server_version
        return Answers(
            system="PostgreSQL",
            how=f"Debian's PostgreSQL {version // 10000}.{version % 10000}, b-trees, double metaphone, one union query",
            build_seconds=index.build_seconds,
            memory_mb=index.megabytes(),
            published=published,
            asked={name: ask(tidy.queries(folder, name), index.find, judge) for name in (GIVEN, WITHHELD)},
        )
