"""Group records into people without chaining: two groups become one while their pairs agree on the whole.

Joining whoever is linked to whoever else chains strangers through one bad link. Here the mean weight of all
pairs between two groups decides, where a pair nobody looked at counts a little against (average linkage).
"""

import heapq
from collections.abc import Iterable

Edge = tuple[int, int, float]  # two records and the bits for their being one person
NOT_LOOKED_AT = -1.0
MOST = 12.0  # bits that one pair may count for, so that it cannot outvote many
LEAST = 0.0


class _Groups:
    """The groups so far, with the weight and the number of pairs between each two that have any."""

    def __init__(self, count: int, edges: Iterable[Edge]) -> None:
        self.of = list(range(count))
        self.size = [1] * count
        self.between: list[dict[int, tuple[float, int]]] = [{} for _ in range(count)]
        self.waiting: list[tuple[float, int, int]] = []
        for one, other, bits in edges:
            self.between[one][other] = self.between[other][one] = (min(bits, MOST), 1)
        for one in range(count):
            for other in self.between[one]:
                if one < other:
                    self.offer(one, other)

    def mean(self, one: int, other: int) -> float:
        total, looked_at = self.between[one][other]
        pairs = self.size[one] * self.size[other]
        return (total + NOT_LOOKED_AT * (pairs - looked_at)) / pairs

    def offer(self, one: int, other: int) -> None:
        mean = self.mean(one, other)
        if mean >= LEAST:
            heapq.heappush(self.waiting, (-mean, one, other))

    def stands(self, offered: float, one: int, other: int) -> bool:
        """Whether both groups are still there and nothing changed between them since the offer."""
        return other in self.between[one] and self.mean(one, other) == -offered

    def join(self, one: int, other: int) -> None:
        if len(self.between[one]) < len(self.between[other]):
            one, other = other, one
        self.of[other] = one
        self.size[one] += self.size[other]
        near = self.between[one]
        for third, (total, looked_at) in self.between[other].items():
            del self.between[third][other]
            if third != one:
                before, pairs = near.get(third, (0.0, 0))
                near[third] = (before + total, pairs + looked_at)
        self.between[other] = {}
        for third, counted in near.items():
            self.between[third][one] = counted
            self.offer(one, third)


def group(count: int, edges: Iterable[Edge]) -> list[int]:
    """Return for each of `count` records the number of its group."""
    groups = _Groups(count, edges)
    while groups.waiting:
        offered, one, other = heapq.heappop(groups.waiting)
        if groups.stands(offered, one, other):
            groups.join(one, other)
    return [_root(groups.of, record) for record in range(count)]


def _root(of: list[int], record: int) -> int:
    while of[record] != record:
        of[record] = of[of[record]]
        record = of[record]
    return record
