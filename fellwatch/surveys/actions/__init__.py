"""Every write of surveys: choose, ring, answer, tell the team, put right, mark themes, say what changed."""

from fellwatch.surveys.actions.changing import add_change, finish_change, mark_themes
from fellwatch.surveys.actions.choosing import choose
from fellwatch.surveys.actions.ringing import answer, attempt, disclose, withdraw
from fellwatch.surveys.actions.settling import carry, put_right, refresh, settle

__all__ = [
    "add_change",
    "answer",
    "attempt",
    "carry",
    "choose",
    "disclose",
    "finish_change",
    "mark_themes",
    "put_right",
    "refresh",
    "settle",
    "withdraw",
]
