"""Find and weigh: candidates from this process's arrays, read again from the database under the reader's policies."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.db import connection

from fellwatch.foundation.access import Actor
from fellwatch.recognition.arrays import engine
from fellwatch.recognition.arrays.engine import Compiled, Match
from fellwatch.recognition.asked import Asked
from fellwatch.recognition.held import Held, from_json
from fellwatch.recognition.live import INDEX, View
from fellwatch.recognition.names import forename_forms, surname_forms
from fellwatch.recognition.weigh import Frequencies, Why, weigh
from fellwatch.rules.likeness import Model, bits, likelihood

_READ = "select number, person_id, document::text, announced_in from recognition_entry where number = any(%s)"
AGAIN = 3


@dataclass(frozen=True)
class Found:
    """Somebody who may be meant, how likely, and the announced compartment they are in ("" for none)."""

    held: Held
    announced_in: str
    match: Match

    @property
    def likelihood(self) -> float:
        """How likely it is that they are meant."""
        return likelihood(self.match.bits)


@dataclass(frozen=True)
class Search:
    """Everybody found, likeliest first, and what their working needs."""

    found: tuple[Found, ...]
    asked: Asked
    view: View
    model: Model
    borne: dict[str, tuple[int, int]] = field(default_factory=dict, compare=False)

    def why(self, one: Found) -> Why:
        """Return the working of one candidate, from what the database holds now."""
        frequencies = _frequencies(self.asked, one.held, self.view, self.borne)
        shared = one.match.level("phone") == "household"
        taken = one.match.others, one.match.paired
        return weigh(self.asked, one.held, self.model, frequencies, *taken, number_of_household=shared)


@lru_cache(maxsize=8)
def _compiled(model: Model) -> Compiled:
    return engine.compiled(model)


def find(asked: Asked, model: Model, *, by: Actor) -> Search:
    """Return who may be meant, as the present transaction may read them.

    Somebody whom the database no longer shows (erased, merged, hidden) leaves the index, and the rest is weighed anew
    as if they had never been there.
    """
    view = View((), None)
    for _ in range(AGAIN if asked.fields else 0):
        view = INDEX.view(by)
        settled = engine.settled(asked, view.parts)
        matches = engine.who(settled, view.parts, _compiled(model), counted=view.counted, least=bits(model.shown))
        found = _read(matches)
        gone = {m.number for m in matches} - {f.match.number for f in found}
        if not gone:
            return Search(tuple(found), settled, view, model)
        INDEX.bury(gone)
    return Search((), asked, view, model)


def _read(matches: Sequence[Match]) -> list[Found]:
    if not matches:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_READ, [[m.number for m in matches]])
        rows = {number: rest for number, *rest in cursor.fetchall()}
    return [_found(m, *rows[m.number]) for m in matches if m.number in rows]


def _found(match: Match, person_id: uuid.UUID, document: str, announced_in: str) -> Found:
    return Found(from_json(person_id, json.loads(document)), announced_in, match)


def _frequencies(asked: Asked, held: Held, view: View, borne: dict[str, tuple[int, int]]) -> Frequencies:
    """Return how common the names typed and held are; `borne` keeps what was looked up for the next candidate."""
    if view.names is None:
        return Frequencies()
    typed = {f for r in asked.name.readings for f in (*r.forenames, r.surname) if f}
    words = typed | {f for n in held.names for f in (*forename_forms(n.forenames), *surname_forms(n.surname))}
    counted: dict[tuple[str, str], int] = {}
    for word in words:
        if word not in borne:
            borne[word] = engine.bearers(view.names, word)
        counted["forename", word], counted["surname", word] = borne[word]
    return Frequencies(view.counted, counted)
