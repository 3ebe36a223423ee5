"""Tell agencies that they are asked to a meeting, that it has another time or place, or that it was called off."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime

from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.meetings import readers
from fellwatch.meetings.access import CARRY
from fellwatch.meetings.actions import steps
from fellwatch.meetings.models import Item, Meeting
from fellwatch.meetings.readers import Reader
from fellwatch.sharing.actions import message
from fellwatch.sharing.models import Agency

KEY = uuid.UUID("7b1f6a52-0000-5000-8000-6d6565740001")


def tell_agencies(meeting_id: uuid.UUID, kind: str, change: int, *, by: Actor, now: datetime) -> int:
    """Mail the people of each agency asked to a meeting; return how many. Run twice for one change, mailed once.

    Whoever every case of it is kept from is not mailed: their own sign-in would show them nothing to come for. An
    agency in which nobody may be told, or nobody has a mailbox, leaves one message that failed, where it is seen. Of a
    meeting that is over nobody is told, nor after it was called off that it was called.
    """
    access.check(by, CARRY)
    with access.acting(by):
        found = Meeting.objects.filter(id=meeting_id, ends_at__gt=now).first()
        if found is None or (found.state == "called_off") != (kind == steps.CALLED_OFF):
            return 0
        cases = frozenset(Item.objects.filter(meeting=found).values_list("matter_id", flat=True))
        agencies = Agency.objects.filter(code__in=found.agencies, closed=False)
        mailboxes = dict(agencies.order_by("code").values_list("code", "mailbox"))
        people = readers.of(mailboxes)
        told = 0
        for code, mailbox in mailboxes.items():
            for address, name, key in _addressed([one for one in people if one.agency == code], cases, mailbox):
                message(
                    kind, address=address, name=name, agency=code, path=f"/partner/marac/meetings/{found.id}/", by=by,
                    now=now, id=uuid.uuid5(KEY, f"{found.id}/{kind}/{change}/{code}/{key}"),
                )  # fmt: skip
                told += bool(address)
        steps.logged_meeting("told", found, by=by, action="duty", message=kind, mails=told)
        return told


def _addressed(
    people: Sequence[Reader], cases: Collection[uuid.UUID], mailbox: str
) -> list[tuple[str, str, uuid.UUID | str]]:
    """Return to whom an agency's mail goes: address, name, and what tells one from another within the agency."""
    may = [one for one in people if not cases or not one.kept.issuperset(cases)]
    reached: list[tuple[str, str, uuid.UUID | str]] = [(one.mail, one.name, one.user_id) for one in may if one.mail]
    # A mailbox that the agency shares is also read by whoever the case is kept from.
    return reached or [(mailbox if len(may) == len(people) else "", "", "")]
