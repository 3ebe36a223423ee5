import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import fellwatch.foundation.ids
from django.db import migrations, models
from fellwatch.foundation.database.together import CreateModels


class Migration(migrations.Migration):

    replaces = [('meetings', '0001_initial'), ('meetings', '0002_research_due')]

    initial = True

    dependencies = [
        ('records', '0001_joined'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Matter',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.TextField()),
                    ('reference', models.TextField(unique=True)),
                    ('agencies', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                    ('people', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                    ('opened_at', models.DateTimeField()),
                    ('opened_by', models.UUIDField()),
                ],
            ),
            migrations.CreateModel(
                name='Kept',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kept', to='meetings.matter')),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='kept_from', to='records.person')),
                    ('names', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                    ('role', models.TextField(default='perpetrator')),
                    ('noted_at', models.DateTimeField()),
                ],
                options={
                    'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['names'], name='kept_names')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['perpetrator', 'associate'])), name='kept_role')],
                },
            ),
            migrations.CreateModel(
                name='Ruling',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rulings', to='meetings.matter')),
                    ('user_id', models.UUIDField()),
                    ('kept', models.BooleanField()),
                    ('because', models.TextField()),
                    ('at', models.DateTimeField()),
                    ('by_id', models.UUIDField()),
                    ('by_name', models.TextField()),
                ],
                options={
                    'indexes': [models.Index(fields=['user_id'], name='ruling_user')],
                    'constraints': [models.UniqueConstraint(fields=('matter', 'user_id'), name='ruled_once')],
                },
            ),
            migrations.CreateModel(
                name='Meeting',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.TextField()),
                    ('title', models.TextField()),
                    ('starts_at', models.DateTimeField()),
                    ('ends_at', models.DateTimeField()),
                    ('place', models.TextField()),
                    ('chair', models.TextField()),
                    ('agencies', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                    ('state', models.TextField(default='planned')),
                    ('sequence', models.IntegerField(default=0)),
                    ('agenda_due_date', models.DateField(null=True)),
                    ('agenda_sent_at', models.DateTimeField(null=True)),
                    ('begun_at', models.DateTimeField(null=True)),
                    ('ended_at', models.DateTimeField(null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['kind', 'starts_at'], name='meeting_when')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'sent', 'running', 'held', 'called_off'])), name='meeting_state'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='meeting_ends_after')],
                },
            ),
            migrations.CreateModel(
                name='Item',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='meetings.meeting')),
                    ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='meetings.matter')),
                    ('position', models.IntegerField()),
                    ('minutes', models.IntegerField()),
                    ('state', models.TextField(default='listed')),
                    ('begun_at', models.DateTimeField(null=True)),
                    ('ended_at', models.DateTimeField(null=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('meeting', 'matter'), name='item_once'), models.CheckConstraint(condition=models.Q(('state__in', ['listed', 'heard', 'put_back'])), name='item_state')],
                },
            ),
            migrations.CreateModel(
                name='Minute',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='meetings.item')),
                    ('version', models.IntegerField()),
                    ('facts', models.TextField(blank=True, default='')),
                    ('analysis', models.TextField(blank=True, default='')),
                    ('decision', models.TextField(blank=True, default='')),
                    ('because', models.TextField(blank=True, default='')),
                    ('at', models.DateTimeField()),
                    ('by_id', models.UUIDField()),
                    ('by_name', models.TextField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('item', 'version'), name='minute_version_once')],
                },
            ),
            migrations.CreateModel(
                name='Attendance',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='meetings.meeting')),
                    ('agency', models.TextField()),
                    ('title', models.TextField()),
                    ('name', models.TextField(blank=True, default='')),
                    ('state', models.TextField(default='invited')),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('meeting', 'agency'), name='attendance_once'), models.CheckConstraint(condition=models.Q(('state__in', ['invited', 'coming', 'apologies', 'present', 'absent'])), name='attendance_state')],
                },
            ),
            migrations.CreateModel(
                name='Research',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='research', to='meetings.matter')),
                    ('agency', models.TextField()),
                    ('asked_at', models.DateTimeField()),
                    ('due_at', models.DateTimeField(null=True)),
                    ('rule_version', models.IntegerField()),
                    ('known', models.TextField(blank=True, default='')),
                    ('facts', models.TextField(blank=True, default='')),
                    ('analysis', models.TextField(blank=True, default='')),
                    ('answered_at', models.DateTimeField(null=True)),
                    ('answered_by_name', models.TextField(blank=True, default='')),
                    ('chased_at', django.contrib.postgres.fields.ArrayField(base_field=models.DateTimeField(), default=list, size=None)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('answered_at__isnull', True)), fields=['due_at'], name='research_open'), models.Index(fields=['due_at'], include=('answered_at', 'agency', 'matter'), name='research_due')],
                    'constraints': [models.UniqueConstraint(fields=('matter', 'agency'), name='research_once'), models.CheckConstraint(condition=models.Q(('known__in', ['', 'known', 'not_known'])), name='research_known')],
                },
            ),
            migrations.CreateModel(
                name='Action',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='meetings.matter')),
                    ('item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='meetings.item')),
                    ('agency', models.TextField()),
                    ('owner', models.TextField(blank=True, default='')),
                    ('words', models.TextField()),
                    ('due_date', models.DateField()),
                    ('state', models.TextField(default='open')),
                    ('answer', models.TextField(blank=True, default='')),
                    ('set_at', models.DateTimeField()),
                    ('set_by_name', models.TextField()),
                    ('answered_at', models.DateTimeField(null=True)),
                    ('answered_by_name', models.TextField(blank=True, default='')),
                    ('reminded_at', django.contrib.postgres.fields.ArrayField(base_field=models.DateTimeField(), default=list, size=None)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['due_date'], name='action_open')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'done', 'not_possible'])), name='action_state'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('state', 'open')), models.Q(('answered_at__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='action_answered')],
                },
            ),
        ]),
    ]
