"""How a name or number is got wrong: as heard, as typed, as read off a form. Rules are the reference data's.

This generator is the judge's own: nothing of it is used in training (see fellwatch/recognition).
"""

import csv
import random
from dataclasses import dataclass
from functools import cache

from benchmarks.matching.names import reference

VOWELS = frozenset("aeiouy")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


@dataclass(frozen=True)
class Rule:
    """One way a sound is spelt another way; conditions as in the published table."""

    where: str
    old: str
    new: str
    before: str
    after: str
    within: str
    start: str

    def places(self, word: str) -> list[int]:
        """Return where in a word of small letters the rule can be applied."""
        if not (_holds(self.within, word) and _begins(self.start, word)):
            return []
        ends = len(word) - len(self.old)
        found = [n for n in range(ends + 1) if word.startswith(self.old, n) and self._stands(n, ends)]
        size = len(self.old)
        return [n for n in found if _neighbour(self.before, word, n, -1) and _neighbour(self.after, word, n, size)]

    def _stands(self, place: int, ends: int) -> bool:
        match self.where:
            case "START":
                return place == 0
            case "END":
                return place == ends and place > 0
            case "MIDDLE":
                return 0 < place < ends
        return True


def _holds(condition: str, word: str) -> bool:
    if condition == "None":
        return True
    wanted, *parts = condition.split(";")
    return any(part in word for part in parts) == (wanted == "y")


def _begins(condition: str, word: str) -> bool:
    if condition == "None":
        return True
    wanted, *parts = condition.split(";")
    return any(word.startswith(part) for part in parts) == (wanted == "y")


def _neighbour(condition: str, word: str, place: int, step: int) -> bool:
    """Whether what stands before or after fits: V, C, or y/n; offset; any of these."""
    if condition == "None":
        return True
    at = place + step
    letter = word[at] if 0 <= at < len(word) else ""
    if condition in "VC":
        return bool(letter) and (letter in VOWELS) == (condition == "V")
    return all(_listed(part, word, place, step) for part in condition.split("/"))


def _listed(condition: str, word: str, place: int, step: int) -> bool:
    wanted, offset, *texts = condition.split(";")
    at = place + int(offset) + (step - 1 if step > 0 else 0)
    found = any(at >= 0 and word.startswith(text, at) for text in texts)
    return found == (wanted == "y")


@cache
def sounds() -> tuple[Rule, ...]:
    """Return the phonetic rules, the commonest first."""
    with open(reference("pho_rules.csv"), encoding="utf-8") as source:
        rows = list(csv.reader(source))[1:]
    return tuple(Rule(r[0], r[1], r[2].replace("@", ""), *r[3:7]) for r in rows)


@cache
def shapes() -> tuple[tuple[str, str], ...]:
    """Return the confusions of letters and digits that look alike."""
    with open(reference("ocr_rules.csv"), encoding="utf-8") as source:
        return tuple((row[1], row[2]) for row in list(csv.reader(source))[1:] if row[1] != row[2] and row[2].strip())


def as_heard(rng: random.Random, name: str) -> str:
    """Return a name with one sound spelt another way; as it was where no rule fits."""
    word = name.lower()
    fitting = [(rule, places, 1 / (n + 12)) for n, rule in enumerate(sounds()) if (places := rule.places(word))]
    while fitting:
        chosen = rng.choices(fitting, [weight for *_, weight in fitting])[0]
        rule, places, _ = chosen
        at = rng.choice(places)
        heard = word[:at] + rule.new + word[at + len(rule.old) :]
        if len(heard) > 1 and heard != word:
            return _like(name, heard)
        fitting.remove(chosen)
    return name


def as_typed(rng: random.Random, text: str) -> str:
    """Return a word with one slip of the keyboard: a neighbour's key, one lost, one doubled, two changed round."""
    if len(text) < 3:
        return text
    at = rng.randrange(1, len(text))
    kind = rng.random()
    if kind < 0.3:
        typed = text[:at] + text[at + 1 :]
    elif kind < 0.45:
        typed = text[:at] + text[at] + text[at:]
    elif kind < 0.7 and at + 1 < len(text):
        typed = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    else:
        typed = text[:at] + beside(rng, text[at]) + text[at + (rng.random() < 0.7) :]
    return typed


def beside(rng: random.Random, letter: str) -> str:
    """Return a key next to this one."""
    if letter.isdigit():
        return str((int(letter) + rng.choice((-1, 1))) % 10)
    small = letter.lower()
    for n, row in enumerate(_ROWS):
        at = row.find(small)
        if at < 0:
            continue
        near = [row[k] for k in (at - 1, at + 1) if 0 <= k < len(row)]
        near += [_ROWS[k][at] for k in (n - 1, n + 1) if 0 <= k < 3 and at < len(_ROWS[k])]
        return rng.choice(near)
    return letter


def as_read(rng: random.Random, text: str) -> str:
    """Return a text with one letter or digit taken for another of its shape; as it was where none fits."""
    fitting = [(old, new) for old, new in shapes() if old in text[1:]]
    if not fitting:
        return text
    old, new = rng.choice(fitting)
    places = [n for n in range(1, len(text)) if text.startswith(old, n)]
    at = rng.choice(places)
    return text[:at] + new + text[at + len(old) :]


def digit_slip(rng: random.Random, digits: str, first: int = 0) -> str:
    """Return a number with one digit wrong, or two changed round, at or after a place."""
    places = [n for n, letter in enumerate(digits) if letter.isdigit() and n >= first]
    if not places:
        return digits
    at = rng.choice(places)
    if rng.random() < 0.35 and at + 1 < len(digits) and digits[at + 1].isdigit() and digits[at] != digits[at + 1]:
        return digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    return digits[:at] + rng.choice([d for d in "0123456789" if d != digits[at]]) + digits[at + 1 :]


def _like(name: str, heard: str) -> str:
    """Write what was heard as the name was written."""
    if name.isupper():
        return heard.upper()
    return heard[:1].upper() + heard[1:] if name[:1].isupper() else heard
