import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.comparison
import fellwatch.foundation.ids
from django.db import migrations, models
from fellwatch.foundation.database.together import CreateModels


class Migration(migrations.Migration):

    replaces = [('sharing', '0001_initial'), ('sharing', '0002_partners_and_messages'), ('sharing', '0003_identity_unnamed'), ('sharing', '0004_reach'), ('sharing', '0005_holders_moved'), ('sharing', '0006_one_register'), ('sharing', '0007_reach_shared'), ('sharing', '0008_feedback_newest_first'), ('sharing', '0009_inbox_most_urgent')]

    initial = True

    dependencies = [
        ('records', '0001_joined'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Agency',
                fields=[
                    ('code', models.TextField(primary_key=True, serialize=False)),
                    ('name', models.TextField(unique=True)),
                    ('kind', models.TextField()),
                    ('telephone', models.TextField(blank=True, default='')),
                    ('mailbox', models.TextField(blank=True, default='')),
                    ('in_hub', models.BooleanField(default=False)),
                    ('manager', models.TextField(blank=True, default='')),
                    ('closed', models.BooleanField(default=False)),
                ],
            ),
            migrations.CreateModel(
                name='Agreement',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('agency', models.ForeignKey(db_column='agency', on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='sharing.agency')),
                    ('title', models.TextField()),
                    ('from_date', models.DateField()),
                    ('to_date', models.DateField()),
                    ('fields', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                    ('signed_by', models.TextField()),
                    ('noted_at', models.DateTimeField()),
                    ('noted_by_name', models.TextField()),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('to_date__gt', models.F('from_date'))), name='agreement_days')],
                },
            ),
            migrations.CreateModel(
                name='Member',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('user_id', models.UUIDField(unique=True)),
                    ('agency', models.ForeignKey(db_column='agency', on_delete=django.db.models.deletion.PROTECT, related_name='members', to='sharing.agency')),
                    ('name', models.TextField()),
                    ('mail', models.TextField(blank=True, default='')),
                    ('joined_at', models.DateTimeField()),
                    ('left_at', models.DateTimeField(null=True)),
                    ('left_by_name', models.TextField(blank=True, default='')),
                ],
            ),
            migrations.CreateModel(
                name='Invitation',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('agency', models.ForeignKey(db_column='agency', on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='sharing.agency')),
                    ('name', models.TextField()),
                    ('mail', models.TextField()),
                    ('role', models.TextField()),
                    ('made_at', models.DateTimeField()),
                    ('made_by_name', models.TextField()),
                    ('expires_at', models.DateTimeField()),
                    ('used_at', models.DateTimeField(null=True)),
                    ('withdrawn_at', models.DateTimeField(null=True)),
                ],
            ),
            migrations.CreateModel(
                name='Message',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.TextField()),
                    ('channel', models.TextField(default='mail')),
                    ('address', models.TextField(blank=True, default='')),
                    ('name', models.TextField(blank=True, default='')),
                    ('agency', models.TextField(blank=True, default='')),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='records.person')),
                    ('about', models.UUIDField(null=True)),
                    ('path', models.TextField(blank=True, default='')),
                    ('state', models.TextField(default='waiting')),
                    ('because', models.TextField(blank=True, default='')),
                    ('attempts', models.IntegerField(default=0)),
                    ('made_at', models.DateTimeField()),
                    ('tried_at', models.DateTimeField(null=True)),
                    ('sent_at', models.DateTimeField(null=True)),
                    ('bounced_at', models.DateTimeField(null=True)),
                    ('provider_id', models.TextField(blank=True, default='')),
                ],
                options={
                    'indexes': [models.Index(fields=['made_at'], name='outgoing_newest'), models.Index(condition=models.Q(('about__isnull', False)), fields=['about'], name='outgoing_about')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('waiting', 'sent', 'held', 'failed', 'bounced', 'refused'))), name='outgoing_state')],
                },
            ),
            migrations.CreateModel(
                name='SafeContact',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='safe_contacts', to='records.person')),
                    ('channel', models.TextField()),
                    ('allowed', models.BooleanField()),
                    ('address', models.TextField(blank=True, default='')),
                    ('address_key', models.TextField(blank=True, default='')),
                    ('said_by', models.TextField()),
                    ('said_by_name', models.TextField(blank=True, default='')),
                    ('because', models.TextField(blank=True, default='')),
                    ('words', models.TextField(blank=True, default='')),
                    ('password', models.TextField(blank=True, default='')),
                    ('if_other', models.TextField(blank=True, default='')),
                    ('kept_from', models.TextField(blank=True, default='')),
                    ('from_time', models.TimeField(null=True)),
                    ('to_time', models.TimeField(null=True)),
                    ('from_date', models.DateField(null=True)),
                    ('to_date', models.DateField(null=True)),
                    ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='sharing.safecontact')),
                    ('said_at', models.DateTimeField()),
                    ('noted_by_id', models.UUIDField(null=True)),
                    ('noted_by_name', models.TextField()),
                ],
                options={
                    'indexes': [models.Index(fields=['person', 'channel'], name='safe_contact')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('channel__in', ['call', 'text', 'mail', 'post', 'visit'])), name='safe_way'), models.CheckConstraint(condition=models.Q(('said_by__in', ['self', 'agency', 'officer'])), name='safe_said_by'), models.CheckConstraint(condition=models.Q(models.Q(('said_by', 'officer'), _negated=True), models.Q(('because', ''), _negated=True), _connector='OR'), name='safe_reason')],
                },
            ),
            migrations.CreateModel(
                name='SafeContactEnd',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('rule', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='sharing.safecontact')),
                    ('because', models.TextField()),
                    ('at', models.DateTimeField()),
                    ('by_id', models.UUIDField()),
                    ('by_name', models.TextField()),
                ],
            ),
            migrations.CreateModel(
                name='SafeContactShare',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
                    ('agency', models.ForeignKey(db_column='agency', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.agency')),
                    ('because', models.TextField()),
                    ('at', models.DateTimeField()),
                    ('by_id', models.UUIDField()),
                    ('by_name', models.TextField()),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('ended_by_name', models.TextField(blank=True, default='')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('person', 'agency'), name='reach_shared_once')],
                },
            ),
            migrations.CreateModel(
                name='Referral',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.TextField(default='referral')),
                    ('about', models.UUIDField(null=True)),
                    ('agency', models.ForeignKey(db_column='agency', on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='sharing.agency')),
                    ('agreement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='sharing.agreement')),
                    ('incident', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='records.incident')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='records.person')),
                    ('basis', models.TextField()),
                    ('necessity', models.TextField()),
                    ('proportionality', models.TextField(blank=True, default='')),
                    ('contents', models.JSONField()),
                    ('withheld', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                    ('receipt', models.TextField()),
                    ('rule_version', models.IntegerField()),
                    ('sent_at', models.DateTimeField()),
                    ('due_at', models.DateTimeField(null=True)),
                    ('sent_by_id', models.UUIDField()),
                    ('sent_by_name', models.TextField()),
                    ('state', models.TextField(default='sent')),
                    ('opened_at', models.DateTimeField(null=True)),
                    ('opened_by_name', models.TextField(blank=True, default='')),
                    ('answered_at', models.DateTimeField(null=True)),
                    ('answered_by_name', models.TextField(blank=True, default='')),
                    ('answer_code', models.TextField(blank=True, default='')),
                    ('answer', models.TextField(blank=True, default='')),
                    ('completed_at', models.DateTimeField(null=True)),
                    ('completed_by_name', models.TextField(blank=True, default='')),
                    ('outcome_code', models.TextField(blank=True, default='')),
                    ('outcome', models.TextField(blank=True, default='')),
                    ('recalled_at', models.DateTimeField(null=True)),
                    ('recalled_because', models.TextField(blank=True, default='')),
                ],
                options={
                    'indexes': [models.Index(models.F('agency'), django.db.models.functions.comparison.Coalesce('due_at', 'sent_at'), condition=models.Q(('state__in', ('sent', 'opened'))), name='referral_unanswered'), models.Index(condition=models.Q(('kind', 'referral'), ('state', 'accepted')), fields=['agency', 'answered_at'], name='referral_taken'), models.Index(condition=models.Q(('answered_at__isnull', False)), fields=['agency', '-answered_at'], name='referral_answered'), models.Index(condition=models.Q(('about__isnull', False)), fields=['about'], name='referral_about'), models.Index(fields=['sent_at'], name='referral_sent')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('sent', 'opened', 'accepted', 'declined', 'completed', 'recalled', 'answered'))), name='referral_state'), models.CheckConstraint(condition=models.Q(('kind__in', ('referral', 'research', 'discussion'))), name='referral_kind')],
                },
            ),
            migrations.CreateModel(
                name='Recall',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('referral', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='recall', to='sharing.referral')),
                    ('agency', models.ForeignKey(db_column='agency', on_delete=django.db.models.deletion.PROTECT, related_name='recalls', to='sharing.agency')),
                    ('about', models.UUIDField(null=True)),
                    ('incident', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.incident')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
                    ('receipt', models.TextField()),
                    ('reason', models.TextField()),
                    ('breach', models.BooleanField()),
                    ('was_opened', models.BooleanField()),
                    ('at', models.DateTimeField()),
                    ('by_name', models.TextField()),
                    ('confirmed_at', models.DateTimeField(null=True)),
                    ('confirmed_by_name', models.TextField(blank=True, default='')),
                ],
                options={
                    'indexes': [models.Index(models.F('agency'), models.OrderBy(models.F('confirmed_at'), descending=True, nulls_first=True), models.F('at'), name='recall_confirmed_last')],
                },
            ),
            migrations.CreateModel(
                name='Exclusion',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('about', models.UUIDField()),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exclusions', to='records.person')),
                    ('because', models.TextField()),
                    ('noted_at', models.DateTimeField()),
                    ('noted_by_name', models.TextField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('about', 'person'), name='exclusion_once')],
                },
            ),
            migrations.CreateModel(
                name='Feedback',
                fields=[
                    ('id', models.UUIDField(default=fellwatch.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                    ('to_id', models.UUIDField()),
                    ('about', models.UUIDField()),
                    ('incident', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.incident')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
                    ('title', models.TextField()),
                    ('words', models.TextField()),
                    ('at', models.DateTimeField()),
                    ('by_name', models.TextField()),
                    ('seen_at', models.DateTimeField(null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['to_id', '-at'], name='feedback_newest')],
                },
            ),
        ]),
    ]
