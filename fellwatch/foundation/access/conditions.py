"""Conditions on a row, each able to answer in Python and to print itself as SQL.

One definition serves both floors, and a generated test holds the two answers equal.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from fellwatch.foundation.access.actor import Actor

Row = Mapping[str, object]


@dataclass(frozen=True)
class Condition:
    """A tree of tests on a row and the actor who asks for it."""

    kind: str
    argument: str = ""
    parts: tuple["Condition", ...] = ()
    parent: str = ""

    def __and__(self, other: "Condition") -> "Condition":
        return Condition("all", parts=(self, other))

    def __or__(self, other: "Condition") -> "Condition":
        return Condition("any", parts=(self, other))


anyone = Condition("anyone")
nobody = Condition("nobody")


def holds(permission: str) -> Condition:
    """True when the actor's role includes the permission."""
    return Condition("holds", permission)


def holds_named(column: str) -> Condition:
    """True when the actor's role includes the permission that the column names."""
    return Condition("holds_named", column)


def compartment(column: str = "compartment") -> Condition:
    """True when the row is in no compartment, or in one the actor is cleared for."""
    return Condition("compartment", column)


def own_record(column: str) -> Condition:
    """True when the column names the actor."""
    return Condition("own_record", column)


def own_agency(column: str) -> Condition:
    """True when the column names the actor's agency."""
    return Condition("own_agency", column)


def with_parent(table: str, column: str) -> Condition:
    """True when the actor may read the row of `table` that the column points to (or it points to none)."""
    return Condition("with_parent", column, parent=table)


def unset(column: str) -> Condition:
    """True while the column is empty."""
    return Condition("unset", column)


def spared_by(function: str, *columns: str) -> Condition:
    """True unless the SQL function says, of these columns, that the actor is barred from the row.

    A package that declares it lays `<function>` in its own SQL, with `<function>_any()`, which says once a statement
    whether the actor can be barred from anything at all.
    """
    return Condition("spared_by", ",".join(columns), parent=function)


def in_circle(column: str) -> Condition:
    """True when the column lists the actor's agency."""
    return Condition("in_circle", column)


def differs(column: str, value: str) -> Condition:
    """True when the column says something else than this code."""
    return Condition("differs", column, parent=value)


def apart_from(function: str, column: str) -> Condition:
    """True unless the column names one of what the actor is kept from, which the function lists.

    The function runs as the tables' owner and takes nothing: whoever is kept from a row learns nothing by asking.
    """
    return Condition("apart_from", column, parent=function)


def evaluate(
    condition: Condition,
    by: Actor,
    row: Row,
    parents: Mapping[str, bool],
    kept: Mapping[str, Collection[object]] | None = None,
) -> bool:
    """Answer for one row; `parents` says for each parent table if its row is readable, for a function if it bars;
    `kept` what each function lists."""
    match condition.kind:
        case "anyone":
            return True
        case "nobody":
            return False
        case "holds":
            return condition.argument in by.permissions
        case "holds_named":
            return row.get(condition.argument) in by.permissions
        case "compartment":
            value = row.get(condition.argument)
            return not value or value in by.compartments
        case "own_record":
            return str(row.get(condition.argument)) == str(by.id)
        case "own_agency":
            return row.get(condition.argument) == by.agency
        case "with_parent":
            return row.get(condition.argument) is None or parents[condition.parent]
        case "unset":
            return row.get(condition.argument) is None
        case "spared_by":
            return not parents.get(condition.parent, False)
        case "in_circle":
            listed = row.get(condition.argument)
            return isinstance(listed, list | tuple) and by.agency in listed
        case "differs":
            return row.get(condition.argument) != condition.parent
        case "apart_from":
            return row.get(condition.argument) not in (kept or {}).get(condition.parent, ())
        case "all":
            return all(evaluate(part, by, row, parents, kept) for part in condition.parts)
        case "any":
            return any(evaluate(part, by, row, parents, kept) for part in condition.parts)
    raise AssertionError(f"unknown condition {condition.kind}")


def sql(condition: Condition, table: str, parents: Mapping[str, Condition] = MappingProxyType({})) -> str:
    """Print the condition for a row policy on `table`; session values are read once per statement.

    `parents` says how tables that rows hang on are read: what their ids alone can tell is not asked of each parent.
    """
    match condition.kind:
        case "anyone":
            return "true"
        case "nobody":
            return "false"
        case "holds":
            return f"(select fellwatch_holds('{condition.argument}'))"
        case "holds_named":
            return f'fellwatch_holds("{table}"."{condition.argument}")'
        case "compartment":
            column = f'"{table}"."{condition.argument}"'
            return f"(coalesce({column}, '') = '' or {column} = any((select fellwatch_compartments())::text[]))"
        case "own_record":
            return f'"{table}"."{condition.argument}" = (select fellwatch_actor())'
        case "own_agency":
            return f'"{table}"."{condition.argument}" = (select fellwatch_value(\'agency\'))'
        case "with_parent":
            column, parent = f'"{table}"."{condition.argument}"', condition.parent
            told, whole = by_id(parents.get(parent, nobody), parent, column)
            asked = f'exists (select 1 from "{parent}" p where p.id = {column})'
            return "(" + " or ".join([f"{column} is null", *told, *([] if whole else [asked])]) + ")"
        case "unset":
            return f'"{table}"."{condition.argument}" is null'
        case "spared_by":
            columns = ", ".join(f'"{table}"."{column}"' for column in condition.argument.split(","))
            return f"((select not {condition.parent}_any()) or not {condition.parent}({columns}))"
        case "in_circle":
            return f'(select fellwatch_value(\'agency\')) = any("{table}"."{condition.argument}")'
        case "differs":
            return f'"{table}"."{condition.argument}" is distinct from \'{condition.parent}\''
        case "apart_from":
            return _apart(condition.parent, f'"{table}"."{condition.argument}"')
        case "all":
            return "(" + " and ".join(sql(part, table, parents) for part in condition.parts) + ")"
        case "any":
            return "(" + " or ".join(sql(part, table, parents) for part in condition.parts) + ")"
    raise AssertionError(f"unknown condition {condition.kind}")


def by_id(condition: Condition, table: str, column: str) -> tuple[list[str], bool]:
    """Print for which rows of `table` their id, which `column` holds, is enough to say that they may be read.

    Returns such tests, each enough by itself, and whether they are all there are: if not, the row itself must be asked.
    The few rows that are hidden stand in the table's own view, so that nobody looks up the many that are not.
    """
    match condition.kind:
        case "anyone" | "holds":
            return [sql(condition, table)], True
        case "compartment":
            return [f'not exists (select 1 from "{hidden(table)}" p where p.id = {column})'], True
        case "apart_from" if condition.argument == "id":
            return [_apart(condition.parent, column)], True
        case "any":
            found = [by_id(part, table, column) for part in condition.parts]
            return [test for tests, _ in found for test in tests], all(whole for _, whole in found)
        case "all":
            found = [by_id(part, table, column) for part in condition.parts]
            each = ["(" + " or ".join(tests) + ")" for tests, _ in found if tests]
            whole = all(whole for _, whole in found)
            return (["(" + " and ".join(each) + ")"] if len(each) == len(found) else []), whole
    return [], False


def _apart(function: str, column: str) -> str:
    return f"({column} = any((select {function}())::uuid[])) is not true"


def hidden(table: str) -> str:
    """Return the name of the view of what compartments hide, of a table, from whoever asks."""
    return f"{table}_hidden"
