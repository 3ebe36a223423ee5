"""The number in an incident's reference: it only grows, and no two writers wait for each other."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "create sequence records_incident_reference start 1",
            "drop sequence records_incident_reference",
        )
    ]
