"""The handheld's own rules, run by Node, so that they can be held equal to Python's."""

import json
import subprocess
from pathlib import Path

from fellwatch.shell.build_assets import tools

RULES = Path(__file__).resolve().parent.parent.parent / "fellwatch" / "handheld" / "assets" / "js" / "rules"
RUN = """
import { readFileSync } from "node:fs"
const { cases, expression } = JSON.parse(readFileSync(0, "utf8"))
const [expressions, instruments, merging, turns] = await Promise.all(
  ["expressions", "instruments", "merging", "turns"].map((name) => import(`file://${process.argv[1]}/${name}.js`)))
const ask = new Function("expressions", "instruments", "merging", "turns", "given", `return ${expression}`)
process.stdout.write(JSON.stringify(cases.map((given) => ask(expressions, instruments, merging, turns, given) ?? null)))
"""


def answers(expression: str, cases: list[object]) -> list[object]:
    """Evaluate a JavaScript expression over each case, called `given`, with the handheld's rules at hand."""
    found = tools()
    done = subprocess.run(
        [*found.node, "--no-warnings", "--input-type=module", "--eval", RUN, str(RULES)],
        input=json.dumps({"cases": cases, "expression": expression}),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)
