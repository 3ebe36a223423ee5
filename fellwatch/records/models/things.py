"""Things: vehicles, phones, weapons, documents."""

from django.db import models

from fellwatch.foundation import ids
from fellwatch.records.models.people import Person


class Thing(models.Model):
    """An object with a mark of its own (a registration, a serial number), or a description where it has none."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    kind = models.TextField()
    mark = models.TextField(default="", blank=True)
    description = models.TextField(default="", blank=True)

    class Meta:
        app_label = "records"
        constraints = [
            models.UniqueConstraint(fields=["kind", "mark"], name="thing_once", condition=~models.Q(mark=""))
        ]


class ThingLink(models.Model):
    """Whose a thing is or was, for a time."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    thing = models.ForeignKey(Thing, on_delete=models.PROTECT, related_name="links")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="things")
    kind = models.TextField(default="keeper")
    from_date = models.DateField(null=True)
    to_date = models.DateField(null=True)
    source = models.TextField()

    class Meta:
        app_label = "records"
        constraints = [models.UniqueConstraint(fields=["thing", "person", "kind"], name="thing_link_once")]
