import django.contrib.postgres.fields
import django.db.models.deletion
import fellwatch.foundation.ids
import uuid
from django.db import migrations, models
from fellwatch.foundation.database.together import CreateModels


class Migration(migrations.Migration):

    replaces = [('surveys', '0001_initial'), ('surveys', '0002_selections_in_order')]

    initial = True

    dependencies = [
        ('records', '0001_joined'),
        ('sharing', '0001_joined'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Selection',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('group', models.TextField()),
                    ('agency', models.ForeignKey(db_column='agency', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.agency')),
                    ('from_date', models.DateField()),
                    ('to_date', models.DateField()),
                    ('rule_version', models.IntegerField()),
                    ('found', models.IntegerField()),
                    ('asked', models.IntegerField()),
                    ('not_drawn', models.IntegerField()),
                    ('reasons', models.JSONField(default=dict)),
                    ('made_at', models.DateTimeField()),
                    ('by_id', models.UUIDField()),
                    ('by_name', models.TextField()),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('to_date__gt', models.F('from_date'))), name='selection_days')],
                },
            ),
            migrations.CreateModel(
                name='LeftOut',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('selection', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='left_out', to='surveys.selection')),
                    ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.incident')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
                    ('reasons', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ],
                options={
                    'indexes': [models.Index(fields=['selection', 'id'], name='leftout_in_order')],
                },
            ),
            migrations.CreateModel(
                name='Line',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('selection', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='surveys.selection')),
                    ('group', models.TextField()),
                    ('agency', models.ForeignKey(db_column='agency', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.agency')),
                    ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.incident')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
                    ('reference', models.TextField(unique=True)),
                    ('name', models.TextField()),
                    ('number', models.TextField()),
                    ('from_time', models.TimeField(null=True)),
                    ('to_time', models.TimeField(null=True)),
                    ('state', models.TextField(default='waiting')),
                    ('because', models.TextField(blank=True, default='')),
                    ('tried', models.IntegerField(default=0)),
                    ('made_at', models.DateTimeField()),
                    ('closed_at', models.DateTimeField(null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['agency', 'state'], name='line_list'), models.Index(fields=['selection', 'reference'], name='line_in_order'), models.Index(fields=['person', 'made_at'], name='line_person'), models.Index(fields=['group', 'closed_at'], name='line_closed')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('waiting', 'reached', 'answered', 'refused', 'withdrawn', 'spent', 'stopped', 'unsafe', 'ended'))), name='line_state'), models.CheckConstraint(condition=models.Q(('tried__gte', 0), ('tried__lte', 5)), name='line_tried'), models.UniqueConstraint(fields=('selection', 'person'), name='line_once')],
                },
            ),
            migrations.CreateModel(
                name='Attempt',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='surveys.line')),
                    ('agency', models.ForeignKey(db_column='agency', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.agency')),
                    ('at', models.DateTimeField()),
                    ('result', models.TextField()),
                    ('by_id', models.UUIDField()),
                    ('by_name', models.TextField()),
                ],
                options={
                    'indexes': [models.Index(fields=['at'], name='attempt_newest')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('result__in', ('answered', 'no_answer', 'wrong_person', 'refused'))), name='attempt_result')],
                },
            ),
            migrations.CreateModel(
                name='Answers',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('group', models.TextField()),
                    ('agency', models.ForeignKey(db_column='agency', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.agency')),
                    ('month', models.DateField()),
                    ('rule_version', models.IntegerField()),
                    ('answers', models.JSONField()),
                    ('themes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                    ('read_by_name', models.TextField(blank=True, default='')),
                    ('read_at', models.DateTimeField(null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['group', 'month'], name='answers_by_month')],
                },
            ),
            migrations.CreateModel(
                name='Tie',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('agency', models.ForeignKey(db_column='agency', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.agency')),
                    ('line', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='tie', to='surveys.line')),
                    ('answers', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='tie', to='surveys.answers')),
                ],
            ),
            migrations.CreateModel(
                name='Told',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.TextField()),
                    ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='told', to='surveys.line')),
                    ('agency', models.ForeignKey(db_column='agency', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.agency')),
                    ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.incident')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
                    ('words', models.TextField()),
                    ('at', models.DateTimeField()),
                    ('by_id', models.UUIDField()),
                    ('by_name', models.TextField()),
                    ('outcome', models.TextField(blank=True, default='')),
                    ('outcome_words', models.TextField(blank=True, default='')),
                    ('settled_at', models.DateTimeField(null=True)),
                    ('settled_by_name', models.TextField(blank=True, default='')),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('settled_at__isnull', True)), fields=['at'], name='told_open')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ('disclosure', 'wrong_person'))), name='told_kind')],
                },
            ),
            migrations.CreateModel(
                name='Change',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('group', models.TextField()),
                    ('theme', models.TextField()),
                    ('words', models.TextField()),
                    ('owner', models.TextField()),
                    ('due_date', models.DateField()),
                    ('made_at', models.DateTimeField()),
                    ('by_id', models.UUIDField()),
                    ('by_name', models.TextField()),
                    ('done_at', models.DateTimeField(null=True)),
                    ('done_words', models.TextField(blank=True, default='')),
                    ('done_by_name', models.TextField(blank=True, default='')),
                ],
            ),
        ]),
    ]
