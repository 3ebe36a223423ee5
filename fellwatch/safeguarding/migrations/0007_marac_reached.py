from django.db import migrations, models

REACHED = """
update safeguarding_maracreferral set reached_at = contact.at
from (select referral_id, min(at) as at from safeguarding_maraccontact where reached group by referral_id) contact
where contact.referral_id = safeguarding_maracreferral.id
"""


class Migration(migrations.Migration):
    """When a victim was first reached stands on the referral; an index finds those whom nobody has reached."""

    dependencies = [("safeguarding", "0006_marac_narrow")]

    operations = [
        migrations.AddField(
            model_name="maracreferral",
            name="reached_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="maracreferral",
            index=models.Index(fields=["agency", "referred_at"], name="marac_made"),
        ),
        migrations.AddIndex(
            model_name="maracreferral",
            index=models.Index(
                condition=models.Q(("reached_at__isnull", True), models.Q(("state", "withdrawn"), _negated=True)),
                fields=["adviser", "contact_due_at"],
                name="marac_to_reach",
            ),
        ),
        migrations.RunSQL(REACHED, migrations.RunSQL.noop),
    ]
