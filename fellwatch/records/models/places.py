"""Places and who lived there when."""

from django.db import models
from django.db.models.functions import Lower

from fellwatch.foundation import ids
from fellwatch.records.models.people import Person


class Place(models.Model):
    """An address or a described spot. `beat` says whether attendance targets are urban or rural.

    An address is unique within its compartment, so that a hidden one never stands in the way of an open one.
    `street_key` is the street as search compares it: a range over bytes, the one likeness that row policies let an
    index answer.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    uprn = models.BigIntegerField(null=True)
    flat = models.TextField(default="", blank=True)
    house = models.TextField(default="", blank=True)
    street = models.TextField(default="", blank=True)
    street_key = models.GeneratedField(
        expression=Lower("street"), output_field=models.TextField(db_collation="C"), db_persist=True
    )
    locality = models.TextField(default="", blank=True)
    town = models.TextField(default="", blank=True)
    postcode = models.TextField(default="", blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    district = models.TextField(default="", blank=True)
    area = models.TextField(default="", blank=True)
    force = models.TextField(default="", blank=True)
    beat = models.TextField(default="urban")
    compartment = models.TextField(default="", blank=True)

    class Meta:
        app_label = "records"
        indexes = [
            models.Index(fields=["postcode", "house"], name="place_postcode"),
            models.Index(fields=["street_key", "house"], name="place_street"),
            models.Index(fields=["id"], name="place_restricted", condition=~models.Q(compartment="")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["postcode", "flat", "house", "street", "compartment"],
                name="place_once",
                condition=~models.Q(postcode=""),
            ),
            models.UniqueConstraint(fields=["uprn", "compartment"], name="place_uprn_once"),
            models.CheckConstraint(name="place_beat", condition=models.Q(beat__in=["urban", "rural"])),
        ]


class Residence(models.Model):
    """Somebody's tie to a place for a time, half-open; kind is home, former, work, stays or visiting."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="residences")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="residences")
    kind = models.TextField(default="home")
    from_date = models.DateField(null=True)
    to_date = models.DateField(null=True)
    source = models.TextField()

    class Meta:
        app_label = "records"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "place", "kind", "from_date"], name="residence_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="residence_runs_forward",
                condition=models.Q(to_date__isnull=True)
                | models.Q(from_date__isnull=True)
                | models.Q(to_date__gte=models.F("from_date")),
            ),
        ]
