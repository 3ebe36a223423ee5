"""Every write of assessments: a version of answers, and the form it belongs to from opening to review."""

from fellwatch.assessments.actions.filling import hand_in, save
from fellwatch.assessments.actions.recording import record
from fellwatch.assessments.actions.reviewing import review

__all__ = ["hand_in", "record", "review", "save"]
