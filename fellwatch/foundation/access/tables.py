"""What a room declares about each of its tables: who may read, add to, change and delete rows."""

from collections.abc import Mapping
from dataclasses import dataclass

from fellwatch.foundation.access.conditions import Condition, compartment, hidden, nobody, sql


@dataclass(frozen=True)
class Table:
    """The row policy of one table, with its retention class and the sentence the log uses for its rows."""

    name: str
    read: Condition
    add: Condition = nobody
    change: Condition = nobody
    remove: Condition = nobody
    retention: str = "operational"
    sentence: str = ""

    @property
    def hides(self) -> bool:
        """Say whether compartments, and nothing else about a row, hide it from whoever reads the table at all."""
        return compartment() in self.read.parts and {part.kind for part in self.read.parts} == {"holds", "compartment"}

    def view(self, role: str) -> list[str]:
        """Return the SQL of the view that names which rows their compartments hide from whoever asks.

        It runs as the tables' owner: the few that are hidden are found by an index.
        """
        cleared = "(select fellwatch_compartments())::text[]"
        return [
            f'create or replace view "{hidden(self.name)}" as select id from "{self.name}" '
            f"where not (compartment = '') and compartment <> all ({cleared})",
            f'grant select on "{hidden(self.name)}" to {role}',
        ]

    def statements(self, role: str, parents: Mapping[str, Condition]) -> list[str]:
        """Return the SQL that enforces the policy for the application role, replacing what stood before.

        `parents` is asked where rows are read alone. Whoever writes is refused alike what is hidden and what is not
        there at all.
        """
        verbs = [
            ("select", self.read),
            ("insert", self.add),
            ("update", self.change),
            ("delete", self.remove),
        ]
        allowed = [(verb, condition) for verb, condition in verbs if condition != nobody]
        grants = ", ".join(verb for verb, _ in allowed)
        return [
            f'alter table "{self.name}" enable row level security',
            f'revoke all on "{self.name}" from {role}',
            *([f'grant {grants} on "{self.name}" to {role}'] if grants else []),
            *(f'drop policy if exists fellwatch_{verb} on "{self.name}"' for verb, _ in verbs),
            *(
                self._policy(verb, sql(condition, self.name, parents if verb == "select" else {}), role)
                for verb, condition in allowed
            ),
        ]

    def _policy(self, verb: str, test: str, role: str) -> str:
        clause = {"insert": f"with check ({test})", "update": f"using ({test}) with check ({test})"}
        return f'create policy fellwatch_{verb} on "{self.name}" for {verb} to {role} ' + clause.get(
            verb, f"using ({test})"
        )
