"""Every read and every write asks first whether the actor may; what does not is listed with its reason."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent / "fellwatch"
READS = sorted([*ROOT.rglob("queries.py"), *ROOT.rglob("story.py"), *ROOT.rglob("known.py"), *ROOT.rglob("figures.py")])
READS += [ROOT / "records/together.py", ROOT / "orders/bearing.py"]
WRITES = sorted([*ROOT.rglob("actions.py"), *ROOT.glob("*/actions/*.py")])
NEED_NOT = {
    "records/queries.py:full_name": "words of what was read already",
    "records/queries.py:address_line": "words of what was read already",
    "records/queries.py:one_line": "words of what was read already",
    "records/queries.py:place_view": "a plain value of what was read already",
    "records/queries.py:in_force": "a condition, not a record",
    "records/queries.py:whole_people": "a query that its caller runs, having checked",
    "records/queries.py:marker_view": "a plain value of what was read already",
    "records/queries.py:person_view": "a plain value of what was read already",
    "records/queries.py:resident_view": "a plain value of what was read already",
    "records/queries.py:incident_view": "a plain value of what was read already",
    "records/queries.py:youngest_first": "an order, not a record",
    "records/queries.py:person": "asks people, which checks",
    "records/queries.py:today": "a day, not a record",
    "foundation/imports/queries.py:view": "a plain value of what was read already",
    "safeguarding/mash/queries.py:is_late": "a word about what was read already",
    "safeguarding/mash/figures.py:begins": "a day, not a record",
    "recognition/queries.py:standing": "the rule that applies, not a record",
    "records/actions.py:next_reference": "a number from a sequence, no record",
    "duties/actions.py:note": "a step of actions that check; the row policy asks for the permission",
    "duties/actions.py:meet": "asks _settle, which checks",
    "duties/actions.py:replace": "asks _settle, which checks",
    "assessments/queries.py:flag_words": "words of what was read already",
    "assessments/queries.py:crime_view": "a plain value of what was read already",
    "assessments/actions/owning.py:allocate": "a step of actions that check",
    "assessments/actions/second.py:wanted": "what a policy says of a row that an action found",
    "assessments/actions/second.py:known": "what policies ask of a row that an action found",
    "assessments/actions/second.py:pass_on": "a step of actions that check",
    "response/actions/suspects.py:of": "a step of actions that check",
    "response/actions/suspects.py:not_arrested": "a step of actions that check",
    "response/actions/charging_time.py:thing": "an id made of two, no record",
    "response/actions/charging_time.py:start": "a step of actions that check",
    "response/actions/charging_time.py:settle": "a step of actions that check",
    "response/actions/crimes.py:wrong_refusal": "what is wrong with what was typed, no record",
    "response/actions/answering.py:wrong": "what is wrong with what was typed, no record",
    "response/actions/answering.py:store": "a step of actions that check",
    "response/actions/answering.py:over": "a step of actions that check",
    "response/actions/bail.py:last_day": "a day by the law, no record",
    "response/actions/bail.py:clock_facts": "a plain value of what was read already",
    "response/actions/bail.py:pause_clock": "a step of actions that check",
    "response/actions/bail.py:resume_clock": "a step of actions that check",
    "response/actions/bail.py:wrong_conditions": "what is wrong with what was typed, no record",
    "response/actions/bail_orders.py:make": "a step of actions that check",
    "response/actions/bail_orders.py:vary": "a step of actions that check",
    "response/actions/bail_orders.py:last_until": "a step of actions that check",
    "response/actions/bail_orders.py:tell_answer": "a step of actions that check",
    "response/actions/bail_orders.py:coming": "a step of actions that check",
    "response/actions/bail_orders.py:end": "a step of actions that check",
    "response/actions/bail_orders.py:running": "a step of actions that check",
    "response/actions/victims.py:noted_stance": "a step of actions that check",
    "safeguarding/encompass/queries.py:view": "a plain value of what was read already",
    "contact/actions/calls.py:attendance": "a plain value of duties noted already",
    "contact/actions/calls.py:start_clocks": "a step of actions that check",
    "contact/actions/calls.py:start_waiting": "a step of actions that check",
}


def _public(paths):
    for path in paths:
        if path.stem in {"steps", "__init__"}:
            continue
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield f"{path.relative_to(ROOT)}:{node.name}", node


def _asks(node):
    """Whether it calls access.check, or a function of its own module named for asking."""
    called = [call.func for call in ast.walk(node) if isinstance(call, ast.Call)]
    names = {ast.unparse(func) for func in called}
    return bool(names & {"access.check", "_may_write", "_may_read", "_may_run"})


@pytest.mark.parametrize("paths", [READS, WRITES], ids=["reads", "writes"])
def test_every_public_function_checks_the_permission_or_is_listed_with_a_reason(paths):
    silent = [name for name, node in _public(paths) if not _asks(node) and name not in NEED_NOT]
    assert silent == []


def test_nothing_is_listed_that_checks_or_is_gone():
    known = dict(_public([*READS, *WRITES]))
    stale = [name for name in NEED_NOT if name not in known or _asks(known[name])]
    assert stale == []


@pytest.mark.database
def test_a_reader_without_the_permission_is_refused_by_every_query(db, charlie, now):
    """Call each with whatever its parameters are named for: the refusal comes before anything is looked at."""
    import importlib
    import inspect
    import uuid

    from fellwatch.foundation.access import Refused
    from fellwatch.recognition.queries import Query
    from fellwatch.records.actions import NewPerson

    given = {"by": charlie, "now": now, "on": now.date(), "since": now, "ids": [], "incidents": [], "places": []}
    given |= {"because": "x", "house": "1", "street": "x", "postcode": "", "instrument": "thrive", "name": "x"}
    given |= {"query": Query(), "draft": NewPerson(), "reference": "x", "number": "x", "importer": "x"}
    let_in = []
    for name, node in _public(READS):
        module = importlib.import_module("fellwatch." + name.split(":")[0].removesuffix(".py").replace("/", "."))
        query = getattr(module, node.name)
        needed = inspect.signature(query).parameters
        if name in NEED_NOT or "by" not in needed:
            continue
        asked = {p: given.get(p, uuid.uuid4()) for p, v in needed.items() if v.default is v.empty}
        try:
            query(**asked)
            let_in.append(name)
        except Refused:
            continue
    assert let_in == []
