"""Who may see, do, supervise and decide at the door; and the row policies of the room."""

from pathlib import Path

from fellwatch.foundation.access import Table, holds, with_parent

READ = "response.read"
RESPOND = "response.respond"
SUPERVISE = "response.supervise"
DECIDE_CRIME = "response.decide_crime"
REFUSE_CRIME = "response.refuse_crime"
"""Decide that a crime is not to be recorded, on additional verifiable information."""

FLOOR = (Path(__file__).with_name("decided.sql"),)

_writes = holds(RESPOND) | holds(SUPERVISE)


def _of(parent: str, column: str, name: str, sentence: str, *, changes: bool = False) -> Table:
    """Return the policy of what hangs on a record: nothing can be hung on one its writer may not see."""
    write = (_writes | holds(DECIDE_CRIME)) & with_parent(parent, column)
    read = holds(READ) & with_parent(parent, column)
    if changes:
        return Table(name, read, write, write, retention="incident", sentence=sentence)
    return Table(name, read, write, retention="incident", sentence=sentence)


def _of_incident(name: str, sentence: str, *, changes: bool = False) -> Table:
    return _of("records_incident", "incident_id", name, sentence, changes=changes)


def _of_part(name: str, sentence: str, *, changes: bool = False) -> Table:
    """Return the policy of what is about one person in an incident: both must be seen."""
    both = with_parent("records_incident", "incident_id") & with_parent("records_person", "person_id")
    write = (_writes | holds(DECIDE_CRIME)) & both
    if changes:
        return Table(name, holds(READ) & both, write, write, retention="incident", sentence=sentence)
    return Table(name, holds(READ) & both, write, retention="incident", sentence=sentence)


TABLES = (
    _of_incident("response_attending", "who attends an incident", changes=True),
    _of_incident("response_clip", "a body-worn video reference"),
    _of_incident("response_exhibit", "an exhibit"),
    _of("response_exhibit", "exhibit_id", "response_exhibitmove", "where an exhibit went"),
    _of_part("response_suspect", "what became of a suspect", changes=True),
    _of("response_suspect", "suspect_id", "response_arrestattempt", "a try to arrest a suspect"),
    _of("response_suspect", "suspect_id", "response_release", "a release from custody", changes=True),
    _of("response_release", "release_id", "response_extension", "an extension of bail"),
    _of("response_release", "release_id", "response_bailappointment", "when bail is to be answered", changes=True),
    _of("response_release", "release_id", "response_bailvariation", "a change of the conditions of bail"),
    _of("response_release", "release_id", "response_prosecutorwait", "a wait for a charging decision", changes=True),
    _of_part("response_stance", "whether a victim supports action"),
    _of_part("response_evidencereview", "a review of evidence without the victim"),
    _of_part("response_update", "what a victim was told"),
    _of_part("response_supportreferral", "a referral to support"),
    Table(
        "response_nocrimerequest",
        holds(READ) & with_parent("assessments_disclosedcrime", "crime_id"),
        holds(DECIDE_CRIME) & with_parent("assessments_disclosedcrime", "crime_id"),
        holds(REFUSE_CRIME) & with_parent("assessments_disclosedcrime", "crime_id"),
        retention="incident",
        sentence="a request that a crime is none",
    ),
    Table(
        "response_crimedecision",
        holds(READ) & with_parent("assessments_disclosedcrime", "crime_id"),
        holds(DECIDE_CRIME) & with_parent("assessments_disclosedcrime", "crime_id"),
        holds(DECIDE_CRIME) & with_parent("assessments_disclosedcrime", "crime_id"),
        retention="incident",
        sentence="a decision about a crime",
    ),
)
