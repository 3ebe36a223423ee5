"""One click to be somebody of the invented county, in demonstration mode and nowhere else."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from fellwatch.demonstration.signins import ACCOUNTS
from fellwatch.foundation.accounts import door, roles
from fellwatch.foundation.accounts.models import User
from fellwatch.records.queries import Missing

BACKEND = "django.contrib.auth.backends.ModelBackend"
DOES = {
    "call_taker": "takes 999 and 101 calls: who this is, what is known, how urgent it is",
    "control_supervisor": "watches what is waiting, confirms lower grades, answers for lateness",
    "help_desk": "a detective who sees the incidents that need one and advises while they run",
    "response_officer": "goes to the door: the incident, its people, its place",
    "response_supervisor": "looks through officers' forms, sees what is missing, extends bail",
    "helpline_adviser": "answers police about somebody's mental health, and says what is advised",
    "superintendent": "authorises what only a superintendent may: protection notices, longer bail",
    "crime_recorder": "decides within a day on each crime that a form tells of",
    "crime_registrar": "agrees, or not, that something told is not a crime",
    "mash_coordinator": "runs the hub: what came in, who looks, who answers for what",
    "partner_lead": "answers for their own agency, and settles what its people may not alone",
    "surveyor": "asks victims how they were treated, where that is safe",
    "records_reviewer": "compares records that may be one person, and joins or parts them",
    "safeguarding_reviewer": "looks again at what officers graded: accepts, grades anew, sends back",
    "safeguarding_supervisor": "answers for the queue: what comes back, why, and which prompt helped",
    "school_lead": "reads what the police tell the school of a child, and says what is done",
    "education_officer": "says which school a child goes to, where the police do not know",
    "safeguarding_officer": "tells schools before children come in, keeps protective powers and disclosures",
    "auditor": "reads who saw and did what, and proves that the log was not altered",
    "marac_coordinator": "brings partners together for whoever is at the highest risk, and chases what they promised",
    "marac_chair": "leads the meeting, one case at a time",
    "partner": "answers for their own agency, at its own door",
    "data_manager": "brings files in: schools, postcodes, boundaries, incidents from elsewhere",
}


@dataclass(frozen=True)
class Person:
    """One account of the demonstration, as offered."""

    username: str
    name: str
    role: str
    why: str


def people() -> tuple[Person, ...]:
    """Return whom one click signs in as; nobody outside demonstration mode."""
    if not settings.DEMONSTRATION:
        return ()
    titles = roles.roles()
    return tuple(
        Person(one.username, f"{one.full_name}, {one.team}", titles[one.role].title, DOES[one.role]) for one in ACCOUNTS
    )


@require_POST
def sign_in(request: HttpRequest, username: str) -> HttpResponse:
    """Sign in as one of the demonstration's people, where this is a demonstration."""
    if not settings.DEMONSTRATION or username not in {one.username for one in ACCOUNTS}:
        raise Http404
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise Missing("This demonstration has not been loaded. Start it with: fellwatch run --demonstration.")
    login(request, user, backend=BACKEND)
    door.came_in(user, how=("demonstration",))
    return redirect("shell:home")
