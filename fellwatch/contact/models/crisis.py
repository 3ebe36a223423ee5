"""Mental-health crisis: the helpline's consultations, detentions, places of safety, gaps against the protocol."""

from django.db import models

from fellwatch.foundation import ids
from fellwatch.records.models import Incident, Person


class Consultation(models.Model):
    """A question to the helpline and everything after it. The adviser sees what is written here, not the incident."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="consultations")
    about = models.TextField()
    question = models.TextField()
    callback = models.TextField(default="", blank=True)
    requested_at = models.DateTimeField()
    requested_by_id = models.UUIDField()
    requested_by_name = models.TextField()
    answered_at = models.DateTimeField(null=True)
    adviser_id = models.UUIDField(null=True)
    adviser_name = models.TextField(default="", blank=True)
    advice_code = models.TextField(default="", blank=True)
    advice = models.TextField(default="", blank=True)
    advised_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)
    disagreement = models.TextField(default="", blank=True)
    outcome = models.TextField(default="", blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by_name = models.TextField(default="", blank=True)

    class Meta:
        app_label = "contact"
        indexes = [
            models.Index(fields=["requested_at"], name="consultation_asked"),
            models.Index(fields=["incident"], name="consultation_incident"),
        ]


class PlaceOfSafety(models.Model):
    """A place where somebody detained may be kept, and how much room it says that it has."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    name = models.TextField(unique=True)
    kind = models.TextField()
    telephone = models.TextField(default="", blank=True)
    beds = models.SmallIntegerField(default=0)
    free = models.SmallIntegerField(default=0)
    closed_because = models.TextField(default="", blank=True)
    changed_at = models.DateTimeField()
    changed_by_name = models.TextField()

    class Meta:
        app_label = "contact"
        constraints = [
            models.CheckConstraint(
                name="place_of_safety_room",
                condition=models.Q(beds__gte=0, free__gte=0, free__lte=models.F("beds")),
            )
        ]


class Detention(models.Model):
    """Somebody held under section 135 or 136. `until_at` is the end of the power, extension included."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="detentions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="detentions")
    section = models.TextField()
    detained_at = models.DateTimeField()
    grounds = models.TextField()
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, null=True, related_name="detentions")
    not_consulted = models.TextField(default="", blank=True)
    by_id = models.UUIDField()
    by_name = models.TextField()
    place = models.ForeignKey(PlaceOfSafety, on_delete=models.PROTECT, null=True, related_name="detentions")
    arrived_at = models.DateTimeField(null=True)
    first_end_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)
    authority_rank = models.TextField(default="", blank=True)
    authority_name = models.TextField(default="", blank=True)
    authority_because = models.TextField(default="", blank=True)
    moves = models.JSONField(default=list)
    extended_at = models.DateTimeField(null=True)
    extension_doctor = models.TextField(default="", blank=True)
    extension_reason = models.TextField(default="", blank=True)
    extension_hours = models.SmallIntegerField(null=True)
    extension_rank = models.TextField(default="", blank=True)
    extension_approver = models.TextField(default="", blank=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.TextField(default="", blank=True)
    outcome_text = models.TextField(default="", blank=True)

    class Meta:
        app_label = "contact"
        constraints = [
            models.CheckConstraint(name="detention_section", condition=models.Q(section__in=["135", "136"])),
            models.UniqueConstraint(
                fields=["person"], name="detention_one_at_a_time", condition=models.Q(ended_at__isnull=True)
            ),
        ]


class Shortfall(models.Model):
    """Something the protocol promises that was not there, in one hour; and to whom it was taken."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    kind = models.TextField()
    hour_at = models.DateTimeField()
    duty = models.TextField(default="", blank=True)
    detail = models.TextField()
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, null=True, related_name="shortfalls")
    noted_at = models.DateTimeField()
    noted_by_id = models.UUIDField()
    noted_by_name = models.TextField()
    escalated_at = models.DateTimeField(null=True)
    escalated_to = models.TextField(default="", blank=True)
    escalated_by_name = models.TextField(default="", blank=True)
    answer = models.TextField(default="", blank=True)

    class Meta:
        app_label = "contact"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "hour_at", "incident"], name="shortfall_once_an_hour", nulls_distinct=False
            )
        ]
        indexes = [models.Index(fields=["hour_at"], name="shortfall_hour")]
