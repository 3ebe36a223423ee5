"""Who may see and change orders. Conditions follow the order, so that patrol sees them whoever is protected."""

from fellwatch.foundation.access import Condition, Table, holds, with_parent

READ = "orders.read"
SERVE = "orders.serve"
"""Serve, and report a breach: what a constable does."""
WRITE = "orders.write"
"""Make, list, vary and end: what the team does that applied."""
BAIL = "orders.bail"
"""Make, lengthen, vary and end bail before charge, and nothing else: what custody and the investigator do."""
RUN = "orders.run"
"""Write down what has run out, in every compartment: a process holds it, nobody else."""

_bound = with_parent("records_person", "subject_id")
_protected = with_parent("records_person", "person_id")
_of_order = with_parent("orders_order", "order_id")
_makes = holds(WRITE) | holds(BAIL)
_constable = _makes | holds(SERVE)


def _child(name: str, sentence: str, write: Condition, *, changes: bool = False) -> Table:
    read = holds(READ) & _of_order
    if changes:
        return Table(name, read, write & _of_order, write & _of_order, retention="order", sentence=sentence)
    return Table(name, read, write & _of_order, retention="order", sentence=sentence)


TABLES = (
    Table(
        "orders_order",
        (holds(READ) & _bound) | holds(RUN),
        _makes & _bound,
        (_constable & _bound) | holds(RUN),
        retention="order",
        sentence="an order",
    ),
    Table(
        "orders_protected",
        holds(READ) & _of_order & _protected,
        _makes & _of_order & _protected,
        retention="order",
        sentence="whom an order protects",
    ),
    _child(
        "orders_condition",
        "a condition of an order",
        _makes & with_parent("records_place", "place_id"),
        changes=True,
    ),
    _child("orders_service", "service of an order", _constable),
    _child("orders_hearing", "a hearing", holds(WRITE), changes=True),
    _child("orders_breach", "a breach of an order", _constable, changes=True),
    _child("orders_orderevent", "what became of an order", _constable | holds(RUN)),
)
