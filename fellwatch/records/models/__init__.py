"""Every table of the records, for Django to find."""

from fellwatch.records.models.clusters import Judgement, Likeness, Merge, SourceRecord
from fellwatch.records.models.geography import ForceArea, Postcode, School, StreetCrime
from fellwatch.records.models.holders import AccountHolder
from fellwatch.records.models.incidents import Incident, IncidentPerson
from fellwatch.records.models.markers import Marker
from fellwatch.records.models.people import Person, PersonIdentifier, PersonName, PersonPhone, Relationship
from fellwatch.records.models.places import Place, Residence
from fellwatch.records.models.restrictions import Restriction
from fellwatch.records.models.things import Thing, ThingLink

__all__ = [
    "AccountHolder",
    "ForceArea",
    "Incident",
    "IncidentPerson",
    "Judgement",
    "Likeness",
    "Marker",
    "Merge",
    "Person",
    "PersonIdentifier",
    "PersonName",
    "PersonPhone",
    "Place",
    "Postcode",
    "Relationship",
    "Residence",
    "Restriction",
    "School",
    "SourceRecord",
    "StreetCrime",
    "Thing",
    "ThingLink",
]
