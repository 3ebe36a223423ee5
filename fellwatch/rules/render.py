"""Write the rulebook as pages that a policy lead can read, from the same source that decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import groupby

from fellwatch.rules import clock_data, rulebook
from fellwatch.rules.calendar_days import Calendar, say
from fellwatch.rules.clock_rule import Clock, ClockRule
from fellwatch.rules.rulebook import Rulebook
from fellwatch.rules.versions import Rule, Version

NOTE = "Written by `fellwatch rulebook render` from the files of `rulebook/`. Change those, then write this again."


def pages(core: Rulebook, forces: Iterable[Rulebook], calendar: Calendar) -> dict[str, str]:
    """Render one page per folder and per force, and an index: file name to Markdown."""
    rules = sorted(core.rules.values(), key=lambda rule: rule.file)
    folders = {name: list(group) for name, group in groupby(rules, key=lambda rule: rule.file.split("/")[0])}
    rendered = {f"{name}.md": _page(_heading(name), group, core, calendar) for name, group in folders.items()}
    chosen = list(forces)
    for book in chosen:
        assert book.force is not None
        title = f"{book.force.name} ({book.force.code})"
        rendered[f"force_{book.force.id}.md"] = _page(title, rulebook.own_rules(book), book, calendar)
    return {**rendered, "README.md": _index(folders, chosen)}


def _index(folders: Mapping[str, list[Rule]], forces: list[Rulebook]) -> str:
    lines = ["# The rulebook", "", NOTE, ""]
    for name, rules in folders.items():
        lines += [f"## [{_heading(name)}]({name}.md)", ""]
        lines += [f"- [{rule.title}]({name}.md#{rule.id}): {rule.purpose}" for rule in rules] + [""]
    lines += ["## What forces choose", ""] if forces else []
    lines += [f"- [{one.force.name}](force_{one.force.id}.md)" for one in forces if one.force]
    return "\n".join(lines).rstrip() + "\n"


def _page(title: str, rules: Iterable[Rule], book: Rulebook, calendar: Calendar) -> str:
    lines = [f"# {title}", "", NOTE, ""]
    for rule in rules:
        lines += _rule(rule, book, calendar)
    return "\n".join(lines).rstrip() + "\n"


def _rule(rule: Rule, book: Rulebook, calendar: Calendar) -> Iterator[str]:
    yield from (f'<a id="{rule.id}"></a>', "", f"## {rule.title}", "", rule.purpose, "")
    yield from (
        f"`{rule.id}` · kind {rule.kind} · the version is picked by: {rule.selector} · `{rule.file}`",
        "",
    )
    yield from ("| Version | Holds | Where | Confidence | Source |", "|---|---|---|---|---|")
    for version in rule.versions:
        where = ", ".join(version.territory)
        yield (
            f"| {version.number} | {version.dates} | {where} | {version.confidence}: {version.confidence.words} "
            f"| {_cell(version.source)} |"
        )
    yield ""
    for version in rule.versions:
        yield from _version(rule, version, book, calendar)


def _version(rule: Rule, version: Version, book: Rulebook, calendar: Calendar) -> Iterator[str]:
    yield from (f"### {rule.title}: version {version.number}", "", version.reason, "")
    if version.chosen is not None:
        set_to = ", ".join(f"`{path}` = {value}" for path, value in version.chosen.settings.items())
        yield from (f"Chosen by {version.chosen.decided_by}, in version {version.chosen.of}: {set_to}.", "")
    if isinstance(version.parsed, ClockRule):
        yield from _clocks(version.parsed)
    if version.local and version.chosen is None:
        yield from ("A force may choose:", "")
        yield from (f"- `{one.path}`, {one.words}. {one.reason}" for one in version.local)
        yield ""
    yield from ("| Example | Given | Comes to |", "|---|---|---|")
    for index, example in enumerate(version.examples):
        comes_to = _result(rule, version, index, book, calendar)
        yield f"| {_cell(_title(example, index))} | {_given(rule, example)} | {_cell(comes_to)} |"
    yield ""


def _clocks(rule: ClockRule) -> Iterator[str]:
    owner = rule.owner.replace("_", " ")
    yield from (f"{rule.duty} Owed by: {owner}. Starts on `{rule.starts_on}`.{_warned(rule.warn_months_before)}", "")
    yield from ("| Clock | Where | Length |", "|---|---|---|")
    for clock in rule.clocks:
        parts = [f"{name} is {value}" for name, value in (clock.when or {}).items()]
        parts += [f"{name} is given" for name in clock.needs]
        parts += [f"{name} is not given" for name in clock.missing]
        yield f"| {clock.id} | {', '.join(parts) or 'otherwise'} | {_cell(_length(clock))} |"
    yield ""


def _warned(months: int) -> str:
    return f" Warned of from {months} month{'s' if months > 1 else ''} before its last day." if months else ""


def _length(clock: Clock) -> str:
    longer = f", {clock.extended_to} where {clock.extended_by} comes before that ends" if clock.extended_by else ""
    paused = f", standing still while {', '.join(clock.suspended_while)}" if clock.suspended_while else ""
    moved = f"; if it ends while {clock.if_due_while}, {clock.then_days_from} days beginning with the day that ends"
    return clock.words + longer + paused + (moved if clock.if_due_while else "")


def _result(rule: Rule, version: Version, index: int, book: Rulebook, calendar: Calendar) -> str:
    wrong = rulebook.try_example(book, rule, version, index, calendar)
    if wrong is not None:
        return f"DOES NOT HOLD: {wrong}"
    if isinstance(version.parsed, ClockRule):
        return clock_data.outcome(version, version.examples[index], calendar)
    return "holds"


def _given(rule: Rule, example: Mapping[str, object]) -> str:
    if rule.kind == "clock":
        facts = example.get("facts", {})
        assert isinstance(facts, Mapping)
        return _cell("; ".join([_plain(example["at"]), *(f"{name} {_plain(one)}" for name, one in facts.items())]))
    return _cell("; ".join(f"{key}: {_plain(value)}" for key, value in example.items() if key not in _TITLES))


_TITLES = ("case", "name", "why")


def _title(example: Mapping[str, object], index: int) -> str:
    return next((str(example[key]) for key in _TITLES if key in example), str(index + 1))


def _plain(value: object) -> str:
    match value:
        case datetime() | date():
            return say(value)
        case bool():
            return "yes" if value else "no"
        case Mapping():
            return "{" + ", ".join(f"{key} {_plain(one)}" for key, one in value.items()) + "}"
        case list():
            return ", ".join(_plain(one) for one in value) or "none"
        case _:
            return str(value)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _heading(folder: str) -> str:
    return folder.replace("_", " ").capitalize()
