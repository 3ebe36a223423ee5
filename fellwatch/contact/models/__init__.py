"""Every table of the control room, for Django to find."""

from fellwatch.contact.models.attendance import AttendanceDecision, LowerGrade
from fellwatch.contact.models.crisis import Consultation, Detention, PlaceOfSafety, Shortfall
from fellwatch.contact.models.handling import (
    Advice,
    CallDraft,
    ClosingNote,
    DeskItem,
    DeskReview,
    Grading,
    Handling,
    LogLine,
)
from fellwatch.contact.models.live import Listening, LiveAdvice

__all__ = [
    "Advice",
    "AttendanceDecision",
    "CallDraft",
    "ClosingNote",
    "Consultation",
    "DeskItem",
    "DeskReview",
    "Detention",
    "Grading",
    "Handling",
    "Listening",
    "LiveAdvice",
    "LogLine",
    "LowerGrade",
    "PlaceOfSafety",
    "Shortfall",
]
