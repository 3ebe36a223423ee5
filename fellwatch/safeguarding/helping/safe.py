"""Whether she may be answered in this way at this moment: only as she said, and silence is a no. Pure."""

from collections.abc import Mapping
from datetime import datetime, time

from fellwatch.foundation import clock
from fellwatch.rules.times_of_day import between

MEANS: Mapping[str, str] = {
    "text": "By text message",
    "call": "By telephone call",
    "mail": "By e-mail",
    "none": "Not at all: she will ring, or come in",
}


def why_not(means: str, said: str, from_time: time | None, to_time: time | None, now: datetime) -> str:
    """Return why nobody may answer by `means` now, where she said `said` and between which hours; "" where they may."""
    if said == "none":
        return "She has asked not to be contacted at all. Be ready for when she rings."
    if means != said:
        return f"She has said that only this is safe: {MEANS.get(said, said).lower()}."
    if from_time and to_time and not between(clock.london(now).time(), from_time, to_time):
        return f"She has said that it is safe only from {from_time:%H:%M} to {to_time:%H:%M}. Wait for it."
    return ""
