"""The log's two tables: entries as they happen, seals as they are closed."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.expressions import RawSQL


class AuditEntry(models.Model):
    """One read, write or refusal. `xid` is the transaction it belongs to, `people` everyone it shows."""

    id = models.BigAutoField(primary_key=True)
    xid = models.BigIntegerField(db_default=RawSQL("(pg_current_xact_id()::text::bigint)", []))
    at = models.DateTimeField(db_default=RawSQL("clock_timestamp()", []))
    actor = models.UUIDField(default=uuid.uuid4)
    actor_name = models.TextField()
    role = models.TextField()
    team = models.TextField()
    agency = models.TextField()
    purpose = models.TextField()
    action = models.TextField()
    sentence = models.TextField()
    subject_kind = models.TextField()
    subject_id = models.TextField()
    people: "ArrayField[list[uuid.UUID], list[uuid.UUID]]" = ArrayField(models.UUIDField(), default=list)
    detail = models.JSONField(default=dict)

    class Meta:
        app_label = "foundation"
        indexes = [
            models.Index(fields=["xid"], name="audit_xid"),
            models.Index(fields=["subject_kind", "subject_id"], name="audit_subject"),
            models.Index(fields=["actor", "at"], name="audit_actor"),
            GinIndex(fields=["people"], name="audit_people"),
        ]


class AuditSeal(models.Model):
    """The closing of a batch: the root of its entries, chained to the seal before."""

    n = models.BigIntegerField(primary_key=True)
    xid_below = models.BigIntegerField()
    entries = models.BigIntegerField()
    root = models.BinaryField()
    previous = models.BinaryField()
    hash = models.BinaryField()
    sealed_at = models.DateTimeField()

    class Meta:
        app_label = "foundation"
