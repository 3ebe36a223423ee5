from pathlib import Path

from django.db import migrations, models
from django.db.models.functions import Now

FLOOR = Path(__file__).parent.parent / "received.sql"
"""Laid here already: what an older version writes between this and the floor bears its moment too."""
LIFT = "drop trigger part_received on records_incidentperson"
KEEP = """
update records_incidentperson part set received_at = incident.received_at
from records_incident incident where incident.id = part.incident_id
"""


class Migration(migrations.Migration):
    """Parts bear when their incident was received, and are found by it."""

    dependencies = [("records", "0014_place_restricted")]

    operations = [
        migrations.RemoveIndex(model_name="incidentperson", name="part_vulnerable"),
        migrations.AddField(
            model_name="incidentperson",
            name="received_at",
            field=models.DateTimeField(db_default=Now(), editable=False),
        ),
        migrations.RunSQL(FLOOR.read_text(), LIFT),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
        migrations.RunSQL("set constraints all immediate", migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="incidentperson",
            index=models.Index(
                condition=models.Q(("vulnerabilities", []), _negated=True),
                fields=["received_at"],
                include=["incident", "person", "vulnerabilities"],
                name="part_vulnerable_lately",
            ),
        ),
    ]
