"""How sure a share is, and a difference of two shares: Wilson's interval and Newcombe's, at 95 per cent."""

from dataclasses import dataclass
from math import sqrt

Z = 1.959963985


@dataclass(frozen=True)
class Share:
    """A part of a whole in per cent, with the interval in which the true share lies 19 times in 20."""

    part: int
    whole: int
    rate: float
    low: float
    high: float


@dataclass(frozen=True)
class Change:
    """The later share less the earlier in per cent points, with its interval."""

    points: float
    low: float
    high: float

    @property
    def is_told(self) -> bool:
        """Whether the interval leaves nought out: chance alone seldom does this."""
        return self.high < 0 or self.low > 0


def share(part: int, whole: int) -> Share | None:
    """Return a share with Wilson's interval; None where there is no whole."""
    if not whole:
        return None
    rate, spread = part / whole, Z * Z / whole
    middle = (rate + spread / 2) / (1 + spread)
    half = Z * sqrt(rate * (1 - rate) / whole + spread / (4 * whole)) / (1 + spread)
    return Share(part, whole, 100 * rate, 100 * max(0.0, middle - half), 100 * min(1.0, middle + half))


def change(before: Share, after: Share) -> Change:
    """Return the difference of two shares with Newcombe's hybrid interval, built from Wilson's of each."""
    points = after.rate - before.rate
    low = points - sqrt((after.rate - after.low) ** 2 + (before.high - before.rate) ** 2)
    high = points + sqrt((after.high - after.rate) ** 2 + (before.rate - before.low) ** 2)
    return Change(points, low, high)
