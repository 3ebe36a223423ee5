"""Lessons, who has read them, and what each agency has changed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from fellwatch.foundation import ids


class Lesson(models.Model):
    """Something learnt: what was seen, what to do differently, which agencies must read it and by when."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    board = models.TextField()
    kind = models.TextField()
    title = models.TextField()
    seen = models.TextField()
    do = models.TextField()
    agencies: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    read_by_date = models.DateField()
    published_at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.TextField()

    class Meta:
        app_label = "safeguarding"
        constraints = [
            models.CheckConstraint(name="lesson_board", condition=models.Q(board__in=["domestic", "sexual"])),
            models.CheckConstraint(name="lesson_kind", condition=models.Q(kind__in=["good_practice", "learning"])),
        ]


class LessonReading(models.Model):
    """Somebody of an agency has read a lesson."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="readings")
    agency = models.TextField()
    user_id = models.UUIDField()
    name = models.TextField()
    read_at = models.DateTimeField()

    class Meta:
        app_label = "safeguarding"
        constraints = [models.UniqueConstraint(fields=["lesson", "user_id"], name="lesson_read_once")]


class LessonAdoption(models.Model):
    """What an agency says of a lesson: adopted with evidence, planned by a day, or not for them and why. The last
    one stands."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="adoptions")
    agency = models.TextField()
    state = models.TextField()
    evidence = models.TextField()
    at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.TextField()

    class Meta:
        app_label = "safeguarding"
        constraints = [
            models.CheckConstraint(
                name="lesson_adoption", condition=models.Q(state__in=["adopted", "planned", "not_for_us"])
            ),
            models.CheckConstraint(name="lesson_evidence", condition=~models.Q(evidence="")),
        ]
