"""Say what is wrong with a field, and what to do, for everything that the schemas refuse by themselves."""

from collections.abc import Mapping, Sequence
from typing import Any

from fellwatch.api.fields import PLAIN
from fellwatch.foundation import plain

_WORDS = {
    "missing": "This is needed.",
    "extra_forbidden": "There is no field of this name. Take it out, or look at its spelling.",
    "string_type": "This needs words, in quotation marks.",
    "string_unicode": plain.REFUSED,
    "list_type": "This needs a list.",
    "dict_type": "This needs an object.",
    "model_type": "This needs an object.",
    "model_attributes_type": "This needs an object.",
    "bool_parsing": "Say true or false.",
    "bool_type": "Say true or false.",
    "int_parsing": "This needs a whole number.",
    "int_type": "This needs a whole number.",
}


def explain(error: Mapping[str, Any]) -> str:
    """Turn one finding of the schema into a sentence that says what to do."""
    known = error.get("ctx", {})
    match error["type"]:
        case "string_too_long":
            return f"This is {len(error['input']):,} characters; keep it to {known['max_length']:,}."
        case "string_too_short":
            return "This may not be empty."
        case "too_long":
            return f"These are {known['actual_length']} entries; keep it to {known['max_length']}."
        case "string_pattern_mismatch" if known["pattern"] == PLAIN:
            return plain.REFUSED
        case "string_pattern_mismatch":
            return "This is not a code: use small letters, digits, _ and ."
        case "literal_error":
            return f"Choose one of: {known['expected']}."
        case "value_error":
            return str(error["msg"]).removeprefix("Value error, ")
    return _WORDS.get(error["type"], f"{error['msg']}.")


def field_name(location: Sequence[int | str], *, alone: bool) -> str:
    """Return where it stands in what was sent: `people.0.role`. A body's own name is nobody's business."""
    return ".".join(str(part) for part in (location[1:] if alone else location)) or "body"
