"""What sharing knew of whose record an account's holder has, brought into the one register under the same ids.

A link to an account that is gone is left behind: nobody signs in with it. A merge of two people that moved such a link
finds it in its new place when it is undone.
"""

from django.conf import settings
from django.db import migrations

MOVED = """
insert into records_accountholder (id, user_id, person_id, because, noted_at, noted_by, noted_by_name)
select i.id, i.user_id, i.person_id, i.because, i.noted_at, '00000000-0000-0000-0000-000000000000', i.noted_by_name
from sharing_identity i join foundation_user u on u.id = i.user_id
where not exists (select from records_accountholder h
  where h.user_id = i.user_id and h.person_id = i.person_id and h.ended_at is null)
"""
MERGED = """
update records_merge set {column} = {column} - 'sharing_identity.person_id' || jsonb_build_object(
  'records_accountholder.person_id',
  coalesce({column} -> 'records_accountholder.person_id', '[]') || ({column} -> 'sharing_identity.person_id'))
where {column} ? 'sharing_identity.person_id'
"""


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0004_reach'),
        ('records', '0009_accountholder'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(MOVED, migrations.RunSQL.noop),
        migrations.RunSQL(MERGED.format(column='moved'), migrations.RunSQL.noop),
        migrations.RunSQL(MERGED.format(column='own'), migrations.RunSQL.noop),
    ]
