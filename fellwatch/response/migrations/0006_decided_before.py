"""Crimes that were decided about before a crime knew it."""

from django.db import migrations

DECIDED = """
update assessments_disclosedcrime set decided = true
where id in (select crime_id from response_crimedecision)
"""


class Migration(migrations.Migration):
    dependencies = [("response", "0005_answering_bail"), ("assessments", "0008_decided")]
    operations = [migrations.RunSQL(DECIDED, migrations.RunSQL.noop)]
