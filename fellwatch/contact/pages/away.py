"""Away from home: who in an open incident lives in another force's area, and whose."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from fellwatch.contact import home, rulings
from fellwatch.exchange.access import SEND
from fellwatch.foundation import clock
from fellwatch.foundation.accounts.reader import reader


@require_GET
def away(request: HttpRequest) -> HttpResponse:
    """Show everybody in an open incident who lives in another force's area, and whose."""
    by = reader(request)
    now = clock.now()
    found = home.away(by=by, now=now)
    forces = sorted({(one.home.name or "Not in England or Wales, or not known", one.home.force) for one in found})
    context = {
        "rows": [
            {
                "name": one.name,
                "person_href": f"/people/{one.person_id}/",
                "age": "" if one.age is None else str(one.age),
                "role": rulings.label("person_roles", one.role, now),
                "vulnerable": ", ".join(rulings.label("vulnerabilities", code, now) for code in one.vulnerabilities),
                "href": reverse("contact:incident", args=[one.incident_id]),
                "hand_over_href": reverse("safeguarding:new_handover", args=[one.incident_id, one.person_id])
                if SEND in by.permissions
                else "",
                "reference": one.reference,
                "title": rulings.label("nsir_opening", one.opening_code, now),
                "force": one.home.name or "Not known",
                "postcode": one.home.postcode,
                "because": one.home.because,
            }
            for one in found
        ],
        "left_out": home.left_out(by=by),
        "most": home.MOST,
        "forces": [
            (name, len(theirs), len({one.incident_id for one in theirs}))
            for name, force in forces
            for theirs in [[one for one in found if one.home.force == force]]
        ],
    }
    return render(request, "contact/away.html", context)
