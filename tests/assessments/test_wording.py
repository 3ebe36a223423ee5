"""The licensed words of a form come from the force's own file, and the page says whose words they are."""

from datetime import date
from pathlib import Path

import pytest


@pytest.fixture
def folder(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    from django.conf import settings

    from fellwatch.assessments import wording

    monkeypatch.setattr(settings, "FELLWATCH_WORDING", str(tmp_path))
    wording.of.cache_clear()
    monkeypatch.setattr(wording, "of", wording.of.__wrapped__)
    return tmp_path


def test_without_a_file_our_own_labels_are_shown_and_said_to_be_ours(folder: Path) -> None:
    from fellwatch.assessments.instruments import edition

    found = edition("dash", date(2026, 11, 21))
    assert found.instrument.questions[0].label == "Hurt this time"
    assert "Fellwatch's own" in found.wording


def test_licensed_words_replace_labels_and_the_notice_names_their_owner(folder: Path) -> None:
    from fellwatch.assessments.instruments import edition

    (folder / "dash.toml").write_text(
        'notice = "Words of Example Press, licence 7"\n[labels]\nq1 = "Words of theirs?"\n'
    )
    found = edition("dash", date(2026, 11, 21))
    assert [one.label for one in found.instrument.questions[:2]] == ["Words of theirs?", "Very frightened"]
    assert found.wording == "Words of Example Press, licence 7"
    assert found.instrument.questions[0].number == "1"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[labels]\nq1 = 'x'", "needs `notice"),
        ("notice = 'x'\n[labels]\nq1 = 7", "needs [labels]"),
        ("notice = 'x'\n[labels]\nq99 = 'x'", "questions it does not have: q99"),
        ("notice = ", "cannot be read"),
    ],
)
def test_file_that_cannot_be_used_says_what_to_put_right(folder: Path, text: str, says: str) -> None:
    from fellwatch.assessments.instruments import edition
    from fellwatch.assessments.wording import BadWording

    (folder / "dash.toml").write_text(text)
    with pytest.raises(BadWording, match=says.replace("[", r"\[")):
        edition("dash", date(2026, 11, 21))
