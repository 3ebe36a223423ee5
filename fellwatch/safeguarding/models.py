"""A case of protective powers, and its append-only story. What came of it, an order, is in `orders`."""

from django.db import models

from fellwatch.foundation import ids
from fellwatch.records.models import Incident, Person, Place
from fellwatch.safeguarding.encompass.models import (
    Enrolment,
    Establishment,
    NoticeEvent,
    SchoolDays,
    SchoolNotice,
    SchoolTold,
)
from fellwatch.safeguarding.learning.models import Lesson, LessonAdoption, LessonReading
from fellwatch.safeguarding.life import STATES
from fellwatch.safeguarding.marac.models import MaracContact, MaracEvent, MaracReferral
from fellwatch.safeguarding.mash.models import HubContact, HubDiscussion, HubEvent

__all__ = [
    "Case",
    "CaseEvent",
    "Enrolment",
    "Establishment",
    "HubContact",
    "HubDiscussion",
    "HubEvent",
    "Lesson",
    "LessonAdoption",
    "LessonReading",
    "MaracContact",
    "MaracEvent",
    "MaracReferral",
    "NoticeEvent",
    "SchoolDays",
    "SchoolNotice",
    "SchoolTold",
]


class Case(models.Model):
    """One application for a notice, or one request for a disclosure. `answers` are those of the newest version.

    `subject` is whom it would bind or tell of; `at_risk` whom it would protect.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    scheme = models.TextField()
    rule_version = models.IntegerField(null=True)
    route = models.TextField(default="", blank=True)
    reference = models.TextField(unique=True)
    subject = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cases_about")
    at_risk = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cases_for")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, null=True, related_name="cases")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="cases")
    state = models.TextField()
    asked_at = models.DateTimeField()
    answers = models.JSONField(default=dict)
    terms = models.JSONField(default=list)
    version = models.IntegerField(default=1)
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    opened_by_name = models.TextField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "safeguarding"
        constraints = [
            models.CheckConstraint(name="case_state", condition=models.Q(state__in=STATES)),
            models.CheckConstraint(name="case_two_people", condition=~models.Q(subject=models.F("at_risk"))),
        ]
        indexes = [models.Index(fields=["asked_at"], name="case_open", condition=models.Q(closed_at__isnull=True))]


class CaseEvent(models.Model):
    """One line of a case: what was done, what was answered, by whom and when. Never changed."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    kind = models.TextField()
    at = models.DateTimeField()
    noted_at = models.DateTimeField()
    words = models.TextField(default="", blank=True)
    detail = models.JSONField(default=dict)
    by_id = models.UUIDField()
    by_name = models.TextField()

    class Meta:
        app_label = "safeguarding"
