"""An order and what hangs on it. Whom it binds is on the order; whom it protects hangs apart, so that a restricted
victim hides herself and not the order that must be enforced."""

from django.db import models

from fellwatch.foundation import ids
from fellwatch.records.models import Incident, Person, Place

STATES = ("issued", "in_force", "ended")
ENDS = ("expired", "lapsed", "replaced", "refused", "withdrawn", "discharged", "case_over")


class Order(models.Model):
    """One notice, order or bail. `ends_at` alone decides whether it still binds; a job only writes it down.

    `case_id` is the application it came from, in whichever room; `follows` the notice it grew out of. `answer_at` and
    `answer_to` are when and where its subject must come; `missed_at` is when they had not, until they have been found.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    kind = models.TextField()
    rule_version = models.IntegerField()
    reference = models.TextField(unique=True)
    subject = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="orders")
    protects = models.IntegerField(default=0)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, null=True, related_name="orders")
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    case_id = models.UUIDField(null=True, db_index=True)
    made_by = models.TextField()
    state = models.TextField(default="issued")
    issued_at = models.DateTimeField()
    binds_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    answer_at = models.DateTimeField(null=True)
    answer_to = models.TextField(default="", blank=True)
    missed_at = models.DateTimeField(null=True)
    ended_as = models.TextField(default="", blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.TextField(default="", blank=True)

    class Meta:
        app_label = "orders"
        constraints = [
            models.CheckConstraint(name="order_state", condition=models.Q(state__in=STATES)),
            models.CheckConstraint(name="order_end", condition=models.Q(ended_as__in=["", *ENDS])),
        ]
        indexes = [models.Index(fields=["ends_at"], name="order_running", condition=~models.Q(state="ended"))]


class Protected(models.Model):
    """Somebody an order protects."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="protected")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="protected_by")

    class Meta:
        app_label = "orders"
        constraints = [models.UniqueConstraint(fields=["order", "person"], name="protected_once")]


class Condition(models.Model):
    """One thing an order says, from an instant until it is varied. `place` puts it on that address's page."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="conditions")
    number = models.IntegerField()
    term = models.TextField()
    words = models.TextField()
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="conditions")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "orders"
        constraints = [models.UniqueConstraint(fields=["order", "number"], name="condition_once")]


class Service(models.Model):
    """One attempt to put an order into somebody's hands, whether it succeeded or not. Never changed."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="services")
    at = models.DateTimeField()
    served = models.BooleanField()
    means = models.TextField()
    officer = models.TextField()
    words = models.TextField(default="", blank=True)
    address_for_hearing = models.TextField(default="", blank=True)
    noted_at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.TextField()

    class Meta:
        app_label = "orders"
        constraints = [
            models.UniqueConstraint(fields=["order"], name="served_once", condition=models.Q(served=True)),
        ]


class Hearing(models.Model):
    """One hearing of the application that follows a notice, and what came of it."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="hearings")
    listed_at = models.DateTimeField()
    court = models.TextField()
    told_how = models.TextField()
    outcome = models.TextField(default="", blank=True)
    heard_at = models.DateTimeField(null=True)
    words = models.TextField(default="", blank=True)

    class Meta:
        app_label = "orders"
        constraints = [
            models.CheckConstraint(
                name="hearing_outcome",
                condition=models.Q(outcome__in=["", "granted", "refused", "adjourned", "relisted"]),
            ),
            models.UniqueConstraint(fields=["order"], name="one_hearing_ahead", condition=models.Q(outcome="")),
        ]


class Breach(models.Model):
    """A breach: what was done, whether an arrest followed or why not, and when the court had the person."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="breaches")
    happened_at = models.DateTimeField()
    words = models.TextField()
    arrested_at = models.DateTimeField(null=True)
    not_arrested_because = models.TextField(default="", blank=True)
    before_court_at = models.DateTimeField(null=True)
    court_outcome = models.TextField(default="", blank=True)
    noted_at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.TextField()

    class Meta:
        app_label = "orders"
        constraints = [
            models.CheckConstraint(
                name="breach_arrest_or_why_not",
                condition=models.Q(arrested_at__isnull=False) | ~models.Q(not_arrested_because=""),
            )
        ]


class OrderEvent(models.Model):
    """The append-only story of an order."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    kind = models.TextField()
    words = models.TextField(default="", blank=True)
    by_id = models.UUIDField()
    by_name = models.TextField()

    class Meta:
        app_label = "orders"
