"""What is written down for readers is so: commands and their options, settings, kinds of file, steps."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
SOURCES = sorted((ROOT / "fellwatch").rglob("*.py"))
OPERATE = ROOT / "docs" / "runbooks" / "operate.md"
BLOCK = re.compile(r"^ *```[^\n]*\n(.*?)^ *```", re.DOTALL | re.MULTILINE)


def _code(page: Path) -> Iterator[str]:
    """Yield what a page shows as code: the lines of each block, and what stands between backticks."""
    text = page.read_text()
    for block in BLOCK.findall(text):
        yield from block.replace("\\\n", " ").splitlines()
    yield from (span.replace("\n", " ") for span in re.findall(r"`([^`]+)`", BLOCK.sub("", text)))


def _commands() -> dict[str, Path]:
    """Return what follows `fellwatch` wherever it is written as a command, and a page where it is."""
    command = re.compile(r"(?:^|[\s/])fellwatch ([a-z].*)")
    return {found[1]: page for page in PAGES for line in _code(page) if (found := command.search(line))}


def _unknown(words: str) -> str:
    """Return the first command or option that does not exist; empty where all do."""
    from fellwatch.cli.main import main

    command: click.Command | None = main
    for word in words.split():
        if word.startswith("--"):
            if word.partition("=")[0] not in _options(command):
                return word
        elif isinstance(command, click.Group):
            command = command.get_command(click.Context(command), word)
            if command is None:
                return word
    return ""


def _options(command: click.Command) -> set[str]:
    return {name for one in command.params for name in (*one.opts, *one.secondary_opts)} | {"--help"}


def test_every_command_and_option_that_is_written_down_exists():
    written = _commands()
    assert {"worker", "run --demonstration", "recognition warm"} <= written.keys(), "in a line and in a block"
    assert [f"{page.relative_to(ROOT)}: {words}" for words, page in written.items() if _unknown(words)] == []


def test_what_does_not_exist_is_told_from_what_does():
    assert _unknown("user add erin --role auditor --help") == ""
    assert _unknown("user add erin --rank auditor") == "--rank"
    assert _unknown("user promote erin") == "promote"
    assert _unknown("promote") == "promote"


def _read() -> set[str]:
    """Return every setting that the product reads from its environment."""
    named = re.compile(r'(?:environ(?:\.get\(|\[)|getenv\()"((?:FELLWATCH|DATABASE)_\w+)"')
    return {name for path in SOURCES for name in named.findall(path.read_text())}


def _rows() -> dict[str, str]:
    """Return what the table of settings says of each where it is not set."""
    rows = re.findall(r"^\| `((?:FELLWATCH|DATABASE)_\w+)` \|.*\|([^|]*)\|$", OPERATE.read_text(), re.MULTILINE)
    assert len(rows) == len(dict(rows)), "a setting has two rows"
    return dict(rows)


def test_every_setting_that_is_read_stands_in_the_operators_table_and_no_other():
    assert _rows().keys() == _read()


def test_what_a_setting_is_where_it_is_not_set_is_what_the_code_says():
    default = re.compile(r'environ\.get\("(FELLWATCH_\w+)", "([^"]+)"\)')
    found = {pair for path in SOURCES for pair in default.findall(path.read_text())}
    assert len(found) > 10
    assert {(name, value) for name, value in found if f"`{value}`" not in _rows()[name]} == set()


def test_no_page_names_a_setting_that_nothing_reads():
    named = {(name, page.name) for page in PAGES for name in re.findall(r"FELLWATCH_[A-Z_]*[A-Z]", page.read_text())}
    assert {pair for pair in named if pair[0] not in _read()} == set()


@pytest.mark.database
def test_every_kind_of_file_that_can_be_taken_in_is_named_where_an_operator_looks(database):
    from fellwatch.communities.imports import PREFIX
    from fellwatch.config.imports import IMPORTERS

    text = " ".join((ROOT / "docs/how-to/import-a-file.md").read_text().split())
    ours = [one.title.lower() for one in IMPORTERS if not one.name.startswith(PREFIX)]
    assert [title for title in ours if title not in text] == []


def test_steps_are_counted_without_a_gap():
    """A list begins at 1, and each step is one more than the one before it."""
    wrong = []
    for page in PAGES:
        last = 0
        for line in BLOCK.sub("", page.read_text()).splitlines():
            step = re.match(r"(\d+)\. ", line)
            if step and int(step[1]) not in (1, last + 1):
                wrong.append(f"{page.relative_to(ROOT)}: {line[:40]}")
            last = int(step[1]) if step else 0 if line.startswith("#") else last
    assert wrong == []
