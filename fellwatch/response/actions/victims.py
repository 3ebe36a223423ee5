"""Stand by victims: what they want, what they are told, who supports them, whether a case goes on without them."""

import uuid
from datetime import datetime

from fellwatch.duties import actions as duties
from fellwatch.foundation import access, ids
from fellwatch.foundation.access import Actor
from fellwatch.response import checks
from fellwatch.response.access import RESPOND
from fellwatch.response.actions import steps
from fellwatch.response.models import EvidenceReview, Stance, SupportReferral, Update
from fellwatch.sharing.reach import checks as reach
from fellwatch.sharing.reach import words as reaching

STANCES = ("yes", "undecided", "no", "withdrawn", "not_known")
AGAINST = frozenset({"no", "withdrawn"})
SUPPORT = "victim_support_referral"


def take_stance(
    incident_id: uuid.UUID,
    person_id: uuid.UUID,
    stance: str,
    *,
    words: str,
    statement_taken: bool,
    by: Actor,
    now: datetime,
    id: uuid.UUID | None = None,
) -> None:
    """Keep whether a victim supports action. One who does not starts a clock: somebody must look for other evidence."""
    access.check(by, RESPOND, subject=("incident", str(incident_id)))
    checks.stop(
        {} if stance in STANCES else {"stance": "Choose what the victim says."},
        checks.words("words", words, "Say why, in their words.") if stance in AGAINST else checks.short("words", words),
    )
    with steps.turn(id or incident_id, by=by):
        steps.incident(incident_id)
        person_id = steps.person(person_id)
        if id and steps.sent_before(Stance, id, incident_id=incident_id, stance=stance):
            return
        noted_stance(incident_id, person_id, stance, words, statement_taken, by=by, now=now, id=id)


def noted_stance(
    incident_id: uuid.UUID,
    person_id: uuid.UUID,
    stance: str,
    words: str,
    statement_taken: bool,
    *,
    by: Actor,
    now: datetime,
    id: uuid.UUID | None = None,
) -> None:
    """Store a stance unless it is the one that stands. A step of actions that check."""
    newest = Stance.objects.filter(incident_id=incident_id, person_id=person_id).order_by("-at").first()
    if newest and (newest.stance, newest.words) == (stance, words.strip()):
        return
    Stance.objects.create(
        id=id or ids.new(),
        incident_id=incident_id,
        person_id=person_id,
        stance=stance,
        words=words.strip(),
        statement_taken=statement_taken,
        at=now,
        by_id=by.id,
        by_name=by.name,
    )
    if stance in AGAINST and (newest is None or newest.stance not in AGAINST):
        fact = duties.Fact("victim.withdrew", now)
        duties.note(fact, by=by, now=now, incident_id=incident_id, person_id=person_id)
    steps.logged(incident_id, "stance_taken", by=by, people=[person_id], stance=stance)


def review_evidence(
    incident_id: uuid.UUID,
    person_id: uuid.UUID,
    *,
    goes_on: bool,
    words: str,
    by: Actor,
    now: datetime,
    id: uuid.UUID | None = None,
) -> None:
    """Say what evidence there is without the victim, and whether the case goes on."""
    access.check(by, RESPOND, subject=("incident", str(incident_id)))
    checks.stop(checks.words("words", words, "Say what evidence there is, or what was looked for and not found."))
    with steps.turn(id or incident_id, by=by):
        person_id = steps.person(person_id)
        who = (incident_id, person_id)
        if not _kept(EvidenceReview, who, id, goes_on=goes_on, words=words.strip(), by=by, now=now):
            return
        duties.meet("evidence_led_review", incident_id=incident_id, person_id=person_id, by=by, now=now)
        steps.logged(incident_id, "evidence_reviewed", by=by, people=[person_id], goes_on=goes_on)


def tell(
    incident_id: uuid.UUID,
    person_id: uuid.UUID,
    *,
    means: str,
    to: str,
    words: str,
    by: Actor,
    now: datetime,
    id: uuid.UUID | None = None,
) -> None:
    """Say that a victim was told, how and what: everything they were owed until now is met.

    A call, a text, a letter or a visit to a number or address that was not said to be safe now is refused.
    """
    access.check(by, RESPOND, subject=("incident", str(incident_id)))
    checks.stop(
        checks.words("words", words, "Say what they were told, and what they said."),
    )
    with steps.turn(id or incident_id, by=by):
        person_id = steps.person(person_id)
        who = (incident_id, person_id)
        if not (id and Update.objects.filter(id=id).exists()):
            checks.stop(reach.unsafe(person_id, means, to, now))
        how = reaching.reached(means, to)
        if not _kept(Update, who, id, how=how, words=words.strip(), by=by, now=now):
            return
        duties.meet("victim_update", incident_id=incident_id, by=by, now=now, person_id=person_id)
        steps.logged(incident_id, "victim_told", by=by, people=[person_id])


def refer_to_support(
    incident_id: uuid.UUID,
    person_id: uuid.UUID,
    *,
    wanted: bool,
    service: str,
    by: Actor,
    now: datetime,
    id: uuid.UUID | None = None,
) -> None:
    """Refer a victim to a support service, or keep that they were offered one and said no.

    What they were owed is met; what a call owed to victims without naming one, once every victim was offered it.
    """
    access.check(by, RESPOND, subject=("incident", str(incident_id)))
    checks.stop(checks.words("service", service, "Name the service.", 200) if wanted else {})
    with steps.turn(id or incident_id, by=by):
        person_id = steps.person(person_id)
        who = (incident_id, person_id)
        if not _kept(SupportReferral, who, id, wanted=wanted, service=service.strip(), by=by, now=now):
            return
        duties.meet(SUPPORT, incident_id=incident_id, person_id=person_id, by=by, now=now)
        if _all_offered(incident_id):
            duties.meet(SUPPORT, incident_id=incident_id, by=by, now=now)
        steps.logged(incident_id, "support_referred", by=by, people=[person_id], wanted=wanted)


def _all_offered(incident_id: uuid.UUID) -> bool:
    offered = SupportReferral.objects.filter(incident_id=incident_id).values_list("person_id", flat=True)
    return set(steps.victims(incident_id)) <= set(offered)


def _kept(
    model: type[steps.Kept],
    who: tuple[uuid.UUID, uuid.UUID],
    id: uuid.UUID | None,
    *,
    by: Actor,
    now: datetime,
    **told: object,
) -> bool:
    """Keep what was told about a victim of an incident; return False where this very sending stands already."""
    incident_id, person_id = who
    steps.incident(incident_id)
    if id and steps.sent_before(model, id, incident_id=incident_id, person_id=person_id):
        return False
    model._default_manager.create(
        id=id or ids.new(), incident_id=incident_id, person_id=person_id, at=now, by_id=by.id, by_name=by.name, **told
    )
    return True
