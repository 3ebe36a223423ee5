"""What somebody was told back is read newest first: those lists read all that anybody was ever told."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0007_reach_shared'),
    ]

    operations = [
        migrations.AlterField(
            model_name='feedback',
            name='to_id',
            field=models.UUIDField(),
        ),
        migrations.AddIndex(
            model_name='feedback',
            index=models.Index(fields=['to_id', '-at'], name='feedback_newest'),
        ),
    ]
