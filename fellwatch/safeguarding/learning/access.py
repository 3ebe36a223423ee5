"""Who publishes a lesson, who reads it, and whose word it is that it was put into practice."""

from fellwatch.foundation.access import Table, holds, in_circle, own_agency, with_parent
from fellwatch.meetings.access import TAKE_PART

READ = "learning.read"
PUBLISH = "learning.publish"

_lesson = with_parent("safeguarding_lesson", "lesson_id")
_own = (holds(READ) | holds(TAKE_PART)) & own_agency("agency")

TABLES = (
    Table(
        "safeguarding_lesson",
        holds(READ) | (holds(TAKE_PART) & in_circle("agencies")),
        holds(PUBLISH),
        holds(PUBLISH),
        retention="operational",
        sentence="a lesson of the board",
    ),
    Table(
        "safeguarding_lessonreading",
        (holds(READ) | _own) & _lesson,
        _own & _lesson,
        retention="operational",
        sentence="that a lesson was read",
    ),
    Table(
        "safeguarding_lessonadoption",
        (holds(READ) | _own) & _lesson,
        _own & _lesson,
        retention="operational",
        sentence="that a lesson was put into practice",
    ),
)
