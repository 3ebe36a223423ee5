"""Incidents and who had a part in them. How they are graded and answered is `contact`'s."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now, Upper

from fellwatch.foundation import ids
from fellwatch.records.models.people import Person
from fellwatch.records.models.places import Place


class Incident(models.Model):
    """Something reported to the police. `occurred_at` is real-world time, `received_at` the first contact.

    `reference_key` is the log number as search compares it (see `Place.street_key`).
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    reference = models.TextField(unique=True)
    reference_key = models.GeneratedField(
        expression=Upper("reference"), output_field=models.TextField(db_collation="C"), db_persist=True
    )
    channel = models.TextField()
    received_at = models.DateTimeField(db_index=True)
    occurred_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    created_by = models.UUIDField()
    caller_number = models.TextField(default="", blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="incidents")
    summary = models.TextField(default="", blank=True)
    opening_code = models.TextField()
    opening_qualifiers: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    closing_codes: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    closing_qualifiers: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    result = models.TextField(default="", blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    compartment = models.TextField(default="", blank=True)
    source = models.TextField(default="call")

    class Meta:
        app_label = "records"
        indexes = [
            models.Index(fields=["received_at"], name="incident_received"),
            models.Index(fields=["received_at"], name="incident_open", condition=models.Q(closed_at__isnull=True)),
            models.Index(fields=["caller_number", "received_at"], name="incident_number"),
            models.Index(fields=["place", "received_at"], name="incident_place"),
            models.Index(fields=["reference_key"], name="incident_reference"),
            models.Index(fields=["id"], name="incident_restricted", condition=~models.Q(compartment="")),
        ]


class IncidentPerson(models.Model):
    """Somebody's part in an incident, with the vulnerabilities seen in them then.

    `received_at` is the incident's own, kept here by the database, so that an index finds the parts of some hours.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="incidents")
    role = models.TextField()
    vulnerabilities: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    received_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        app_label = "records"
        constraints = [models.UniqueConstraint(fields=["incident", "person", "role"], name="incident_person_once")]
        indexes = [
            models.Index(
                fields=["person"], include=["incident"], name="incident_victim", condition=models.Q(role="victim")
            ),
            # Whoever has none is most people of a shift: row policies are not asked of them.
            models.Index(
                fields=["received_at"],
                include=["incident", "person", "vulnerabilities"],
                name="part_vulnerable_lately",
                condition=~models.Q(vulnerabilities=[]),
            ),
        ]
