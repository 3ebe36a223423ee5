"""What a person is made of: partners' records that were joined to them, and people who were found to be the same.

A partner's record keeps its identity and every word it came with. What joining it added to a person is listed,
so that it can be taken apart exactly; so is every row that moved when two people were made one.
"""

from django.db import models

from fellwatch.foundation import ids
from fellwatch.records.models.people import Person


class SourceRecord(models.Model):
    """One person as one agency knows them, under that agency's own reference.

    `person` is who they are to us, said by a model or a person (`joined_by_kind`); empty while nobody knows.
    `contributed` lists by table and column the rows that joining added; `joined_mark` is older than any later row.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    agency = models.TextField()
    reference = models.TextField()
    forenames = models.TextField(default="", blank=True)
    surname = models.TextField(default="", blank=True)
    sex = models.TextField(default="unknown")
    birth_year = models.SmallIntegerField(null=True)
    birth_month = models.SmallIntegerField(null=True)
    birth_day = models.SmallIntegerField(null=True)
    phone = models.TextField(default="", blank=True)
    flat = models.TextField(default="", blank=True)
    house = models.TextField(default="", blank=True)
    street = models.TextField(default="", blank=True)
    town = models.TextField(default="", blank=True)
    postcode = models.TextField(default="", blank=True)
    nhs_number = models.TextField(default="", blank=True)
    received_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="sources")
    joined_by_kind = models.TextField(default="", blank=True)
    joined_at = models.DateTimeField(null=True)
    joined_mark = models.UUIDField(null=True)
    joined_because = models.TextField(default="", blank=True)
    likelihood = models.FloatField(null=True)
    working = models.TextField(default="", blank=True)
    contributed = models.JSONField(default=dict)
    parted_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "records"
        constraints = [
            models.UniqueConstraint(fields=["agency", "reference"], name="source_once"),
            models.CheckConstraint(
                name="source_joined_by_somebody",
                condition=models.Q(person__isnull=True, joined_by_kind="")
                | models.Q(person__isnull=False, joined_by_kind__in=["model", "person"]),
            ),
        ]


class Merge(models.Model):
    """Two people found to be one: `absorbed` lives on in `survivor`, and its id leads there, until undone.

    `moved` and `own` list by table and column the rows that moved and those that were the survivor's already.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    survivor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absorbed")
    absorbed = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges")
    because = models.TextField()
    likelihood = models.FloatField(null=True)
    moved = models.JSONField(default=dict)
    own = models.JSONField(default=dict)
    filled = models.JSONField(default=list)
    merged_at = models.DateTimeField()
    merged_by = models.UUIDField()
    merged_by_name = models.TextField()
    undone_at = models.DateTimeField(null=True)
    undone_by_name = models.TextField(default="", blank=True)
    undone_because = models.TextField(default="", blank=True)

    class Meta:
        app_label = "records"
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"], name="merged_once", condition=models.Q(undone_at__isnull=True)
            ),
            models.CheckConstraint(name="merge_of_two", condition=~models.Q(survivor=models.F("absorbed"))),
        ]


class Judgement(models.Model):
    """What a person said of a record and somebody: the same, or two people. It outranks every model till withdrawn."""

    asked_about = False  # whoever takes people apart is not asked whose it is: it is about the linking itself

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="judgements")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="judgements")
    same = models.BooleanField()
    because = models.TextField(default="", blank=True)
    judged_at = models.DateTimeField()
    judged_by = models.UUIDField()
    judged_by_name = models.TextField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "records"
        constraints = [
            models.UniqueConstraint(
                fields=["record", "person"], name="judged_once", condition=models.Q(withdrawn_at__isnull=True)
            )
        ]


class Likeness(models.Model):
    """Somebody who was added though the search found who they very likely are: a reviewer says whether they are one."""

    asked_about = False

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="likenesses")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    likelihood = models.FloatField()
    noted_at = models.DateTimeField()
    noted_by = models.UUIDField()
    settled_at = models.DateTimeField(null=True)
    settled_by_name = models.TextField(default="", blank=True)

    class Meta:
        app_label = "records"
        constraints = [models.UniqueConstraint(fields=["person", "other"], name="likeness_once")]
