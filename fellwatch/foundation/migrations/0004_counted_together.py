from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('foundation', '0003_kept_counts'),
    ]

    operations = [
        migrations.RunSQL(
            sql=[
                'create table django_cache ('
                'cache_key varchar(255) primary key, value text not null, expires timestamptz not null)',
                'create index django_cache_expires on django_cache (expires)',
            ],
            reverse_sql='drop table django_cache',
        ),
    ]
