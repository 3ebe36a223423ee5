"""Telephone numbers nobody has: of a possible length, in ranges that are allocated to no one.

The mobile range 0761 and the five area codes are possible and invalid to `phonenumbers`; a test checks them.
"""

MOBILE = "+44761"
LANDLINES = ("+441990", "+441991", "+441996", "+441998", "+441999")
_MOBILES, _LANDLINES = 10_000_000, 1_000_000


def mobile(serial: int) -> str:
    """Return the mobile number of a serial below ten million; no two are the same."""
    return f"{MOBILE}{serial * 7_654_321 % _MOBILES:07d}"


def landline(serial: int) -> str:
    """Return the landline number of a serial below five million; no two are the same."""
    return f"{LANDLINES[serial // _LANDLINES]}{serial * 765_433 % _LANDLINES:06d}"
