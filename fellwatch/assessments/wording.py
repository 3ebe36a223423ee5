"""The licensed wording of a published form, from the force's own file, which is never in this repository.

`FELLWATCH_WORDING` names a folder with one TOML file for each instrument; without it, or without a file, the
labels are our own and the page says so.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from django.conf import settings

from fellwatch.rules.instruments import Instrument, Question

OURS = "Short labels of Fellwatch's own, under the published numbering. The licensed wording is not loaded."


class BadWording(Exception):
    """The force's file cannot be used; the message says what to put right."""


@dataclass(frozen=True)
class Wording:
    """Whose words a form is shown in, and the words that replace our labels, by question."""

    notice: str = OURS
    labels: Mapping[str, str] = field(default_factory=dict)


def worded(instrument_id: str, instrument: Instrument) -> tuple[Instrument, str]:
    """Return the instrument in the force's licensed words where it has them, and whose words are shown."""
    wording = of(instrument_id)
    strange = sorted(set(wording.labels) - {question.id for question in instrument.library})
    if strange:
        raise BadWording(f"The wording of {instrument_id} names questions it does not have: {', '.join(strange)}.")
    if not wording.labels:
        return instrument, wording.notice
    return (
        replace(
            instrument,
            questions=tuple(_said(one, wording) for one in instrument.questions),
            library=tuple(_said(one, wording) for one in instrument.library),
        ),
        wording.notice,
    )


def _said(question: Question, wording: Wording) -> Question:
    return replace(question, label=wording.labels.get(question.id, question.label))


@cache
def of(instrument_id: str) -> Wording:
    """Read the force's file for an instrument, once."""
    folder = settings.FELLWATCH_WORDING
    path = Path(folder) / f"{instrument_id}.toml" if folder else None
    return read(path) if path and path.is_file() else Wording()


def read(path: Path) -> Wording:
    """Read one file: `notice` says whose words they are and under which licence, `[labels]` holds them."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise BadWording(f"{path.name} cannot be read: {wrong}") from wrong
    notice, labels = data.get("notice"), data.get("labels")
    if not isinstance(notice, str) or not notice.strip():
        raise BadWording(f'{path.name} needs `notice = "whose words these are, and the licence"`.')
    if not isinstance(labels, dict) or not all(isinstance(one, str) and one.strip() for one in labels.values()):
        raise BadWording(f"{path.name} needs [labels] with the words of each question in quotation marks.")
    return Wording(notice.strip(), labels)
