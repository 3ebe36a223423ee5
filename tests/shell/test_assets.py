"""What a browser fetches on its first visit is small, ours, and carries nothing reserved to others."""

import gzip
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
BUILT = ROOT / "build" / "static"
FIRST_VISIT = ("fellwatch.css", "fellwatch.js", "call.js", "live.js", "images/mark.svg")
LIMIT = 150_000


@pytest.fixture(scope="module")
def built() -> Path:
    if not (BUILT / "fellwatch.css").exists():
        pytest.skip("The assets are not built: run make assets.")
    return BUILT


def test_everything_a_first_visit_fetches_is_under_the_limit_when_compressed(built: Path) -> None:
    total = sum(len(gzip.compress((built / name).read_bytes(), 9)) for name in FIRST_VISIT)
    assert total < LIMIT


def test_maps_are_fetched_only_where_a_page_asks_for_them() -> None:
    pages = [file for file in (ROOT / "fellwatch").rglob("*.html") if "map.js" in file.read_text()]
    assert all("base.html" not in file.name for file in pages)


def test_no_reserved_typeface_crown_or_name_is_shipped(built: Path) -> None:
    said = (built / "fellwatch.css").read_text() + (built / "fellwatch.js").read_text()
    assert "GDS Transport" not in said
    assert "@font-face" not in said
    assert not list(built.rglob("*crown*")) + list(built.rglob("*crest*")) + list(built.rglob("*.woff*"))


UNSTYLED = {"govuk-table__body", "govuk-table__row"}
"""Names that the design system gives and its own sheet does not style."""


def test_the_sheet_has_every_part_of_the_design_system_that_a_page_uses(built: Path) -> None:
    """Only what pages use is in the sheet; a page that uses something more adds it to `_components.scss`."""
    sheet = (built / "fellwatch.css").read_text()
    parts = (ROOT / "fellwatch/shell/assets/sass/_components.scss").read_text()
    for page in (ROOT / "fellwatch").rglob("*.html"):
        words = page.read_text()
        named = {one for said in re.findall(r'class="([^"{]*)', words) for one in said.split()}
        used = {one for one in named if one.startswith(("govuk-", "moj-"))} - UNSTYLED
        assert [one for one in sorted(used) if f".{one}" not in sheet] == [], page
        macros = set(re.findall(r"govuk_frontend_jinja/components/([\w-]+)/macro", words))
        assert [one for one in sorted(macros) if f'components/{one}"' not in parts] == [], page


def test_every_picture_the_sheet_names_is_there(built: Path) -> None:
    named = re.findall(r"url\(([^)\"']+)\)", (built / "fellwatch.css").read_text())
    assert [name for name in named if not name.startswith("data:") and not (built / name).exists()] == []


def test_the_lock_names_versions_and_digests_but_no_place_they_came_from() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
    assert [name for name, package in lock["packages"].items() if name and "integrity" not in package] == []


def test_every_package_is_pinned_exactly() -> None:
    asked = json.loads((ROOT / "package.json").read_text())
    versions = {**asked["dependencies"], **asked["devDependencies"]}
    assert [name for name, version in versions.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
