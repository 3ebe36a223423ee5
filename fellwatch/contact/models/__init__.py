"""Every table of the control room, for Django to find."""

from fellwatch.contact.models.attendance import AttendanceDecision, LowerGrade
from fellwatch.contact.models.handling import Advice, CallDraft, DeskItem, Grading, Handling, LogLine

__all__ = [
    "Advice",
    "AttendanceDecision",
    "CallDraft",
    "DeskItem",
    "Grading",
    "Handling",
    "LogLine",
    "LowerGrade",
]
