from django.db import migrations, models
from django.db.models import F
from django.db.models.functions import Coalesce

DUE = """
update sharing_referral set due_at = owed.due_at
from (select about, min(due_at) as due_at from duties_duty where about is not null group by about) owed
where owed.about = sharing_referral.id and sharing_referral.state in ('sent', 'opened')
"""


class Migration(migrations.Migration):
    """By when an answer is due stands on what was sent; indexes find what is due first, and what was done last."""

    dependencies = [
        ("duties", "0005_not_settled"),
        ("records", "0011_incident_victim"),
        ("sharing", "0008_feedback_newest_first"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="referral", name="referral_inbox"),
        migrations.AddField(model_name="referral", name="due_at", field=models.DateTimeField(null=True)),
        migrations.AddIndex(
            model_name="recall",
            index=models.Index(
                F("agency"), F("confirmed_at").desc(nulls_first=True), F("at"), name="recall_confirmed_last"
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                F("agency"),
                Coalesce("due_at", "sent_at"),
                condition=models.Q(("state__in", ("sent", "opened"))),
                name="referral_unanswered",
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=models.Q(("kind", "referral"), ("state", "accepted")),
                fields=["agency", "answered_at"],
                name="referral_taken",
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=models.Q(("answered_at__isnull", False)),
                fields=["agency", "-answered_at"],
                name="referral_answered",
            ),
        ),
        migrations.RunSQL(DUE, migrations.RunSQL.noop),
    ]
