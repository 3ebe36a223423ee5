"""Who may see and do what: Python decides with reasons, row-level security is the floor under it.

Every room writes its rules once, as `Table` values in its `access.py`; both floors are made from them.
Serves DPA 2018 s.35-37 and s.40. See `docs/adr/0001-session-values.md`.
"""

from fellwatch.foundation.access.actor import Actor, Decision, Refused, can, check
from fellwatch.foundation.access.conditions import (
    Condition,
    anyone,
    apart_from,
    compartment,
    differs,
    holds,
    holds_named,
    in_circle,
    nobody,
    own_agency,
    own_record,
    spared_by,
    unset,
    with_parent,
)
from fellwatch.foundation.access.session import NotActing, acting, apart, at_end, current, narrowed, reads, require
from fellwatch.foundation.access.tables import Table

__all__ = [
    "Actor",
    "Condition",
    "Decision",
    "NotActing",
    "Refused",
    "Table",
    "acting",
    "anyone",
    "apart",
    "apart_from",
    "at_end",
    "can",
    "check",
    "compartment",
    "current",
    "differs",
    "holds",
    "holds_named",
    "in_circle",
    "narrowed",
    "nobody",
    "own_agency",
    "own_record",
    "reads",
    "require",
    "spared_by",
    "unset",
    "with_parent",
]
