"""A contact with the hub, its append-only story, and the discussions held about it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from fellwatch.foundation import ids
from fellwatch.records.models import Incident, Person
from fellwatch.safeguarding.mash.life import STATES


class HubContact(models.Model):
    """Somebody about whom the hub was told, until it has decided.

    `clock` is what its screening clock is about: a colour that gets worse starts another. `without` names agencies
    whose answers were not waited for.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    reference = models.TextField(unique=True)
    kind = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="hub_contacts")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, null=True, related_name="hub_contacts")
    state = models.TextField(default="received")
    colour = models.TextField()
    clock = models.UUIDField()
    concern = models.TextField()
    immediate = models.TextField()
    wishes = models.TextField(default="", blank=True)
    basis = models.TextField()
    basis_because = models.TextField(default="", blank=True)
    open_to = models.TextField(default="", blank=True)
    received_at = models.DateTimeField()
    raised_by_id = models.UUIDField()
    raised_by_name = models.TextField()
    raised_by_team = models.TextField(default="", blank=True)
    screened_at = models.DateTimeField(null=True)
    level = models.TextField(default="", blank=True)
    decision = models.TextField(default="", blank=True)
    because = models.TextField(default="", blank=True)
    without: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    decided_at = models.DateTimeField(null=True)
    decided_by_name = models.TextField(default="", blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        app_label = "safeguarding"
        constraints = [
            models.CheckConstraint(name="hub_state", condition=models.Q(state__in=STATES)),
            models.CheckConstraint(name="hub_kind", condition=models.Q(kind__in=["child", "adult"])),
        ]
        indexes = [
            models.Index(
                fields=["received_at"], name="hub_open", condition=models.Q(state__in=["received", "screened"])
            ),
            models.Index(fields=["decided_at"], name="hub_decided"),
            models.Index(fields=["raised_by_id", "received_at"], name="hub_raised"),
        ]


class HubEvent(models.Model):
    """One line of a contact's story. Never changed."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    contact = models.ForeignKey(HubContact, on_delete=models.PROTECT, related_name="events")
    kind = models.TextField()
    at = models.DateTimeField()
    words = models.TextField(default="", blank=True)
    referral_id = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)
    by_id = models.UUIDField()
    by_name = models.TextField()

    class Meta:
        app_label = "safeguarding"


class HubDiscussion(models.Model):
    """A strategy discussion: called, then held with who took part and what was agreed, or not held and why."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    contact = models.ForeignKey(HubContact, on_delete=models.PROTECT, related_name="discussions")
    called_at = models.DateTimeField()
    called_by_name = models.TextField()
    meet_at = models.DateTimeField()
    how = models.TextField()
    held_at = models.DateTimeField(null=True)
    took_part: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    agreed = models.TextField(default="", blank=True)
    not_held_because = models.TextField(default="", blank=True)
    noted_by_name = models.TextField(default="", blank=True)

    class Meta:
        app_label = "safeguarding"
