import django.db.models.deletion
import fellwatch.foundation.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('response', '0003_no_crimes_and_reopened_cases'),
    ]

    operations = [
        migrations.CreateModel(
            name='ArrestAttempt',
            fields=[
                ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('by_id', models.UUIDField()),
                ('by_name', models.TextField()),
                ('tried_at', models.DateTimeField()),
                ('tried_where', models.TextField()),
                ('words', models.TextField()),
                ('suspect', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='response.suspect')),
            ],
        ),
    ]
