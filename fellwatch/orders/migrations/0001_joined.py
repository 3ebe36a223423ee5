import django.db.models.deletion
import fellwatch.foundation.ids
from django.db import migrations, models
from fellwatch.foundation.database.together import CreateModels


class Migration(migrations.Migration):

    replaces = [('orders', '0001_initial'), ('orders', '0002_case_over'), ('orders', '0003_answering_bail')]

    initial = True

    dependencies = [
        ('records', '0001_joined'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Order',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.TextField()),
                    ('rule_version', models.IntegerField()),
                    ('reference', models.TextField(unique=True)),
                    ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='records.person')),
                    ('protects', models.IntegerField(default=0)),
                    ('incident', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='records.incident')),
                    ('follows', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='orders.order')),
                    ('case_id', models.UUIDField(db_index=True, null=True)),
                    ('made_by', models.TextField()),
                    ('state', models.TextField(default='issued')),
                    ('issued_at', models.DateTimeField()),
                    ('binds_at', models.DateTimeField(null=True)),
                    ('ends_at', models.DateTimeField(null=True)),
                    ('answer_at', models.DateTimeField(null=True)),
                    ('answer_to', models.TextField(blank=True, default='')),
                    ('missed_at', models.DateTimeField(null=True)),
                    ('ended_as', models.TextField(blank=True, default='')),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('ended_because', models.TextField(blank=True, default='')),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('state', 'ended'), _negated=True), fields=['ends_at'], name='order_running')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('issued', 'in_force', 'ended'))), name='order_state'), models.CheckConstraint(condition=models.Q(('ended_as__in', ['', 'expired', 'lapsed', 'replaced', 'refused', 'withdrawn', 'discharged', 'case_over'])), name='order_end')],
                },
            ),
            migrations.CreateModel(
                name='Protected',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='protected', to='orders.order')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='protected_by', to='records.person')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('order', 'person'), name='protected_once')],
                },
            ),
            migrations.CreateModel(
                name='Condition',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conditions', to='orders.order')),
                    ('number', models.IntegerField()),
                    ('term', models.TextField()),
                    ('words', models.TextField()),
                    ('place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='conditions', to='records.place')),
                    ('from_at', models.DateTimeField()),
                    ('until_at', models.DateTimeField(null=True)),
                    ('ended_at', models.DateTimeField(null=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('order', 'number'), name='condition_once')],
                },
            ),
            migrations.CreateModel(
                name='Service',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='orders.order')),
                    ('at', models.DateTimeField()),
                    ('served', models.BooleanField()),
                    ('means', models.TextField()),
                    ('officer', models.TextField()),
                    ('words', models.TextField(blank=True, default='')),
                    ('address_for_hearing', models.TextField(blank=True, default='')),
                    ('noted_at', models.DateTimeField()),
                    ('by_id', models.UUIDField()),
                    ('by_name', models.TextField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('served', True)), fields=('order',), name='served_once')],
                },
            ),
            migrations.CreateModel(
                name='Hearing',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hearings', to='orders.order')),
                    ('listed_at', models.DateTimeField()),
                    ('court', models.TextField()),
                    ('told_how', models.TextField()),
                    ('outcome', models.TextField(blank=True, default='')),
                    ('heard_at', models.DateTimeField(null=True)),
                    ('words', models.TextField(blank=True, default='')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'granted', 'refused', 'adjourned', 'relisted'])), name='hearing_outcome'), models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('order',), name='one_hearing_ahead')],
                },
            ),
            migrations.CreateModel(
                name='Breach',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='breaches', to='orders.order')),
                    ('happened_at', models.DateTimeField()),
                    ('words', models.TextField()),
                    ('arrested_at', models.DateTimeField(null=True)),
                    ('not_arrested_because', models.TextField(blank=True, default='')),
                    ('before_court_at', models.DateTimeField(null=True)),
                    ('court_outcome', models.TextField(blank=True, default='')),
                    ('noted_at', models.DateTimeField()),
                    ('by_id', models.UUIDField()),
                    ('by_name', models.TextField()),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('arrested_at__isnull', False), models.Q(('not_arrested_because', ''), _negated=True), _connector='OR'), name='breach_arrest_or_why_not')],
                },
            ),
            migrations.CreateModel(
                name='OrderEvent',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='orders.order')),
                    ('at', models.DateTimeField()),
                    ('kind', models.TextField()),
                    ('words', models.TextField(blank=True, default='')),
                    ('by_id', models.UUIDField()),
                    ('by_name', models.TextField()),
                ],
            ),
        ]),
    ]
