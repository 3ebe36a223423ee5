"""What reviews had closed before there was a column for it."""

from django.db import migrations

CLOSED = """
update assessments_form set closed_number = review.number
from (select form_id, max(number) as number from assessments_formreview where closes group by form_id) review
where review.form_id = assessments_form.id
"""


class Migration(migrations.Migration):

    dependencies = [("assessments", "0006_closed_number")]

    operations = [migrations.RunSQL(CLOSED, migrations.RunSQL.noop)]
