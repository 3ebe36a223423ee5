"""The rulebook as pages: whole, and never behind its source."""

from __future__ import annotations

from pathlib import Path

from fellwatch.duties import calendar
from fellwatch.rules import render, rulebook

ROOT = Path(__file__).parents[2]


def pages() -> dict[str, str]:
    forces = [rulebook.load(ROOT / "rulebook", name) for name in rulebook.force_names(ROOT / "rulebook")]
    return render.pages(rulebook.load(ROOT / "rulebook"), forces, calendar.england_and_wales())


def test_the_written_pages_are_up_to_date() -> None:
    written = {file.name: file.read_text(encoding="utf-8") for file in (ROOT / "docs" / "rulebook").glob("*.md")}
    stale = [name for name, text in pages().items() if written.get(name) != text]
    assert not stale, "run: fellwatch rulebook render"
    assert set(written) == set(pages())


def test_every_rule_is_on_a_page_and_every_example_holds() -> None:
    everything = "\n".join(pages().values())
    for rule in rulebook.load(ROOT / "rulebook").rules.values():
        assert f"`{rule.id}` · kind {rule.kind}" in everything
    assert "DOES NOT HOLD" not in everything


def test_a_clock_is_shown_with_what_its_examples_come_to() -> None:
    clocks = pages()["clocks.md"]
    assert (
        "| Served on Friday night: Sunday stands still | Fri 16 Oct 2026 22:15 | by Mon 19 Oct 2026 22:15 |" in clocks
    )
    assert "or by Tue 29 Dec 2026 18:00" in clocks
