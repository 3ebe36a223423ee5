from django.db import migrations, models


class Migration(migrations.Migration):
    """What is in a compartment is found by an index, so that the rest can be counted without asking of each."""

    dependencies = [("records", "0012_part_vulnerable")]

    operations = [
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(
                condition=models.Q(("compartment", ""), _negated=True), fields=["id"], name="incident_restricted"
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("compartment", ""), _negated=True), fields=["id"], name="person_restricted"
            ),
        ),
    ]
