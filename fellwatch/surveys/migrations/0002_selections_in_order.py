import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Whoever a selection asks or leaves out is found page by page, in order."""

    dependencies = [("sharing", "0009_inbox_most_urgent"), ("surveys", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="leftout",
            name="selection",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="left_out",
                to="surveys.selection",
            ),
        ),
        migrations.AlterField(
            model_name="line",
            name="selection",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="surveys.selection",
            ),
        ),
        migrations.AddIndex(
            model_name="leftout",
            index=models.Index(fields=["selection", "id"], name="leftout_in_order"),
        ),
        migrations.AddIndex(
            model_name="line",
            index=models.Index(fields=["selection", "reference"], name="line_in_order"),
        ),
    ]
