import django.db.models.deletion
import fellwatch.foundation.ids
from django.db import migrations, models
from fellwatch.foundation.database.together import CreateModels


class Migration(migrations.Migration):

    replaces = [('communities', '0001_initial')]

    initial = True

    dependencies = [
        ('records', '0001_joined'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='LinkRun',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('agency', models.TextField()),
                    ('state', models.TextField(default='waiting')),
                    ('total', models.IntegerField(default=0)),
                    ('done', models.IntegerField(default=0)),
                    ('joined', models.IntegerField(default=0)),
                    ('review', models.IntegerField(default=0)),
                    ('new', models.IntegerField(default=0)),
                    ('rule', models.TextField(blank=True, default='')),
                    ('seconds', models.JSONField(default=dict)),
                    ('failure', models.TextField(blank=True, default='')),
                    ('created_at', models.DateTimeField()),
                    ('created_by', models.UUIDField()),
                    ('created_by_name', models.TextField()),
                    ('finished_at', models.DateTimeField(null=True)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'running', 'failed', 'finished'])), name='link_run_state'), models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'running', 'failed'])), fields=('agency',), name='link_run_one_at_a_time')],
                },
            ),
            migrations.CreateModel(
                name='Pair',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pairs', to='communities.linkrun')),
                    ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pairs', to='records.sourcerecord')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pairs', to='records.person')),
                    ('place', models.SmallIntegerField()),
                    ('likelihood', models.FloatField()),
                    ('unsure', models.FloatField()),
                    ('caution', models.TextField(blank=True, default='')),
                    ('working', models.TextField()),
                    ('verdict', models.TextField(blank=True, default='')),
                    ('decided_at', models.DateTimeField(null=True)),
                    ('decided_by', models.UUIDField(null=True)),
                    ('decided_by_name', models.TextField(blank=True, default='')),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('verdict', '')), fields=['unsure', 'id'], name='pair_waiting')],
                    'constraints': [models.UniqueConstraint(fields=('record', 'person'), name='pair_once'), models.CheckConstraint(condition=models.Q(('verdict__in', ['', 'same', 'different', 'not_sure', 'closed'])), name='pair_verdict')],
                },
            ),
        ]),
    ]
