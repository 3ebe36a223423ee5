import django.contrib.postgres.fields
import django.db.models.deletion
import fellwatch.foundation.ids
from django.db import migrations, models
from fellwatch.foundation.database.together import CreateModels


class Migration(migrations.Migration):

    replaces = [('exchange', '0001_initial')]

    initial = True

    dependencies = [
        ('records', '0001_joined'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Peer',
                fields=[
                    ('force', models.TextField(primary_key=True, serialize=False)),
                    ('name', models.TextField(unique=True)),
                    ('address', models.TextField(blank=True, default='')),
                    ('keys', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                    ('mail', models.TextField(blank=True, default='')),
                    ('telephone', models.TextField(blank=True, default='')),
                    ('closed', models.BooleanField(default=False)),
                ],
            ),
            migrations.CreateModel(
                name='Handover',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('direction', models.TextField()),
                    ('peer', models.ForeignKey(db_column='peer', on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='exchange.peer')),
                    ('incident', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='records.incident')),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='records.person')),
                    ('revision', models.IntegerField(default=1)),
                    ('contents', models.JSONField()),
                    ('necessity', models.TextField()),
                    ('rule_version', models.IntegerField(null=True)),
                    ('state', models.TextField(default='waiting')),
                    ('made_at', models.DateTimeField()),
                    ('made_by_id', models.UUIDField(null=True)),
                    ('made_by_name', models.TextField()),
                    ('reached_at', models.DateTimeField(null=True)),
                    ('reached_how', models.TextField(blank=True, default='')),
                    ('answered_at', models.DateTimeField(null=True)),
                    ('answered_by_name', models.TextField(blank=True, default='')),
                    ('reason', models.TextField(blank=True, default='')),
                    ('answer', models.TextField(blank=True, default='')),
                    ('trouble', models.TextField(blank=True, default='')),
                ],
                options={
                    'indexes': [models.Index(fields=['made_at'], name='handover_by_age'), models.Index(fields=['incident'], name='handover_incident')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('waiting', 'reached', 'accepted', 'refused', 'returned', 'withdrawn'))), name='handover_state'), models.CheckConstraint(condition=models.Q(('direction__in', ['sent', 'received'])), name='handover_direction')],
                },
            ),
            migrations.CreateModel(
                name='Message',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('handover', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='exchange.handover')),
                    ('direction', models.TextField()),
                    ('kind', models.TextField()),
                    ('revision', models.IntegerField()),
                    ('body', models.JSONField()),
                    ('digest', models.TextField()),
                    ('made_at', models.DateTimeField()),
                    ('state', models.TextField(default='waiting')),
                    ('tries', models.IntegerField(default=0)),
                    ('tried_at', models.DateTimeField(null=True)),
                    ('problem', models.TextField(blank=True, default='')),
                    ('arrived_at', models.DateTimeField(null=True)),
                    ('receipt', models.TextField(blank=True, default='')),
                ],
                options={
                    'indexes': [models.Index(fields=['handover', 'made_at'], name='message_story')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'arrived', 'refused'])), name='message_state')],
                },
            ),
        ]),
    ]
