"""What a call taker has typed, as it came: kept in the draft, read into a call when it is sent."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict

from fellwatch.foundation.plain import marked

PERSON_FIELDS = ("id", "name", "role")
MOST_PEOPLE = 40


@dataclass(frozen=True)
class TypedPerson:
    """One row of the people list."""

    person_id: uuid.UUID | None = None
    name: str = ""
    role: str = "other"
    vulnerabilities: tuple[str, ...] = ()
    prompts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Typed:
    """Every field of the form, by name."""

    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def get(self, name: str, default: str = "") -> str:
        """Return the last value of a field, without blanks around it."""
        values = self.fields.get(name)
        return str(values[-1]).strip() if values else default

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a field."""
        return tuple(str(value) for value in self.fields.get(name, ()))

    def beginning(self, prefix: str) -> dict[str, str]:
        """Return the fields whose names begin so, by the rest of their name; an empty one is left out."""
        named = {name.removeprefix(prefix): self.get(name) for name in self.fields if name.startswith(prefix)}
        return {name: value for name, value in named.items() if value}

    def marked(self) -> "Typed":
        """Return the same form with a visible mark in place of what PostgreSQL can neither keep nor search for."""
        return Typed({name: [marked(str(value)) for value in values] for name, values in self.fields.items()})

    @property
    def people(self) -> tuple[TypedPerson, ...]:
        """Return the rows of the people list in order."""
        rows = []
        for n in range(MOST_PEOPLE):
            if f"person-{n}-role" not in self.fields:
                break
            rows.append(
                TypedPerson(
                    person_id=as_id(self.get(f"person-{n}-id")),
                    name=self.get(f"person-{n}-name"),
                    role=self.get(f"person-{n}-role", "other"),
                    vulnerabilities=self.all(f"person-{n}-vulnerabilities"),
                    prompts=self.beginning(f"person-{n}-prompt-"),
                )
            )
        return tuple(rows)

    def with_values(self, **values: str) -> "Typed":
        """Return the same form with other words in some of its fields."""
        return Typed({**self.fields, **{name: [value] for name, value in values.items()}})

    def with_people(self, people: Sequence[TypedPerson]) -> "Typed":
        """Return the same form with another people list."""
        kept = {name: value for name, value in self.fields.items() if not name.startswith("person-")}
        for n, person in enumerate(people):
            kept[f"person-{n}-id"] = [str(person.person_id or "")]
            kept[f"person-{n}-name"] = [person.name]
            kept[f"person-{n}-role"] = [person.role]
            kept[f"person-{n}-vulnerabilities"] = list(person.vulnerabilities)
            kept |= {f"person-{n}-prompt-{name}": [answer] for name, answer in person.prompts.items()}
        return Typed(kept)


def as_number(text: str) -> int | None:
    """Read a small whole number; anything else is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else None


def as_id(text: str) -> uuid.UUID | None:
    """Read an identifier; anything else is none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def from_post(post: QueryDict) -> Typed:
    """Return what was posted, without the tokens and the button."""
    return Typed({name: values for name, values in post.lists() if name not in {"csrfmiddlewaretoken", "do", "told"}})


def from_draft(fields: Mapping[str, object] | None) -> Typed:
    """Return what a draft kept."""
    return Typed({name: list(value) for name, value in (fields or {}).items() if isinstance(value, list | tuple)})
