"""What vulnerabilities ask of somebody in an incident, and the answers."""

from django.http import HttpRequest
from ninja import Router

from fellwatch.api import declared
from fellwatch.api.fields import Id
from fellwatch.api.keys import holder
from fellwatch.api.shapes import asking as shapes
from fellwatch.assessments import queries as assessments
from fellwatch.contact import actions, prompts
from fellwatch.contact.values import Invalid
from fellwatch.foundation import access, clock
from fellwatch.records import earlier
from fellwatch.records import queries as records

router = Router(tags=["Vulnerability"])


@router.get(
    "/incidents/{id}/people/{person_id}/prompts",
    operation_id="readPrompts",
    summary="What somebody's vulnerabilities ask, and the answers",
    response=shapes.Prompted,
    openapi_extra=declared.errors(declared.READ_ONE),
)
def read(request: HttpRequest, id: Id, person_id: Id) -> dict[str, object]:
    """Return the newest answers about somebody in an incident, how many are asked, and markers they suggest."""
    by, now = holder(request), clock.now()
    with access.acting(by):
        seen = records.incident(id, by=by, now=now)
        person_id = earlier.lead(person_id)
        parts = [part for part in seen.parts if part.person.id == person_id]
        if not parts:
            raise records.Missing("There is nobody such in this incident, or the record is restricted.")
        picked = list(dict.fromkeys(code for part in parts for code in part.vulnerabilities))
        said = assessments.of_people(id, prompts.CORE, by=by).get(person_id, {})
    on = clock.london_date(now)
    done = prompts.progress(picked, said, on)
    return {
        "vulnerabilities": picked,
        "answers": said,
        "asked": done.asked,
        "answered": done.answered,
        "markers": sorted(prompts.markers(picked, said, on)),
    }


@router.put(
    "/incidents/{id}/people/{person_id}/prompts/{prompts_id}",
    operation_id="answerPrompts",
    summary="Answer what vulnerabilities ask",
    response=shapes.Weighed,
    openapi_extra=declared.errors(declared.WRITE_NEW),
)
def answer(
    request: HttpRequest, id: Id, person_id: Id, prompts_id: Id, given: shapes.GivenPrompts
) -> dict[str, object]:
    """Keep answers as a new version under an id of the sender's; sent again, they stand once."""
    by, now = holder(request), clock.now()
    try:
        grade = actions.answer_prompts(
            id, person_id, given.answers, by=by, now=now, vulnerabilities=given.vulnerabilities, id=prompts_id
        )
    except Invalid as wrong:
        raise Invalid({_field(name): words for name, words in wrong.problems.items()}) from wrong
    return {"proposed_grade": grade}


def _field(name: str) -> str:
    return f"answers.{name.removeprefix('prompt-')}" if name.startswith("prompt-") else name
