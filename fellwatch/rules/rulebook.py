"""Load the whole rulebook, telling everything that is wrong with it at once, and find rules in it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from fellwatch.rules import digest, envelope, forces, versions
from fellwatch.rules.calendar_days import Calendar
from fellwatch.rules.condition_data import Fault
from fellwatch.rules.envelope import File
from fellwatch.rules.errors import NoSuchRule, Problem, RulebookErrors, did_you_mean
from fellwatch.rules.forces import Force
from fellwatch.rules.kinds import KINDS, Context
from fellwatch.rules.territory import ENGLAND_AND_WALES
from fellwatch.rules.versions import Rule, Version

FORCES = "forces"


@dataclass(frozen=True)
class Rulebook:
    """Every rule by its id, with one force's choices where a force was named."""

    rules: Mapping[str, Rule]
    force: Force | None = None

    def rule(self, id: str) -> Rule:
        """Find a rule, or raise NoSuchRule with the nearest names."""
        if id not in self.rules:
            raise NoSuchRule(id, self.rules)
        return self.rules[id]

    def of_kind(self, kind: str) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules.values() if rule.kind == kind)

    @property
    def territory(self) -> str:
        """The force's own area, or England and Wales where no force was named."""
        return self.force.code if self.force else ENGLAND_AND_WALES

    def version_on(self, id: str, day: date) -> Version:
        """Find the version of a rule that holds on the selector's day in the force's area."""
        return self.rule(id).version_on(day, self.territory)


@dataclass
class _Loading:
    root: Path
    problems: list[Problem] = field(default_factory=list)
    files: list[File] = field(default_factory=list)

    def open(self, path: Path) -> File:
        name = path.relative_to(self.root).as_posix()
        file = File(name, {})
        try:
            file = File(name, tomllib.loads(path.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            file.faults.append(Fault("", f"cannot be read: {error}", "correct the TOML"))
        self.files.append(file)
        return file

    def object_to_changes(self, rules: Iterable[Rule], folder: Path) -> None:
        try:
            register = digest.read(folder)
        except (tomllib.TOMLDecodeError, ValueError, TypeError, KeyError, AttributeError) as error:
            name = (folder / digest.FILE).relative_to(self.root).as_posix()
            self.problems.append(Problem(name, "", f"cannot be read: {error}", "put back the last good one"))
        else:
            self.problems.extend(digest.breaches(rules, register))

    def finish(self) -> None:
        found = [*self.problems, *(one for file in self.files for one in file.problems())]
        if found:
            raise RulebookErrors(found)


def load(root: Path, force: str | None = None) -> Rulebook:
    """Load the core, and one force's choices by its folder's name or its code; raise RulebookErrors."""
    loading = _Loading(root)
    core = _load_core(loading)
    loading.object_to_changes(core.values(), root)
    if force is None:
        loading.finish()
        return Rulebook(core)
    known, rules = _load_force(loading, core, force)
    loading.finish()
    return Rulebook(rules, known)


def force_names(root: Path) -> tuple[str, ...]:
    """List the forces that have a folder."""
    folder = root / FORCES
    return tuple(sorted(one.name for one in folder.iterdir() if one.is_dir())) if folder.is_dir() else ()


def own_rules(book: Rulebook) -> tuple[Rule, ...]:
    """List what the named force publishes: its own rules whole, and its versions of core rules."""
    return tuple(rule for id in book.rules if (rule := _own_part(book.rules[id])).versions)


def core_rules(book: Rulebook) -> tuple[Rule, ...]:
    """List the rules of the core, without any force's versions."""
    return tuple(rule for rule in book.rules.values() if not _is_of_force(rule))


def failed_examples(book: Rulebook, calendar: Calendar) -> Iterator[Problem]:
    """Try every example of every version; yield those that do not come out as written."""
    for rule in book.rules.values():
        for version in rule.versions:
            for index in range(len(version.examples)):
                wrong = try_example(book, rule, version, index, calendar)
                if wrong is not None:
                    where = f"version {version.number}, example {index + 1}"
                    yield Problem(rule.file, where, wrong, "correct the example or the rule")


def try_example(book: Rulebook, rule: Rule, version: Version, index: int, calendar: Calendar) -> str | None:
    """Try one example; None where it holds, else what came out instead."""
    context = Context(calendar, lambda id, v: book.rule(id).version_on(v.applies_from, v.territory[0]).parsed)
    try:
        return KINDS[rule.kind].check_example(version, version.examples[index], context)
    except LookupError as error:
        return str(error)


def _load_core(loading: _Loading) -> dict[str, Rule]:
    rules: dict[str, Rule] = {}
    for path in sorted(loading.root.glob("*/*.toml")):
        if path.parent.name == FORCES:
            continue
        file = loading.open(path)
        if file.faults:
            continue
        rule = envelope.read(file)
        if rule.id in rules:
            file.faults.append(Fault("id", f"{rule.id!r} is also in {rules[rule.id].file}", "rename one of them"))
        rules[rule.id] = rule
    if not rules:
        what, do = "holds no rules", "name the folder that has clocks/, grading/ and the others in it"
        loading.problems.append(Problem(str(loading.root), "", what, do))
    return rules


def _load_force(loading: _Loading, core: dict[str, Rule], asked: str) -> tuple[Force | None, dict[str, Rule]]:
    known = {name: _read_force(loading, name) for name in force_names(loading.root)}
    force = next((one for one in known.values() if one is not None and asked in (one.id, one.code)), None)
    if force is None:
        what = f"no force is called {asked!r}." + did_you_mean(asked, known)
        do = f"use one of {', '.join(known) or 'none yet'}, or add {FORCES}/<force>/force.toml"
        loading.problems.append(Problem(FORCES, "", what, do))
        return None, core
    folder, rules = loading.root / FORCES / force.id, core
    for path in sorted(folder.glob("*.toml")):
        if path.name not in (digest.FILE, "force.toml"):
            rules = _with_file(loading.open(path), rules, force)
    _object_to_overlaps(loading, rules)
    loading.object_to_changes(own_rules(Rulebook(rules, force)), folder)
    return force, rules


def _read_force(loading: _Loading, name: str) -> Force | None:
    path = loading.root / FORCES / name / "force.toml"
    if not path.exists():
        where = f"{FORCES}/{name}"
        loading.problems.append(Problem(where, "", "has no force.toml", "write one with its code and name"))
        return None
    file = loading.open(path)
    return None if file.faults else forces.read_force(file, name)


def _with_file(file: File, rules: dict[str, Rule], force: Force) -> dict[str, Rule]:
    if file.faults:
        return rules
    if "chooses" in file.data:
        return forces.with_choices(rules, file, force)
    return forces.with_own_rule(rules, file, force)


def _object_to_overlaps(loading: _Loading, rules: Mapping[str, Rule]) -> None:
    for rule in rules.values():
        for one, other in versions.overlapping(rule):
            if one.chosen or other.chosen:
                what = f"choices {one.number} and {other.number} both hold {other.dates}"
                loading.problems.append(Problem(rule.file, "version", what, "give the earlier an applies_to"))


def _is_of_force(rule: Rule) -> bool:
    return rule.file.startswith(f"{FORCES}/")


def _own_part(rule: Rule) -> Rule:
    if _is_of_force(rule):
        return rule
    mine = tuple(version for version in rule.versions if version.chosen is not None)
    return Rule(rule.id, rule.kind, rule.title, rule.selector, rule.purpose, rule.file, versions=mine)
