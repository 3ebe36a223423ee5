"""How an incident is handled: its grades, its running log, the desk's queue and its advice, calls half taken."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Value
from django.db.models.functions import Now

from fellwatch.foundation import ids
from fellwatch.records.models import Incident


class CallDraft(models.Model):
    """What a call taker has typed and not yet saved. The id becomes the incident's."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    by_id = models.UUIDField(db_index=True)
    by_name = models.TextField(default="", blank=True)
    started_at = models.DateTimeField()
    kept_at = models.DateTimeField()
    fields = models.JSONField(default=dict)
    saved = models.BooleanField(default=False)

    class Meta:
        app_label = "contact"


class Handling(models.Model):
    """The present state of an incident on the board. `number` is the number of its newest grading.

    `received_at` and `beat` are the incident's and its place's own, kept here by the database as it is first graded, so
    that a shift is counted from this table alone.
    """

    incident = models.OneToOneField(Incident, on_delete=models.PROTECT, primary_key=True, related_name="handling")
    state = models.TextField(default="graded")
    grade = models.TextField()
    number = models.IntegerField(default=1)
    graded_at = models.DateTimeField()
    attend_by = models.DateTimeField(null=True)
    attend_minutes = models.IntegerField(null=True)
    dangers = models.JSONField(default=dict)
    flags: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    protected: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    repeats = models.JSONField(default=list)
    unit = models.TextField(default="", blank=True)
    assigned_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    delay_reason = models.TextField(default="", blank=True)
    updated_at = models.DateTimeField()
    received_at = models.DateTimeField(db_default=Now(), editable=False)
    beat = models.TextField(db_default=Value("urban"), editable=False)

    class Meta:
        app_label = "contact"
        constraints = [
            models.CheckConstraint(
                name="handling_state",
                condition=models.Q(state__in=["graded", "assigned", "on_scene", "left", "closed"]),
            )
        ]
        indexes = [
            models.Index(fields=["graded_at"], name="handling_open", condition=~models.Q(state="closed")),
            models.Index(fields=["arrived_at"], name="handling_arrived", condition=models.Q(arrived_at__isnull=False)),
            models.Index(fields=["received_at"], include=["incident", "grade"], name="handling_received"),
        ]


class Grading(models.Model):
    """One decision on the grade, kept for ever: what was proposed and why, what was chosen and why."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="gradings")
    number = models.IntegerField()
    grade = models.TextField()
    proposed = models.TextField()
    because = models.JSONField(default=list)
    rule = models.TextField()
    rule_version = models.IntegerField()
    trigger = models.TextField()
    rationale = models.TextField(default="", blank=True)
    reason_code = models.TextField(default="", blank=True)
    at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.TextField()
    confirmed_by_name = models.TextField(default="", blank=True)

    class Meta:
        app_label = "contact"
        constraints = [models.UniqueConstraint(fields=["incident", "number"], name="grading_number_once")]
        indexes = [models.Index(fields=["at"], name="grading_again", condition=models.Q(number__gt=1))]


class LogLine(models.Model):
    """One line of the incident's running log. Never changed; a correction is another line."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="log_lines")
    at = models.DateTimeField()
    kind = models.TextField()
    text = models.TextField()
    by_id = models.UUIDField()
    by_name = models.TextField()
    by_role = models.TextField()

    class Meta:
        app_label = "contact"
        indexes = [
            models.Index(fields=["incident", "at"], name="log_line_order"),
            models.Index(fields=["at"], name="log_line_refused", condition=models.Q(kind="downgrade_refused")),
        ]


class DeskItem(models.Model):
    """An incident on the help desk's queue, with the rule that put it there."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="desk_items")
    rule = models.TextField()
    rule_version = models.IntegerField()
    reason = models.TextField()
    placed_at = models.DateTimeField()
    state = models.TextField(default="open")
    taken_by_id = models.UUIDField(null=True)
    taken_by_name = models.TextField(default="", blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "contact"
        constraints = [models.UniqueConstraint(fields=["incident", "rule"], name="desk_item_once")]
        indexes = [models.Index(fields=["placed_at"], name="desk_open", condition=~models.Q(state="done"))]


class Advice(models.Model):
    """A question to the help desk, or advice it gave unasked, and what was done with it."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="advice")
    question = models.TextField(default="", blank=True)
    asked_at = models.DateTimeField(null=True)
    asked_by_id = models.UUIDField(null=True)
    asked_by_name = models.TextField(default="", blank=True)
    text = models.TextField(default="", blank=True)
    given_at = models.DateTimeField(null=True)
    given_by_id = models.UUIDField(null=True)
    given_by_name = models.TextField(default="", blank=True)
    outcome = models.TextField(default="", blank=True)
    outcome_reason = models.TextField(default="", blank=True)
    outcome_at = models.DateTimeField(null=True)
    outcome_by_name = models.TextField(default="", blank=True)

    class Meta:
        app_label = "contact"
        indexes = [models.Index(fields=["asked_at"], name="advice_waiting", condition=models.Q(given_at__isnull=True))]


class DeskReview(models.Model):
    """What a detective found in an incident before finishing with it: was the grade right, was anything missed."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="desk_reviews")
    at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.TextField()
    grade = models.TextField()
    agreed = models.BooleanField()
    missed = models.TextField(default="", blank=True)

    class Meta:
        app_label = "contact"
        indexes = [models.Index(fields=["at"], name="desk_review_at")]


class ClosingNote(models.Model):
    """What an incident was closed with, or the reason why a piece was not there. `need` names it in the rule."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="closing_notes")
    need = models.TextField()
    about = models.UUIDField(null=True)
    """Whom it is about, where it is about somebody."""
    form = models.TextField(default="", blank=True)
    reference = models.TextField(default="", blank=True)
    reason = models.TextField(default="", blank=True)
    words = models.TextField(default="", blank=True)
    rule_version = models.IntegerField()
    at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.TextField()

    class Meta:
        app_label = "contact"
        constraints = [
            models.CheckConstraint(
                name="closing_note_says_something", condition=~models.Q(reference="") | ~models.Q(reason="")
            )
        ]
        indexes = [models.Index(fields=["incident"], name="closing_note_incident")]
