"""A form that a supervisor accepted before there was a central team has been through every review there was."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("assessments", "0004_second_review")]

    operations = [
        migrations.RunSQL(
            "update assessments_formreview set closes = true where outcome = 'accepted'", migrations.RunSQL.noop
        )
    ]
