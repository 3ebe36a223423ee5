import django.db.models.deletion
import fellwatch.foundation.ids
from django.db import migrations, models
from fellwatch.foundation.database.together import CreateModels


class Migration(migrations.Migration):

    replaces = [('helping', '0001_initial')]

    initial = True

    dependencies = [
        ('records', '0001_joined'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Message',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('arrived_at', models.DateTimeField()),
                    ('written_at', models.DateTimeField(null=True)),
                    ('name', models.TextField(blank=True, default='')),
                    ('words', models.TextField(blank=True, default='')),
                    ('place', models.TextField(blank=True, default='')),
                    ('means', models.TextField()),
                    ('reach', models.TextField(blank=True, default='')),
                    ('password', models.TextField(blank=True, default='')),
                    ('from_time', models.TimeField(null=True)),
                    ('to_time', models.TimeField(null=True)),
                    ('never', models.TextField(blank=True, default='')),
                    ('state', models.TextField(default='open')),
                    ('outcome', models.TextField(blank=True, default='')),
                    ('closing_words', models.TextField(blank=True, default='')),
                    ('closed_at', models.DateTimeField(null=True)),
                    ('closed_by_name', models.TextField(blank=True, default='')),
                    ('incident', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='help_messages', to='records.incident')),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['arrived_at'], name='help_open')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'closed'])), name='help_state'), models.CheckConstraint(condition=models.Q(('means__in', ['text', 'call', 'mail', 'none'])), name='help_means')],
                },
            ),
            migrations.CreateModel(
                name='Attempt',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='helping.message')),
                    ('at', models.DateTimeField()),
                    ('means', models.TextField()),
                    ('reached', models.BooleanField()),
                    ('words', models.TextField(blank=True, default='')),
                    ('by_id', models.UUIDField()),
                    ('by_name', models.TextField()),
                ],
            ),
            migrations.CreateModel(
                name='Activation',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('scheme', models.TextField()),
                    ('venue', models.TextField()),
                    ('told_at', models.DateTimeField()),
                    ('incident', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activations', to='records.incident')),
                    ('facts', models.JSONField(default=dict)),
                    ('state', models.TextField(default='open')),
                    ('arrived_at', models.DateTimeField(null=True)),
                    ('outcome', models.TextField(blank=True, default='')),
                    ('outcome_words', models.TextField(blank=True, default='')),
                    ('venue_told_at', models.DateTimeField(null=True)),
                    ('closed_at', models.DateTimeField(null=True)),
                    ('by_id', models.UUIDField()),
                    ('by_name', models.TextField()),
                ],
                options={
                    'indexes': [models.Index(fields=['told_at'], name='activation_by_age')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'closed'])), name='activation_state'), models.CheckConstraint(condition=models.Q(('scheme__in', ['angela', 'banking'])), name='activation_scheme')],
                },
            ),
        ]),
    ]
