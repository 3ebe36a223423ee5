"""What a room declares about each of its tables: who may read, add to, change and delete rows."""

from dataclasses import dataclass

from fellwatch.foundation.access.conditions import Condition, nobody, sql


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

    def statements(self, role: str) -> list[str]:
        """Return the SQL that enforces the policy for the application role, replacing what stood before."""
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
            *(self._policy(verb, condition, role) for verb, condition in allowed),
        ]

    def _policy(self, verb: str, condition: Condition, role: str) -> str:
        test = sql(condition, self.name)
        clause = {"insert": f"with check ({test})", "update": f"using ({test}) with check ({test})"}
        return f'create policy fellwatch_{verb} on "{self.name}" for {verb} to {role} ' + clause.get(
            verb, f"using ({test})"
        )
