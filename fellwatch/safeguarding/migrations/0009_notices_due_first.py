from django.db import migrations, models
from django.db.models import F


class Migration(migrations.Migration):
    """A school's notices that wait are found in the order in which they are shown, and counted in the index alone."""

    dependencies = [("records", "0012_part_vulnerable"), ("safeguarding", "0008_school_notice_waits")]

    operations = [
        migrations.RemoveIndex(model_name="schoolnotice", name="school_notice_waits"),
        migrations.AddIndex(
            model_name="schoolnotice",
            index=models.Index(
                F("agency"),
                F("due_at").asc(nulls_first=True),
                F("sent_at").desc(),
                F("id"),
                include=("incident", "child"),
                condition=models.Q(
                    ("opened_at__isnull", True),
                    ("recalled_at__isnull", True),
                    models.Q(("answered_at__isnull", True), ("state", "answered"), _negated=True),
                ),
                name="school_notice_waits_first",
            ),
        ),
    ]
