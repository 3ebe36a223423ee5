from django.db import migrations, models
from fellwatch.foundation.database.together import CreateModels


class Migration(migrations.Migration):

    replaces = [('measures', '0001_initial')]

    initial = True

    dependencies = [
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='NationalFigure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('indicator', models.TextField()),
                    ('from_date', models.DateField()),
                    ('value', models.FloatField()),
                    ('source', models.TextField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('indicator', 'from_date'), name='national_figure_once'), models.CheckConstraint(condition=models.Q(('value__gte', 0), ('value__lte', 100)), name='national_figure_per_cent')],
                },
            ),
        ]),
    ]
