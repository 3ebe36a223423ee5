"""Every kind of file this installation takes in."""

from typing import Any

from fellwatch.communities import imports as partners
from fellwatch.contact import imports as incidents
from fellwatch.foundation.imports.importers import Importer
from fellwatch.measures import imports as measures
from fellwatch.records.imports import force_areas, postcodes, schools, street_crime
from fellwatch.safeguarding.encompass import imports as encompass

IMPORTERS: tuple[Importer[Any], ...] = (
    schools.IMPORTER,
    postcodes.IMPORTER,
    street_crime.IMPORTER,
    force_areas.IMPORTER,
    incidents.IMPORTER,
    measures.IMPORTER,
    *partners.IMPORTERS,
    *encompass.IMPORTERS,
)
