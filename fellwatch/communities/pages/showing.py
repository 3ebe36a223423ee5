"""A record and somebody it may be, as pages show them."""

from collections.abc import Mapping, Sequence

from fellwatch.communities.agencies import title
from fellwatch.communities.values import PairView, RecordView
from fellwatch.recognition import phones
from fellwatch.recognition.linkage.verdicts import read_steps
from fellwatch.records.values import PersonView
from fellwatch.rules.linkage import CAUTIONS

FIELDS: Mapping[str, str] = {
    "forename": "Forename",
    "surname": "Surname",
    "date_of_birth": "Date of birth",
    "household": "Household: telephone and address together",
    "identifier": "NHS number",
    "sex": "Sex",
}


def record(one: RecordView) -> dict[str, object]:
    """Return a partner's record in words."""
    return {
        "id": one.id,
        "agency": title(one.agency),
        "reference": one.reference,
        "name": one.name or "Name not known",
        "born": one.born,
        "sex": one.sex,
        "phone": phones.spoken(one.phone) if one.phone else "",
        "address": one.address,
        "number": one.nhs_number,
    }


def compared(one: RecordView, person: PersonView) -> Sequence[tuple[str, str, str]]:
    """Return the two side by side: field, theirs, ours."""
    ours = ", ".join(phones.spoken(number) for number in person.phones)
    names = "; ".join([person.name, *(f"{name} ({kind})" for kind, name in person.other_names)])
    return (
        ("Name", one.name or "Not said", names),
        ("Date of birth", one.born, str(person.born)),
        ("Sex", one.sex, person.sex),
        ("Telephone", phones.spoken(one.phone) if one.phone else "Not said", ours or "Not known"),
        ("Address", one.address or "Not said", person.address or "Not known"),
        ("NHS number", one.nhs_number or "Not said", "Not shown"),
    )[: 6 if one.nhs_number else 5]


def why(working: str, likelihood: float | None) -> dict[str, object] | None:
    """Return the waterfall of what spoke for and against, or None where a person said it without a model."""
    rows = [
        {"what": FIELDS.get(field, field), "said": words, "weight": bits}
        for field, _, words, bits in read_steps(working)
    ]
    if not rows:
        return None
    summary = (
        ""
        if likelihood is None
        else f"The model puts it at {percent(likelihood)}. Weights are in bits: one bit doubles the odds."
    )
    return {"summary": summary, "rows": rows}


def percent(likelihood: float) -> str:
    """Say a likelihood; never surer than a model can be."""
    if likelihood > 0.999:
        return "over 99.9 %"
    return f"{likelihood * 100:.1f} %" if likelihood > 0.99 else f"{likelihood * 100:.0f} %"


def pair(one: PairView) -> dict[str, object]:
    """Return a pair for its page."""
    return {
        "id": one.id,
        "record": record(one.record),
        "person_id": one.person.id,
        "person": one.person.name,
        "rows": compared(one.record, one.person),
        "likelihood": percent(one.likelihood),
        "caution": CAUTIONS.get(one.caution, ""),
        "why": why(one.working, one.likelihood),
        "warnings": [marker.kind.replace("_", " ") for marker in one.person.markers],
        "others": one.others,
        "waiting": one.waiting,
        "verdict": one.verdict,
        "decided_by": one.decided_by_name,
    }
