"""Papers for the person bound and for the court: a notice, an application pack, a statement of service.

Set by typst from plain values; nothing is fetched, and the same values give the same page.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import typst

HERE = Path(__file__).resolve().parent
Name = Literal["agenda", "handover", "hub", "minutes", "notice", "pack", "service"]


def pdf(name: Name, values: Mapping[str, object]) -> bytes:
    """Return a paper as one PDF file."""
    made = typst.compile(str(HERE / f"{name}.typ"), root=str(HERE), format="pdf", sys_inputs=_inputs(values))
    assert isinstance(made, bytes)
    return made


def pages(name: Name, values: Mapping[str, object], *, ppi: float = 72) -> list[bytes]:
    """Return a paper as one PNG picture a page, to be looked at."""
    made = typst.compile(str(HERE / f"{name}.typ"), root=str(HERE), format="png", ppi=ppi, sys_inputs=_inputs(values))
    return [made] if isinstance(made, bytes) else [one for one in made or [] if isinstance(one, bytes)]


def words(name: Name, values: Mapping[str, object]) -> str:
    """Return what a paper says, page after page, as its headings and paragraphs are set."""
    compiler = typst.Compiler(str(HERE / f"{name}.typ"), root=str(HERE), sys_inputs=_inputs(values))
    found = json.loads(compiler.query("<said>", field="value"))
    return "\n".join(str(one) for one in found)


def _inputs(values: Mapping[str, object]) -> dict[str, str]:
    return {"values": json.dumps(values)}
