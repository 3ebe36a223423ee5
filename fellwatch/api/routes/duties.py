"""What is owed: an incident's duties, and when anything under a rule is due."""

from django.http import HttpRequest
from ninja import Router

from fellwatch.api import declared
from fellwatch.api.fields import Code, Id
from fellwatch.api.keys import holder
from fellwatch.api.shapes import duties as shapes
from fellwatch.contact.values import Invalid
from fellwatch.duties import queries
from fellwatch.duties.calendar import england_and_wales
from fellwatch.foundation import access, clock, policy
from fellwatch.records import queries as records
from fellwatch.rules import clocks
from fellwatch.rules.calendar_days import day_of
from fellwatch.rules.clock_readings import ClockRefused
from fellwatch.rules.clocks import Due
from fellwatch.rules.errors import NoSuchRule
from fellwatch.rules.versions import Rule, Version

router = Router(tags=["Duties"])


@router.get(
    "/incidents/{id}/duties",
    operation_id="listDuties",
    summary="What is owed on an incident",
    response=shapes.Duties,
    openapi_extra=declared.errors(declared.READ_ONE),
)
def of_incident(request: HttpRequest, id: Id) -> dict[str, object]:
    """Return an incident's duties, running ones first, each with the working of its time."""
    by = holder(request)
    with access.acting(by):
        records.incident(id, by=by, now=clock.now())
        return {"items": queries.of_incident(id, by=by)}


@router.post(
    "/rules/{rule}/due",
    operation_id="reckonDue",
    summary="When something is due, and why then",
    response=shapes.Due,
    openapi_extra=declared.errors(declared.ASK_ONE),
)
def due(request: HttpRequest, rule: Code, given: shapes.GivenStart) -> dict[str, object]:
    """Reckon a clock of the rulebook from when it starts. Nothing is stored."""
    found = policy.rulebook().rule(rule)
    if found.kind != "clock":
        raise NoSuchRule(rule, (one.id for one in policy.rulebook().of_kind("clock")))
    version = policy.version(rule, given.on or day_of(given.at))
    try:
        answer = clocks.due(clocks.rule_of(version), start=given.at, calendar=england_and_wales(), facts=given.facts)
    except ClockRefused as refused:
        raise Invalid({"facts": " ".join(refused.reasons)}) from refused
    return _due(found, version, answer)


def _due(rule: Rule, version: Version, answer: Due) -> dict[str, object]:
    clock_rule = clocks.rule_of(version)
    return {
        "rule": rule.id,
        "title": rule.title,
        "duty": clock_rule.duty,
        "owner": clock_rule.owner,
        "rule_version": version.number,
        "source": version.source,
        "confidence": str(version.confidence),
        "due_at": answer.due_at,
        "last_date": answer.last_date,
        **vars(answer),
    }
