"""The same index in memory, for measuring on a file without touching live data. Pure."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable

from fellwatch.recognition import keys, weigh
from fellwatch.recognition.asked import Asked
from fellwatch.recognition.held import Held
from fellwatch.recognition.names import forename_forms, surname_forms
from fellwatch.recognition.weigh import Frequencies, Why
from fellwatch.rules.likeness import Model

MOST_SCORED = 300


class Memory:
    """Everybody given, by the keys that the database keeps, found in the same way."""

    def __init__(self, people: Iterable[Held]) -> None:
        self.people = list(people)
        self.keys = sorted((int(kind), key, n) for n, held in enumerate(self.people) for kind, key in keys.of(held))
        bearers: Counter[tuple[str, str]] = Counter()
        for held in self.people:
            bearers.update({("forename", f) for name in held.names for f in forename_forms(name.forenames)})
            bearers.update({("surname", f) for name in held.names for f in surname_forms(name.surname)})
        self.frequencies = Frequencies(len(self.people), bearers)

    def who(self, asked: Asked, model: Model, *, limit: int = 8) -> list[tuple[Held, Why]]:
        """Return the likeliest people, best first."""
        scored = [(held, weigh.weigh(asked, held, model, self.frequencies)) for held in self._find(asked)]
        scored.sort(key=lambda pair: (-pair[1].likelihood, str(pair[0].person_id)))
        return [pair for pair in scored[:limit] if pair[1].likelihood >= model.shown]

    def _find(self, asked: Asked) -> list[Held]:
        worth: defaultdict[int, int] = defaultdict(int)
        for r in keys.sought(asked):
            start = bisect_left(self.keys, (int(r.kind), r.low, -1))
            for kind, key, n in self.keys[start : start + r.cap]:
                if kind != r.kind or key > r.high:
                    break
                worth[n] += r.worth
        best = sorted(worth, key=lambda n: (-worth[n], n))[:MOST_SCORED]
        return [self.people[n] for n in best]
