from django.db import migrations, models


class Migration(migrations.Migration):
    """What hangs on a place asks whether it is among the few that are hidden."""

    dependencies = [("records", "0013_restricted")]

    operations = [
        migrations.AddIndex(
            model_name="place",
            index=models.Index(
                condition=models.Q(("compartment", ""), _negated=True), fields=["id"], name="place_restricted"
            ),
        ),
    ]
