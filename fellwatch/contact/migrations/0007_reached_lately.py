"""Whom a shift reached is found by when: the page read every incident of the force for it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("contact", "0006_clock_of_each_detention")]

    operations = [
        migrations.AddIndex(
            model_name="handling",
            index=models.Index(
                fields=["arrived_at"], name="handling_arrived", condition=models.Q(arrived_at__isnull=False)
            ),
        ),
    ]
