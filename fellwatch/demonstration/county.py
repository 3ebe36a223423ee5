"""The whole county, batch by batch: the land, then each block's people and incidents, then the story's."""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from fellwatch.demonstration import (
    addresses,
    cast,
    geography,
    identifiers,
    markers,
    neighbourhood,
    vehicles,
    visitors,
)
from fellwatch.demonstration.blocks import Block, blocks
from fellwatch.demonstration.closed import Writer
from fellwatch.demonstration.gazetteer import FORCE, FORCE_NAME, SCHOOL_KINDS
from fellwatch.demonstration.incidents import Incidents
from fellwatch.demonstration.people import Household, settle
from fellwatch.demonstration.plan import Year, year
from fellwatch.demonstration.rows import Batch, ForceAreaRow, SchoolRow
from fellwatch.demonstration.ruled import Ruler
from fellwatch.demonstration.scenes import Scenes
from fellwatch.demonstration.setting import Setting
from fellwatch.demonstration.shape import Shape

FIRST_URN = 990_001
"""Reference numbers of real schools stay below 200,000."""


@dataclass(frozen=True)
class County:
    """Everything needed to make any batch again."""

    shape: Shape
    setting: Setting
    blocks: tuple[Block, ...]
    year: Year
    rule: Ruler

    def __len__(self) -> int:
        return len(self.blocks) + 2

    def batches(self, *, after: int = 0) -> Iterator[Batch]:
        """Yield every batch, in order, leaving out the first `after`."""
        makers: list[Callable[[], Batch]] = [
            self._land,
            *(self._maker(block) for block in self.blocks),
            self._story,
        ]
        for make in makers[after:]:
            yield make()

    def _land(self) -> Batch:
        batch = Batch("land")
        batch.add(ForceAreaRow(FORCE, FORCE_NAME, json.dumps(geography.force_boundary())))
        for place in visitors.home_places():
            batch.add(place)
        return batch

    def _maker(self, block: Block) -> Callable[[], Batch]:
        return lambda: self._people(block)

    def _people(self, block: Block) -> Batch:
        seed, setting = self.setting.seed, self.setting
        rng = random.Random(f"{seed}/{block.number}")
        batch, new_id = Batch(f"block {block.number + 1}"), identifiers.maker(seed, block.number)
        ways = list(addresses.streets(rng, block))
        households = settle(rng, batch, ways, setting, block.people, block.first_person, new_id)
        used = {home.place.postcode for home in households}
        for street in ways:
            if street.postcode.postcode in used:
                batch.add(street.postcode)
        self._schools(rng, batch, block, households, new_id)
        planned = self.year.of_block(block.number)
        domestic = sum(plan.kind.code == "domestic_incident" for plan in planned)
        pairs = neighbourhood.pairs(rng, batch, households, setting, int(domestic * 0.62) + 1, new_id)
        around = neighbourhood.Neighbourhood(rng, households, pairs)
        guests = visitors.Visitors(rng, batch, setting, households, block.number, new_id)
        happen = Incidents(Scenes(rng, around, guests, setting.today), Writer(rng, batch, setting, new_id), self.rule)
        for plan in planned:
            happen.close(plan)
        for kind in self.year.live[block.number]:
            happen.open(kind)
        markers.put(rng, batch, setting, households, pairs, new_id)
        vehicles.park(rng, batch, households, block.number, new_id)
        return batch

    def _schools(
        self,
        rng: random.Random,
        batch: Batch,
        block: Block,
        households: list[Household],
        new_id: Callable[[], str],
    ) -> None:
        for n in range(block.schools):
            near = rng.choice(households).place
            kind = SCHOOL_KINDS[0] if n == 0 and not block.index_in_beat else rng.choice(SCHOOL_KINDS)
            place = near._replace(id=new_id(), flat="", house=f"{near.street.split()[-2]} School {n + 1}")
            batch.add(place)
            name = f"{near.street.rsplit(' ', 1)[0]} {kind}, {near.town}"
            opened = date(rng.randrange(1880, 2015), 9, 1)
            batch.add(SchoolRow(new_id(), FIRST_URN + block.first_school + n, name, place.id, opened, None))

    def _story(self) -> Batch:
        return cast.batch(self.setting, self.rule, number=len(self.blocks), after=len(self.year.seconds))


def county(shape: Shape, setting: Setting, rule: Ruler) -> County:
    """Plan the county; nothing is made until its batches are asked for."""
    parts = tuple(blocks(shape))
    return County(shape, setting, parts, year(shape, parts, seed=setting.seed, now=setting.now), rule)
