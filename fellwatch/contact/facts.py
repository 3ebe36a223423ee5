"""Turn a call and what is known about it into the facts that rules ask about."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from fellwatch.contact import prompts, rulings
from fellwatch.contact.knowledge import Known, domestic_in_a_year
from fellwatch.contact.values import Call
from fellwatch.foundation import clock
from fellwatch.rules.facts import DANGER_FACTS

Facts = dict[str, object]

MARKER, VULNERABILITY = "marker:", "vulnerability:"


def of_call(call: Call, known: Known, *, now: datetime) -> Facts:
    """Return the facts of a call. What nobody has said is left out: it is unknown, not no."""
    vulnerabilities = sorted({v for person in call.people for v in person.vulnerabilities})
    return {
        **_dangers(call.dangers),
        **_thrive(call.thrive),
        **_kinds(call, vulnerabilities, now),
        **_prompted(call, now),
        "channel": call.channel,
        "opening_code": call.opening_code,
        "qualifiers": list(call.qualifiers),
        "person_roles": sorted({person.role for person in call.people}),
        "vulnerabilities": vulnerabilities,
        **of_knowledge(known, now=now),
    }


def of_knowledge(known: Known, *, now: datetime) -> Facts:
    """Return the facts that records give."""
    return {
        "markers": list(known.marker_kinds),
        "repeat": [repeat.id for repeat in known.repeats],
        "earlier_domestic_incidents": domestic_in_a_year(known, now),
        **({"child_at_address": "yes"} if known.children else {}),
    }


def _dangers(dangers: Mapping[str, str]) -> Facts:
    return {name: answer for name, answer in dangers.items() if name in DANGER_FACTS and answer}


def _thrive(answers: Mapping[str, object]) -> Facts:
    said = {name: answers[name] for name in ("crime_disclosed", "safeguarding_considered") if answers.get(name)}
    return {name: value for name, value in said.items() if value in {"yes", "no"}}


def _kinds(call: Call, vulnerabilities: Iterable[str], now: datetime) -> Facts:
    """Say yes to each fact that a code, qualifier or vulnerability implies; say nothing of the others."""
    said = (("nsir_opening", [call.opening_code]), ("nsir_qualifiers", call.qualifiers))
    implied = {fact for name, codes in said for fact in rulings.implied(name, codes, now=now)}
    implied |= set(rulings.implied("vulnerabilities", vulnerabilities, now=now))
    return dict.fromkeys(implied, "yes")


def _prompted(call: Call, now: datetime) -> Facts:
    """Say yes to each fact that somebody's answers bring with them."""
    on = clock.london_date(now)
    brought = (prompts.facts(person.vulnerabilities, person.prompts, on) for person in call.people if person.prompts)
    return dict.fromkeys(sorted(set().union(*brought)), "yes")


def flags(known: Mapping[str, Any]) -> list[str]:
    """Return what the board shows and weighs: yes-facts, and the kinds of marker and vulnerability."""
    said = {name for name, value in known.items() if value == "yes"}
    markers = {MARKER + kind for kind in known.get("markers", ())}
    return sorted(said | markers | {VULNERABILITY + code for code in known.get("vulnerabilities", ())})
