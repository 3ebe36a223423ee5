"""Accounts of people, and tokens for machines."""

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models

from fellwatch.foundation import ids


class User(AbstractUser):
    """Someone who signs in: their role, team and agency decide what they may see and do."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    full_name = models.TextField(default="")
    role = models.TextField(default="")
    team = models.TextField(default="")
    agency = models.TextField(default="")
    purpose = models.TextField(default="Protecting people from harm")
    compartments: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list, blank=True)

    class Meta:
        app_label = "foundation"

    def __str__(self) -> str:
        return self.full_name or self.username


class ApiToken(models.Model):
    """A machine's key: only its hash is kept. It acts as its user, within its scopes."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    label = models.TextField()
    digest = models.BinaryField(unique=True)
    scopes: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "foundation"
