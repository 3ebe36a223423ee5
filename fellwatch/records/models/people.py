"""People, and everything by which they may be known."""

from django.db import models

from fellwatch.foundation import ids


class Person(models.Model):
    """One human being. `compartment` restricts the whole record; `announce` says whether others may know of it.

    `merged_into` is who this was found to be: everything is there, and this id only leads to it.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    sex = models.TextField(default="unknown")
    birth_year = models.SmallIntegerField(null=True)
    birth_month = models.SmallIntegerField(null=True)
    birth_day = models.SmallIntegerField(null=True)
    death_date = models.DateField(null=True)
    compartment = models.TextField(default="", blank=True)
    announce = models.BooleanField(default=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="earlier")
    created_at = models.DateTimeField()
    created_by = models.UUIDField()

    class Meta:
        app_label = "records"
        constraints = [
            models.CheckConstraint(
                name="person_birth_month_needs_year",
                condition=models.Q(birth_month__isnull=True) | models.Q(birth_year__isnull=False),
            ),
            models.CheckConstraint(
                name="person_sex",
                condition=models.Q(sex__in=["female", "male", "other", "unknown"]),
            ),
        ]
        indexes = [models.Index(fields=["id"], name="person_restricted", condition=~models.Q(compartment=""))]


class PersonName(models.Model):
    """A name somebody has or had: kind is current, former, maiden, alias, nickname, transliterated or reported.

    Described is no name: how somebody looked whom nobody could name yet. It is shown until there is a name, and is
    searched for by nobody.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="names")
    kind = models.TextField(default="current")
    forenames = models.TextField(default="", blank=True)
    surname = models.TextField(default="", blank=True)
    from_date = models.DateField(null=True)
    to_date = models.DateField(null=True)
    source = models.TextField()

    class Meta:
        app_label = "records"
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "forenames", "surname"], name="person_name_once"),
        ]


class PersonPhone(models.Model):
    """A number somebody uses, in international form, with the day it was last known to be theirs."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="phones")
    number = models.TextField(db_index=True)
    last_known_date = models.DateField()
    safe_to_call = models.BooleanField(null=True)
    source = models.TextField()

    class Meta:
        app_label = "records"
        constraints = [models.UniqueConstraint(fields=["person", "number"], name="person_phone_once")]


class PersonIdentifier(models.Model):
    """A number that an organisation gave somebody: PNC id, CRO, custody, NHS, passport."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identifiers")
    kind = models.TextField()
    value = models.TextField()
    source = models.TextField()

    class Meta:
        app_label = "records"
        indexes = [models.Index(fields=["kind", "value"], name="identifier_value")]
        constraints = [models.UniqueConstraint(fields=["person", "kind", "value"], name="identifier_once")]


class Relationship(models.Model):
    """How one person stands to another ("mother" of, "partner" of), for a time."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relationships")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField()
    from_date = models.DateField(null=True)
    to_date = models.DateField(null=True)
    source = models.TextField()

    class Meta:
        app_label = "records"
        constraints = [models.UniqueConstraint(fields=["person", "other", "kind"], name="relationship_once")]
