"""The rulebook: what law and policy say, the lists of codes, the forms."""

from datetime import date

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from fellwatch.api import declared
from fellwatch.api.fields import Code, Given
from fellwatch.api.routes.places import OnDay
from fellwatch.api.shapes import rules as shapes
from fellwatch.assessments.instruments import edition
from fellwatch.foundation import policy
from fellwatch.rules import vocabulary
from fellwatch.rules.errors import NoSuchRule
from fellwatch.rules.kinds import KINDS
from fellwatch.rules.versions import Rule
from fellwatch.rules.vocabulary import Vocabulary

router = Router(tags=["Rulebook"])


class Wanted(Given):
    """Which rules, and which page of them."""

    kind: Code | None = None
    offset: int = Field(0, ge=0, le=100_000)
    limit: int = Field(50, ge=1, le=200)


@router.get(
    "/rules",
    operation_id="listRules",
    summary="Every rule",
    response=shapes.Rules,
    openapi_extra=declared.errors(declared.OPEN_ONE),
)
def rules(request: HttpRequest, wanted: Query[Wanted]) -> dict[str, object]:
    """Return the rules of the rulebook, with this force's own, by name."""
    if wanted.kind and wanted.kind not in KINDS:
        raise NoSuchRule(wanted.kind, KINDS)
    found = [one for _, one in sorted(policy.rulebook().rules.items()) if wanted.kind in (None, one.kind)]
    end = wanted.offset + wanted.limit
    narrowed = f"kind={wanted.kind}&" if wanted.kind else ""
    more = f"/api/v1/rules?{narrowed}offset={end}&limit={wanted.limit}" if end < len(found) else None
    return {"items": found[wanted.offset : end], "total": len(found), "next": more}


@router.get(
    "/rules/{rule}",
    operation_id="readRule",
    summary="One rule with all its versions",
    response=shapes.Rule,
    openapi_extra=declared.errors(declared.OPEN_ONE),
)
def rule(request: HttpRequest, rule: Code) -> Rule:
    """Return a rule as law and policy had it, from day to day, with the source of each version."""
    return policy.rulebook().rule(rule)


@router.get(
    "/vocabularies",
    operation_id="listVocabularies",
    summary="Every list of codes",
    response=shapes.Vocabularies,
    openapi_extra=declared.errors(declared.OPEN),
)
def vocabularies(request: HttpRequest) -> dict[str, object]:
    """Return the lists of codes that fields are checked against."""
    return {"items": policy.rulebook().of_kind("vocabulary")}


@router.get(
    "/vocabularies/{name}",
    operation_id="readVocabulary",
    summary="The codes of a list on a day",
    response=shapes.Vocabulary,
    openapi_extra=declared.errors(declared.OPEN_ONE),
)
def read_vocabulary(request: HttpRequest, name: Code, when: Query[OnDay]) -> dict[str, object]:
    """Return the codes that may be chosen on a day."""
    found, on = _of_kind(name, "vocabulary"), when.day()
    whole = policy.parsed(name, on, Vocabulary)
    return {
        "id": name,
        "title": found.title,
        "on": on,
        "version": policy.version(name, on).number,
        "definition": whole.definition,
        "groups": whole.groups,
        "codes": vocabulary.choices(whole, on),
    }


@router.get(
    "/instruments/{name}",
    operation_id="readInstrument",
    summary="A form as this force asks it",
    response=shapes.Instrument,
    openapi_extra=declared.errors(declared.OPEN_ONE),
)
def instrument(request: HttpRequest, name: Code, when: Query[OnDay]) -> dict[str, object]:
    """Return the edition of a form in use on a day, such as `thrive`."""
    return _edition(name, when.day())


def _edition(name: str, on: date) -> dict[str, object]:
    _of_kind(name, "instrument")
    found = edition(name, on)
    asked = found.instrument
    return {**vars(found), "sections": asked.sections, "questions": asked.questions}


def _of_kind(name: str, kind: str) -> Rule:
    found = policy.rulebook().rule(name)
    if found.kind != kind:
        raise NoSuchRule(name, policy.of_kind(kind))
    return found
