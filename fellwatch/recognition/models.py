"""What the index is built from: derived from records, rebuilt from them at any time, never the source of truth."""

from django.db import models


class Entry(models.Model):
    """Everything one person is found and weighed by. A compartment is either silent (rows hidden) or announced.

    `number` stands for the person in the arrays; `changed` is the transaction of the last change, so that every
    process can ask for what it has not seen.
    """

    person_id = models.UUIDField(primary_key=True, editable=False)
    number = models.BigIntegerField(unique=True, editable=False)
    changed = models.BigIntegerField(db_index=True, editable=False)
    document = models.JSONField()
    silent_in = models.TextField(default="", blank=True)
    announced_in = models.TextField(default="", blank=True)

    class Meta:
        app_label = "recognition"
        db_table = "recognition_entry"
