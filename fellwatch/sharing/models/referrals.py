"""What each agency was told about whom. A referral's contents are what was sent, and never change."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Coalesce

from fellwatch.foundation import ids
from fellwatch.records.models import Incident, Person
from fellwatch.sharing.life import KINDS, STATES, WAITING
from fellwatch.sharing.models.agencies import Agency, Agreement

UNANSWERED = models.Q(state__in=WAITING)
TAKEN = models.Q(kind="referral", state="accepted")
"""What an agency took and has not said the outcome of."""


class Referral(models.Model):
    """Something told to an agency: on what basis, why it was needed, exactly what was told, and the answer.

    `kind` is referral, research or discussion. `about` is the matter it belongs to, such as a contact with the hub.
    `answer_code` is the coded reason for declining, or what research found. `due_at` is by when an answer was asked for
    as it was sent; None where nothing sets a time.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    kind = models.TextField(default="referral")
    about = models.UUIDField(null=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="referrals", db_column="agency")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, related_name="referrals")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, null=True, related_name="referrals")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="referrals")
    basis = models.TextField()
    necessity = models.TextField()
    proportionality = models.TextField(default="", blank=True)
    contents = models.JSONField()
    withheld: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    receipt = models.TextField()
    rule_version = models.IntegerField()
    sent_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    sent_by_id = models.UUIDField()
    sent_by_name = models.TextField()
    state = models.TextField(default="sent")
    opened_at = models.DateTimeField(null=True)
    opened_by_name = models.TextField(default="", blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.TextField(default="", blank=True)
    answer_code = models.TextField(default="", blank=True)
    answer = models.TextField(default="", blank=True)
    completed_at = models.DateTimeField(null=True)
    completed_by_name = models.TextField(default="", blank=True)
    outcome_code = models.TextField(default="", blank=True)
    outcome = models.TextField(default="", blank=True)
    recalled_at = models.DateTimeField(null=True)
    recalled_because = models.TextField(default="", blank=True)

    class Meta:
        app_label = "sharing"
        constraints = [
            models.CheckConstraint(name="referral_state", condition=models.Q(state__in=STATES)),
            models.CheckConstraint(name="referral_kind", condition=models.Q(kind__in=tuple(KINDS))),
        ]
        indexes = [
            models.Index("agency", Coalesce("due_at", "sent_at"), name="referral_unanswered", condition=UNANSWERED),
            models.Index(fields=["agency", "answered_at"], name="referral_taken", condition=TAKEN),
            models.Index(
                fields=["agency", "-answered_at"],
                name="referral_answered",
                condition=models.Q(answered_at__isnull=False),
            ),
            models.Index(fields=["about"], name="referral_about", condition=models.Q(about__isnull=False)),
            models.Index(fields=["sent_at"], name="referral_sent"),
        ]


class Recall(models.Model):
    """That something was taken back: all that the agency sees of it from then on. It says when it kept nothing."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="recall")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="recalls", db_column="agency")
    about = models.UUIDField(null=True)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    receipt = models.TextField()
    reason = models.TextField()
    breach = models.BooleanField()
    was_opened = models.BooleanField()
    at = models.DateTimeField()
    by_name = models.TextField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by_name = models.TextField(default="", blank=True)

    class Meta:
        app_label = "sharing"
        indexes = [
            models.Index("agency", models.F("confirmed_at").desc(nulls_first=True), "at", name="recall_confirmed_last")
        ]


class Exclusion(models.Model):
    """Somebody named as never to receive anything in a matter. Whoever is feared is excluded without being named."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    about = models.UUIDField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="exclusions")
    because = models.TextField()
    noted_at = models.DateTimeField()
    noted_by_name = models.TextField()

    class Meta:
        app_label = "sharing"
        constraints = [models.UniqueConstraint(fields=["about", "person"], name="exclusion_once")]


class Feedback(models.Model):
    """What came of something, told to whoever raised it."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    to_id = models.UUIDField()
    about = models.UUIDField()
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    title = models.TextField()
    words = models.TextField()
    at = models.DateTimeField()
    by_name = models.TextField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "sharing"
        indexes = [models.Index(fields=["to_id", "-at"], name="feedback_newest")]
