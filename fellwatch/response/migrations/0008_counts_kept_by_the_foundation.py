"""What was counted is counted again within the hour, into the foundation's table; until then each page counts it."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('response', '0007_kept_counts'),
        ('foundation', '0003_kept_counts'),
    ]

    operations = [
        migrations.DeleteModel(name='KeptCounts'),
    ]
