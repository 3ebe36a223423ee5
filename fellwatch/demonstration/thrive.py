"""THRIVE answers for a case, in a call taker's words."""

from fellwatch.demonstration.happenings import Case

NONE = "considered_none"
ELEMENTS = ("threat", "harm", "risk", "investigation", "vulnerability", "engagement")


def answers(case: Case) -> dict[str, object]:
    """Return complete answers to THRIVE for a case."""
    dangers = {name for name, answer in case.dangers.items() if answer == "yes"}
    return {
        "threat": case.summary if dangers else NONE,
        "harm": _harm(dangers),
        "risk": "High until somebody is there." if "suspect_present_or_returning" in dangers else NONE,
        "investigation": "Account from the victim; any cameras and messages." if case.crime else NONE,
        "vulnerability": _vulnerability(case),
        "engagement": "Wants a visit." if case.attend else "Content to be rung back.",
        "safeguarding_considered": "yes" if case.vulnerabilities else "no",
        **({"safeguarding_what": "Help desk to look at it."} if case.vulnerabilities else {}),
        "crime_disclosed": "yes" if case.crime else "no",
        **({"crime_which": "As described by the caller."} if case.crime else {}),
        "systems_checked": ["incidents", "markers"],
        "safety_advice": "Stay where it is safe and ring 999 if it changes." if dangers else NONE,
        "safe_contact": NONE,
        "reassess_when": "If anything changes before we get there." if case.attend else NONE,
    }


def _harm(dangers: set[str]) -> str:
    if "threat_to_life" in dangers:
        return "Death or serious injury."
    if dangers & {"violence", "weapon", "injury"}:
        return "Injury."
    return NONE


def _vulnerability(case: Case) -> str:
    if not case.vulnerabilities:
        return NONE
    return "Yes: " + ", ".join(word.replace("_", " ") for word in case.vulnerabilities) + "."
