from pathlib import Path

from django.db import migrations, models

FLOOR = Path(__file__).parent.parent / "marac" / "again.sql"
"""Laid here first: what an older version writes between this and the floor is marked too."""
LIFT = """
drop trigger marac_again on safeguarding_maracreferral;
drop trigger marac_again on records_incidentperson;
"""
AGAIN = """
update safeguarding_maracreferral set again_at = later.at
from (
  select r.id, max(i.received_at) as at
  from safeguarding_maracreferral r
  join records_incidentperson p on p.person_id = r.victim_id and p.role = 'victim'
  join records_incident i on i.id = p.incident_id and i.received_at > r.referred_at
  group by r.id
) later
where later.id = safeguarding_maracreferral.id
"""


class Migration(migrations.Migration):
    """When the victim of a referral was last a victim again stands on it; an index finds those under a flag."""

    dependencies = [("records", "0012_part_vulnerable"), ("safeguarding", "0010_no_functions")]

    operations = [
        migrations.RunSQL(FLOOR.read_text(), LIFT),
        migrations.AddField(
            model_name="maracreferral",
            name="again_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="maracreferral",
            index=models.Index(
                condition=models.Q(("again_at__isnull", False), models.Q(("state", "withdrawn"), _negated=True)),
                fields=["flag_until_date"],
                include=("matter", "victim", "referred_at"),
                name="marac_again",
            ),
        ),
        migrations.RunSQL(AGAIN, migrations.RunSQL.noop),
    ]
