from django.db import migrations, models


class Migration(migrations.Migration):
    """An education team may be asked again about a child, once what it was asked first has been answered."""

    dependencies = [("safeguarding", "0004_school_notices")]

    operations = [
        migrations.RemoveConstraint(model_name="schoolnotice", name="school_notice_once"),
        migrations.AddConstraint(
            model_name="schoolnotice",
            constraint=models.UniqueConstraint(
                condition=~models.Q(state__in=["recalled", "answered"]),
                fields=("incident", "child", "path", "establishment"),
                name="school_notice_once",
                nulls_distinct=False,
            ),
        ),
    ]
