"""Published facts about the county: schools, and crime as data.police.uk prints it."""

from django.db import models

from fellwatch.foundation import ids
from fellwatch.records.models.places import Place


class School(models.Model):
    """An educational establishment by its unique reference number."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    urn = models.IntegerField(unique=True)
    name = models.TextField()
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="schools")
    opened_date = models.DateField(null=True)
    closed_date = models.DateField(null=True)

    class Meta:
        app_label = "records"


class StreetCrime(models.Model):
    """One published, anonymised crime. Anti-social behaviour carries no crime id, so `fingerprint` is the key."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    fingerprint = models.TextField(unique=True)
    crime_id = models.TextField(default="", blank=True, db_index=True)
    month_date = models.DateField(db_index=True)
    category = models.TextField()
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    location = models.TextField(default="", blank=True)
    lsoa = models.TextField(default="", blank=True)
    outcome = models.TextField(default="", blank=True)
    reported_by = models.TextField(default="")

    class Meta:
        app_label = "records"


class ForceArea(models.Model):
    """The territory of one police force, as a GeoJSON geometry."""

    code = models.TextField(primary_key=True)
    name = models.TextField()
    boundary = models.JSONField()

    class Meta:
        app_label = "records"


class Postcode(models.Model):
    """A postcode an import brought, with its district and force; unknown ones fall back to their sector."""

    postcode = models.TextField(primary_key=True)
    sector = models.TextField(db_index=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    district = models.TextField(default="", blank=True)
    area = models.TextField(default="", blank=True)
    force = models.TextField(default="", blank=True)
    beat = models.TextField(default="", blank=True)

    class Meta:
        app_label = "records"
