"""Read a clock rule from its body, and try its worked examples."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time

from fellwatch.rules import clocks, versions
from fellwatch.rules.calendar_days import Calendar, day_of, end_of, midnight, say
from fellwatch.rules.clock_readings import ClockRefused
from fellwatch.rules.clock_rule import (
    PAUSABLE,
    UNITS,
    ActsOn,
    Clock,
    ClockName,
    ClockRule,
    FactKind,
    FactSpec,
    Sense,
)
from fellwatch.rules.clocks import Due
from fellwatch.rules.errors import did_you_mean
from fellwatch.rules.reading import Table

SPELLS, SCHOOL, MOMENTS = {FactKind.SPELLS}, {FactKind.SCHOOL}, {FactKind.DATE, FactKind.MOMENT}


def read(body: Table) -> ClockRule:
    """Read a clock rule, finding every fault."""
    specs = tuple(_spec(entry) for entry in body.tables("facts", optional=True))
    body.distinct("facts", (spec.id for spec in specs))
    found = tuple(_clock(entry, specs) for entry in body.tables("clocks"))
    body.distinct("clocks", (clock.id for clock in found))
    rule = ClockRule(
        starts_on=body.text("starts_on"),
        owner=body.text("owner"),
        duty=body.text("duty"),
        settled_by=body.text("settled_by", ""),
        acts_on=ActsOn.EARLIEST if body.one_of("acts_on", ActsOn, "first") == "earliest" else ActsOn.FIRST,
        sense=Sense.FROM if body.one_of("sense", Sense, "by") == "from" else Sense.BY,
        warn_at=_shares(body),
        facts=specs,
        clocks=found,
        warn_months_before=_months_before(body),
    )
    _object_to_idle_facts(rule, body)
    body.finish()
    return rule


def check_example(version: versions.Version, example: Mapping[str, object], calendar: Calendar) -> str | None:
    """Try one worked example: when it starts, its facts, and when it is due or why it is refused."""
    start, facts = example.get("at"), example.get("facts", {})
    if not isinstance(start, date) or not isinstance(facts, Mapping):
        return "an example needs `at`, a time with its offset or a day, and may have `facts`"
    unknown = sorted(set(example) - {"at", "case", "facts", "also", *_EXPECTATIONS})
    if unknown or not set(example) & set(_EXPECTATIONS):
        may = ", ".join(_EXPECTATIONS)
        return f"an example says `at` and any of {may}, not {', '.join(unknown) or 'nothing'}"
    if not version.holds_on(day_of(start)):
        return f"{say(start)} is outside this version, which holds {version.dates}"
    try:
        found = clocks.due(clocks.rule_of(version), start=start, calendar=calendar, facts=facts)
    except ClockRefused as error:
        expected = example.get("refused")
        return None if isinstance(expected, str) and expected in str(error) else f"it is refused: {error}"
    wrong = [text for key, judge in _EXPECTATIONS.items() if key in example and (text := judge(found, example[key]))]
    wrong += _unlisted(found, example.get("also", []))
    return "; ".join(wrong) or None


def outcome(version: versions.Version, example: Mapping[str, object], calendar: Calendar) -> str:
    """Say in words what an example comes to, for readers of the rulebook."""
    start, facts = example["at"], example.get("facts", {})
    assert isinstance(start, date)
    assert isinstance(facts, Mapping)
    try:
        found = clocks.due(clocks.rule_of(version), start=start, calendar=calendar, facts=facts)
    except ClockRefused as error:
        return f"refused: {error}"
    others = [f"or {one.words}, if {one.why}" if one.why else f"or {one.words}" for one in found.also]
    return "; ".join([found.words, *others, *found.warnings])


def _due(found: Due, expected: object) -> str:
    return "" if found.due_at == expected and isinstance(expected, datetime) else f"it is due {found.words}"


def _last_day(found: Due, expected: object) -> str:
    fits = type(expected) is date and found.due_at == end_of(expected)
    return "" if fits else f"it is due {found.words}"


def _from_day(found: Due, expected: object) -> str:
    fits = type(expected) is date and found.due_at == midnight(expected)
    return "" if fits else f"it holds {found.words}"


def _promptly(found: Due, expected: object) -> str:
    return "" if found.promptly is expected else f"it is due {found.words}"


def _nothing(found: Due, expected: object) -> str:
    return "" if (found.due_at is None) is expected else f"it is due {found.words}"


def _owed(found: Due, expected: object) -> str:
    return "" if found.owed is expected else f"it is {'' if found.owed else 'not '}owed"


def _uncertain(found: Due, expected: object) -> str:
    return "" if found.uncertain is expected else f"uncertain is {found.uncertain}"


def _warns(found: Due, expected: object) -> str:
    fits = isinstance(expected, str) and any(expected in one for one in found.warnings)
    return "" if fits else f"its warnings are {list(found.warnings)}"


def _warned_from(found: Due, expected: object) -> str:
    first = found.warn_at[0] if found.warn_at else None
    fits = isinstance(expected, date) and first == (expected if isinstance(expected, datetime) else midnight(expected))
    return "" if fits else f"the first warning comes {say(first) if first else 'never'}"


def _refused(found: Due, expected: object) -> str:
    return f"it is not refused but due {found.words}"


_EXPECTATIONS: Mapping[str, Callable[[Due, object], str]] = {
    "due": _due,
    "last_day": _last_day,
    "from_day": _from_day,
    "promptly": _promptly,
    "no_end": _nothing,
    "owed": _owed,
    "uncertain": _uncertain,
    "warns": _warns,
    "warned_from": _warned_from,
    "refused": _refused,
}


def _unlisted(found: Due, expected: object) -> list[str]:
    wanted = expected if isinstance(expected, list) else [expected]
    instants = [end_of(one) if type(one) is date else one for one in wanted]
    others = [one.due_at for one in found.also]
    return [f"no other reading ends {one}, only {others}" for one in instants if one not in others]


def _shares(body: Table) -> tuple[float, ...]:
    body.asked.add("warn_at")
    shares = body.data.get("warn_at", [] if body.has("warn_months_before") else [0.75])
    if isinstance(shares, list) and all(isinstance(one, float) and 0 < one < 1 for one in shares):
        return tuple(sorted(shares))
    body.fault("warn_at", f"{shares!r} cannot be used", "write shares of the time allowed, such as [0.5, 0.75]")
    return ()


def _months_before(body: Table) -> int:
    months = body.whole("warn_months_before", 0)
    if body.has("warn_months_before") and not 1 <= months <= 12:
        body.fault("warn_months_before", f"{months} is no such time", "write a whole number of months from 1 to 12")
        return 0
    return months


def _spec(entry: Table) -> FactSpec:
    kind = entry.one_of("kind", FactKind)
    entry.asked.add("default")
    default = entry.data.get("default")
    spec = FactSpec(
        id=entry.text("id"),
        kind=FactKind(kind) if kind in set(FactKind) else FactKind.CHOICE,
        meaning=entry.text("meaning"),
        choices=entry.words("choices") if kind == FactKind.CHOICE else (),
        default=default if isinstance(default, str | int) else None,
        optional=entry.flag("optional"),
        at_least=entry.number("at_least") if entry.has("at_least") else None,
        at_most=entry.number("at_most") if entry.has("at_most") else None,
    )
    if kind == FactKind.CHOICE and default is not None and default not in spec.choices:
        entry.fault("default", f"{default!r} is not among the choices", f"write {spec.words}")
    entry.finish()
    return spec


def _clock(entry: Table, specs: tuple[FactSpec, ...]) -> Clock:
    word = entry.one_of("clock", ClockName)
    name = ClockName(word) if word in set(ClockName) else ClockName.PROMPTLY
    unit, length = _length(entry, name, specs)
    clock = Clock(
        id=entry.text("id"),
        name=name,
        length=length,
        unit=unit,
        when=_when(entry, specs),
        given=_known(entry, "given", specs),
        missing=_known(entry, "missing", specs),
        starts_from=_fact(entry, "starts_from", specs, MOMENTS),
        next_day=entry.flag("next_day"),
        suspended_while=tuple(one for one in _known(entry, "suspended_while", specs, SPELLS) if _pausable(entry, name)),
        extended_to=entry.whole("extended_to", 0),
        extended_by=_fact(entry, "extended_by", specs, MOMENTS),
        if_due_while=_fact(entry, "if_due_while", specs, SPELLS),
        then_days_from=entry.whole("then_days_from", 0),
        school=_fact(entry, "school", specs, SCHOOL),
        assumed_start=_time(entry),
        reading=entry.text("reading", ""),
        uncertain=entry.flag("uncertain"),
    )
    _object(clock, entry)
    entry.finish()
    return clock


def _length(entry: Table, name: ClockName, specs: tuple[FactSpec, ...]) -> tuple[str, int | str]:
    units = [unit for unit in UNITS[name] if entry.has(unit)]
    if not UNITS[name]:
        return "", 0
    if len(units) != 1:
        entry.fault("clock", f"{name} needs its length once", f"write one of {', '.join(UNITS[name])}")
        return UNITS[name][0], 1
    unit = units[0]
    if isinstance(entry.data[unit], str):
        return unit, _fact(entry, unit, specs, {FactKind.NUMBER})
    length = entry.whole(unit)
    if length < (0 if name is ClockName.BEFORE_EVENT else 1):
        entry.fault(unit, f"{length} is no length of time", "write a whole number above 0")
    return unit, length


def _when(entry: Table, specs: tuple[FactSpec, ...]) -> dict[str, str]:
    wanted, choices = entry.table("when"), {spec.id: spec.choices for spec in specs if spec.choices}
    for name in wanted.data:
        if name in choices:
            wanted.one_of(name, choices[name])
        else:
            wanted.fault(name, "is not a choice among the facts", "add it to facts." + did_you_mean(name, choices))
    return {name: str(value) for name, value in wanted.data.items()}


def _known(entry: Table, key: str, specs: tuple[FactSpec, ...], kinds: set[FactKind] | None = None) -> tuple[str, ...]:
    names = entry.words(key, ())
    for name in names:
        _object_to_fact(entry, key, name, specs, kinds)
    return names


def _fact(entry: Table, key: str, specs: tuple[FactSpec, ...], kinds: set[FactKind]) -> str:
    name = entry.text(key, "")
    if name:
        _object_to_fact(entry, key, name, specs, kinds)
    return name


def _object_to_fact(
    entry: Table, key: str, name: str, specs: tuple[FactSpec, ...], kinds: set[FactKind] | None
) -> None:
    spec = next((one for one in specs if one.id == name), None)
    if spec is None:
        near = did_you_mean(name, [one.id for one in specs])
        entry.fault(key, f"there is no fact {name!r}", f"add it to facts.{near}")
    elif kinds and spec.kind not in kinds:
        entry.fault(key, f"{name!r} is of kind {spec.kind}", f"use a fact of kind {' or '.join(sorted(kinds))}")


def _pausable(entry: Table, name: ClockName) -> bool:
    if name not in PAUSABLE:
        entry.fault("suspended_while", f"{name} cannot be suspended", "take it out, or use another clock")
    return name in PAUSABLE


def _time(entry: Table) -> time | None:
    entry.asked.add("assumed_start")
    value = entry.data.get("assumed_start")
    if value is None or isinstance(value, time):
        return value
    entry.fault("assumed_start", f"{value!r} is not a clock time", "write a time such as 08:30:00")
    return None


def _object(clock: Clock, entry: Table) -> None:
    if clock.name is ClockName.BEFORE_SCHOOL and not clock.school:
        entry.fault("school", "is missing", "name the fact that holds the school's days")
    if clock.name is ClockName.BEFORE_EVENT and not clock.starts_from:
        entry.fault("starts_from", "is missing", "name the fact that holds the event's time")
    if clock.name is ClockName.NOT_OWED and not clock.reading:
        entry.fault("reading", "is missing", "say why nothing is owed")
    if bool(clock.extended_to) != bool(clock.extended_by):
        entry.fault("extended_to", "stands without extended_by, or the reverse", "write both or neither")
    if bool(clock.if_due_while) != bool(clock.then_days_from):
        entry.fault("if_due_while", "stands without then_days_from, or the reverse", "write both or neither")


def _object_to_idle_facts(rule: ClockRule, body: Table) -> None:
    used = {name for clock in rule.clocks for name in (*clock.needs, *(clock.when or {}), *clock.missing)}
    used |= {name for clock in rule.clocks for name in (*clock.suspended_while, clock.if_due_while, clock.school)}
    for name in rule.fact_names:
        if name not in used:
            body.fault(f"facts.{name}", "changes nothing", "use it in a clock or take it out")
