import django.db.models.deletion
import fellwatch.foundation.ids
from django.db import migrations, models
from fellwatch.foundation.database.together import CreateModels


class Migration(migrations.Migration):

    replaces = [('duties', '0001_initial'), ('duties', '0002_about'), ('duties', '0003_about_index'), ('duties', '0004_by_rule'), ('duties', '0005_not_settled'), ('duties', '0006_owed')]

    initial = True

    dependencies = [
        ('records', '0001_joined'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Duty',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('rule', models.TextField()),
                    ('rule_version', models.IntegerField()),
                    ('title', models.TextField()),
                    ('owner', models.TextField()),
                    ('fact', models.TextField()),
                    ('incident', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='records.incident')),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='records.person')),
                    ('about', models.UUIDField(null=True)),
                    ('started_at', models.DateTimeField()),
                    ('due_at', models.DateTimeField(null=True)),
                    ('warn_at', models.DateTimeField(null=True)),
                    ('state', models.TextField(default='open')),
                    ('settled_at', models.DateTimeField(null=True)),
                    ('facts', models.JSONField(default=dict)),
                    ('working', models.JSONField(default=list)),
                    ('trouble', models.TextField(blank=True, default='')),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['due_at'], name='duty_running'), models.Index(condition=models.Q(('about__isnull', False)), fields=['about'], name='duty_about'), models.Index(condition=models.Q(('state__in', ['open', 'late'])), fields=['about'], include=('due_at',), name='duty_owed'), models.Index(fields=['rule', 'state', 'due_at'], name='duty_rule'), models.Index(condition=models.Q(('settled_at__isnull', True)), fields=['rule'], name='duty_not_settled')],
                    'constraints': [models.UniqueConstraint(fields=('rule', 'incident', 'person', 'about', 'started_at'), name='duty_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'met', 'late', 'waived', 'replaced'])), name='duty_state')],
                },
            ),
            migrations.CreateModel(
                name='DutyEvent',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('duty', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='duties.duty')),
                    ('at', models.DateTimeField()),
                    ('kind', models.TextField()),
                    ('by_name', models.TextField()),
                    ('by_id', models.UUIDField()),
                    ('reason', models.TextField(blank=True, default='')),
                ],
            ),
        ]),
    ]
