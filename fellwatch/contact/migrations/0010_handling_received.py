from pathlib import Path

from django.db import migrations, models
from django.db.models.functions import Now

FLOOR = Path(__file__).parent.parent / "received.sql"
"""Laid here already: what an older version writes between this and the floor bears its moment too."""
LIFT = "drop trigger handling_received on contact_handling"
KEEP = """
update contact_handling handling
set received_at = incident.received_at, beat = coalesce(nullif(place.beat, ''), 'urban')
from records_incident incident left join records_place place on place.id = incident.place_id
where incident.id = handling.incident_id
"""


class Migration(migrations.Migration):
    """A shift is counted from how its incidents are handled alone."""

    dependencies = [("contact", "0009_closing_notes"), ("records", "0014_place_restricted")]

    operations = [
        migrations.AddField(
            model_name="handling",
            name="received_at",
            field=models.DateTimeField(db_default=Now(), editable=False),
        ),
        migrations.AddField(
            model_name="handling",
            name="beat",
            field=models.TextField(db_default=models.Value("urban"), editable=False),
        ),
        migrations.RunSQL(FLOOR.read_text(), LIFT),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
        migrations.RunSQL("set constraints all immediate", migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="handling",
            index=models.Index(fields=["received_at"], include=["incident", "grade"], name="handling_received"),
        ),
    ]
