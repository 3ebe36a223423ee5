import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Answers are found by when they were given. Two indexes that others cover are gone."""

    dependencies = [("assessments", "0008_decided"), ("records", "0015_part_received")]

    operations = [
        migrations.AlterField(
            model_name="assessment",
            name="incident",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assessments",
                to="records.incident",
            ),
        ),
        migrations.RemoveIndex(model_name="form", name="form_incident"),
        migrations.AddIndex(
            model_name="assessment",
            index=models.Index(fields=["instrument", "at"], name="assessment_lately"),
        ),
    ]
