"""Words that can be kept, and what is said of those that cannot; nobody else spells out which characters those are."""

from pathlib import Path

import pytest

from fellwatch.foundation import plain

ROOT = Path(plain.__file__).resolve().parent.parent
OWN = {
    "foundation/plain.py": "it is here",
    "api/fields.py": "a pattern that the description of the door shows",
    "communities/imports.py": "takes out every control character of a partner's file",
    "foundation/audit/verify.py": "bytes of a leaf of the log, no words",
    "foundation/imports/readers.py": "refuses a row and says which character to take out",
}


@pytest.mark.parametrize("text", ["half \x00 a word", "half \ud800 a pair", "\udfff"])
def test_what_postgresql_cannot_keep_is_refused_or_visibly_marked(text):
    assert not plain.storable(text)
    assert plain.problem(text, 100) == plain.REFUSED
    assert plain.storable(plain.marked(text))
    assert len(plain.marked(text)) == len(text)


@pytest.mark.parametrize("text", ["", "Zoë at 14 Tarn Row\n", "王", "\U0001f469\u200d\U0001f467", "\x01\x7f\ufffd"])
def test_any_other_words_stay_as_they_are(text):
    assert plain.marked(text) == text
    assert plain.problem(text, 100) == ""


def test_what_is_too_long_says_by_how_much_and_what_is_needed_says_what_to_write():
    assert plain.problem("x" * 1_200, 1_000) == "This is 1,200 characters; keep it to 1,000."
    assert plain.problem("x" * 1_000, 1_000) == ""
    assert plain.needed("  no ", "Say why.", 100, 3) == "Say why."
    assert plain.needed(" yes ", "Say why.", 100, 3) == ""
    assert plain.needed("yes\x00", "Say why.", 100, 3) == plain.REFUSED


def test_nobody_else_spells_out_what_cannot_be_stored():
    found = {
        str(path.relative_to(ROOT))
        for path in ROOT.rglob("*.py")
        if "migrations" not in path.parts and ("\\x00" in path.read_text() or "\\ud800" in path.read_text())
    }
    assert found == set(OWN)
    said = [path for path in ROOT.rglob("*.py") if plain.REFUSED in path.read_text()]
    assert [path.name for path in said] == ["plain.py"]
