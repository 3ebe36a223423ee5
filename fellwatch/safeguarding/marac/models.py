"""Referrals to the MARAC, attempts to reach the victim, and the append-only story of each referral."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from fellwatch.foundation import ids
from fellwatch.meetings.models import Matter
from fellwatch.records.models import Incident, Person
from fellwatch.safeguarding.marac import life


class MaracReferral(models.Model):
    """One referral. `said` is what its writer wrote and never changes; `told` is what the agencies in its circle read.

    `victim` is nobody until the coordinator has said who is meant; the perpetrators stand with the matter, as those
    whom it is kept from. `repeat` and `criteria` are worked out again whenever what they rest on changes.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="referral")
    source = models.TextField()
    agency = models.TextField()
    by_id = models.UUIDField()
    by_name = models.TextField()
    referred_at = models.DateTimeField()
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, null=True, related_name="marac_referrals")
    victim = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="marac_referrals")
    said = models.JSONField()
    told = models.JSONField()
    rule_version = models.IntegerField()
    judgement = models.BooleanField(default=False)
    ticks = models.IntegerField(null=True)
    escalates = models.BooleanField(default=False)
    behaviour = models.TextField(default="", blank=True)
    happened_date = models.DateField(null=True)
    criteria: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    repeat = models.BooleanField(default=False)
    repeat_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="repeats")
    because: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    consent = models.TextField()
    aware = models.TextField()
    basis = models.TextField()
    basis_because = models.TextField(default="", blank=True)
    children = models.IntegerField(default=0)
    equality: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    state = models.TextField()
    triage_due_at = models.DateTimeField(null=True)
    triage_outcome = models.TextField(default="", blank=True)
    triage_because = models.TextField(default="", blank=True)
    triage_panel: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    triaged_at = models.DateTimeField(null=True)
    adviser = models.TextField(default="", blank=True)
    contact_due_at = models.DateTimeField(null=True)
    reached_at = models.DateTimeField(null=True, editable=False)
    """When the victim was first reached: the database sets it with each attempt, as `reached.sql` says."""
    again_at = models.DateTimeField(null=True, editable=False)
    """When the victim was last a victim in an incident received later: the database sets it, as `again.sql` says."""
    flag_until_date = models.DateField(null=True)
    heard_date = models.DateField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        app_label = "safeguarding"
        constraints = [
            models.CheckConstraint(name="marac_state", condition=models.Q(state__in=list(life.STATES))),
            models.CheckConstraint(name="marac_consent", condition=models.Q(consent__in=["yes", "no", "not_asked"])),
            models.CheckConstraint(
                name="marac_basis_without_consent", condition=models.Q(consent="yes") | ~models.Q(basis_because="")
            ),
            models.CheckConstraint(
                name="marac_no_repeat_triaged_out",
                condition=models.Q(repeat=False) | ~models.Q(state="not_heard"),
            ),
            models.CheckConstraint(
                name="marac_only_police_triaged", condition=models.Q(source="police") | models.Q(triage_outcome="")
            ),
        ]
        indexes = [
            models.Index(fields=["victim", "referred_at"], name="marac_victim"),
            models.Index(fields=["state", "referred_at"], name="marac_open"),
            models.Index(fields=["agency", "referred_at"], name="marac_made"),
            models.Index(
                fields=["adviser", "contact_due_at"],
                name="marac_to_reach",
                condition=models.Q(reached_at__isnull=True) & ~models.Q(state="withdrawn"),
            ),
            models.Index(
                fields=["flag_until_date"],
                include=["matter", "victim", "referred_at"],
                name="marac_again",
                condition=models.Q(again_at__isnull=False) & ~models.Q(state="withdrawn"),
            ),
            models.Index(fields=["heard_date"], name="marac_heard", condition=models.Q(heard_date__isnull=False)),
            models.Index(
                fields=["triaged_at"],
                include=["triage_outcome", "matter"],
                name="marac_triaged",
                condition=models.Q(triaged_at__isnull=False),
            ),
            # A referral is long: what lists choose by, and what the policy asks of a row, is read from this alone.
            models.Index(
                fields=["id"],
                include=["matter", "victim", "referred_at", "state", "flag_until_date", "adviser", "contact_due_at"],
                name="marac_narrow",
            ),
        ]


class MaracContact(models.Model):
    """One attempt by the adviser's service to reach the victim."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    referral = models.ForeignKey(MaracReferral, on_delete=models.PROTECT, related_name="contacts")
    agency = models.TextField()
    at = models.DateTimeField()
    reached = models.BooleanField()
    engaged = models.TextField(default="", blank=True)
    words = models.TextField()
    by_id = models.UUIDField()
    by_name = models.TextField()

    class Meta:
        app_label = "safeguarding"


class MaracEvent(models.Model):
    """A line of the story of a referral."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    referral = models.ForeignKey(MaracReferral, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    kind = models.TextField()
    words = models.TextField(default="", blank=True)
    by_id = models.UUIDField()
    by_name = models.TextField()

    class Meta:
        app_label = "safeguarding"
