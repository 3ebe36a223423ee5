"""Every read of meetings. What must be kept from the reader is not there: no number, count or gap tells of it."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from django.db.models import Case, Count, DateTimeField, F, Q, QuerySet, When
from django.db.models.functions import TruncDate

from fellwatch.foundation import access, audit, clock
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.models import User
from fellwatch.meetings import names
from fellwatch.meetings.access import ARRANGE, READ, TAKE_PART
from fellwatch.meetings.models import Action, Item, Kept, Matter, Meeting, Minute, Research, Ruling
from fellwatch.meetings.shaping import actions_in, meetings_in, research_in
from fellwatch.meetings.values import (
    ActionView,
    AgendaLine,
    ItemView,
    MeetingView,
    MinutedCase,
    MinuteView,
    Owing,
    ResearchView,
    RulingView,
    Settled,
)
from fellwatch.records.access import IDENTIFY
from fellwatch.records.models import AccountHolder
from fellwatch.records.queries import Missing, full_name

GONE = "There is no such meeting, or you are not invited to it."


def _may_read(by: Actor) -> None:
    """Raise Refused unless they are of the force's people of the meeting, or take part for an agency."""
    access.check(by, READ if READ in by.permissions else TAKE_PART)


@access.reads
def meetings(kind: str, *, by: Actor, since: datetime, called_off: bool = False) -> tuple[MeetingView, ...]:
    """Return meetings of a kind that end after an instant, the next first; each counts what the reader may know.

    Those called off are left out unless they are asked for.
    """
    _may_read(by)
    rows = Meeting.objects.filter(kind=kind, ends_at__gte=since).order_by("starts_at")
    return meetings_in(rows if called_off else rows.exclude(state="called_off"))


@access.reads
def meeting(meeting_id: uuid.UUID, *, by: Actor) -> MeetingView:
    """Return one meeting, or raise Missing."""
    _may_read(by)
    found = meetings_in(Meeting.objects.filter(id=meeting_id))
    if not found:
        raise Missing(GONE)
    return found[0]


@access.reads
def agenda(meeting_id: uuid.UUID, *, by: Actor, first: int = 0, limit: int | None = None) -> tuple[AgendaLine, ...]:
    """Return the agenda, or a page of it, as this reader may know it, numbered without a gap; log whom it shows."""
    _may_read(by)
    rows = _items(meeting_id)[first : first + limit if limit else None]
    audit.record(
        by=by, action="consultation", sentence="meetings.agenda_read", subject=("meeting", meeting_id),
        people={person for row in rows for person in row.matter.people},
    )  # fmt: skip
    return tuple(_line(row, number) for number, row in enumerate(rows, first + 1))


@access.reads
def item(item_id: uuid.UUID, *, by: Actor, now: datetime) -> ItemView:
    """Return one case in a meeting with all that is known and said of it, or raise Missing."""
    _may_read(by)
    row = Item.objects.filter(id=item_id).select_related("matter").first()
    if row is None:
        raise Missing(GONE)
    rows = _items(row.meeting_id)
    number = next((place for place, one in enumerate(rows, 1) if one.id == row.id), 0)
    promised = of_matter(row.matter_id, by=by, now=now)
    here = {one.id for one in Action.objects.filter(item=row)}
    versions = tuple(map(_minute, Minute.objects.filter(item=row).order_by("-version")))
    return ItemView(
        line=_line(row, number),
        meeting=meetings_in(Meeting.objects.filter(id=row.meeting_id))[0],
        of=len(rows),
        research=research_in(Research.objects.filter(matter=row.matter).order_by("agency"), now),
        earlier=tuple(one for one in promised if one.id not in here),
        actions=tuple(one for one in promised if one.id in here),
        said=versions[0] if versions else None,
        versions=versions,
    )


@access.reads
def of_matter(matter_id: uuid.UUID, *, by: Actor, now: datetime) -> tuple[ActionView, ...]:
    """Return every action about a matter, open ones first, and log whom it is about."""
    _may_read(by)
    found = actions_in(Action.objects.filter(matter_id=matter_id), now)
    _log_matter(matter_id, "meetings.matter_read", by=by)
    return found


@access.reads
def research_of(matter_id: uuid.UUID, *, by: Actor, now: datetime) -> tuple[ResearchView, ...]:
    """Return what agencies were asked of a matter, as far as the reader may read their answers."""
    _may_read(by)
    _log_matter(matter_id, "meetings.research_read", by=by)
    return research_in(Research.objects.filter(matter_id=matter_id).order_by("agency"), now)


@access.reads
def answered(meeting_id: uuid.UUID, *, by: Actor) -> dict[uuid.UUID, tuple[int, int]]:
    """Return for each matter on an agenda how many agencies have answered, of how many; shows nobody."""
    access.check(by, READ)
    rows = Research.objects.filter(matter__items__meeting_id=meeting_id).values("matter_id")
    counted = rows.annotate(done=Count("answered_at"), asked=Count("id"))
    return {row["matter_id"]: (row["done"], row["asked"]) for row in counted}


@access.reads
def minutes(meeting_id: uuid.UUID, *, by: Actor, now: datetime) -> tuple[MinutedCase, ...]:
    """Return each case of a meeting with what was said and promised, as this reader may know it; log whom it shows."""
    _may_read(by)
    rows = list(_items(meeting_id))
    said: dict[uuid.UUID, list[MinuteView]] = defaultdict(list)
    for version in Minute.objects.filter(item__in=rows).order_by("-version"):
        said[version.item_id].append(_minute(version))
    promised = Action.objects.filter(item__in=rows)
    item_of = dict(promised.values_list("id", "item_id"))
    actions: dict[uuid.UUID | None, list[ActionView]] = defaultdict(list)
    for one in actions_in(promised, now):
        actions[item_of[one.id]].append(one)
    audit.record(
        by=by, action="consultation", sentence="meetings.minutes_read", subject=("meeting", meeting_id),
        people={person for row in rows for person in row.matter.people},
    )  # fmt: skip
    return tuple(
        MinutedCase(_line(row, number), tuple(said[row.id]), tuple(actions[row.id]))
        for number, row in enumerate(rows, 1)
    )


@access.reads
def minutes_of(matter_id: uuid.UUID, *, by: Actor) -> tuple[tuple[MeetingView, MinuteView], ...]:
    """Return the newest minutes of a matter from each meeting that heard it."""
    _may_read(by)
    found = []
    for row in Item.objects.filter(matter_id=matter_id).exclude(state="put_back").order_by("meeting__starts_at"):
        last = Minute.objects.filter(item=row).order_by("-version").first()
        if last:
            found.append((meetings_in(Meeting.objects.filter(id=row.meeting_id))[0], _minute(last)))
    return tuple(found)


@access.reads
def waiting(*, by: Actor, now: datetime, agency: str = "") -> tuple[tuple[ResearchView, ...], tuple[ActionView, ...]]:
    """Return research not answered while it still helps, and actions not done, soonest first."""
    _may_read(by)
    mine = Q(agency=agency) if agency else Q()
    unanswered = Research.objects.filter(mine, answered_at__isnull=True).exclude(matter__items__state="heard")
    asked = research_in(unanswered.order_by("due_at"), now)
    open_ones = actions_in(Action.objects.filter(mine, state="open").order_by("due_date"), now)
    ids = {one.matter_id for one in asked} | {one.matter_id for one in open_ones}
    audit.record(
        by=by, action="consultation", sentence="meetings.waiting_read", subject=("agency", agency or "all"),
        people={person for row in Matter.objects.filter(id__in=ids) for person in row.people},
    )  # fmt: skip
    return asked, open_ones


@access.reads
def owing(matters: Collection[uuid.UUID], *, by: Actor, now: datetime, cuts: Mapping[str, slice]) -> Owing:
    """Return a cut of the answers ("asked") of these matters and of the actions ("owed") that agencies owe the force.

    What is due soonest comes first. It says how many there are of each list cut, in all and overdue; the log names
    those in the cuts alone.
    """
    access.check(by, READ)
    answers, actions = _unanswered(matters) if "asked" in cuts else [], _not_done() if "owed" in cuts else []
    asked = [id for id, _ in answers[cuts.get("asked", slice(0))]]
    owed = [id for id, _ in actions[cuts.get("owed", slice(0))]]
    found = Owing(
        research_in(Research.objects.filter(id__in=asked).order_by("due_at", "id"), now) if asked else (),
        actions_in(Action.objects.filter(id__in=owed).order_by("due_date", "id"), now) if owed else (),
        {"asked": len(answers), "owed": len(actions)},
        sum(due_at is not None and due_at < now for _, due_at in answers),
        sum(due_date < clock.london_date(now) for _, due_date in actions),
    )
    ids = {one.matter_id for one in found.asked} | {one.matter_id for one in found.owed}
    audit.record(
        by=by, action="consultation", sentence="meetings.waiting_read", subject=("agency", "all"),
        people={person for row in Matter.objects.filter(id__in=ids) for person in row.people},
    )  # fmt: skip
    return found


def _unanswered(matters: Collection[uuid.UUID]) -> list[tuple[uuid.UUID, datetime | None]]:
    """Return what nobody has answered of the matters, and when it was due, soonest first."""
    rows = Research.objects.filter(answered_at__isnull=True, matter_id__in=matters).order_by("due_at", "id")
    return list(rows.values_list("id", "due_at"))


def _not_done() -> list[tuple[uuid.UUID, date]]:
    return list(Action.objects.filter(state="open").order_by("due_date", "id").values_list("id", "due_date"))


@access.reads
def asked_of(
    agency: str, matters: Collection[uuid.UUID], *, by: Actor, now: datetime, cut: slice
) -> tuple[tuple[ResearchView, ...], int]:
    """Return a cut of what an agency has not answered of the matters, due soonest first, and how many it is in all."""
    access.check(by, TAKE_PART)
    rows = Research.objects.filter(agency=agency, matter_id__in=matters, answered_at__isnull=True)
    rows = rows.exclude(matter__items__state="heard").order_by("due_at", "id")
    keys = list(rows.values_list("id", flat=True))
    found = research_in(Research.objects.filter(id__in=keys[cut]).order_by("due_at", "id"), now)
    _log_owing(agency, (one.matter_id for one in found), by=by)
    return found, len(keys)


@access.reads
def owed_by(agency: str, *, by: Actor, now: datetime, cut: slice) -> tuple[tuple[ActionView, ...], int]:
    """Return a cut of what an agency promised and has not done, due soonest first, and how many it is in all."""
    access.check(by, TAKE_PART)
    rows = Action.objects.filter(agency=agency, state="open").order_by("due_date", "id")
    keys = list(rows.values_list("id", flat=True))
    page = Action.objects.filter(id__in=keys[cut]).order_by("due_date", "id")
    found = actions_in(page, now)
    _log_owing(agency, (one.matter_id for one in found), by=by)
    return found, len(keys)


@access.reads
def invited(
    kind: str, *, by: Actor, now: datetime, since: datetime, cut: slice
) -> tuple[tuple[MeetingView, ...], bool]:
    """Return a cut of the meetings of a kind since an instant, and whether more follow.

    Those to come stand first, the next one at the head, then those over, the last one first. No case is counted.
    """
    access.check(by, TAKE_PART)
    ahead = Case(When(ends_at__gte=now, then=F("starts_at")), output_field=DateTimeField())
    rows = Meeting.objects.filter(kind=kind, ends_at__gte=since)
    size = cut.stop - (cut.start or 0)
    page = rows.order_by(ahead.asc(nulls_last=True), "-starts_at", "id")[cut.start : cut.stop + 1]
    found = meetings_in(page, count=False)
    return found[:size], len(found) > size


@access.reads
def settled(since: datetime, until: datetime, *, by: Actor) -> Settled:
    """Count research that fell due and actions that fell due within a time, for the measures; shows nobody."""
    access.check(by, READ)
    asked = Research.objects.filter(due_at__gte=since, due_at__lt=until).aggregate(
        all=Count("id"), in_time=Count("id", filter=Q(answered_at__lte=F("due_at")))
    )
    days = Action.objects.filter(due_date__gte=clock.london_date(since), due_date__lt=clock.london_date(until))
    owed = days.annotate(
        answered_on=TruncDate("answered_at", tzinfo=clock.LONDON)
    ).aggregate(  # an action is due by a day
        all=Count("id"), in_time=Count("id", filter=Q(answered_on__lte=F("due_date"), state="done"))
    )
    return Settled(asked["all"], asked["in_time"], owed["all"], owed["in_time"])


@access.reads
def action(action_id: uuid.UUID, *, by: Actor, now: datetime) -> ActionView:
    """Return one action, or raise Missing, and log whom it is about."""
    _may_read(by)
    found = actions_in(Action.objects.filter(id=action_id), now)
    if not found:
        raise Missing("There is no such action, or it is not yours to see.")
    _log_matter(found[0].matter_id, "meetings.action_read", by=by)
    return found[0]


@access.reads
def namesakes(matter_id: uuid.UUID, *, by: Actor) -> tuple[RulingView, ...]:
    """Return accounts that bear a name a matter is kept from, and those that were ruled on."""
    access.check(by, ARRANGE)
    wanted = {name for row in Kept.objects.filter(matter_id=matter_id) for name in row.names}
    ruled = {row.user_id: row for row in Ruling.objects.filter(matter_id=matter_id)}
    found = [u for u in User.objects.filter(is_active=True) if names.key(u.full_name) in wanted or u.id in ruled]
    return tuple(
        RulingView(
            user.id, user.full_name, user.agency, user.role, ruled[user.id].kept if user.id in ruled else True,
            ruled[user.id].because if user.id in ruled else "The same name. Until you say otherwise, nothing is shown.",
            ruled[user.id].by_name if user.id in ruled else "",
        )
        for user in found
    )  # fmt: skip


@access.reads
def holders(*, by: Actor) -> tuple[tuple[uuid.UUID, str, str, uuid.UUID, str, str], ...]:
    """Return whose record which account's holder has: link, account's name, agency, person, their name, why.

    Never the reader's own: nobody learns here that they were found in the records.
    """
    access.check(by, IDENTIFY)
    rows = AccountHolder.objects.filter(ended_at__isnull=True).exclude(user_id=by.id).select_related("user", "person")
    found = list(rows.prefetch_related("person__names").order_by("user__full_name"))
    audit.record(
        by=by, action="consultation", sentence="records.holders_read", subject=("accounts", len(found)),
        people=[row.person_id for row in found],
    )  # fmt: skip
    return tuple(
        (row.id, row.user.full_name, row.user.agency, row.person_id, full_name(row.person.names.all()), row.because)
        for row in found
    )


@access.reads
def accounts(*, by: Actor) -> tuple[tuple[uuid.UUID, str, str], ...]:
    """Return every account that can sign in: id, name, agency."""
    access.check(by, IDENTIFY)
    rows = User.objects.filter(is_active=True).order_by("full_name")
    return tuple(rows.values_list("id", "full_name", "agency"))


def _items(meeting_id: uuid.UUID) -> "QuerySet[Item, Item]":
    rows = Item.objects.filter(meeting_id=meeting_id).exclude(state="put_back")
    return rows.select_related("matter").order_by("position", "id")


def _line(row: Item, number: int) -> AgendaLine:
    return AgendaLine(row.id, row.matter_id, number, row.matter.reference, row.minutes, row.begun_at, row.ended_at)


def _minute(row: Minute) -> MinuteView:
    return MinuteView(row.version, row.facts, row.analysis, row.decision, row.because, row.at, row.by_name)


def _log_matter(matter_id: uuid.UUID, sentence: str, *, by: Actor) -> None:
    about = Matter.objects.filter(id=matter_id).first()
    if about is None:
        raise Missing("There is no such case, or it is not yours to see.")
    audit.record(by=by, action="consultation", sentence=sentence, subject=("matter", matter_id), people=about.people)


def _log_owing(agency: str, matters: Iterable[uuid.UUID], *, by: Actor) -> None:
    """Log whom a page shows."""
    about = Matter.objects.filter(id__in=set(matters)).values_list("people", flat=True)
    people = {person for people in about for person in people}
    audit.record(
        by=by, action="consultation", sentence="meetings.waiting_read", subject=("agency", agency), people=people
    )
