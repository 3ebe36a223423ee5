import django.db.models.deletion
import fellwatch.foundation.ids
from django.db import migrations, models
from fellwatch.foundation.database.together import CreateModels


class Migration(migrations.Migration):

    replaces = [('handheld', '0001_initial')]

    initial = True

    dependencies = [
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Device',
                fields=[
                    ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                    ('officer_id', models.UUIDField()),
                    ('officer_name', models.TextField()),
                    ('name', models.TextField()),
                    ('token_digest', models.TextField()),
                    ('enrolled_at', models.DateTimeField()),
                    ('seen_at', models.DateTimeField()),
                    ('app_version', models.TextField(blank=True, default='')),
                    ('held', models.IntegerField(default=0)),
                    ('unsent', models.IntegerField(default=0)),
                    ('skew_seconds', models.IntegerField(default=0)),
                    ('wipe_asked_at', models.DateTimeField(null=True)),
                    ('wipe_asked_by_name', models.TextField(blank=True, default='')),
                    ('wipe_because', models.TextField(blank=True, default='')),
                    ('wiped_at', models.DateTimeField(null=True)),
                    ('destroyed', models.JSONField(default=list)),
                ],
                options={
                    'indexes': [models.Index(fields=['officer_id'], name='handheld_of_officer')],
                },
            ),
            migrations.CreateModel(
                name='DeviceContact',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('device', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='handheld.device')),
                    ('server_at', models.DateTimeField()),
                    ('device_at', models.DateTimeField()),
                    ('running', models.FloatField()),
                    ('start', models.TextField()),
                ],
                options={
                    'indexes': [models.Index(fields=['device', 'server_at'], name='handheld_contact_order')],
                },
            ),
            migrations.CreateModel(
                name='Rescued',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('device', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rescued', to='handheld.device')),
                    ('record', models.TextField()),
                    ('sealed', models.TextField()),
                    ('received_at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('device', 'record'), name='rescued_once')],
                },
            ),
        ]),
    ]
