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


@pytest.mark.parametrize("text", ["", "Zoë at 14 Tarn Row\n", "王", "\U0001f469\u200d\U0001f467", "\ufffd"])
def test_any_other_words_stay_as_they_are(text):
    assert plain.marked(text) == text
    assert plain.problem(text, 100) == ""


def test_what_is_too_long_says_by_how_much_and_what_is_needed_says_what_to_write():
    assert plain.problem("x" * 1_200, 1_000) == "This is 1,200 characters; keep it to 1,000."
    assert plain.problem("x" * 1_000, 1_000) == ""
    assert plain.needed("  no ", "Say why.", 100, 3) == "Say why."
    assert plain.needed(" yes ", "Say why.", 100, 3) == ""
    assert plain.needed("yes\x00", "Say why.", 100, 3) == plain.REFUSED


UNSEEN = [
    *range(0x01, 0x09), 0x0E, 0x1F, 0x7F, 0x80, 0x9F, 0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F,
    *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0x3164, 0xFEFF, 0xFFA0, 0xFFF9, 0xE0001, 0xE0041,
]  # fmt: skip


@pytest.mark.parametrize("code", UNSEEN, ids=hex)
def test_what_is_not_seen_is_taken_out_and_an_action_that_is_given_it_refuses(code):
    assert plain.visible(f"Dani{chr(code)}elle") == "Danielle"
    assert plain.marked(f"Dani{chr(code)}elle") == "Danielle"
    assert plain.problem(f"Dani{chr(code)}elle", 100) == plain.HIDDEN


@pytest.mark.parametrize(
    "text",
    [
        "Zoë O’Neill-Śmith",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\u0d36\u0dca\u200d\u0dbb\u0dd3",
        "\u0d05\u0d35\u0d28\u0d4d\u200d",
        "\u0915\u094d\u200d\u0937",
        "\u05d3\u05e0\u05d9\u05d0\u05dc\u05d4 \u05db\u05d4\u05df",
        "\u0645\u062d\u0645\u062f \u0639\u0644\u064a",
        "\u738b\u5c0f\u660e",
        "\u0c95\u0ccd\u0c95",
        "She said:\n\tno.\r\n",
        "\U0001f469\U0001f3fd\u200d\U0001f467",
    ],
)
def test_names_of_every_script_and_lines_of_prose_stay_whole(text):
    assert plain.visible(text) == text
    assert plain.problem(text, 100) == ""


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Dan\u200cielle", "Danielle"),
        ("\u200dDanielle\u200d", "Danielle"),
        ("\u0645\u06cc\u200c\u200c\u200d\u062e", "\u0645\u06cc\u200c\u062e"),
        ("\u0639\u0644\u06cc\u200c", "\u0639\u0644\u06cc"),
        ("one\u2028two\x0bthree", "one\ntwo\nthree"),
        ("\u202a07700 900142\u202c", "07700 900142"),
    ],
)
def test_a_joiner_stays_only_where_the_script_needs_it_and_odd_line_ends_are_line_ends(given, kept):
    assert plain.visible(given) == kept


def test_json_is_made_visible_through_and_through_and_what_is_nested_without_end_is_left():
    given = {"a\u200b": ["Dani\u202eelle", {"b": "\u200e7"}], "n": 4, "none": None}
    assert plain.all_visible(given) == {"a\u200b": ["Danielle", {"b": "7"}], "n": 4, "none": None}
    deep = "x\u200b"
    for _ in range(900):
        deep = [deep]
    assert plain.all_visible(deep)


def test_nobody_else_spells_out_what_cannot_be_stored():
    found = {
        str(path.relative_to(ROOT))
        for path in ROOT.rglob("*.py")
        if "migrations" not in path.parts and ("\\x00" in path.read_text() or "\\ud800" in path.read_text())
    }
    assert found == set(OWN)
    said = [path for path in ROOT.rglob("*.py") if plain.REFUSED in path.read_text()]
    assert [path.name for path in said] == ["plain.py"]
