"""Every write of assessments: versions of answers, the form they belong to, its reviews and who owns its risk."""

from fellwatch.assessments.actions.filling import hand_in, save
from fellwatch.assessments.actions.owning import change_owner
from fellwatch.assessments.actions.prompting import add_prompt, end_prompt
from fellwatch.assessments.actions.recording import record
from fellwatch.assessments.actions.reviewing import review
from fellwatch.assessments.actions.second import Looked, look_at

__all__ = ["Looked", "add_prompt", "change_owner", "end_prompt", "hand_in", "look_at", "record", "review", "save"]
