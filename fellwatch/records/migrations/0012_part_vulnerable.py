from django.db import migrations, models


class Migration(migrations.Migration):
    """Those in whom a vulnerability was seen are found without looking at everybody in an incident."""

    dependencies = [("records", "0011_incident_victim")]

    operations = [
        migrations.AddIndex(
            model_name="incidentperson",
            index=models.Index(
                condition=models.Q(("vulnerabilities", []), _negated=True),
                fields=["incident"],
                include=("person",),
                name="part_vulnerable",
            ),
        ),
    ]
