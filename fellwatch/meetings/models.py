"""Matters and whom they are kept from; meetings, their agendas, minutes, attendance; research and actions by agency."""

import uuid
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from fellwatch.foundation import ids
from fellwatch.records.models import Person


class Matter(models.Model):
    """Something confidential that agencies meet about. Only the agencies in its circle, and who brought it, know."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    kind = models.TextField()
    reference = models.TextField(unique=True)
    agencies: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    people: "ArrayField[list[uuid.UUID], list[uuid.UUID]]" = ArrayField(models.UUIDField(), default=list)
    """Everybody it shows, for the log; a partner who reads it opens no record of theirs."""
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()

    class Meta:
        app_label = "meetings"


class Kept(models.Model):
    """Somebody a matter must be kept from: a person, or so far only names. `names` are keys: "marc oddie"."""

    asked_about = False

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="kept")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="kept_from")
    names: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    role = models.TextField(default="perpetrator")
    noted_at = models.DateTimeField()

    class Meta:
        app_label = "meetings"
        constraints = [
            models.CheckConstraint(name="kept_role", condition=models.Q(role__in=["perpetrator", "associate"]))
        ]
        indexes = [GinIndex(fields=["names"], name="kept_names")]


class Ruling(models.Model):
    """What the coordinator said of one account and one matter: kept from it, or only of the same name."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="rulings")
    user_id = models.UUIDField()
    kept = models.BooleanField()
    because = models.TextField()
    at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.TextField()

    class Meta:
        app_label = "meetings"
        constraints = [models.UniqueConstraint(fields=["matter", "user_id"], name="ruled_once")]
        indexes = [models.Index(fields=["user_id"], name="ruling_user")]


class Meeting(models.Model):
    """A meeting. `sequence` counts its changes, as calendars ask; `agencies` are invited."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    kind = models.TextField()
    title = models.TextField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.TextField()
    chair = models.TextField()
    agencies: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    state = models.TextField(default="planned")
    sequence = models.IntegerField(default=0)
    agenda_due_date = models.DateField(null=True)
    agenda_sent_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "meetings"
        constraints = [
            models.CheckConstraint(
                name="meeting_state", condition=models.Q(state__in=["planned", "sent", "running", "held", "called_off"])
            ),
            models.CheckConstraint(name="meeting_ends_after", condition=models.Q(ends_at__gt=models.F("starts_at"))),
        ]
        indexes = [models.Index(fields=["kind", "starts_at"], name="meeting_when")]


class Item(models.Model):
    """A matter on an agenda, with the minutes it is given and when it was heard."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="items")
    position = models.IntegerField()
    minutes = models.IntegerField()
    state = models.TextField(default="listed")
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "meetings"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "matter"], name="item_once"),
            models.CheckConstraint(name="item_state", condition=models.Q(state__in=["listed", "heard", "put_back"])),
        ]


class Minute(models.Model):
    """One version of what was said of a matter: facts apart from what they mean, and what was decided."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="versions")
    version = models.IntegerField()
    facts = models.TextField(default="", blank=True)
    analysis = models.TextField(default="", blank=True)
    decision = models.TextField(default="", blank=True)
    because = models.TextField(default="", blank=True)
    at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.TextField()

    class Meta:
        app_label = "meetings"
        constraints = [models.UniqueConstraint(fields=["item", "version"], name="minute_version_once")]


class Attendance(models.Model):
    """An agency at a meeting: who comes, and whether they did."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    agency = models.TextField()
    title = models.TextField()
    """What the agency is called, for those of the meeting who may not read the list of agencies."""
    name = models.TextField(default="", blank=True)
    state = models.TextField(default="invited")
    at = models.DateTimeField()

    class Meta:
        app_label = "meetings"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "agency"], name="attendance_once"),
            models.CheckConstraint(
                name="attendance_state",
                condition=models.Q(state__in=["invited", "coming", "apologies", "present", "absent"]),
            ),
        ]


class Research(models.Model):
    """An agency asked what it knows of a matter, and its answer: facts apart from what they mean."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="research")
    agency = models.TextField()
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    rule_version = models.IntegerField()
    known = models.TextField(default="", blank=True)
    facts = models.TextField(default="", blank=True)
    analysis = models.TextField(default="", blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.TextField(default="", blank=True)
    chased_at: "ArrayField[list[datetime], list[datetime]]" = ArrayField(models.DateTimeField(), default=list)

    class Meta:
        app_label = "meetings"
        constraints = [
            models.UniqueConstraint(fields=["matter", "agency"], name="research_once"),
            models.CheckConstraint(name="research_known", condition=models.Q(known__in=["", "known", "not_known"])),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="research_open", condition=models.Q(answered_at__isnull=True)),
            # What came in time is counted from this alone, with what the policy asks of a row.
            models.Index(fields=["due_at"], include=["answered_at", "agency", "matter"], name="research_due"),
        ]


class Action(models.Model):
    """What an agency has promised: who, by when, and what came of it. Responsibility stays with the agency."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="actions")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, related_name="actions")
    agency = models.TextField()
    owner = models.TextField(default="", blank=True)
    words = models.TextField()
    due_date = models.DateField()
    state = models.TextField(default="open")
    answer = models.TextField(default="", blank=True)
    set_at = models.DateTimeField()
    set_by_name = models.TextField()
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.TextField(default="", blank=True)
    reminded_at: "ArrayField[list[datetime], list[datetime]]" = ArrayField(models.DateTimeField(), default=list)

    class Meta:
        app_label = "meetings"
        constraints = [
            models.CheckConstraint(name="action_state", condition=models.Q(state__in=["open", "done", "not_possible"])),
            models.CheckConstraint(
                name="action_answered",
                condition=models.Q(state="open", answered_at__isnull=True)
                | (models.Q(answered_at__isnull=False) & ~models.Q(answer="")),
            ),
        ]
        indexes = [models.Index(fields=["due_date"], name="action_open", condition=models.Q(state="open"))]
