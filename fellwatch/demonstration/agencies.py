"""The partner agencies of the county, each ready to receive referrals at its own door."""

from fellwatch.foundation.access import Actor
from fellwatch.sharing import actions

AGENCIES = (
    ("larch-refuge", "Larch Refuge", "domestic_abuse", "07700 900320"),
    ("fellshire-children", "Fellshire children's social care", "children", "07700 900321"),
    ("fellshire-adults", "Fellshire adult social care", "adults", "07700 900322"),
    ("fells-homes", "Fells Homes", "housing", "07700 900323"),
)


def fill(*, by: Actor) -> int:
    """Put the agencies in, or restore them; return how many there are."""
    for code, name, kind, telephone in AGENCIES:
        actions.add_agency(code, name, kind, by=by, telephone=telephone)
    return len(AGENCIES)
