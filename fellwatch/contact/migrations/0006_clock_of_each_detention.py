"""Clocks of detentions that run say which detention they are of: one person may be held twice on one incident."""

from django.db import migrations

OF_EACH = """
update duties_duty set about = held.id
from contact_detention held
where held.ended_at is null
  and duties_duty.about is null
  and duties_duty.incident_id = held.incident_id
  and duties_duty.person_id = held.person_id
  and duties_duty.state in ('open', 'late')
  and duties_duty.rule in ('s135_detention', 's136_detention', 'detention_extended')
"""


class Migration(migrations.Migration):

    dependencies = [("contact", "0005_desk_reviews"), ("duties", "0005_not_settled")]

    operations = [migrations.RunSQL(OF_EACH, migrations.RunSQL.noop)]
