import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import fellwatch.foundation.ids
from django.conf import settings
from django.db import migrations, models
from fellwatch.foundation.database.together import CreateModels


class Migration(migrations.Migration):

    replaces = [('records', '0001_initial'), ('records', '0002_reference'), ('records', '0003_places_by_compartment'), ('records', '0004_searched_by_range'), ('records', '0005_restrictions'), ('records', '0006_clusters'), ('records', '0007_sourcerecord_parted_at'), ('records', '0008_likeness'), ('records', '0009_accountholder'), ('records', '0010_received_lately'), ('records', '0011_incident_victim'), ('records', '0012_part_vulnerable'), ('records', '0013_restricted'), ('records', '0014_place_restricted'), ('records', '0015_part_received')]

    initial = True

    dependencies = [
        ('foundation', '0001_joined'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Person',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('sex', models.TextField(default='unknown')),
                    ('birth_year', models.SmallIntegerField(null=True)),
                    ('birth_month', models.SmallIntegerField(null=True)),
                    ('birth_day', models.SmallIntegerField(null=True)),
                    ('death_date', models.DateField(null=True)),
                    ('compartment', models.TextField(blank=True, default='')),
                    ('announce', models.BooleanField(default=True)),
                    ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='earlier', to='records.person')),
                    ('created_at', models.DateTimeField()),
                    ('created_by', models.UUIDField()),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('compartment', ''), _negated=True), fields=['id'], name='person_restricted')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('birth_month__isnull', True), ('birth_year__isnull', False), _connector='OR'), name='person_birth_month_needs_year'), models.CheckConstraint(condition=models.Q(('sex__in', ['female', 'male', 'other', 'unknown'])), name='person_sex')],
                },
            ),
            migrations.CreateModel(
                name='PersonName',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='names', to='records.person')),
                    ('kind', models.TextField(default='current')),
                    ('forenames', models.TextField(blank=True, default='')),
                    ('surname', models.TextField(blank=True, default='')),
                    ('from_date', models.DateField(null=True)),
                    ('to_date', models.DateField(null=True)),
                    ('source', models.TextField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('person', 'kind', 'forenames', 'surname'), name='person_name_once')],
                },
            ),
            migrations.CreateModel(
                name='PersonPhone',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='phones', to='records.person')),
                    ('number', models.TextField(db_index=True)),
                    ('last_known_date', models.DateField()),
                    ('safe_to_call', models.BooleanField(null=True)),
                    ('source', models.TextField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('person', 'number'), name='person_phone_once')],
                },
            ),
            migrations.CreateModel(
                name='PersonIdentifier',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='identifiers', to='records.person')),
                    ('kind', models.TextField()),
                    ('value', models.TextField()),
                    ('source', models.TextField()),
                ],
                options={
                    'indexes': [models.Index(fields=['kind', 'value'], name='identifier_value')],
                    'constraints': [models.UniqueConstraint(fields=('person', 'kind', 'value'), name='identifier_once')],
                },
            ),
            migrations.CreateModel(
                name='Relationship',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='relationships', to='records.person')),
                    ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
                    ('kind', models.TextField()),
                    ('from_date', models.DateField(null=True)),
                    ('to_date', models.DateField(null=True)),
                    ('source', models.TextField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('person', 'other', 'kind'), name='relationship_once')],
                },
            ),
            migrations.CreateModel(
                name='SourceRecord',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('agency', models.TextField()),
                    ('reference', models.TextField()),
                    ('forenames', models.TextField(blank=True, default='')),
                    ('surname', models.TextField(blank=True, default='')),
                    ('sex', models.TextField(default='unknown')),
                    ('birth_year', models.SmallIntegerField(null=True)),
                    ('birth_month', models.SmallIntegerField(null=True)),
                    ('birth_day', models.SmallIntegerField(null=True)),
                    ('phone', models.TextField(blank=True, default='')),
                    ('flat', models.TextField(blank=True, default='')),
                    ('house', models.TextField(blank=True, default='')),
                    ('street', models.TextField(blank=True, default='')),
                    ('town', models.TextField(blank=True, default='')),
                    ('postcode', models.TextField(blank=True, default='')),
                    ('nhs_number', models.TextField(blank=True, default='')),
                    ('received_at', models.DateTimeField()),
                    ('changed_at', models.DateTimeField()),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sources', to='records.person')),
                    ('joined_by_kind', models.TextField(blank=True, default='')),
                    ('joined_at', models.DateTimeField(null=True)),
                    ('joined_mark', models.UUIDField(null=True)),
                    ('joined_because', models.TextField(blank=True, default='')),
                    ('likelihood', models.FloatField(null=True)),
                    ('working', models.TextField(blank=True, default='')),
                    ('contributed', models.JSONField(default=dict)),
                    ('parted_at', models.DateTimeField(null=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('agency', 'reference'), name='source_once'), models.CheckConstraint(condition=models.Q(models.Q(('joined_by_kind', ''), ('person__isnull', True)), models.Q(('joined_by_kind__in', ['model', 'person']), ('person__isnull', False)), _connector='OR'), name='source_joined_by_somebody')],
                },
            ),
            migrations.CreateModel(
                name='Merge',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('survivor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absorbed', to='records.person')),
                    ('absorbed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='records.person')),
                    ('because', models.TextField()),
                    ('likelihood', models.FloatField(null=True)),
                    ('moved', models.JSONField(default=dict)),
                    ('own', models.JSONField(default=dict)),
                    ('filled', models.JSONField(default=list)),
                    ('merged_at', models.DateTimeField()),
                    ('merged_by', models.UUIDField()),
                    ('merged_by_name', models.TextField()),
                    ('undone_at', models.DateTimeField(null=True)),
                    ('undone_by_name', models.TextField(blank=True, default='')),
                    ('undone_because', models.TextField(blank=True, default='')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('absorbed',), name='merged_once'), models.CheckConstraint(condition=models.Q(('survivor', models.F('absorbed')), _negated=True), name='merge_of_two')],
                },
            ),
            migrations.CreateModel(
                name='Judgement',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='judgements', to='records.sourcerecord')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='judgements', to='records.person')),
                    ('same', models.BooleanField()),
                    ('because', models.TextField(blank=True, default='')),
                    ('judged_at', models.DateTimeField()),
                    ('judged_by', models.UUIDField()),
                    ('judged_by_name', models.TextField()),
                    ('withdrawn_at', models.DateTimeField(null=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('record', 'person'), name='judged_once')],
                },
            ),
            migrations.CreateModel(
                name='Likeness',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='likenesses', to='records.person')),
                    ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
                    ('likelihood', models.FloatField()),
                    ('noted_at', models.DateTimeField()),
                    ('noted_by', models.UUIDField()),
                    ('settled_at', models.DateTimeField(null=True)),
                    ('settled_by_name', models.TextField(blank=True, default='')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('person', 'other'), name='likeness_once')],
                },
            ),
            migrations.CreateModel(
                name='Place',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('uprn', models.BigIntegerField(null=True)),
                    ('flat', models.TextField(blank=True, default='')),
                    ('house', models.TextField(blank=True, default='')),
                    ('street', models.TextField(blank=True, default='')),
                    ('street_key', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Lower('street'), output_field=models.TextField(db_collation='C'))),
                    ('locality', models.TextField(blank=True, default='')),
                    ('town', models.TextField(blank=True, default='')),
                    ('postcode', models.TextField(blank=True, default='')),
                    ('latitude', models.FloatField(null=True)),
                    ('longitude', models.FloatField(null=True)),
                    ('district', models.TextField(blank=True, default='')),
                    ('area', models.TextField(blank=True, default='')),
                    ('force', models.TextField(blank=True, default='')),
                    ('beat', models.TextField(default='urban')),
                    ('compartment', models.TextField(blank=True, default='')),
                ],
                options={
                    'indexes': [models.Index(fields=['postcode', 'house'], name='place_postcode'), models.Index(fields=['street_key', 'house'], name='place_street'), models.Index(condition=models.Q(('compartment', ''), _negated=True), fields=['id'], name='place_restricted')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('postcode', ''), _negated=True), fields=('postcode', 'flat', 'house', 'street', 'compartment'), name='place_once'), models.UniqueConstraint(fields=('uprn', 'compartment'), name='place_uprn_once'), models.CheckConstraint(condition=models.Q(('beat__in', ['urban', 'rural'])), name='place_beat')],
                },
            ),
            migrations.CreateModel(
                name='Residence',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='residences', to='records.person')),
                    ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='residences', to='records.place')),
                    ('kind', models.TextField(default='home')),
                    ('from_date', models.DateField(null=True)),
                    ('to_date', models.DateField(null=True)),
                    ('source', models.TextField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('person', 'place', 'kind', 'from_date'), name='residence_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('to_date__isnull', True), ('from_date__isnull', True), ('to_date__gte', models.F('from_date')), _connector='OR'), name='residence_runs_forward')],
                },
            ),
            migrations.CreateModel(
                name='School',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('urn', models.IntegerField(unique=True)),
                    ('name', models.TextField()),
                    ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='schools', to='records.place')),
                    ('opened_date', models.DateField(null=True)),
                    ('closed_date', models.DateField(null=True)),
                ],
            ),
            migrations.CreateModel(
                name='StreetCrime',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('fingerprint', models.TextField(unique=True)),
                    ('crime_id', models.TextField(blank=True, db_index=True, default='')),
                    ('month_date', models.DateField(db_index=True)),
                    ('category', models.TextField()),
                    ('longitude', models.FloatField(null=True)),
                    ('latitude', models.FloatField(null=True)),
                    ('location', models.TextField(blank=True, default='')),
                    ('lsoa', models.TextField(blank=True, default='')),
                    ('outcome', models.TextField(blank=True, default='')),
                    ('reported_by', models.TextField(default='')),
                ],
            ),
            migrations.CreateModel(
                name='ForceArea',
                fields=[
                    ('code', models.TextField(primary_key=True, serialize=False)),
                    ('name', models.TextField()),
                    ('boundary', models.JSONField()),
                ],
            ),
            migrations.CreateModel(
                name='Postcode',
                fields=[
                    ('postcode', models.TextField(primary_key=True, serialize=False)),
                    ('sector', models.TextField(db_index=True)),
                    ('latitude', models.FloatField(null=True)),
                    ('longitude', models.FloatField(null=True)),
                    ('district', models.TextField(blank=True, default='')),
                    ('area', models.TextField(blank=True, default='')),
                    ('force', models.TextField(blank=True, default='')),
                    ('beat', models.TextField(blank=True, default='')),
                ],
            ),
            migrations.CreateModel(
                name='AccountHolder',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='records.person')),
                    ('because', models.TextField()),
                    ('noted_at', models.DateTimeField()),
                    ('noted_by', models.UUIDField()),
                    ('noted_by_name', models.TextField()),
                    ('ended_at', models.DateTimeField(null=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('user', 'person'), name='holder_once')],
                },
            ),
            migrations.CreateModel(
                name='Incident',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('reference', models.TextField(unique=True)),
                    ('reference_key', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Upper('reference'), output_field=models.TextField(db_collation='C'))),
                    ('channel', models.TextField()),
                    ('received_at', models.DateTimeField(db_index=True)),
                    ('occurred_at', models.DateTimeField(null=True)),
                    ('created_at', models.DateTimeField()),
                    ('created_by', models.UUIDField()),
                    ('caller_number', models.TextField(blank=True, default='')),
                    ('place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='incidents', to='records.place')),
                    ('summary', models.TextField(blank=True, default='')),
                    ('opening_code', models.TextField()),
                    ('opening_qualifiers', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                    ('closing_codes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                    ('closing_qualifiers', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                    ('result', models.TextField(blank=True, default='')),
                    ('closed_at', models.DateTimeField(null=True)),
                    ('closed_by', models.UUIDField(null=True)),
                    ('compartment', models.TextField(blank=True, default='')),
                    ('source', models.TextField(default='call')),
                ],
                options={
                    'indexes': [models.Index(fields=['received_at'], name='incident_received'), models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['received_at'], name='incident_open'), models.Index(fields=['caller_number', 'received_at'], name='incident_number'), models.Index(fields=['place', 'received_at'], name='incident_place'), models.Index(fields=['reference_key'], name='incident_reference'), models.Index(condition=models.Q(('compartment', ''), _negated=True), fields=['id'], name='incident_restricted')],
                },
            ),
            migrations.CreateModel(
                name='IncidentPerson',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='records.incident')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='incidents', to='records.person')),
                    ('role', models.TextField()),
                    ('vulnerabilities', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                    ('received_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('role', 'victim')), fields=['person'], include=('incident',), name='incident_victim'), models.Index(condition=models.Q(('vulnerabilities', []), _negated=True), fields=['received_at'], include=('incident', 'person', 'vulnerabilities'), name='part_vulnerable_lately')],
                    'constraints': [models.UniqueConstraint(fields=('incident', 'person', 'role'), name='incident_person_once')],
                },
            ),
            migrations.CreateModel(
                name='Marker',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='markers', to='records.person')),
                    ('place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='markers', to='records.place')),
                    ('kind', models.TextField()),
                    ('detail', models.TextField(blank=True, default='')),
                    ('from_at', models.DateTimeField()),
                    ('expires_at', models.DateTimeField(null=True)),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('ended_because', models.TextField(blank=True, default='')),
                    ('source', models.TextField()),
                    ('created_by', models.UUIDField()),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('person__isnull', False), ('place__isnull', True)), models.Q(('person__isnull', True), ('place__isnull', False)), _connector='OR'), name='marker_has_one_bearer')],
                },
            ),
            migrations.CreateModel(
                name='Restriction',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='restrictions', to='records.person')),
                    ('compartment', models.TextField()),
                    ('reason', models.TextField()),
                    ('at', models.DateTimeField()),
                    ('by_id', models.UUIDField()),
                    ('by_name', models.TextField()),
                    ('lifted_at', models.DateTimeField(null=True)),
                    ('lifted_by_name', models.TextField(blank=True, default='')),
                    ('lifted_reason', models.TextField(blank=True, default='')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True)), fields=('person',), name='restriction_one_at_a_time')],
                },
            ),
            migrations.CreateModel(
                name='Thing',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.TextField()),
                    ('mark', models.TextField(blank=True, default='')),
                    ('description', models.TextField(blank=True, default='')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('mark', ''), _negated=True), fields=('kind', 'mark'), name='thing_once')],
                },
            ),
            migrations.CreateModel(
                name='ThingLink',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('thing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='records.thing')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='things', to='records.person')),
                    ('kind', models.TextField(default='keeper')),
                    ('from_date', models.DateField(null=True)),
                    ('to_date', models.DateField(null=True)),
                    ('source', models.TextField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('thing', 'person', 'kind'), name='thing_link_once')],
                },
            ),
        ]),
        migrations.RunSQL(  # the number in an incident's reference only grows, and no two writers wait for each other
            'create sequence records_incident_reference start 1',
            'drop sequence records_incident_reference',
        ),
    ]
