"""Every write of sharing: refer and take back; the agency's own steps; agencies, their people, messages."""

from fellwatch.sharing.actions.agencies import (
    NewAgency,
    add_agency,
    agree,
    close_agency,
    exclude,
    identify,
    register_agency,
)
from fellwatch.sharing.actions.answering import (
    answer_referral,
    answer_research,
    complete_referral,
    confirm_recall,
    open_referral,
)
from fellwatch.sharing.actions.joining import invite, join, leave, restore_members, withdraw_invitation
from fellwatch.sharing.actions.messages import bounced, message, record_attempt, send_again
from fellwatch.sharing.actions.referring import recall, refer, remind, tell_back

__all__ = [
    "NewAgency",
    "add_agency",
    "agree",
    "answer_referral",
    "answer_research",
    "bounced",
    "close_agency",
    "complete_referral",
    "confirm_recall",
    "exclude",
    "identify",
    "invite",
    "join",
    "leave",
    "message",
    "open_referral",
    "recall",
    "record_attempt",
    "refer",
    "register_agency",
    "remind",
    "restore_members",
    "send_again",
    "tell_back",
    "withdraw_invitation",
]
