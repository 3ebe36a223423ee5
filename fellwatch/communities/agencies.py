"""The agencies whose files are taken in: relevant authorities and those they commission."""

from collections.abc import Mapping

AGENCIES: Mapping[str, str] = {
    "social_care": "Children's social care",
    "adult_care": "Adult social care",
    "health_visiting": "Health visiting",
    "housing": "Housing",
    "probation": "Probation",
    "domestic_abuse_service": "Domestic abuse service",
}


def title(code: str) -> str:
    """Return an agency's name; a code that is no longer listed names itself."""
    return AGENCIES.get(code, code.replace("_", " ").capitalize())
