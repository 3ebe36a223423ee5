"""One box for everything: a log number, a telephone number, an address, a name."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from fellwatch.foundation import access, clock, plain
from fellwatch.foundation.accounts.reader import reader
from fellwatch.records import access as records
from fellwatch.shell.pages import finding

LONGEST = 200


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Show what the words may mean, in groups, each person with how sure and why."""
    by = reader(request)
    access.check(by, records.READ)
    said = request.GET.get("q", "").strip()
    problem = _problem(said)
    unlikely = request.GET.get("unlikely") == "yes"
    found = finding.Finding() if problem or not said else finding.find(said, by=by, now=clock.now(), unlikely=unlikely)
    errors = ({"text": problem, "href": "#q"},) if problem else ()
    more = f"{reverse('shell:search')}?{urlencode({'q': said, 'unlikely': 'yes'})}" if found.unlikely else ""
    values = {"query": said[:LONGEST], "found": found, "errors": errors, "unlikely_href": more}
    return render(request, "pages/search.html", values, status=400 if problem else 200)


def _problem(said: str) -> str:
    if len(said) > LONGEST:
        return f"That is {len(said):,} characters. Search for a name, a place or a number of at most {LONGEST}."
    if not plain.storable(said):
        return "That holds a character that cannot be searched for. Type it again."
    if said and len(said) < 2:
        return "Type at least two letters or digits."
    return ""
