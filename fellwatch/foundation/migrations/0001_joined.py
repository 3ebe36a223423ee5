import django.contrib.auth.models
import django.contrib.auth.validators
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import fellwatch.foundation.ids
import uuid
from django.conf import settings
from django.db import migrations, models
from fellwatch.foundation.database.together import CreateModels


class Migration(migrations.Migration):

    replaces = [('foundation', '0001_initial'), ('foundation', '0002_import_profile'), ('foundation', '0003_kept_counts'), ('foundation', '0004_counted_together')]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='User',
                fields=[
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                    ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                    ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                    ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                    ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                    ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                    ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                    ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('full_name', models.TextField(default='')),
                    ('role', models.TextField(default='')),
                    ('team', models.TextField(default='')),
                    ('agency', models.TextField(default='')),
                    ('purpose', models.TextField(default='Protecting people from harm')),
                    ('compartments', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=None)),
                    ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                    ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ],
                managers=[
                    ('objects', django.contrib.auth.models.UserManager()),
                ],
            ),
            migrations.CreateModel(
                name='ApiToken',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                    ('label', models.TextField()),
                    ('digest', models.BinaryField(unique=True)),
                    ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                    ('created_at', models.DateTimeField()),
                    ('expires_at', models.DateTimeField()),
                    ('revoked_at', models.DateTimeField(null=True)),
                ],
            ),
            migrations.CreateModel(
                name='AuditEntry',
                fields=[
                    ('id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('xid', models.BigIntegerField(db_default=django.db.models.expressions.RawSQL('(pg_current_xact_id()::text::bigint)', []))),
                    ('at', models.DateTimeField(db_default=django.db.models.expressions.RawSQL('clock_timestamp()', []))),
                    ('actor', models.UUIDField(default=uuid.uuid4)),
                    ('actor_name', models.TextField()),
                    ('role', models.TextField()),
                    ('team', models.TextField()),
                    ('agency', models.TextField()),
                    ('purpose', models.TextField()),
                    ('action', models.TextField()),
                    ('sentence', models.TextField()),
                    ('subject_kind', models.TextField()),
                    ('subject_id', models.TextField()),
                    ('people', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                    ('detail', models.JSONField(default=dict)),
                ],
                options={
                    'indexes': [models.Index(fields=['xid'], name='audit_xid'), models.Index(fields=['subject_kind', 'subject_id'], name='audit_subject'), models.Index(fields=['actor', 'at'], name='audit_actor'), django.contrib.postgres.indexes.GinIndex(fields=['people'], name='audit_people')],
                },
            ),
            migrations.CreateModel(
                name='AuditSeal',
                fields=[
                    ('n', models.BigIntegerField(primary_key=True, serialize=False)),
                    ('xid_below', models.BigIntegerField()),
                    ('entries', models.BigIntegerField()),
                    ('root', models.BinaryField()),
                    ('previous', models.BinaryField()),
                    ('hash', models.BinaryField()),
                    ('sealed_at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='KeptCounts',
                fields=[
                    ('name', models.TextField(primary_key=True, serialize=False)),
                    ('permission', models.TextField()),
                    ('until_at', models.DateTimeField()),
                    ('counted_at', models.DateTimeField()),
                    ('counts', models.JSONField()),
                ],
            ),
            migrations.CreateModel(
                name='ImportRun',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('importer', models.TextField()),
                    ('filename', models.TextField()),
                    ('digest', models.TextField()),
                    ('path', models.TextField()),
                    ('mapping', models.JSONField(default=dict)),
                    ('reading', models.JSONField(default=dict)),
                    ('profile', models.JSONField(default=list)),
                    ('dry_run', models.BooleanField(default=False)),
                    ('state', models.TextField(default='waiting')),
                    ('total', models.IntegerField(default=0)),
                    ('done', models.IntegerField(default=0)),
                    ('added', models.IntegerField(default=0)),
                    ('changed', models.IntegerField(default=0)),
                    ('unchanged', models.IntegerField(default=0)),
                    ('rejected', models.IntegerField(default=0)),
                    ('failure', models.TextField(blank=True, default='')),
                    ('created_at', models.DateTimeField()),
                    ('created_by', models.UUIDField()),
                    ('created_by_name', models.TextField()),
                    ('advanced_at', models.DateTimeField(null=True)),
                    ('finished_at', models.DateTimeField(null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['created_at'], name='import_run_newest')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'running', 'failed', 'finished'])), name='import_run_state'), models.UniqueConstraint(condition=models.Q(('state__in', ('waiting', 'running', 'failed'))), fields=('importer', 'digest', 'mapping', 'dry_run'), name='import_run_once_at_a_time')],
                },
            ),
            migrations.CreateModel(
                name='ImportRejection',
                fields=[
                    ('id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rejections', to='foundation.importrun')),
                    ('line', models.IntegerField()),
                    ('row', models.JSONField()),
                    ('reasons', models.JSONField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('run', 'line'), name='rejection_once')],
                },
            ),
        ]),
        migrations.RunSQL(
            sql=[
                'create table django_cache ('
                'cache_key varchar(255) primary key, value text not null, expires timestamptz not null)',
                'create index django_cache_expires on django_cache (expires)',
            ],
            reverse_sql='drop table django_cache',
        ),
    ]
