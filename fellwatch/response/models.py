"""What is done at an incident and after it: who attended, evidence, suspects, bail, victims, crimes decided."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from fellwatch.assessments.models import DisclosedCrime
from fellwatch.foundation import ids
from fellwatch.records.models import Incident, Person


class Made(models.Model):
    """When something was entered and by whom."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.TextField()

    class Meta:
        abstract = True


class Attending(Made):
    """An officer who attends an incident, from a moment until they leave it to others."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="attending")
    team = models.TextField(default="", blank=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "response"
        constraints = [models.UniqueConstraint(fields=["incident", "by_id"], name="attending_once")]
        indexes = [models.Index(fields=["by_id", "-at"], name="attending_mine")]


class Clip(Made):
    """One body-worn recording by its reference, or why there is none."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="clips")
    reference = models.TextField(default="", blank=True)
    device = models.TextField(default="", blank=True)
    started_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    not_used_because = models.TextField(default="", blank=True)

    class Meta:
        app_label = "response"
        constraints = [
            models.CheckConstraint(
                name="clip_or_reason",
                condition=~models.Q(reference="") | ~models.Q(not_used_because=""),
            )
        ]


class Exhibit(Made):
    """A thing seized, under the reference of whoever found it."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="exhibits")
    reference = models.TextField()
    description = models.TextField()
    seized_at = models.DateTimeField()
    seized_where = models.TextField()
    seal = models.TextField(default="", blank=True)

    class Meta:
        app_label = "response"
        constraints = [models.UniqueConstraint(fields=["incident", "reference"], name="exhibit_reference_once")]


class ExhibitMove(Made):
    """One step of an exhibit's continuity: from hand to hand, to a store, to a laboratory."""

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="moves")
    number = models.IntegerField()
    from_whom = models.TextField()
    to_whom = models.TextField()
    moved_at = models.DateTimeField()
    seal = models.TextField(default="", blank=True)

    class Meta:
        app_label = "response"
        constraints = [models.UniqueConstraint(fields=["exhibit", "number"], name="exhibit_move_once")]


class Suspect(Made):
    """What became of one suspect of an incident: arrest or why not, interview by appointment, charge, end."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="suspects")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="suspected")
    arrested_at = models.DateTimeField(null=True)
    arrested_for = models.TextField(default="", blank=True)
    no_arrest_reason = models.TextField(default="", blank=True)
    no_arrest_why = models.TextField(default="", blank=True)
    voluntary_authority = models.TextField(default="", blank=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by_name = models.TextField(default="", blank=True)
    review_agrees = models.BooleanField(null=True)
    review_words = models.TextField(default="", blank=True)
    charged_at = models.DateTimeField(null=True)
    ended_as = models.TextField(default="", blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.TextField(default="", blank=True)
    reopenings = models.JSONField(default=list)
    """How the case had ended each time it was opened again: ended_as, ended_because, because, at, by."""

    class Meta:
        app_label = "response"
        constraints = [models.UniqueConstraint(fields=["incident", "person"], name="suspect_once")]


class ArrestAttempt(Made):
    """One try to arrest a suspect that failed: when, where it was tried and what was found."""

    suspect = models.ForeignKey(Suspect, on_delete=models.PROTECT, related_name="attempts")
    tried_at = models.DateTimeField()
    tried_where = models.TextField()
    words = models.TextField()

    class Meta:
        app_label = "response"


class Release(Made):
    """A release before charge: on bail with its conditions and its end, or under investigation with the reason."""

    suspect = models.ForeignKey(Suspect, on_delete=models.PROTECT, related_name="releases")
    kind = models.TextField()
    released_at = models.DateTimeField()
    rank = models.TextField()
    authorised_by = models.TextField()
    because = models.TextField()
    conditions = models.JSONField(default=list)
    victim_view = models.TextField(default="", blank=True)
    victim_not_asked = models.TextField(default="", blank=True)
    stage = models.TextField(default="", blank=True)
    ends_at = models.DateTimeField(null=True)
    working = models.JSONField(default=list)
    rule_version = models.IntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.TextField(default="", blank=True)

    class Meta:
        app_label = "response"
        constraints = [
            models.CheckConstraint(name="release_kind", condition=models.Q(kind__in=["bail", "under_investigation"]))
        ]


class Extension(Made):
    """One extension of bail, by the rank that the law of the arrest's date asks for."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="extensions")
    stage = models.TextField()
    authorised_at = models.DateTimeField()
    rank = models.TextField()
    authorised_by = models.TextField()
    because = models.TextField()
    representations = models.TextField()
    ends_at = models.DateTimeField(null=True)
    working = models.JSONField(default=list)

    class Meta:
        app_label = "response"
        constraints = [models.UniqueConstraint(fields=["release", "stage"], name="extension_once")]


class BailAppointment(Made):
    """When and where somebody on bail must come; another day replaces it and both stay. Whether they came, and how."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="appointments")
    answer_at = models.DateTimeField()
    station = models.TextField()
    exception = models.TextField(default="", blank=True)
    because = models.TextField(default="", blank=True)
    replaced_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)
    missed_words = models.TextField(default="", blank=True)
    missed_by_name = models.TextField(default="", blank=True)
    came_at = models.DateTimeField(null=True)
    came_how = models.TextField(default="", blank=True)
    came_words = models.TextField(default="", blank=True)
    came_by_name = models.TextField(default="", blank=True)

    class Meta:
        app_label = "response"
        constraints = [
            models.UniqueConstraint(
                fields=["release"], name="one_appointment_stands", condition=models.Q(replaced_at__isnull=True)
            ),
            models.CheckConstraint(name="appointment_kept", condition=models.Q(came_how__in=["", "came", "arrested"])),
        ]


class BailVariation(Made):
    """What bail asked before and after a custody officer varied it, and what the victim thought of that."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="variations")
    varied_at = models.DateTimeField()
    before = models.JSONField()
    after = models.JSONField()
    authorised_by = models.TextField()
    because = models.TextField()
    victim_view = models.TextField(default="", blank=True)
    victim_not_asked = models.TextField(default="", blank=True)

    class Meta:
        app_label = "response"


class ProsecutorWait(Made):
    """A stretch in which bail's time stood still because a prosecutor's charging decision was awaited."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="waits")
    sent_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(default="", blank=True)
    words = models.TextField(default="", blank=True)
    answered_by_name = models.TextField(default="", blank=True)

    class Meta:
        app_label = "response"
        constraints = [
            models.UniqueConstraint(
                fields=["release"], name="one_wait_at_a_time", condition=models.Q(answered_at__isnull=True)
            )
        ]


class Stance(Made):
    """Whether a victim supports action, as they said it on a day; each change is a new row."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="stances")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stances")
    stance = models.TextField()
    words = models.TextField(default="", blank=True)
    statement_taken = models.BooleanField(default=False)

    class Meta:
        app_label = "response"


class EvidenceReview(Made):
    """Whether a case goes on without its victim, and on what evidence."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="evidence_reviews")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    goes_on = models.BooleanField()
    words = models.TextField()

    class Meta:
        app_label = "response"


class Update(Made):
    """What a victim was told, and by which safe way."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="updates")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    how = models.TextField()
    words = models.TextField()

    class Meta:
        app_label = "response"


class SupportReferral(Made):
    """A victim referred to a support service, or who said no."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="support_referrals")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    wanted = models.BooleanField()
    service = models.TextField(default="", blank=True)

    class Meta:
        app_label = "response"


class NoCrimeRequest(Made):
    """Somebody asks the registrar to decide that a disclosed crime is none, and what the registrar answered."""

    crime = models.ForeignKey(DisclosedCrime, on_delete=models.PROTECT, related_name="no_crime_requests")
    because = models.TextField()
    source = models.TextField()
    agreed = models.BooleanField(null=True)
    answer = models.TextField(default="", blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.TextField(default="", blank=True)

    class Meta:
        app_label = "response"
        constraints = [
            models.UniqueConstraint(
                fields=["crime"], name="one_no_crime_asked", condition=models.Q(answered_at__isnull=True)
            )
        ]


class CrimeDecision(Made):
    """What was decided about a disclosed crime, who owns it, and how it ended."""

    crime = models.OneToOneField(DisclosedCrime, on_delete=models.PROTECT, related_name="decision")
    recorded = models.BooleanField()
    crime_number = models.TextField(default="", blank=True)
    offence = models.TextField()
    owner = models.TextField(default="", blank=True)
    flags: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    because = models.TextField(default="", blank=True)
    source = models.TextField(default="", blank=True)
    outcome = models.TextField(default="", blank=True)
    outcome_at = models.DateTimeField(null=True)
    outcome_words = models.TextField(default="", blank=True)
    outcome_by_name = models.TextField(default="", blank=True)
    statement_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "response"
        constraints = [
            models.UniqueConstraint(
                fields=["crime_number"], name="crime_number_once", condition=~models.Q(crime_number="")
            ),
            models.CheckConstraint(
                name="crime_decision_whole",
                condition=models.Q(recorded=True) & ~models.Q(crime_number="") & ~models.Q(owner="")
                | models.Q(recorded=False) & ~models.Q(because="") & ~models.Q(source=""),
            ),
        ]
