"""Figures of others, to be read beside our own."""

from django.db import models


class NationalFigure(models.Model):
    """The national value of an indicator from a day, in per cent, until another is published."""

    indicator = models.TextField()
    from_date = models.DateField()
    value = models.FloatField()
    source = models.TextField()

    class Meta:
        app_label = "measures"
        constraints = [
            models.UniqueConstraint(fields=["indicator", "from_date"], name="national_figure_once"),
            models.CheckConstraint(
                name="national_figure_per_cent", condition=models.Q(value__gte=0) & models.Q(value__lte=100)
            ),
        ]
