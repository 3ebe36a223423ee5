"""Schools as recipients, the days they meet, who learns where, and every notice with exactly what it said."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from fellwatch.foundation import ids
from fellwatch.records.models import Incident, Person, School
from fellwatch.safeguarding.encompass.life import DAYS, KINDS, MAILS, SETTINGS, STATES

WAITS = models.Q(opened_at__isnull=True, recalled_at__isnull=True) & ~models.Q(
    state="answered", answered_at__isnull=True
)
"""A notice that its school has yet to open."""


class Establishment(models.Model):
    """A school, college or education team that can be told. Its people sign in under the code `agency`.

    `agreed` names what its agreement lets it be told beyond the duty, until `agreed_until`; `districts` are those an
    education team answers for.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    school = models.OneToOneField(School, on_delete=models.PROTECT, null=True, related_name="recipient")
    kind = models.TextField(default="school")
    name = models.TextField()
    agency = models.TextField(unique=True)
    lead_name = models.TextField(default="", blank=True)
    email = models.TextField(default="", blank=True)
    second_email = models.TextField(default="", blank=True)
    telephone = models.TextField(default="", blank=True)
    starts = models.TimeField(null=True)
    agreed: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    agreed_until = models.DateField(null=True)
    districts: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    closed_date = models.DateField(null=True)

    class Meta:
        app_label = "safeguarding"
        constraints = [models.CheckConstraint(name="establishment_kind", condition=models.Q(kind__in=KINDS))]


class SchoolDays(models.Model):
    """A spell of term, or days without school within one; half-open, from `first_date` until but not on `end_date`."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="days")
    kind = models.TextField()
    first_date = models.DateField()
    end_date = models.DateField()
    words = models.TextField(default="", blank=True)
    noted_at = models.DateTimeField()
    noted_by_name = models.TextField()

    class Meta:
        app_label = "safeguarding"
        constraints = [
            models.UniqueConstraint(fields=["establishment", "kind", "first_date"], name="school_days_once"),
            models.CheckConstraint(name="school_days_kind", condition=models.Q(kind__in=DAYS)),
            models.CheckConstraint(
                name="school_days_run_forward", condition=models.Q(end_date__gt=models.F("first_date"))
            ),
        ]


class Enrolment(models.Model):
    """Where a child learns for a time, half-open. A child may be on two rolls at once."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrolments")
    setting = models.TextField()
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, null=True, related_name="enrolments")
    from_date = models.DateField()
    to_date = models.DateField(null=True)
    source = models.TextField()
    noted_at = models.DateTimeField()
    noted_by_name = models.TextField()

    class Meta:
        app_label = "safeguarding"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "setting", "establishment"],
                name="enrolment_once",
                nulls_distinct=False,
                condition=models.Q(to_date__isnull=True),
            ),
            models.CheckConstraint(name="enrolment_setting", condition=models.Q(setting__in=SETTINGS)),
            models.CheckConstraint(
                name="enrolment_school_named",
                condition=models.Q(setting="school", establishment__isnull=False)
                | (~models.Q(setting="school") & models.Q(establishment__isnull=True)),
            ),
        ]


class SchoolNotice(models.Model):
    """That one establishment is told of one child after one incident. `known_at` is when the police came to know.

    `agency` is whom it is open to. `due_at` is the start of the school day that it must come before; `clock` is what
    its duty is about, new each time the calendar changes. `named` and `named_setting` are an education team's answer.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="school_notices")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="school_notices")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, null=True, related_name="notices")
    agency = models.TextField(default="", blank=True)
    path = models.TextField()
    linked_by = models.TextField()
    state = models.TextField()
    because = models.TextField()
    receipt = models.TextField()
    rule_version = models.IntegerField()
    statutory = models.BooleanField()
    known_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    due_words = models.TextField(default="", blank=True)
    clock = models.UUIDField(default=ids.new)
    held_until = models.DateTimeField(null=True)
    held_for = models.TextField(default="", blank=True)
    mail = models.TextField(default="", blank=True)
    mail_words = models.TextField(default="", blank=True)
    sent_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    telephone_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    told_by_name = models.TextField(default="", blank=True)
    more_at = models.DateTimeField(null=True)
    answer = models.TextField(default="", blank=True)
    answered_at = models.DateTimeField(null=True)
    disputed_at = models.DateTimeField(null=True)
    disputed_words = models.TextField(default="", blank=True)
    named = models.ForeignKey(Establishment, on_delete=models.PROTECT, null=True, related_name="+")
    named_setting = models.TextField(default="", blank=True)
    recalled_at = models.DateTimeField(null=True)
    recalled_because = models.TextField(default="", blank=True)
    created_at = models.DateTimeField()

    class Meta:
        app_label = "safeguarding"
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "child", "path", "establishment"],
                name="school_notice_once",
                nulls_distinct=False,
                condition=~models.Q(state__in=["recalled", "answered"]),
            ),
            models.CheckConstraint(name="school_notice_state", condition=models.Q(state__in=STATES)),
            models.CheckConstraint(name="school_notice_mail", condition=models.Q(mail__in=MAILS)),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="school_notice_open",
                condition=models.Q(state__in=["decide", "held", "sent", "elsewhere"]),
            ),
            models.Index(fields=["agency", "sent_at"], name="school_notice_inbox"),
            models.Index(
                models.F("agency"),
                models.F("due_at").asc(nulls_first=True),
                models.F("sent_at").desc(),
                models.F("id"),
                include=["incident", "child"],
                name="school_notice_waits_first",
                condition=WAITS,
            ),
            models.Index(fields=["known_at"], name="school_notice_known"),
        ]


class SchoolTold(models.Model):
    """Exactly what a notice said, version by version, and to whom it is open. A recall closes it to the school."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    notice = models.ForeignKey(SchoolNotice, on_delete=models.PROTECT, related_name="told")
    agency = models.TextField(default="", blank=True)
    number = models.IntegerField()
    contents = models.JSONField()
    withheld: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    at = models.DateTimeField()

    class Meta:
        app_label = "safeguarding"
        constraints = [models.UniqueConstraint(fields=["notice", "number"], name="school_told_once")]


class NoticeEvent(models.Model):
    """One line of a notice's story: what was done, by whom and when. Never changed."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    notice = models.ForeignKey(SchoolNotice, on_delete=models.PROTECT, related_name="events")
    kind = models.TextField()
    at = models.DateTimeField()
    words = models.TextField(default="", blank=True)
    by_id = models.UUIDField()
    by_name = models.TextField()

    class Meta:
        app_label = "safeguarding"
