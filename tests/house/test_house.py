"""The house keeps its own habits: furniture, words, and what may never be committed."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = [p for p in (ROOT / "fellwatch").rglob("*.py") if "migrations" not in p.parts]
BANNED_MODULES = {"utils", "helpers", "base", "common", "manager", "service"}


def _committed() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def _texts() -> list[tuple[Path, str]]:
    found = []
    for path in _committed():
        try:
            found.append((path, path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def test_no_module_is_a_drawer_for_everything():
    assert [str(p) for p in SOURCES if p.stem in BANNED_MODULES] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_module_says_what_it_is_for(path):
    assert ast.get_docstring(ast.parse(path.read_text()))


def test_public_functions_say_what_they_do():
    """Rows of a table are told by their module; rules by the sentences they decide in."""
    silent = []
    for path in SOURCES:
        for node in ast.parse(path.read_text()).body:
            named = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if named and not _is_row(node) and "rules" not in path.parts and not ast.get_docstring(node):
                silent.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert silent == []


def _is_row(node) -> bool:
    return any(isinstance(base, ast.Name) and base.id == "NamedTuple" for base in getattr(node, "bases", ()))


def test_no_work_is_left_in_comments():
    words = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")
    assert [f"{p}: {m[0]}" for p in SOURCES if (m := words.search(p.read_text()))] == []


def test_days_and_times_are_said_as_on_an_officers_watch():
    """A moment is kept in UTC: all summer its hour is another in London, and after midnight its day."""
    in_utc = re.compile(r"(\bnow|_at)\.date\(\)|\{[\w.]*(\bnow|_at):%")
    found = [f"{p.relative_to(ROOT)}: {m[0]}" for p in SOURCES for m in in_utc.finditer(p.read_text())]
    assert found == ["fellwatch/sharing/delivering.py: {now:%"], "only a key that nobody reads is in UTC"


def test_rooms_do_not_touch_another_rooms_tables_from_pages():
    """Pages talk to queries and actions, never to models."""
    pages = [p for p in SOURCES if "pages" in p.relative_to(ROOT).parts]
    found = []
    for path in pages:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module and ".models" in node.module:
                if "accounts" not in node.module:
                    found.append(f"{path.relative_to(ROOT)} imports {node.module}")
    assert found == []


def test_actions_are_keyword_only_and_say_who_acts():
    silent = []
    for path in [*(ROOT / "fellwatch").rglob("actions.py"), *(ROOT / "fellwatch/contact/actions").glob("*.py")]:
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                named = {a.arg for a in node.args.kwonlyargs}
                pure = node.name in {"next_reference", "flags", "attendance"} or path.stem == "steps"
                if "by" not in named and not pure:
                    silent.append(f"{path.relative_to(ROOT)}:{node.name}")
    assert silent == []


def test_locks_name_no_place_of_download():
    for path in [*ROOT.glob("requirements/*"), ROOT / "package-lock.json", ROOT / ".npmrc"]:
        text = path.read_text()
        assert "http" not in re.sub(r'"(funding|url)": .*', "", text), path
        assert "resolved" not in text or path.name == ".npmrc", path
    assert not (ROOT / "uv.lock").exists()


def test_nothing_committed_names_a_package_registry():
    hosts = re.compile(r"(pypi\.org|pythonhosted\.org|registry\.npmjs|deb\.debian\.org)")
    assert [str(p) for p, text in _texts() if p.name != Path(__file__).name and hosts.search(text)] == []


def test_fictional_people_use_numbers_kept_for_drama():
    """Mobile numbers in tests and docs are Ofcom's drama numbers, or of the invented county's unused range."""
    number = re.compile(r"(?:\+44\s?|0)7\d{3}[\s]?\d{6}")
    wrong = []
    for path, text in _texts():
        if path.suffix in {".py", ".md", ".html", ".toml"} and "shared" not in path.parts:
            for match in number.findall(text):
                digits = re.sub(r"\D", "", match).removeprefix("44").removeprefix("0")
                if not digits.startswith("7700900"):
                    wrong.append(f"{path.relative_to(ROOT)}: {match}")
    assert wrong == []


def test_the_layers_in_the_contract_are_those_on_disk():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = {name.strip(" ()") for line in contracts[0]["layers"] for name in line.split("|")}
    packages = {p.parent.name for p in (ROOT / "fellwatch").glob("*/__init__.py")}
    assert layers == packages


def test_a_published_rule_is_what_its_digest_says():
    from fellwatch.rules.rulebook import load

    load(ROOT / "rulebook", "fellshire")


def test_nobody_is_made_a_person_without_a_search():
    """Rooms and doors add people by `recognition.creating`, which searches first; only what is imported is not."""
    free = {"recognition/creating.py", "records/actions.py", "records/sources.py"}
    found = []
    for path in SOURCES:
        name = str(path.relative_to(ROOT / "fellwatch"))
        calls = [n.func for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Call)]
        adds = any(getattr(f, "attr", getattr(f, "id", "")) in {"add_person", "add_new"} for f in calls)
        makes = any(ast.unparse(f).startswith("Person.objects") and "create" in ast.unparse(f) for f in calls)
        if (adds or makes) and name not in free and "demonstration" not in path.parts:
            found.append(name)
    assert found == []


def test_the_house_is_drawn_with_every_room_it_has():
    table = (ROOT / "docs" / "architecture.md").read_text()
    folders = {path.parent.name for path in (ROOT / "fellwatch").glob("*/__init__.py")}
    assert sorted(name for name in folders if f"{name}/`" not in table) == []
