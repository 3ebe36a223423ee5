"""Warning markers: on about one person in a hundred and a few homes; some have run out, some are ended."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from fellwatch.demonstration.neighbourhood import Pair
from fellwatch.demonstration.people import Household
from fellwatch.demonstration.rows import Batch, MarkerRow
from fellwatch.demonstration.setting import Setting

ON_PEOPLE, ON_PLACES, ON_SUSPECTS = 0.009, 0.003, 0.35


@dataclass(frozen=True)
class Warns:
    """A kind of marker: how often against the others, how many days it holds, and what it says."""

    kind: str
    weight: float
    days: int
    detail: str
    source: str


PEOPLE = (
    Warns("violent", 22, 1825, "Assaulted an officer on arrest.", "custody record"),
    Warns("weapons", 12, 1825, "Carried a lock knife.", "custody record"),
    Warns("self_harm", 20, 1095, "Cut forearm in custody.", "custody record"),
    Warns("suicidal", 9, 1095, "Said so to the custody nurse.", "custody record"),
    Warns("mental_disorder", 9, 1095, "Is calmer with one officer and no raised voices.", "officer"),
    Warns("ailment", 9, 1095, "Insulin; knows when it is low.", "custody record"),
    Warns("drugs", 8, 730, "Needles in coat pockets.", "officer"),
    Warns("conceals", 3, 1095, "Blade found in a shoe.", "custody record"),
    Warns("escapes", 2, 1825, "Ran from a hospital guard.", "custody record"),
    Warns("firearms", 2, 1825, "Imitation pistol seen.", "intelligence"),
    Warns(
        "registered_sex_offender",
        2,
        365,
        "Offender manager to be told of any contact.",
        "offender management",
    ),
    Warns("child_risk", 2, 1825, "No unsupervised contact with children.", "children's services"),
    Warns("wanted", 2, 180, "Failed to appear at court.", "court"),
)
PLACES = (
    Warns("dangerous_animal", 5, 365, "Large dog loose in the yard.", "officer"),
    Warns("hostile_address", 3, 365, "Officers surrounded here at the last visit.", "officer"),
    Warns("urgent_response", 2, 90, "Victim at risk here.", "safeguarding"),
    Warns("firearms", 1, 1825, "Licensed shotguns in a cabinet.", "firearms licensing"),
)
SUSPECT = Warns("domestic_abuse_perpetrator", 1, 1825, "Suspect in more than one domestic incident.", "safeguarding")


def put(
    rng: random.Random, batch: Batch, setting: Setting, households: Sequence[Household],
    pairs: Sequence[Pair],
    new_id: Callable[[], str],
) -> None:  # fmt: skip
    """Add the markers of a block."""
    adults = [person for home in households for person in home.adults]
    for person in rng.sample(adults, round(len(adults) * ON_PEOPLE)):
        batch.add(_marker(rng, setting, new_id(), _draw(rng, PEOPLE), person.id, None))
    for home in rng.sample(list(households), round(len(households) * ON_PLACES)):
        batch.add(_marker(rng, setting, new_id(), _draw(rng, PLACES), None, home.place.id))
    suspects = {pair.suspect.id for pair in pairs}
    for person_id in sorted(suspects):
        if rng.random() < ON_SUSPECTS:
            batch.add(_marker(rng, setting, new_id(), SUSPECT, person_id, None))


def _draw(rng: random.Random, choices: Sequence[Warns]) -> Warns:
    return rng.choices(choices, [warns.weight for warns in choices])[0]


def _marker(
    rng: random.Random,
    setting: Setting,
    marker_id: str,
    warns: Warns,
    person_id: str | None,
    place_id: str | None,
) -> MarkerRow:
    began = setting.now - timedelta(days=rng.uniform(1, warns.days * 1.25))
    ended = began + (setting.now - began) * rng.random() if rng.random() < 0.06 else None
    return MarkerRow(
        marker_id, person_id, place_id, warns.kind, warns.detail, began, began + timedelta(days=warns.days),
        ended,
        "Reviewed: no longer so." if ended else "", warns.source, setting.loader,
    )  # fmt: skip
