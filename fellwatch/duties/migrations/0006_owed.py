from django.db import migrations, models


class Migration(migrations.Migration):
    """What still runs about many things is told by an index alone. The key's own index finds an incident's duties."""

    dependencies = [("duties", "0005_not_settled")]

    operations = [
        migrations.RemoveIndex(model_name="duty", name="duty_incident"),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                condition=models.Q(("state__in", ["open", "late"])),
                fields=["about"],
                include=["due_at"],
                name="duty_owed",
            ),
        ),
    ]
