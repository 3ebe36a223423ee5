from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('foundation', '0002_import_profile'),
    ]

    operations = [
        migrations.CreateModel(
            name='KeptCounts',
            fields=[
                ('name', models.TextField(primary_key=True, serialize=False)),
                ('permission', models.TextField()),
                ('until_at', models.DateTimeField()),
                ('counted_at', models.DateTimeField()),
                ('counts', models.JSONField()),
            ],
        ),
    ]
