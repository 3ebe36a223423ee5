"""tantivy, a full-text engine: names by edit distance, everything else by exact terms, scored by BM25."""

import tempfile
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

import tantivy

from benchmarks.matching import scorer, tidy
from benchmarks.matching.answers import Answers, Found, ask
from benchmarks.matching.sample import GIVEN, WITHHELD
from benchmarks.matching.tidy import Tidy

MOST = 60
_RAW = ("surname", "born", "month", "year", "phone", "postcode", "home")
_WORDS = ("forename", "street")


class Index:
    """The engine's index on disk, mapped into memory, with the rows beside it."""

    def __init__(self, folder: Path, where: Path) -> None:
        file = tidy.people(folder)
        self.rows = list(tidy.read(file))
        began = perf_counter()
        builder = tantivy.SchemaBuilder()
        for name in _RAW:
            builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
        for name in _WORDS:
            builder.add_text_field(name, tokenizer_name="default", index_option="basic")
        builder.add_integer_field("n", fast=True, stored=True)
        self.schema = builder.build()
        where.mkdir()
        self.where = where
        index = tantivy.Index(self.schema, path=str(where))
        self._write(index)
        index.reload()
        self.searcher = index.searcher()
        self.build_seconds = perf_counter() - began

    def _write(self, index: Any) -> None:
        writer = index.writer(heap_size=512_000_000, num_threads=1)
        for n, row in enumerate(self.rows):
            writer.add_document(tantivy.Document(n=n, **_fields(row)))
        writer.commit()
        writer.wait_merging_threads()

    def find(self, asked: Tidy) -> list[int]:
        """Return the numbers of the rows that score best."""
        clauses = [(tantivy.Occur.Should, clause) for clause in self._clauses(asked)]
        hits = self.searcher.search(tantivy.Query.boolean_query(clauses), MOST, count=False).hits
        return [self.searcher.doc(address)["n"][0] for _, address in hits]

    def _clauses(self, asked: Tidy) -> list[Any]:
        found = []
        for word in asked.forename.split()[:2]:
            found += self._name("forename", word, 2.0) + self._name("surname", word, 1.0)
        if asked.surname:
            found += self._name("surname", asked.surname, 3.0) + self._name("forename", asked.surname, 1.0)
        exact = {**_fields(asked), "forename": "", "surname": ""}
        boosts = {"born": 1.0, "month": 0.4, "year": 0.3, "phone": 1.0, "postcode": 0.8, "home": 1.0, "street": 0.4}
        for name, boost in boosts.items():
            for term in str(exact[name]).split() if name == "street" else [exact[name]]:
                if term and term not in tidy.STREETS:
                    query = tantivy.Query.term_query(self.schema, name, term, index_option="basic")
                    found.append(tantivy.Query.boost_query(query, boost))
        return found

    def _name(self, field: str, word: str, boost: float) -> list[Any]:
        """A name exactly, and within one edit (two where it is long)."""
        exact = tantivy.Query.term_query(self.schema, field, word, index_option="basic")
        distance = 2 if len(word) > 6 else 1
        close = tantivy.Query.fuzzy_term_query(self.schema, field, word, distance=distance)
        return [tantivy.Query.boost_query(exact, 0.3 * boost), tantivy.Query.boost_query(close, 2.0 * boost)]

    def megabytes(self) -> float:
        """Return what the index takes on disk, all of it mapped."""
        return sum(file.stat().st_size for file in self.where.iterdir()) / 2**20


def _fields(row: Tidy) -> dict[str, str]:
    return {
        "forename": row.forename,
        "surname": row.surname,
        "born": row.born if len(row.born) == 10 else "",
        "month": row.born[:7] if len(row.born) >= 7 else "",
        "year": row.year,
        "phone": row.phone,
        "postcode": row.postcode,
        "home": f"{row.house} {row.street}" if row.house and row.street else "",
        "street": row.street,
    }


def tune(folder: Path, file: Path) -> None:
    """Learn the scorer's weights from the development queries."""
    with tempfile.TemporaryDirectory() as scratch:
        index = Index(folder, Path(scratch) / "index")
        asked = tidy.development(folder)
        scorer.learn([(one, [index.rows[n] for n in index.find(one)]) for one in asked], file)


def run(folder: Path, tuned: Path | None = None) -> Answers:
    """Build, and answer both files of queries."""
    weights, published = scorer.kept(tuned)
    with tempfile.TemporaryDirectory() as scratch:
        index = Index(folder, Path(scratch) / "index")

        def judge(asked: Tidy, found: list[int]) -> Found:
            return scorer.best(asked, (index.rows[n] for n in found), weights)

        return Answers(
            system="tantivy",
            how=f"tantivy {version('tantivy')}, fuzzy names, exact terms, one boolean query",
            build_seconds=index.build_seconds,
            memory_mb=index.megabytes(),
            published=published,
            asked={name: ask(tidy.queries(folder, name), index.find, judge) for name in (GIVEN, WITHHELD)},
        )
