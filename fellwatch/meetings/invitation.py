"""A meeting for a calendar: when, where, and nothing of what it is about. Serves RFC 5545."""

from datetime import datetime

from icalendar import Calendar, Event

from fellwatch.meetings.values import MeetingView


def calendar(meeting: MeetingView, *, address: str, now: datetime) -> bytes:
    """Return the meeting as an iCalendar file. A later one with a higher sequence takes the place of the first."""
    event = Event()
    event.add("uid", f"{meeting.id}@fellwatch")
    event.add("dtstamp", now)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    event.add("summary", meeting.title)
    event.add("location", meeting.place)
    event.add("sequence", meeting.sequence)
    event.add("status", "CANCELLED" if meeting.state == "called_off" else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("description", f"Chaired by {meeting.chair}. The agenda is read by signing in, never by mail: {address}")
    found = Calendar()
    found.add("prodid", "-//Fellwatch//Meetings//EN")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add_component(event)
    made: bytes = found.to_ical()
    return made
