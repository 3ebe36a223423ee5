"""The handheld's own rules, run by Node, so that they can be held equal to Python's."""

import atexit
import json
import subprocess
from functools import cache
from pathlib import Path

from fellwatch.shell.build_assets import tools

RULES = Path(__file__).resolve().parent.parent.parent / "fellwatch" / "handheld" / "assets" / "js" / "rules"
RUN = """
import { createInterface } from "node:readline"
const [expressions, instruments, merging, turns] = await Promise.all(
  ["expressions", "instruments", "merging", "turns"].map((name) => import(`file://${process.argv[1]}/${name}.js`)))
for await (const line of createInterface({ input: process.stdin })) {
  let said
  try {
    const { cases, expression } = JSON.parse(line)
    const ask = new Function("expressions", "instruments", "merging", "turns", "given", `return ${expression}`)
    said = { found: cases.map((given) => ask(expressions, instruments, merging, turns, given) ?? null) }
  } catch (wrong) {
    said = { wrong: String(wrong.stack) }
  }
  process.stdout.write(JSON.stringify(said) + "\\n")
}
"""


def answers(expression: str, cases: list[object]) -> list[object]:
    """Evaluate a JavaScript expression over each case, called `given`, with the handheld's rules at hand."""
    node = _node()
    node.stdin.write(json.dumps({"cases": cases, "expression": expression}) + "\n")
    node.stdin.flush()
    said = json.loads(node.stdout.readline() or '{"wrong": "Node ended; what it said stands above."}')
    if "wrong" in said:
        raise RuntimeError(said["wrong"])
    return said["found"]


@cache
def _node() -> subprocess.Popen:
    """Start Node once for the whole run: a property asks it a hundred times. It ends when nobody writes any more."""
    run = [*tools().node, "--no-warnings", "--input-type=module", "--eval", RUN, str(RULES)]
    node = subprocess.Popen(run, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    atexit.register(node.stdin.close)
    return node
