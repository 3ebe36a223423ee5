"""An address is unique within its compartment: a hidden one no longer stands in the way of an open one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0002_reference")]
    operations = [
        migrations.RemoveConstraint(model_name="place", name="place_once"),
        migrations.AlterField(model_name="place", name="uprn", field=models.BigIntegerField(null=True)),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.UniqueConstraint(
                fields=["postcode", "flat", "house", "street", "compartment"],
                name="place_once",
                condition=~models.Q(postcode=""),
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.UniqueConstraint(fields=["uprn", "compartment"], name="place_uprn_once"),
        ),
    ]
