"""Whose record an account's holder has: a constable or a partner's worker may be in the records like anybody."""

from django.conf import settings
from django.db import models

from fellwatch.foundation import ids
from fellwatch.records.models.people import Person


class AccountHolder(models.Model):
    """An account and the person who signs in with it. Ended, never removed: what it kept apart stays explained."""

    asked_about = False

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="records")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="accounts")
    because = models.TextField()
    noted_at = models.DateTimeField()
    noted_by = models.UUIDField()
    noted_by_name = models.TextField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "records"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "person"], name="holder_once", condition=models.Q(ended_at__isnull=True)
            )
        ]
