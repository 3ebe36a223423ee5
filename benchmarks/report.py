"""Write what was measured into docs/benchmarks.md: every figure with its machine, its day and its command."""

import json
from pathlib import Path

from benchmarks.figures import from_data, table

DOCUMENT = Path("docs/benchmarks.md")
ORDER = (
    "save",
    "board",
    "page sizes",
    "queues",
    "handheld",
    "recognition",
    "keystroke",
    "log cost",
    "writers",
    "growth",
    "cold start",
)
MOST_ROWS = 40
"""A longer table keeps its slowest pages, and says how many it left out."""
HEAD = """# How fast it is

Written by `python -m benchmarks --write` from figures that were really seen; `make bench` measures them again. Each
table names its machine and how busy that machine was: a processor shared with other work makes every figure worse,
never better. Percentiles are values that occurred. Nothing in the tests asserts a time.
"""
ABOUT = {
    "save": """A call with a known caller, a suspect who is new, an address, the danger questions and all of THRIVE:
validated, graded, put before the help desk, its clocks started, the index of people brought up to date, everything
logged and durable. "At 40/s" sends on a timetable and counts each answer from when it was due, so that a queue in the
server shows as lateness. The floor is one row with the same words, inserted by psycopg: what the disk alone costs.""",
    "board": "500 incidents open. Chromium opens the page with an empty cache; another saves a call through the form.",
    "page sizes": "HTML as it crosses the wire, the largest of several, for each role that may open the page.",
    "recognition": """Callers of the county misheard in one to three ways, and names half typed, with row policies and
the log. At 95 % the target is 100 ms for 0.1× and 10 ms for the whole county.""",
    "keystroke": """A call taker types callers' names into an empty call, letter by letter; counted from the key to the
frame in which the panel of what is known has changed. Letters that change nothing are not counted.""",
    "log cost": "The same query with its entry in the log, and with the log taken out by the benchmark, turn about.",
    "writers": """Each client is a process with its own connection adding lines to an incident of its own while the
sealer runs; every way is measured in turn in each of fifteen short rounds, and shares are compared within a round.

![Actions a second with one to eight clients](figures/writers.svg)

If the log held writers up, its share of the bare rate would fall as clients are added.""",
    "queues": """Every page that the navigation offers each sign-in and the first case it leads to, with a year of the
safeguarding team's work behind it: the server's time over HTTP, one reader at a time.""",
    "handheld": """An officer's page in Chromium with its processor slowed four times: until it can be used, from
unlocking to a question, a tap; and the sync of an officer's cards.""",
    "growth": """The same 500 incidents open in a small force and a large one: how many times longer each page takes.
A page that only one of the two sizes has (there is no case to open, or no incident of that kind) is left out.""",
    "cold start": "No database, no files: one command until /health answers, PostgreSQL made and the county loaded.",
}


def write(results: Path, document: Path = DOCUMENT) -> Path:
    """Write what was measured into the document, leave its other sections as they stand, and return where it is."""
    kept = json.loads(results.read_text(encoding="utf-8"))
    sections = {**_standing(document), **{group: _section(group, found) for group, found in kept.items()}}
    parts = [HEAD, *(sections[group] for group in ORDER if group in sections)]
    document.write_text("\n".join(parts), encoding="utf-8")
    return document


def _standing(document: Path) -> dict[str, str]:
    """Return the sections of the document as it is, by the group that each is of."""
    if not document.exists():
        return {}
    _, *sections = document.read_text(encoding="utf-8").split("\n## ")
    return {text.partition("\n")[0].lower(): f"## {text.rstrip()}\n" for text in sections}


def _section(group: str, found: dict) -> str:  # type: ignore[type-arg]
    machine = ", ".join(f"{name} {value}" for name, value in found["machine"].items())
    figures, left = from_data(found["figures"]), ""
    if group == "queues" and len(figures) > MOST_ROWS:
        met = sum(figure.met is not False for figure in figures)
        left = (
            f"\n{len(figures)} pages and packs were timed and {met} met their target; these {MOST_ROWS} are slowest.\n"
        )
        figures = sorted(figures, key=lambda figure: -figure.median)[:MOST_ROWS]
    return f"## {group.capitalize()}\n\n{ABOUT[group]}\n\n`{found['command']}`: {machine}.\n{left}\n{table(figures)}\n"
