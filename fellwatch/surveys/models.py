"""Who was chosen and why not, each line of a surveyor's list with its calls, the answers, what was told, what changed.

Answers hang on nobody: only the surveyor's own tie says from which line they came, so that they can be taken back.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from fellwatch.foundation import ids
from fellwatch.records.models import Incident, Person
from fellwatch.sharing.models import Agency
from fellwatch.surveys.life import RESULTS, STATES

KINDS = ("disclosure", "wrong_person")


class Selection(models.Model):
    """One choosing of victims of a group in a period, with how many were left out for each reason."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    group = models.TextField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_column="agency")
    from_date = models.DateField()
    to_date = models.DateField()
    rule_version = models.IntegerField()
    found = models.IntegerField()
    asked = models.IntegerField()
    not_drawn = models.IntegerField()
    reasons = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.TextField()

    class Meta:
        app_label = "surveys"
        constraints = [
            models.CheckConstraint(name="selection_days", condition=models.Q(to_date__gt=models.F("from_date")))
        ]


class LeftOut(models.Model):
    """Somebody who was found and is not asked, with every reason."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    selection = models.ForeignKey(Selection, on_delete=models.PROTECT, related_name="left_out", db_index=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reasons: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField())

    class Meta:
        app_label = "surveys"
        indexes = [models.Index(fields=["selection", "id"], name="leftout_in_order")]


class Line(models.Model):
    """Somebody to be rung: what the surveyor may know of them, and for the police who they are."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    selection = models.ForeignKey(Selection, on_delete=models.PROTECT, related_name="lines", db_index=False)
    group = models.TextField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_column="agency")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reference = models.TextField(unique=True)
    name = models.TextField()
    number = models.TextField()
    from_time = models.TimeField(null=True)
    to_time = models.TimeField(null=True)
    state = models.TextField(default="waiting")
    because = models.TextField(default="", blank=True)
    tried = models.IntegerField(default=0)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "surveys"
        constraints = [
            models.CheckConstraint(name="line_state", condition=models.Q(state__in=tuple(STATES))),
            models.CheckConstraint(name="line_tried", condition=models.Q(tried__gte=0) & models.Q(tried__lte=5)),
            models.UniqueConstraint(fields=["selection", "person"], name="line_once"),
        ]
        indexes = [
            models.Index(fields=["agency", "state"], name="line_list"),
            models.Index(fields=["selection", "reference"], name="line_in_order"),
            models.Index(fields=["person", "made_at"], name="line_person"),
            models.Index(fields=["group", "closed_at"], name="line_closed"),
        ]


class Attempt(models.Model):
    """One call and what it came to. Never changed."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="attempts")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_column="agency")
    at = models.DateTimeField()
    result = models.TextField()
    by_id = models.UUIDField()
    by_name = models.TextField()

    class Meta:
        app_label = "surveys"
        constraints = [models.CheckConstraint(name="attempt_result", condition=models.Q(result__in=tuple(RESULTS)))]
        indexes = [models.Index(fields=["at"], name="attempt_newest")]


class Answers(models.Model):
    """What somebody said, by month and group. Its id is drawn by lot: no time in it leads back to a call."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.TextField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_column="agency")
    month = models.DateField()
    rule_version = models.IntegerField()
    answers = models.JSONField()
    themes: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    read_by_name = models.TextField(default="", blank=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "surveys"
        indexes = [models.Index(fields=["group", "month"], name="answers_by_month")]


class Tie(models.Model):
    """From which line answers came. Only the surveyor reads it, to take them back when consent is withdrawn."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_column="agency")
    line = models.OneToOneField(Line, on_delete=models.PROTECT, related_name="tie")
    answers = models.OneToOneField(Answers, on_delete=models.PROTECT, related_name="tie")

    class Meta:
        app_label = "surveys"


class Told(models.Model):
    """Something the surveyor tells the team the same day: a risk that was disclosed, a wrong person who answered."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    kind = models.TextField()
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="told")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_column="agency")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.TextField()
    outcome = models.TextField(default="", blank=True)
    outcome_words = models.TextField(default="", blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by_name = models.TextField(default="", blank=True)

    class Meta:
        app_label = "surveys"
        constraints = [models.CheckConstraint(name="told_kind", condition=models.Q(kind__in=KINDS))]
        indexes = [models.Index(fields=["at"], name="told_open", condition=models.Q(settled_at__isnull=True))]


class Change(models.Model):
    """What is changed because of what victims said: by whom, until when, and whether it was done."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    group = models.TextField()
    theme = models.TextField()
    words = models.TextField()
    owner = models.TextField()
    due_date = models.DateField()
    made_at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.TextField()
    done_at = models.DateTimeField(null=True)
    done_words = models.TextField(default="", blank=True)
    done_by_name = models.TextField(default="", blank=True)

    class Meta:
        app_label = "surveys"
