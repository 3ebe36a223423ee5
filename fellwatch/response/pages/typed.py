"""What was typed into a page of response, as it came; and the one way every form of the room is taken."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from fellwatch.assessments.values import Invalid
from fellwatch.foundation import clock
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader

LOCAL = "%Y-%m-%dT%H:%M"
Problems = Mapping[str, str]


@dataclass(frozen=True)
class Typed:
    """Every field of the form, by name."""

    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def get(self, name: str, default: str = "") -> str:
        """Return the last value of a field, without blanks around it."""
        values = self.fields.get(name)
        return str(values[-1]).strip() if values else default

    def all(self, name: str) -> list[str]:
        """Return every value of a field that says anything."""
        return [str(value).strip() for value in self.fields.get(name, ()) if str(value).strip()]

    def id(self, name: str = "id") -> uuid.UUID | None:
        """Return a field as an identifier; anything else is none."""
        try:
            return uuid.UUID(self.get(name))
        except ValueError:
            return None

    def number(self, name: str) -> int:
        """Return a field as a small whole number; anything else is 0."""
        said = self.get(name)
        return int(said) if said.isascii() and said.isdecimal() and len(said) < 9 else 0

    def moment(self, name: str) -> datetime | None:
        """Return a field as a moment on a watch in London; anything else is none."""
        try:
            return datetime.strptime(self.get(name), LOCAL).replace(tzinfo=clock.LONDON)
        except ValueError:
            return None


def from_post(request: HttpRequest) -> Typed:
    """Return what was posted, without the token."""
    return Typed({name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"})


def local(at: datetime) -> str:
    """Return a moment as a date-and-time field holds it."""
    return f"{clock.london(at):{LOCAL}}"


Step = Callable[[Typed, Actor, datetime], object]
Page = Callable[[Typed, Problems], HttpResponse]


def take(request: HttpRequest, step: Step, page: Page, done: Callable[[], HttpResponse]) -> HttpResponse:
    """Take one step and go on; what is wrong is shown beside its field with what was typed."""
    typed = from_post(request)
    try:
        step(typed, reader(request), clock.now())
    except Invalid as wrong:
        return page(typed, wrong.problems)
    return done()


def errors(problems: Problems, radios: Sequence[str] = (), prefix: str = "") -> list[dict[str, str]]:
    """Return problems as the error summary links them; a radio's first choice stands for it."""
    return [
        {"text": text, "href": f"#{prefix}{name}{'-1' if name in radios else ''}"} for name, text in problems.items()
    ]
