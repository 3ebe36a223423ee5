"""Answers to instruments, version by version; the form they belong to and its review; the crimes they disclose."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from fellwatch.foundation import ids
from fellwatch.records.models import Incident, Person

UNFINISHED = ("open", "submitted", "returned", "second")
STATES = (*UNFINISHED, "accepted", "settled")
"""`second` waits for the central team after its supervisor accepted it; `settled` has been through both."""


class Assessment(models.Model):
    """Answers as JSON; what is queried (complete, score, grade, flags) as columns, filled in the same write."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    instrument = models.TextField()
    instrument_version = models.IntegerField()
    variant = models.TextField(default="", blank=True)
    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, null=True, related_name="assessments", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="assessments")
    number = models.IntegerField()
    trigger = models.TextField()
    answers = models.JSONField()
    complete = models.BooleanField()
    missing = models.JSONField(default=list)
    score = models.IntegerField(null=True)
    grade = models.TextField(default="", blank=True)
    flags: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.TextField()

    class Meta:
        app_label = "assessments"
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "incident", "person", "number"],
                name="assessment_number_once",
                nulls_distinct=False,
            )
        ]
        indexes = [
            models.Index(fields=["incident", "instrument", "-number"], name="assessment_latest"),
            models.Index(fields=["instrument", "at"], name="assessment_lately"),
        ]


class Form(models.Model):
    """One instrument asked about one incident, and one person where it is about one: where it stands now.

    Its answers are the newest `Assessment` of the same three; `number` says which version that is.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    instrument = models.TextField()
    instrument_version = models.IntegerField()
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="forms")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="forms")
    state = models.TextField(default="open")
    number = models.IntegerField(default=0)
    closed_number = models.IntegerField(default=0)
    """The newest version that a review closed. The form is open work while it is below `number`, whatever its state."""
    grade = models.TextField(default="", blank=True)
    score = models.IntegerField(null=True)
    flags: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    complete = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    opened_by_id = models.UUIDField()
    opened_by_name = models.TextField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    submitted_by_id = models.UUIDField(null=True)
    submitted_by_name = models.TextField(default="", blank=True)
    submitted_team = models.TextField(default="", blank=True)
    passed_on_at = models.DateTimeField(null=True)
    """Since when it waits, or waited, for the central team."""
    passed_on_because: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    known = models.JSONField(default=dict)
    """What the order of the queue asks about it, as it was when it was passed on."""
    specialist_grade = models.TextField(default="", blank=True)
    """The grade that acts where a specialist graded it anew; `grade` stays the officer's own."""
    owner = models.TextField(default="", blank=True)
    owner_because = models.TextField(default="", blank=True)

    class Meta:
        app_label = "assessments"
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "incident", "person"], name="form_once", nulls_distinct=False
            ),
            models.CheckConstraint(name="form_state", condition=models.Q(state__in=STATES)),
        ]
        indexes = [
            models.Index(fields=["submitted_at"], name="form_waiting", condition=models.Q(state="submitted")),
            models.Index(
                fields=["state", "changed_at"], name="form_unfinished", condition=models.Q(state__in=UNFINISHED)
            ),
            models.Index(fields=["person", "-submitted_at"], name="form_person"),
            models.Index(
                fields=["opened_at"], name="form_not_closed", condition=models.Q(closed_number__lt=models.F("number"))
            ),
        ]


class FormReview(models.Model):
    """What a reviewer decided about a version of a form. `reasons` maps each answer sent back to a code and words.

    `closes` says that nobody has to look at this version again; `officer_grade` is what the officer had given.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="reviews")
    number = models.IntegerField()
    stage = models.TextField(default="supervisor")
    outcome = models.TextField()
    reasons = models.JSONField(default=dict)
    note = models.TextField(default="", blank=True)
    officer_grade = models.TextField(default="", blank=True)
    grade = models.TextField(default="", blank=True)
    closes = models.BooleanField(default=False)
    team = models.TextField(default="", blank=True)
    """The team of the officer who had handed it in."""
    at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.TextField()

    class Meta:
        app_label = "assessments"
        constraints = [
            models.UniqueConstraint(fields=["form", "number", "stage"], name="form_review_once"),
            models.CheckConstraint(
                name="form_review_outcome", condition=models.Q(outcome__in=["accepted", "returned", "regraded"])
            ),
            models.CheckConstraint(name="form_review_stage", condition=models.Q(stage__in=["supervisor", "central"])),
        ]
        indexes = [models.Index(fields=["stage", "at"], name="form_review_age")]


class FormOwner(models.Model):
    """Who was given the risk of a form, by which line of the policy or by whom, and why. Never changed."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="owners")
    owner = models.TextField()
    because = models.TextField()
    changed_because = models.TextField(default="", blank=True)
    rule_version = models.IntegerField()
    by_hand = models.BooleanField(default=False)
    at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.TextField()

    class Meta:
        app_label = "assessments"


class Prompt(models.Model):
    """Words shown beside a question from a day, because its answers were sent back too often."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    instrument = models.TextField()
    question = models.TextField()
    words = models.TextField()
    because = models.TextField()
    from_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_because = models.TextField(default="", blank=True)
    by_id = models.UUIDField()
    by_name = models.TextField()

    class Meta:
        app_label = "assessments"
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "question"], name="prompt_once", condition=models.Q(ended_at__isnull=True)
            )
        ]


class DisclosedCrime(models.Model):
    """A crime that answers disclosed, once for each victim and incident. What was decided about it is `response`'s."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="disclosed_crimes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="disclosed_crimes")
    crime = models.TextField()
    title = models.TextField()
    law = models.TextField()
    detail = models.TextField(default="", blank=True)
    rule_version = models.IntegerField()
    told_by = models.JSONField(default=list)
    heard_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    noted_by_id = models.UUIDField()
    noted_by_name = models.TextField()
    decided = models.BooleanField(default=False)
    """Set by the database when `response` writes its decision."""

    class Meta:
        app_label = "assessments"
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "person", "crime"], name="disclosed_crime_once", nulls_distinct=False
            )
        ]
        indexes = [
            models.Index(fields=["heard_at"], name="disclosed_crime_age"),
            models.Index(fields=["heard_at"], name="disclosed_crime_waiting", condition=models.Q(decided=False)),
        ]


from fellwatch.assessments.photographs.models import Photograph, PhotographPart  # noqa: E402
from fellwatch.assessments.sendings.models import Difference, Sending  # noqa: E402

__all__ = [
    "Assessment",
    "Difference",
    "DisclosedCrime",
    "Form",
    "FormOwner",
    "FormReview",
    "Photograph",
    "PhotographPart",
    "Prompt",
    "Sending",
]
