"""When the county is made, and who made it: the same for every row."""

from dataclasses import dataclass
from datetime import date, datetime

SOURCE = "demonstration"


@dataclass(frozen=True)
class Setting:
    """`now` is the instant the year of incidents ends at, `loader` the actor that creates every row."""

    seed: int
    now: datetime
    today: date
    loader: str
