"""Telephone numbers in any format to international form. Pure."""

import re
from functools import lru_cache

import phonenumbers

from fellwatch.recognition.typed import Trouble

_WITHHELD = frozenset(
    {
        "withheld",
        "anonymous",
        "unknown",
        "private",
        "none",
        "unavailable",
        "restricted",
        "blocked",
        "payphone",
    }
)
_TOO_FEW = (phonenumbers.ValidationResult.TOO_SHORT, phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY)
_DIGITS = re.compile(r"\d")
_PLAIN = re.compile(r"0[1-37]\d{9}")
LONGEST = 40


@lru_cache(maxsize=4096)
def read(text: str) -> str | Trouble:
    """Return the number as E.164, "" when there is none (withheld, empty), or what is wrong with it.

    A number without a country is British. Ofcom's drama numbers and other unallocated ones are taken: a
    caller's line may be newer than the tables.
    """
    stripped = text.strip()
    if not stripped or any(word in _WITHHELD for word in stripped.lower().split()):
        return ""
    if _PLAIN.fullmatch(bare := stripped.replace(" ", "")):
        return "+44" + bare[1:]
    if len(stripped) > LONGEST:
        return Trouble("phone", "Enter a telephone number of at most 15 digits.")
    try:
        number = phonenumbers.parse(stripped.replace("(0)", ""), "GB")
    except phonenumbers.NumberParseException:
        return Trouble("phone", "Enter a telephone number, like 07700 900123 or +44 1632 960001, or ‘withheld’.")
    return _checked(number)


def spoken(number: str) -> str:
    """Write a stored number as people say it: 07700 900142; one from abroad keeps its country."""
    try:
        read = phonenumbers.parse(number, "GB")
    except phonenumbers.NumberParseException:
        return number
    at_home = phonenumbers.PhoneNumberFormat.NATIONAL, phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(read, at_home[read.country_code != 44])


def _checked(number: phonenumbers.PhoneNumber) -> str | Trouble:
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason in _TOO_FEW or _is_half_typed(number):
        return Trouble(
            "phone",
            "There are too few digits: searched as the start of a number. Add the area code if it is whole.",
        )
    if reason == phonenumbers.ValidationResult.TOO_LONG:
        return Trouble("phone", "The telephone number has too many digits. Check it against the line display.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _is_half_typed(number: phonenumbers.PhoneNumber) -> bool:
    """Nine digits are enough in a few British towns only; elsewhere the tenth is still to come."""
    short = len(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)) < len("+447700900123")
    return number.country_code == 44 and short and not phonenumbers.is_valid_number(number)


def beginning(text: str) -> str:
    """Return what a half-typed number begins with in E.164, or "" while fewer than seven digits stand."""
    digits = "".join(_DIGITS.findall(text.strip()[:LONGEST]))
    if text.strip().startswith("+"):
        whole = "+" + digits
    elif digits.startswith("00"):
        whole = "+" + digits[2:]
    else:
        whole = "+44" + digits.removeprefix("0")
    return whole if len(whole) >= 10 else ""
