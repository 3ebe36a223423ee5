"""Write a trained model as a version of the rulebook's recognition model, and put one that passed into its file."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from fellwatch.recognition.evaluation import Report
from fellwatch.rules.likeness import FIELDS, Model

GUARDS: tuple[tuple[str, Mapping[str, str], str], ...] = (
    (
        "The name as heard, with her telephone number and date of birth, is all but sure",
        {"forename": "sounds", "surname": "sounds", "phone": "exact", "date_of_birth": "full"},
        "at_least = 0.99",
    ),
    (
        "Her brother at the same address, with the same number and surname, is not likely to be she",
        {"forename": "differs", "surname": "exact", "phone": "exact", "address": "same_house"},
        "at_most = 0.05",
    ),
    (
        "A number and an address say which household, not who of it",
        {"phone": "exact", "address": "same_house"},
        "at_most = 0.5",
    ),
    (
        "Nor do a number, an address, a surname and a sex",
        {"phone": "exact", "address": "same_house", "surname": "exact", "sex": "same"},
        "at_most = 0.5",
    ),
    ("A name alone is never very likely", {"forename": "exact", "surname": "exact"}, "at_most = 0.8"),
    (
        "The name with another date of birth is not",
        {"forename": "exact", "surname": "exact", "date_of_birth": "differs"},
        "at_most = 0.05",
    ),
    (
        "A twin: the same date of birth, surname and address under another forename",
        {"forename": "differs", "surname": "exact", "date_of_birth": "full", "address": "same_house"},
        "at_most = 0.5",
    ),
)
"""What any model must say: worked examples of the version, checked with the rulebook."""

BOUNDS: tuple[tuple[str, Mapping[str, str], float], ...] = (
    ("household_alone", {"phone": "exact", "address": "same_house", "surname": "exact", "sex": "same"}, 0.5),
    (
        "forename_differs_at_home",
        {"forename": "differs", "surname": "exact", "phone": "exact", "address": "same_house"},
        0.05,
    ),
)
"""What holds together, where it is found, and the likelihood it is held to whatever was learned: the guards' own."""

_HOME: Mapping[str, str] = {"address": "same_house"}
_NUMBER: Mapping[str, str] = {"phone": "exact"}
_BORN: Mapping[str, str] = {"date_of_birth": "full"}
NEVER_LESS: tuple[tuple[Mapping[str, str], Mapping[str, str]], ...] = (
    ({**_BORN, **_NUMBER}, _HOME),
    ({**_BORN, **_HOME}, _NUMBER),
)
"""What is said, and what more that agrees may be said without taking from it."""

_HEAD = """id = "starting_model"
kind = "recognition_model"
title = "How strongly each likeness speaks for being the same person"
selector = "searched_at"
purpose = "Tell who somebody probably is from whatever a caller has said so far, and say why."
"""


class Unfit(ValueError):
    """The model may not be published; the message says why."""


def model(trained: Model, *, number: int, applies_from: date, learned_from: str) -> str:
    """Return a file of the rulebook that holds this version alone."""
    return _HEAD + "\n" + "\n".join(_version(trained, number, applies_from, learned_from)) + "\n"


def _version(trained: Model, number: int, applies_from: date, learned_from: str) -> Iterator[str]:
    yield "[[version]]"
    yield f"number = {number}"
    yield f"applies_from = {applies_from:%Y-%m-%d}"
    yield 'territory = ["england_and_wales"]'
    yield 'source = "Fellegi and Sunter 1969 with household as a third hypothesis; weights trained with Splink 5."'
    yield 'confidence = "derived"'
    yield f'reason = """{learned_from}"""'
    yield "\n[version.body]"
    for name in ("held", "household", "population", "marker_likelihood", "published", "shown"):
        yield f"{name} = {_number(getattr(trained, name))}"
    for field, names in FIELDS.items():
        yield f"\n[version.body.levels.{field}]"
        yield from (_level(name, trained, field) for name in names)
    second = trained.second
    yield "\n[version.body.second_look]"
    yield from (f"{name} = {_number(getattr(second, name))}" for name in ("offset", "scale", "others", "paired"))
    for field, names in FIELDS.items():
        if moved := {n: second.levels[field, n] for n in names if (field, n) in second.levels}:
            yield f"\n[version.body.second_look.levels.{field}]"
            yield from (f"{name} = {_number(bits)}" for name, bits in moved.items())
    yield "\n[version.body.second_look.together]"
    yield from (f"{name} = {_number(bits)}" for name, bits in second.together.items())
    for name, levels, bound in GUARDS:
        inside = ", ".join(f'{field} = "{level}"' for field, level in levels.items())
        yield f'\n[[version.example]]\nname = "{name}"\nlevels = {{ {inside} }}\n{bound}'


def _level(name: str, trained: Model, field: str) -> str:
    level = trained.level(field, name)
    parts = [f"{key} = {_number(getattr(level, key))}" for key in ("same", "household", "stranger")]
    if level.spread:
        parts += [f"spread = {_number(level.spread)}", f"least = {_number(level.least)}"]
    return f'{name} = {{ {", ".join(parts)}, words = "{level.words}" }}'


def _number(value: float) -> str:
    if isinstance(value, int):
        return str(value)
    text = f"{value:.4g}" if abs(value) >= 0.001 else f"{value:.9f}".rstrip("0")
    if text.endswith("."):
        return text + "0"
    return text if re.search(r"[.e]", text) else text + ".0"


def fit(report: Report, standing: Report) -> None:
    """Refuse a model that a labelled sample shows to be wrong, or worse than the one that stands."""
    if report.queries < 500 or not report.not_held:
        raise Unfit("The sample needs at least 500 queries, some of them about people who are not held.")
    if report.precision_at_published < 0.98:
        raise Unfit(f"Of those called very likely only {report.precision_at_published:.1%} were right: 98% are needed.")
    if report.calibration_error > 0.03:
        raise Unfit(f"The likelihoods shown are {report.calibration_error:.3f} off on average: at most 0.03 may be.")
    for measure in ("recall_at_1", "recall_at_high_precision"):
        new, old = getattr(report, measure), getattr(standing, measure)
        if new < old - 0.005:
            raise Unfit(f"{measure.replace('_', ' ').capitalize()} would fall from {old:.3f} to {new:.3f}.")


def publish(candidate: Path, rulebook_file: Path, report: Report) -> int:
    """Append the candidate to the rulebook's model, ending the version before it; return its number."""
    text = candidate.read_text(encoding="utf-8")
    version = _only(tomllib.loads(text))
    standing = rulebook_file.read_text(encoding="utf-8")
    last = max(tomllib.loads(standing)["version"], key=lambda v: v["number"])
    if version["number"] <= last["number"]:
        raise Unfit(f"Version {last['number']} stands already: number the new one {last['number'] + 1}.")
    if version["applies_from"] <= last["applies_from"]:
        raise Unfit(f"It must apply from a day after {last['applies_from']}, when version {last['number']} began.")
    block = text[text.index("[[version]]") :].replace('reason = """', f'reason = """{_tried(report)} ', 1)
    if "applies_to" not in last:
        begun = f"applies_from = {last['applies_from']}\n"
        at = standing.rindex(begun) + len(begun)
        standing = f"{standing[:at]}applies_to = {version['applies_from']}\n{standing[at:]}"
    rulebook_file.write_text(f"{standing.rstrip()}\n\n{block}", encoding="utf-8")
    return int(version["number"])


def _only(rule: Mapping[str, Any]) -> Mapping[str, Any]:
    versions: list[Mapping[str, Any]] = rule["version"]
    if len(versions) != 1:
        raise Unfit("The file of a trained model holds one version.")
    return versions[0]


def _tried(report: Report) -> str:
    return (
        f"Tried on {report.queries:,} labelled queries ({report.not_held:,} of people not held) against "
        f"{report.people:,} people: recall at 1 {report.recall_at_1:.3f}, at 0.99 precision "
        f"{report.recall_at_high_precision:.3f}, expected calibration error {report.calibration_error:.3f}."
    )
