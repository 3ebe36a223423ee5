"""Every write about schools: notices made, sent, answered and put right; who learns where, and on which days."""

from fellwatch.safeguarding.encompass.actions.answering import (
    acknowledge,
    carry,
    close_our_school,
    dispute,
    name_school,
    open_notice,
)
from fellwatch.safeguarding.encompass.actions.calendars import add_days, close_days, keep, recount
from fellwatch.safeguarding.encompass.actions.noticing import consider
from fellwatch.safeguarding.encompass.actions.putting_right import (
    again,
    hand,
    place,
    recall,
    release,
    returned,
    telephone,
)
from fellwatch.safeguarding.encompass.actions.sending import deliver
from fellwatch.safeguarding.encompass.actions.watching import chase, note_mail

__all__ = [
    "acknowledge",
    "add_days",
    "again",
    "carry",
    "chase",
    "close_days",
    "close_our_school",
    "consider",
    "deliver",
    "dispute",
    "hand",
    "keep",
    "name_school",
    "note_mail",
    "open_notice",
    "place",
    "recall",
    "recount",
    "release",
    "returned",
    "telephone",
]
