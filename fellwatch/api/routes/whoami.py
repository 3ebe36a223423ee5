"""Who this key is."""

from django.http import HttpRequest
from ninja import Router

from fellwatch.api import declared
from fellwatch.api.keys import holder
from fellwatch.api.shapes import log as shapes

router = Router(tags=["Key"])


@router.get(
    "/whoami",
    operation_id="whoami",
    summary="Whom this key acts as",
    response=shapes.Holder,
    openapi_extra=declared.errors(declared.OPEN),
)
def whoami(request: HttpRequest) -> shapes.Holder:
    """Return whom the key acts as and every permission it carries."""
    by = holder(request)
    return shapes.Holder(
        id=by.id,
        name=by.name,
        role=by.role,
        team=by.team,
        agency=by.agency,
        purpose=by.purpose,
        scopes=sorted(by.permissions),
    )
