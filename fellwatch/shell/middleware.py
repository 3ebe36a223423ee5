"""What surrounds every page: safe headers, who is signed in, and what happens when they are refused."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from fellwatch.foundation import audit, plain
from fellwatch.foundation.access import Refused
from fellwatch.foundation.accounts.reader import reader
from fellwatch.foundation.imports.queries import NoSuchRun
from fellwatch.records.queries import Missing
from fellwatch.shell.accounts import must_prove

Next = Callable[[HttpRequest], HttpResponse]
OPEN = ("/accounts/", "/static/", "/theme/", "/health")
"""What somebody may open who has yet to prove who they are by more than a password."""

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "frame-ancestors 'none'; form-action 'self'; base-uri 'none'; object-src 'none'"
)


def headers(next: Next) -> Next:
    """Add a content security policy, and keep pages about people out of shared caches."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = next(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


class PlainWords:
    """Take out of every field of a form or an address what is not seen, before any page reads it.

    A stray mark comes with a number or a name that is pasted; an override of direction shows another name. Files and
    whole bodies are left to whoever reads them: importers, the API and the handheld's own reading do the same.
    """

    def __init__(self, next: Next) -> None:
        self.next = next

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.next(request)

    def process_view(self, request: HttpRequest, *view: object) -> None:
        """Run once a view is found, when what was posted has been checked to come from our own page."""
        if request.GET:
            request.GET = _visible(request.GET)  # type: ignore[assignment]
        if request.method == "POST" and request.content_type in FORMS and request.POST:
            request.POST = _visible(request.POST)  # type: ignore[assignment]


def _visible(given: QueryDict) -> QueryDict:
    """Return the fields without what is not seen; the same ones where there is nothing of the kind."""
    said = {plain.visible(name): [plain.visible(str(one)) for one in values] for name, values in given.lists()}
    if said == dict(given.lists()):
        return given
    found = QueryDict(mutable=True, encoding=given.encoding)
    for name, values in said.items():
        found.setlist(name, values)
    found._mutable = False
    return found


class SignedIn:
    """Ask for proof where a password is too little; turn refusals and absences into logged, explained pages."""

    def __init__(self, next: Next) -> None:
        self.next = next

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(OPEN) and must_prove(request):
            messages.info(request, "Set up an authenticator app, or add a key or passkey. Everything else opens then.")
            return redirect("mfa_index")
        return self.next(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Log a refusal in its own transaction before the reader sees it; explain what is missing."""
        match problem:
            case Refused() if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
            case Refused():
                audit.refusal(by=reader(request), refused=problem)
                return render(request, "errors/403.html", {"because": problem.because}, status=403)
            case Missing() | NoSuchRun():
                return render(request, "errors/404.html", {"because": (str(problem),)}, status=404)
        return None


signed_in = SignedIn
plain_words = PlainWords
