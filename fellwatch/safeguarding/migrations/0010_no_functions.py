from django.db import migrations


class Migration(migrations.Migration):
    """What was counted beside the row policies is counted under them: the functions that did so are gone."""

    dependencies = [("safeguarding", "0009_notices_due_first")]

    operations = [
        migrations.RunSQL(
            [
                "drop function if exists safeguarding_hub_due()",
                "drop function if exists safeguarding_review_unfinished()",
                "drop function if exists safeguarding_backlog(timestamptz[])",
            ],
            migrations.RunSQL.noop,
        )
    ]
