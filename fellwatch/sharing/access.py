"""Who refers and who receives. A partner sees what its own agency was told, and nothing that it hangs on.

Whoever is feared, is close to them or is named as excluded receives nothing, whatever their role and agency.
"""

from pathlib import Path

from fellwatch.foundation.access import (
    Condition,
    Table,
    holds,
    own_agency,
    own_record,
    spared_by,
    unset,
    with_parent,
)

READ = "sharing.read"
REFER = "sharing.refer"
RECEIVE = "sharing.receive"
LEAD = "sharing.lead"
MANAGE = "sharing.manage"
CARRY = "sharing.carry"
REACH = "sharing.reach"
"""Read how somebody may safely be reached."""
SAY_REACH = "sharing.say_reach"
"""Write down how they may, and take it back."""
FLOOR = Path(__file__).with_name("barring.sql")

# Answers are carried back for every compartment, as the duty clock runs for every one.
_here = with_parent("records_incident", "incident_id") & with_parent("records_person", "person_id")
_spared = spared_by("sharing_barred", "about", "person_id", "incident_id")
_unkept = spared_by("sharing_unreached", "person_id")
_reached = with_parent("records_person", "person_id") & _unkept
_shared = holds(RECEIVE) & spared_by("sharing_unshared", "person_id") & _unkept
_rule = with_parent("sharing_safecontact", "rule_id")
_own = holds(RECEIVE) & own_agency("agency")
_force = holds(READ) & _here
_sends = holds(REFER) | holds(MANAGE) | holds(CARRY) | holds(LEAD)


def _for_both(partner: Condition, force: Condition) -> Condition:
    return (force | partner) & _spared


TABLES = (
    Table(
        "sharing_agency",
        holds(READ) | holds(MANAGE) | (holds(RECEIVE) & own_agency("code")),
        holds(CARRY) | holds(MANAGE),
        holds(CARRY) | holds(MANAGE),
        retention="operational",
        sentence="a partner agency",
    ),
    Table(
        "sharing_agreement",
        holds(READ) | holds(MANAGE) | (holds(RECEIVE) & own_agency("agency")),
        holds(CARRY) | holds(MANAGE),
        holds(CARRY) | holds(MANAGE),
        retention="operational",
        sentence="an agreement to share",
    ),
    Table(
        "sharing_member",
        holds(MANAGE) | holds(CARRY) | (holds(LEAD) & own_agency("agency")) | own_record("user_id"),
        holds(MANAGE) | holds(CARRY),
        holds(MANAGE) | holds(CARRY) | (holds(LEAD) & own_agency("agency")),
        retention="account",
        sentence="somebody of a partner agency",
    ),
    Table(
        "sharing_invitation",
        holds(MANAGE) | holds(CARRY) | (holds(LEAD) & own_agency("agency")),
        holds(MANAGE) | (holds(LEAD) & own_agency("agency")),
        holds(MANAGE) | holds(CARRY) | (holds(LEAD) & own_agency("agency")),
        retention="account",
        sentence="an invitation to the portal",
    ),
    Table(
        "sharing_exclusion",
        holds(READ) & with_parent("records_person", "person_id"),
        holds(REFER) & with_parent("records_person", "person_id"),
        retention="incident",
        sentence="somebody who may never receive a matter",
    ),
    Table(
        "sharing_referral",
        _for_both(_own & unset("recalled_at"), _force | holds(CARRY)),
        holds(REFER) & _here,
        ((holds(REFER) & _here) | _own) & _spared,
        retention="incident",
        sentence="a referral",
    ),
    Table(
        "sharing_recall",
        _for_both(_own, _force),
        holds(REFER) & _here,
        _own & _spared,
        retention="incident",
        sentence="a referral that was taken back",
    ),
    Table(
        "sharing_feedback",
        (holds(READ) & _here & _spared) | own_record("to_id") | holds(CARRY),
        (holds(REFER) & _here) | holds(CARRY),
        own_record("to_id"),
        retention="incident",
        sentence="what came of something that was raised",
    ),
    Table(
        "sharing_message",
        holds(MANAGE) | holds(CARRY),
        _sends,
        holds(MANAGE) | holds(CARRY),
        retention="operational",
        sentence="an outgoing message",
    ),
    Table(
        "sharing_safecontact",
        (holds(REACH) & _reached) | holds(CARRY) | _shared,
        holds(SAY_REACH) & _reached,
        retention="person",
        sentence="how somebody may safely be reached",
    ),
    Table(
        "sharing_safecontactshare",
        holds(REACH) & _reached,
        holds(SAY_REACH) & _reached,
        holds(SAY_REACH) & _reached,
        retention="person",
        sentence="that an agency may read how somebody is reached",
    ),
    Table(
        "sharing_safecontactend",
        ((holds(REACH) | holds(CARRY) | holds(RECEIVE)) & _rule),
        holds(SAY_REACH) & _rule,
        retention="person",
        sentence="that a way to reach somebody no longer holds",
    ),
)
