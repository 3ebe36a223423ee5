"""An instrument as plain JSON, for an evaluator that is not Python."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

from fellwatch.rules.condition_data import to_data
from fellwatch.rules.expressions import All, AnyOf, Leaf, Not
from fellwatch.rules.instruments import Instrument

WHOLE = ("library", "every_section")
"""Questions of other variants, which this one does not ask."""


def as_data(instrument: Instrument) -> dict[str, object]:
    """Write an instrument as it is asked: conditions as the data they were read from."""
    return {one.name: _plain(getattr(instrument, one.name)) for one in fields(instrument) if one.name not in WHOLE}


def _plain(value: object) -> object:
    match value:
        case All() | AnyOf() | Not() | Leaf():
            return to_data(value)
        case tuple():
            return [_plain(one) for one in value]
        case _ if is_dataclass(value):
            return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
        case _:
            return value
