"""Tables of sharing: agencies and their people, what was told to whom, what goes out by mail."""

from fellwatch.sharing.models.agencies import Agency, Agreement, Invitation, Member
from fellwatch.sharing.models.messages import Message
from fellwatch.sharing.models.reach import SafeContact, SafeContactEnd, SafeContactShare
from fellwatch.sharing.models.referrals import Exclusion, Feedback, Recall, Referral

__all__ = [
    "Agency",
    "Agreement",
    "Exclusion",
    "Feedback",
    "Invitation",
    "Member",
    "Message",
    "Recall",
    "Referral",
    "SafeContact",
    "SafeContactEnd",
    "SafeContactShare",
]
