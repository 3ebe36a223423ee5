"""The handheld's evaluator of conditions and forms gives Python's answers."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fellwatch.rules import instruments
from fellwatch.rules.instrument_wire import as_data
from fellwatch.rules.instruments import Instrument
from fellwatch.rules.rulebook import load
from tests.rules.javascript import answers

ROOT = Path(__file__).resolve().parent.parent.parent
VECTORS = json.loads((ROOT / "tests/rules/expression_vectors.json").read_text())["evaluate"]


def _forms():
    book = load(ROOT / "rulebook", "fellshire")
    return {
        f"{rule.id} {version.number}": version.parsed
        for rule in book.of_kind("instrument")
        for version in rule.versions
        if isinstance(version.parsed, Instrument)
    }


FORMS = _forms()


def test_every_shared_vector_comes_out_the_same():
    cases = [[one["condition"], one["facts"]] for one in VECTORS]
    assert answers("expressions.evaluate(given[0], given[1])", cases) == [one["truth"] for one in VECTORS]


def _said(form):
    """Answers of a form: some left out, some outside the list, words where words are asked for."""
    some = {}
    for question in form.questions:
        values = [*question.values, "not_known", "refused", "not_asked", "", "considered_none"]
        one = st.sampled_from(values)
        listed = st.lists(one, max_size=3)
        some[question.id] = st.one_of(st.none(), listed if question.kind == "multi" else one)
        some[question.id + "_words"] = st.sampled_from([None, "", "She said so."])
    return st.fixed_dictionaries(some)


@pytest.mark.parametrize("name", FORMS)
def test_every_form_asks_lacks_and_projects_the_same(name):
    form, cases = FORMS[name], []

    @settings(max_examples=60)
    @given(_said(form))
    def gather(said):
        cases.append({key: value for key, value in said.items() if value is not None})

    gather()
    ours = []
    for said in cases:
        done = instruments.completeness(form, said)
        ours.append(
            {
                "asked": [one.id for one in instruments.asked(form, said)],
                "missing": [one.question for one in done.missing],
                "counts": [done.answered, done.total],
                "projections": instruments.projections(form, said),
            }
        )
    theirs = answers(
        "((done) => ({ asked: instruments.asked(...given).map((one) => one.id),"
        " missing: done.missing.map((one) => one.question), counts: [done.answered, done.total],"
        " projections: instruments.projections(...given) }))(instruments.completeness(...given))",
        [[as_data(form), said] for said in cases],
    )
    assert theirs == json.loads(json.dumps(ours))
