"""The index's three tables. The key's primary key covers what row policies ask, so that a lookup stays in it."""

from django.db import migrations, models

COVERING = """
alter table recognition_key drop constraint recognition_key_pkey;
alter table recognition_key add primary key (kind, key, person_id) include (silent_in);
alter table recognition_key set (autovacuum_vacuum_insert_scale_factor = 0.05);
"""
PLAIN = """
alter table recognition_key drop constraint recognition_key_pkey;
alter table recognition_key add primary key (kind, key, person_id);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("person_id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("document", models.JSONField()),
                ("silent_in", models.TextField(blank=True, default="")),
                ("announced_in", models.TextField(blank=True, default="")),
            ],
            options={"db_table": "recognition_entry"},
        ),
        migrations.CreateModel(
            name="Key",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "kind", "key", "person_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.SmallIntegerField()),
                ("key", models.TextField(db_collation="C")),
                ("person_id", models.UUIDField(db_index=True)),
                ("silent_in", models.TextField(blank=True, default="")),
            ],
            options={"db_table": "recognition_key"},
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "kind", "term", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.SmallIntegerField()),
                ("term", models.TextField(db_collation="C")),
                ("bearers", models.IntegerField()),
            ],
            options={"db_table": "recognition_term"},
        ),
        migrations.RunSQL(COVERING, PLAIN),
    ]
