"""Why a peer cannot be measured here."""

from importlib.util import find_spec

from benchmarks.matching import debian_postgres

NEEDS = {"ours": "fellwatch", "postgres": "psycopg", "tantivy_index": "tantivy", "splink_peer": "splink"}


def why_not(system: str) -> str:
    """Return what is missing, "" where nothing is."""
    if find_spec(NEEDS[system]) is None:
        return f"{NEEDS[system]} is not installed (requirements/bench.txt)"
    if system == "postgres" and debian_postgres.programs() is None:
        return "Debian's PostgreSQL server with fuzzystrmatch is not installed"
    return ""
