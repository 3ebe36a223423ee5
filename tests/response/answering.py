"""An appointment to answer bail, for tests that are about something else."""

from datetime import datetime, timedelta


def soon(at: datetime):
    """Return one a fortnight on, with its exception: a decision is likely before the last day."""
    from fellwatch.response.values import NewAppointment

    why = "The telephone comes back from examination within ten days."
    return NewAppointment(at + timedelta(days=14), "Skelmoss police station", "decision_sooner", why)
