"""What every page's frame shows: who is signed in, where they may go, which force this is."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from fellwatch.communities import access as communities
from fellwatch.contact import access as contact
from fellwatch.exchange import access as exchange
from fellwatch.foundation.access import permissions as foundation
from fellwatch.foundation.accounts import roles
from fellwatch.foundation.accounts.models import User
from fellwatch.measures import access as measures
from fellwatch.meetings import access as meetings
from fellwatch.records import access as records
from fellwatch.response import access as response
from fellwatch.safeguarding import access as safeguarding
from fellwatch.safeguarding.encompass import access as encompass
from fellwatch.safeguarding.helping import access as helping
from fellwatch.safeguarding.marac import access as marac
from fellwatch.sharing import access as sharing
from fellwatch.shell.pages import demonstration
from fellwatch.surveys import access as surveys


@dataclass(frozen=True)
class Link:
    """One way through the house."""

    text: str
    href: str
    active: bool
    key: str = ""


WAYS = (
    ("Board", "contact:board", contact.READ),
    ("Take a call", "contact:new_call", contact.LOG),
    ("Waiting", "contact:supervise", contact.SUPERVISE),
    ("Shift", "contact:shift", contact.SUPERVISE),
    ("Help desk", "contact:desk", contact.ADVISE),
    ("Listen in", "contact:listening", contact.LISTEN),
    ("Away from home", "contact:away", contact.LOG),
    ("Helpline", "contact:helpline", contact.HELPLINE),
    ("Crisis care", "contact:places", contact.NOTE_GAP),
    ("Partner records", "communities:overview", communities.READ),
    # Doors do not import each other: the permissions of the handheld's pages are named as they are written.
    ("Handheld", "handheld:app", "handheld.use"),
    ("Differences", "handheld:differences", "assessments.settle"),
    ("Handhelds", "handheld:devices", "handheld.manage"),
    ("Yours", "cards:day", response.RESPOND),
    ("Review", "response:review", response.SUPERVISE),
    ("Crimes", "response:crimes", response.DECIDE_CRIME),
    ("Referrals", "portal:inbox", sharing.RECEIVE),
    ("MARAC", "safeguarding:marac", marac.READ),
    ("MARAC", "portal:marac", meetings.TAKE_PART),
    ("Lessons", "portal:lessons", meetings.TAKE_PART),
    ("People", "portal:people", sharing.LEAD),
    ("Whom to ring", "portal:surveys", surveys.ASK),
    ("Measures", "measures:response", measures.READ),
    ("Help asked for", "safeguarding:help_messages", helping.READ),
    ("Handovers", "safeguarding:handovers", exchange.DECIDE),
    ("Second review", "safeguarding:review", safeguarding.REVIEW),
    ("Returns and backlog", "safeguarding:figures", safeguarding.FIGURES),
    ("Victims' voice", "surveys:overview", surveys.READ),
    ("Protective powers", "safeguarding:cases", safeguarding.READ),
    ("Safeguarding hub", "safeguarding:hub", safeguarding.HUB),
    ("Raised", "safeguarding:raised", safeguarding.RAISE),
    ("Agencies", "safeguarding:agencies", sharing.MANAGE),
    ("Schools to tell", "safeguarding:schools", encompass.TELL),
    ("Notices", "portal:schools", encompass.RECEIVE),
    ("Imports", "shell:imports", foundation.IMPORT),
    ("Jobs", "shell:jobs", foundation.SEE_JOBS),
    ("Log", "shell:log", foundation.READ_LOG),
)

KEYS = {
    "contact:board": "B",
    "contact:new_call": "N",
    "contact:supervise": "W",
    "contact:shift": "S",
    "contact:desk": "D",
    "contact:listening": "L",
    "contact:away": "A",
    "contact:helpline": "H",
    "contact:places": "C",
}
"""The letter that goes to a page, pressed with Alt and Shift. The page lists its own under K."""


def frame(request: HttpRequest) -> dict[str, object]:
    """Return the frame's values for a template."""
    signed_in = getattr(request, "user", None)
    user: User | None = signed_in if isinstance(signed_in, User) else None
    theme = request.COOKIES.get("theme", "auto")
    return {
        "force_name": settings.FELLWATCH_FORCE_NAME,
        "demonstration": settings.DEMONSTRATION,
        "theme": theme if theme in {"dark", "light"} else "auto",
        "nav": _ways(request, user) if user else (),
        "who": _who(user) if user else None,
        "demonstration_people": demonstration.people() if user is None else (),
        "may_search": user is not None and records.READ in roles.actor(user).permissions,
    }


def _ways(request: HttpRequest, user: User) -> tuple[Link, ...]:
    held = roles.actor(user).permissions
    return tuple(
        Link(text, reverse(name), request.path == reverse(name), KEYS.get(name, ""))
        for text, name, needs in WAYS
        if needs in held
    )


def _who(user: User) -> dict[str, str]:
    role = roles.roles().get(user.role)
    return {"name": str(user), "role": role.title if role else "No role", "team": user.team}
