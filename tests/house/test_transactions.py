"""Only the foundation opens and splits transactions: else what one part gathered would outlive its being undone."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
OWNERS = {"recognition/index.py", "foundation/database/floor.py", "foundation/access/session.py"}
"""The last opens actors' transactions; the others run as the tables' owner, log nothing, and join no actor's."""


def test_rooms_split_a_transaction_only_by_what_the_foundation_offers():
    found = []
    for path in sorted((ROOT / "fellwatch").rglob("*.py")):
        name = str(path.relative_to(ROOT / "fellwatch"))
        calls = [ast.unparse(n.func) for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Call)]
        if name not in OWNERS and any(c.startswith(("transaction.atomic", "transaction.savepoint")) for c in calls):
            found.append(name)
    assert found == []
