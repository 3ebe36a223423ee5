"""Who chooses, who rings, who acts on what was told. A surveyor sees its own lines, and no record of the police.

Whoever is feared, is close to them or is named as excluded sees no line, whatever their role and agency.
"""

from fellwatch.foundation.access import Condition, Table, holds, own_agency, spared_by, with_parent

READ = "surveys.read"
CHOOSE = "surveys.choose"
SETTLE = "surveys.settle"
CODE = "surveys.code"
ASK = "surveys.ask"
CARRY = "surveys.carry"

_here = with_parent("records_incident", "incident_id") & with_parent("records_person", "person_id")
_own = holds(ASK) & own_agency("agency")
_line = with_parent("surveys_line", "line_id")


def _spared(matter: str) -> Condition:
    return spared_by("sharing_barred", matter, "person_id", "incident_id")


TABLES = (
    Table(
        "surveys_selection",
        holds(READ) | _own | holds(CARRY),
        holds(CHOOSE),
        retention="operational",
        sentence="a choosing of victims to ask",
    ),
    Table(
        "surveys_leftout",
        holds(READ) & _here & _spared("selection_id"),
        holds(CHOOSE) & _here,
        retention="incident",
        sentence="somebody who is not asked",
    ),
    Table(
        "surveys_line",
        ((holds(READ) & _here) | _own | holds(CARRY)) & _spared("id"),
        holds(CHOOSE) & _here,
        ((holds(SETTLE) & _here) | _own | holds(CARRY)) & _spared("id"),
        retention="incident",
        sentence="somebody to be asked",
    ),
    Table(
        "surveys_attempt",
        (holds(READ) | _own) & _line,
        _own & _line,
        retention="incident",
        sentence="a surveyor's call",
    ),
    Table(
        "surveys_answers",
        holds(READ) | _own,
        _own,
        holds(CODE),
        _own,
        retention="operational",
        sentence="answers to a survey",
    ),
    Table(
        "surveys_tie",
        _own & _line,
        _own & _line,
        remove=_own & _line,
        retention="incident",
        sentence="from whom answers came",
    ),
    Table(
        "surveys_told",
        ((holds(READ) & _here) | _own | holds(CARRY)) & _spared("line_id"),
        _own & _line,
        holds(SETTLE) & _here & _spared("line_id"),
        retention="safeguarding",
        sentence="what a surveyor was told",
    ),
    Table(
        "surveys_change",
        holds(READ),
        holds(CODE),
        holds(CODE),
        retention="operational",
        sentence="what is changed because of victims",
    ),
)
