"""Referrals from an incident to a partner: exactly what is told, the receipt, what the partner answered."""

from django.http import HttpRequest
from ninja import Router

from fellwatch.api import declared
from fellwatch.api.fields import Id
from fellwatch.api.keys import holder
from fellwatch.api.shapes import asking as shapes
from fellwatch.contact.values import Invalid
from fellwatch.foundation import access, clock
from fellwatch.records import earlier
from fellwatch.records import queries as records
from fellwatch.sharing import actions, checks, queries

router = Router(tags=["Referrals"])


@router.get(
    "/agencies",
    operation_id="listAgencies",
    summary="Agencies that take referrals",
    response=shapes.Agencies,
    openapi_extra=declared.errors(declared.READ),
)
def agencies(request: HttpRequest) -> dict[str, object]:
    """Return every agency with what it may be told today."""
    return {"items": queries.agencies(by=holder(request))}


@router.get(
    "/incidents/{id}/referrals",
    operation_id="listReferrals",
    summary="What partners were told about an incident",
    response=shapes.Referrals,
    openapi_extra=declared.errors(declared.READ_ONE),
)
def of_incident(request: HttpRequest, id: Id) -> dict[str, object]:
    """Return an incident's referrals with exactly what was told, newest first."""
    by = holder(request)
    with access.acting(by):
        records.incident(id, by=by, now=clock.now())
        return {"items": queries.of_incident(id, by=by)}


@router.put(
    "/incidents/{id}/referrals/{referral_id}",
    operation_id="refer",
    summary="Refer somebody to a partner",
    response=shapes.Receipt,
    openapi_extra=declared.errors(declared.WRITE_NEW),
)
def refer(request: HttpRequest, id: Id, referral_id: Id, given: shapes.GivenReferral) -> dict[str, str]:
    """Send a referral under an id of the sender's and return its receipt; sent again, it is sent once."""
    by, now = holder(request), clock.now()
    new = checks.NewReferral(
        agency=given.agency,
        person_id=given.person_id,
        incident_id=id,
        basis=given.basis,
        necessity=given.necessity,
        contents=given.contents,
        agreed="yes" if given.agreed else "",
        proportionality=given.proportionality,
        id=referral_id,
    )
    with access.acting(by):
        seen = records.incident(id, by=by, now=now, log=False)
        if earlier.lead(given.person_id) not in {part.person.id for part in seen.parts}:
            raise Invalid({"person_id": "Choose somebody in this incident."})
        try:
            return {"receipt": actions.refer(new, by=by, now=now)}
        except checks.Invalid as wrong:
            raise Invalid({_field(name): words for name, words in wrong.problems.items()}) from wrong


def _field(name: str) -> str:
    return f"contents.{name.removeprefix('tell-')}" if name.startswith("tell-") else name
