"""The index: derived from records, rebuilt from them at any time, never the source of truth."""

from django.db import models


class Entry(models.Model):
    """Everything one person is scored by. A compartment is either silent (rows hidden) or announced."""

    person_id = models.UUIDField(primary_key=True, editable=False)
    document = models.JSONField()
    silent_in = models.TextField(default="", blank=True)
    announced_in = models.TextField(default="", blank=True)

    class Meta:
        app_label = "recognition"
        db_table = "recognition_entry"


class Key(models.Model):
    """One way to a person: `kind` is `keys.Kind`, `key` compares byte by byte so that a range is a prefix."""

    pk = models.CompositePrimaryKey("kind", "key", "person_id")
    kind = models.SmallIntegerField()
    key = models.TextField(db_collation="C")
    person_id = models.UUIDField(db_index=True)
    silent_in = models.TextField(default="", blank=True)

    class Meta:
        app_label = "recognition"
        db_table = "recognition_key"


class Term(models.Model):
    """How many people who are in no silent compartment bear a name; kind 0 counts the people themselves."""

    pk = models.CompositePrimaryKey("kind", "term")
    kind = models.SmallIntegerField()
    term = models.TextField(db_collation="C")
    bearers = models.IntegerField()

    class Meta:
        app_label = "recognition"
        db_table = "recognition_term"
